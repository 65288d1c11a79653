#pragma once

#include <string>
#include <vector>

#include "providers/http.h"

namespace castboard {

struct MultipartBody {
  std::string content_type;  // with the boundary
  std::string body;
};

// multipart/form-data as of RFC 7578, names escaped as browsers do.
MultipartBody encode_multipart(const std::vector<HttpPart>& parts);

}  // namespace castboard
