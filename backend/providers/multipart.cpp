#include "providers/multipart.h"

#include <string_view>

#include "os/processes.h"

namespace castboard {

namespace {

std::string escaped(std::string_view name) {
  std::string text;
  for (char c : name) {
    if (c == '"')
      text += "%22";
    else if (c == '\r')
      text += "%0D";
    else if (c == '\n')
      text += "%0A";
    else
      text += c;
  }
  return text;
}

}  // namespace

MultipartBody encode_multipart(const std::vector<HttpPart>& parts) {
  const std::string boundary = "castboard-" + random_uuid();
  std::string body;
  for (const HttpPart& part : parts) {
    body +=
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + escaped(part.name) + '"';
    if (!part.file_name.empty()) body += "; filename=\"" + escaped(part.file_name) + '"';
    body += "\r\n";
    if (!part.content_type.empty()) body += "Content-Type: " + part.content_type + "\r\n";
    body += "\r\n";
    body.append(part.bytes.begin(), part.bytes.end());
    body += "\r\n";
  }
  body += "--" + boundary + "--\r\n";
  return {.content_type = "multipart/form-data; boundary=" + boundary, .body = std::move(body)};
}

}  // namespace castboard
