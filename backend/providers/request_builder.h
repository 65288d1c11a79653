#pragma once

#include <optional>
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
  std::string secret;                // of requests that may name {secret}
  std::vector<std::string> secrets;  // every form to be masked

  [[nodiscard]] std::string mask(std::string text) const;
};

// The generation's own request: image-to-image when there are references, else text-to-image.
const GenerationTemplate& generation_template(const RequestValues& values);

// The HTTP request a template makes of the values. `reference`: the one a step is about.
// `auth_hosts`: hosts besides the base URL's own that get the key, by https only; a request to any
// other goes without it, without what names the secret, and never to a private address. An https
// address that the template spells out gets the secret where the template puts it.
HttpRequest build_request(const RequestTemplate& from, const RequestValues& values,
                          const Access& access, const NumberedReference* reference = nullptr,
                          const std::vector<std::string>& auth_hosts = {});

// A path with its values percent-encoded; nullopt when one of them is not set.
std::optional<std::string> fill_url_path(const RequestValues& values, const std::string& path,
                                         const NumberedReference* reference);

// Puts in those of `headers` that hold a session or the key, which only goes where the key may.
void add_secret_headers(const std::vector<std::pair<std::string, std::string>>& headers,
                        const RequestValues& values, HttpRequest& request);

// An address that the template itself spells out.
bool is_literal_url(std::string_view url);

// Whether the key may be sent to `url`.
bool may_send_auth(const Access& access, const std::string& url,
                   const std::vector<std::string>& auth_hosts);

// It as text for a person: secrets masked, pictures by their size (build with `shortened`).
std::string preview_request(const HttpRequest& request, const Access& access);

}  // namespace castboard
