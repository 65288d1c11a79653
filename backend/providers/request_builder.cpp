#include "providers/request_builder.h"

#include <cctype>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "catalogue/placeholders.h"
#include "providers/secrets.h"

namespace castboard {

namespace {

using nlohmann::json;

constexpr const char* kJsonType = "application/json";

std::string percent_encoded(std::string_view text) {
  std::string result;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~')
      result += c;
    else
      result += fmt::format("%{:02X}", byte);
  }
  return result;
}

std::string dump(const json& body) {
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<std::uint8_t> bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

std::string fill_path(const RequestValues& values, const std::string& path) {
  const auto filled =
      fill_placeholders(path, [&](const std::string& name) -> std::optional<std::string> {
        const json value = values.value(name, nullptr);
        if (value.is_null()) return std::nullopt;
        return percent_encoded(as_text(value));
      });
  if (!filled)
    throw Failure(ErrorCode::configuration,
                  fmt::format("{}: the path \"{}\" names something that is not set.",
                              values.descriptor.file, path),
                  "Set it, or correct the descriptor.");
  return *filled;
}

void add_part(const RequestValues& values, const PartTemplate& part, HttpRequest& request) {
  if (part.files != ReferenceSet::none) {
    for (const NumberedReference& reference : values.references(part.files)) {
      if (part.skip_with_url && !reference.image->url.empty()) continue;
      request.parts.push_back({.name = values.fill(part.name, &reference).value_or(part.name),
                               .content_type = std::string(mime_type_of(reference.image->format)),
                               .file_name = reference.file_name(),
                               .bytes = reference.image->bytes});
    }
  } else if (part.json) {
    request.parts.push_back({.name = part.name,
                             .content_type = kJsonType,
                             .file_name = {},
                             .bytes = bytes_of(dump(values.expand(*part.json, nullptr)))});
  } else if (const auto text = values.fill(part.value, nullptr)) {
    request.parts.push_back(
        {.name = part.name, .content_type = {}, .file_name = {}, .bytes = bytes_of(*text)});
  }
}

std::string preview_part(const HttpPart& part) {
  if (!part.file_name.empty())
    return fmt::format("{} = {} ({}, {} bytes)\n", part.name, part.file_name, part.content_type,
                       part.bytes.size());
  std::string text(part.bytes.begin(), part.bytes.end());
  if (part.content_type == kJsonType)
    if (const json body = json::parse(text, nullptr, false); !body.is_discarded())
      text = body.dump(2);
  return fmt::format("{} = {}\n", part.name, text);
}

}  // namespace

HttpRequest build_request(const RequestValues& values, const Access& access) {
  const Descriptor& descriptor = values.descriptor;
  const RequestTemplate& from = values.request.has_references() && descriptor.image_to_image
                                    ? *descriptor.image_to_image
                                    : descriptor.text_to_image;
  HttpRequest request;
  request.method = from.method;
  request.url = access.base_url + fill_path(values, from.path);
  for (const auto& [name, text] : from.headers)
    if (const auto value = values.fill(text, nullptr)) request.headers.emplace_back(name, *value);
  if (!access.header.empty()) {
    request.headers.emplace_back(access.header, access.header_value);
    request.secret_headers.push_back(access.header);
  }
  request.multipart = from.multipart;
  for (const PartTemplate& part : from.parts) add_part(values, part, request);
  if (from.json) {
    request.headers.emplace_back("Content-Type", kJsonType);
    const json body = values.expand(*from.json, nullptr);
    request.body = body.is_null() ? "{}" : dump(body);
  }
  return request;
}

std::string preview_request(const HttpRequest& request, const Access& access) {
  std::string text = fmt::format("{} {}\n", request.method, request.url);
  for (const auto& [name, value] : request.headers) text += fmt::format("{}: {}\n", name, value);
  if (request.multipart) {
    text += "Content-Type: multipart/form-data\n\n";
    for (const HttpPart& part : request.parts) text += preview_part(part);
  } else if (!request.body.empty()) {
    const json body = json::parse(request.body, nullptr, false);
    text += "\n" + (body.is_discarded() ? request.body : body.dump(2)) + "\n";
  }
  return mask_secrets(std::move(text), access.secrets);
}

}  // namespace castboard
