#include "providers/request_builder.h"

#include <cctype>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "catalogue/placeholders.h"
#include "providers/secrets.h"
#include "providers/url.h"

namespace castboard {

namespace {

using nlohmann::json;

constexpr const char* kJsonType = "application/json";

std::string percent_encoded(std::string_view text, std::string_view kept) {
  std::string result;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~' ||
        kept.find(c) != std::string_view::npos)
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

[[noreturn]] void fail_unset(const RequestValues& values, const std::string& text) {
  throw Failure(
      ErrorCode::configuration,
      fmt::format("{}: \"{}\" names something that is not set.", values.descriptor.file, text),
      "Set it, or correct the descriptor.");
}

std::string fill_url(const RequestValues& values, const std::string& text,
                     const NumberedReference* reference, const Access& access) {
  const auto filled = values.fill(text, reference);
  if (!filled) fail_unset(values, text);
  if (values.shortened) return *filled;
  const auto url = resolve_url(access.base_url + "/", *filled);
  if (!url || !url->is_web())
    throw Failure(ErrorCode::provider,
                  fmt::format("{} named \"{}\", which is not an http or https URL.",
                              values.descriptor.title, filled->substr(0, 200)));
  return url->text;
}

void add_file_part(const PartTemplate& part, const RequestValues& values,
                   const NumberedReference& reference, HttpRequest& request) {
  if (part.skip_with_url && !reference.image->url.empty()) return;
  request.parts.push_back({.name = values.fill(part.name, &reference).value_or(part.name),
                           .content_type = std::string(mime_type_of(reference.image->format)),
                           .file_name = reference.file_name(),
                           .bytes = reference.image->bytes});
}

void add_part(const RequestValues& values, const PartTemplate& part,
              const NumberedReference* reference, HttpRequest& request) {
  if (!model_matches(values.model, part.models)) return;
  if (!part.without.empty() && !values.value(part.without, reference).is_null()) return;
  if (part.files == ReferenceSet::current) {
    if (reference) add_file_part(part, values, *reference, request);
    return;
  }
  if (part.files != ReferenceSet::none) {
    for (const NumberedReference& numbered : values.references(part.files))
      add_file_part(part, values, numbered, request);
    return;
  }
  std::optional<std::string> text;
  if (part.json)
    text = dump(values.expand(*part.json, reference));
  else
    text = values.fill(part.value, reference);
  const auto name = values.fill(part.name, reference);
  if (!text || !name) return;
  const bool typed = part.json && part.content_type.empty();
  request.parts.push_back({.name = *name,
                           .content_type = typed ? kJsonType : part.content_type,
                           .file_name = part.file_name,
                           .bytes = bytes_of(*text)});
}

// Headers that hold a session or stand for the key must not go astray any more than the key.
bool is_secret(const std::string& text) {
  return text.find("{session.") != std::string::npos || text.find("{secret}") != std::string::npos;
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

std::string Access::mask(std::string text) const {
  return mask_secrets(std::move(text), secrets);
}

std::optional<std::string> fill_url_path(const RequestValues& values, const std::string& path,
                                         const NumberedReference* reference) {
  return fill_placeholders(path, [&](const std::string& name) -> std::optional<std::string> {
    const json value = values.value(name, reference);
    if (value.is_null()) return std::nullopt;
    std::string text = as_text(value);
    const bool stands_for_another = values.shortened && text.rfind('<', 0) == 0;
    // Slashes of the descriptor's own words, of a model ("owner/name") and of a picture's place
    // divide the path.
    const bool own_word = name == "model" || name.rfind("map.", 0) == 0 ||
                          name.rfind("option.", 0) == 0 || name.rfind("item", 0) == 0;
    return stands_for_another ? text : percent_encoded(text, own_word ? "/" : "");
  });
}

const GenerationTemplate& generation_template(const RequestValues& values) {
  const Descriptor& descriptor = values.descriptor;
  return values.request.has_references() && descriptor.image_to_image ? *descriptor.image_to_image
                                                                      : descriptor.text_to_image;
}

void add_secret_headers(const std::vector<std::pair<std::string, std::string>>& headers,
                        const RequestValues& values, HttpRequest& request) {
  for (const auto& [name, text] : headers) {
    const auto value = is_secret(text) ? values.fill(text, nullptr) : std::nullopt;
    if (!value) continue;
    request.headers.emplace_back(name, *value);
    request.secret_headers.push_back(name);
  }
}

bool may_send_auth(const Access& access, const std::string& url,
                   const std::vector<std::string>& auth_hosts) {
  const auto base = parse_url(access.base_url);
  const auto target = parse_url(url);
  if (!base || !target) return false;
  return base->same_origin(*target) ||
         (target->scheme == "https" && host_matches(target->host, auth_hosts));
}

HttpRequest build_request(const RequestTemplate& from, const RequestValues& values,
                          const Access& access, const NumberedReference* reference,
                          const std::vector<std::string>& auth_hosts) {
  HttpRequest request;
  request.method = from.method;
  const bool named_by_answer = !from.url.empty();
  if (named_by_answer) {
    request.url = fill_url(values, from.url, reference, access);
  } else {
    const auto path = fill_url_path(values, from.path, reference);
    if (!path) fail_unset(values, from.path);
    request.url = access.base_url + *path;
  }
  const bool trusted =
      !named_by_answer || values.shortened || may_send_auth(access, request.url, auth_hosts);
  if (named_by_answer) {
    request.public_only = true;
    request.trusted_hosts = values.descriptor.download.private_hosts;
    if (const auto base = parse_url(access.base_url)) request.trusted_hosts.push_back(base->host);
  }
  for (const auto& [name, text] : from.headers) {
    if (is_secret(text) && !trusted) continue;
    const auto value = values.fill(text, reference);
    if (!value) continue;
    request.headers.emplace_back(name, *value);
    if (is_secret(text)) request.secret_headers.push_back(name);
  }
  if (!access.header.empty() && trusted) {
    request.headers.emplace_back(access.header, access.header_value);
    request.secret_headers.push_back(access.header);
  }
  request.multipart = from.multipart;
  for (const PartTemplate& part : from.parts) add_part(values, part, reference, request);
  if (from.json) {
    request.headers.emplace_back("Content-Type", kJsonType);
    const json body = values.expand(*from.json, reference);
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
  return access.mask(std::move(text));
}

}  // namespace castboard
