#pragma once

#include <string>
#include <vector>

#include "providers/http.h"
#include "providers/request_values.h"

namespace castboard {

// Where a provider is and what opens it, for one call. Never stored, never logged.
struct Access {
  std::string base_url;  // without a slash at the end
  std::string header;    // empty: none
  std::string header_value;
  std::vector<std::string> secrets;  // every form to be masked
};

// The HTTP request a descriptor makes of a generation request: image-to-image when there are
// references, else text-to-image.
HttpRequest build_request(const RequestValues& values, const Access& access);

// It as text for a person: secrets masked, pictures by their size (build with `shortened`).
std::string preview_request(const HttpRequest& request, const Access& access);

}  // namespace castboard
