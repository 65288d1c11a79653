#include "providers/request_builder.h"

#include <algorithm>
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
constexpr std::size_t kShownUrl = 200;
constexpr const char* kFormType = "application/x-www-form-urlencoded";

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
    throw Failure(
        ErrorCode::provider,
        fmt::format("{} named \"{}\", which is not an http or https URL.", values.descriptor.title,
                    masked_start(*filled, kShownUrl, access.secrets)));
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

// A part for each field of an object an earlier answer gave, or of its JSON text.
void add_field_parts(const PartTemplate& part, const RequestValues& values,
                     const NumberedReference* reference, HttpRequest& request) {
  json fields = values.value(part.fields, reference);
  if (fields.is_string() && !values.shortened)
    fields = parse_json(fields.get_ref<const std::string&>());
  if (values.shortened && !fields.is_null())
    request.parts.push_back({.name = "<each of " + part.fields + ">",
                             .content_type = {},
                             .file_name = {},
                             .bytes = bytes_of("<its value>")});
  if (!fields.is_object()) return;
  for (const auto& [name, value] : fields.items())
    request.parts.push_back(
        {.name = name, .content_type = {}, .file_name = {}, .bytes = bytes_of(as_text(value))});
}

void add_part(const RequestValues& values, const PartTemplate& part,
              const NumberedReference* reference, HttpRequest& request) {
  if (!model_matches(values.model, part.models)) return;
  if (!part.without.empty() && !values.value(part.without, reference).is_null()) return;
  if (!part.fields.empty()) return add_field_parts(part, values, reference, request);
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

// "a=1&b=2" of a flat object; a list repeats its name.
std::string url_encoded(const json& object) {
  std::string text;
  const auto add = [&](const std::string& name, const json& value) {
    if (!text.empty()) text += '&';
    text += percent_encoded(name) + '=' + percent_encoded(as_text(value));
  };
  for (const auto& [name, value] : object.items())
    if (value.is_array())
      for (const json& item : value) add(name, item);
    else
      add(name, value);
  return text;
}

bool has_header(const HttpRequest& request, std::string_view name) {
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
    return std::equal(header.first.begin(), header.first.end(), name.begin(), name.end(),
                      [](char a, char b) {
                        return std::tolower(static_cast<unsigned char>(a)) ==
                               std::tolower(static_cast<unsigned char>(b));
                      });
  });
}

void add_query(const RequestTemplate& from, const RequestValues& values,
               const NumberedReference* reference, HttpRequest& request) {
  if (!from.query) return;
  const std::string query = url_encoded(values.expand(*from.query, reference));
  if (query.empty()) return;
  request.url += request.url.find('?') == std::string::npos ? '?' : '&';
  request.url += query;
}

void set_body(const RequestTemplate& from, const RequestValues& values,
              const NumberedReference* reference, HttpRequest& request) {
  request.multipart = from.multipart;
  for (const PartTemplate& part : from.parts) add_part(values, part, reference, request);
  if (from.json) {
    request.headers.emplace_back("Content-Type", kJsonType);
    const json body = values.expand(*from.json, reference);
    request.body = body.is_null() ? "{}" : dump(body);
  } else if (from.form) {
    request.headers.emplace_back("Content-Type", kFormType);
    request.body = url_encoded(values.expand(*from.form, reference));
  } else if (from.bytes != ReferenceSet::none) {
    const auto picture = values.first_reference(from.bytes, reference);
    if (!picture) fail_unset(values, "bytes");
    const ReferenceImage& image = *picture->image;
    if (!has_header(request, "Content-Type"))
      request.headers.emplace_back("Content-Type", mime_type_of(image.format));
    if (values.shortened)
      request.body =
          fmt::format("<{} bytes of {}>", image.bytes.size(), mime_type_of(image.format));
    else
      request.body.assign(image.bytes.begin(), image.bytes.end());
  }
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
  return mask_secrets(text, secrets);
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

bool is_literal_url(std::string_view url) {
  return url.find('{') == std::string_view::npos &&
         (url.rfind("http://", 0) == 0 || url.rfind("https://", 0) == 0);
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

HttpRequest build_request(const RequestTemplate& from, const RequestValues& given,
                          const Access& access, const NumberedReference* reference,
                          const std::vector<std::string>& auth_hosts) {
  HttpRequest request;
  request.method = from.method;
  request.secrets = access.secrets;
  RequestValues values = given;
  const bool below_base = from.url.empty();
  values.secret = access.secret;  // for what may name it, and is not sent astray
  if (below_base) {
    const auto path = fill_url_path(values, from.path, reference);
    if (!path) fail_unset(values, from.path);
    request.url = access.base_url + *path;
  } else {
    request.url = fill_url(values, from.url, reference, access);
    request.public_only = true;
    request.trusted_hosts = values.descriptor.download.private_hosts;
    request.trusted_origins.push_back(access.base_url);
  }
  const bool trusted = below_base || may_send_auth(access, request.url, auth_hosts);
  // A place that the descriptor itself names gets what is written for it, but not the key's header.
  const auto named = is_literal_url(from.url) ? parse_url(from.url) : std::nullopt;
  if (named) request.trusted_origins.push_back(from.url);
  values.trusted = trusted || (named && named->scheme == "https");
  add_query(from, values, reference, request);
  for (std::size_t i = 0; i < from.headers.size(); ++i) {
    const auto& [name, text] = from.headers[i];
    const bool for_all = i < from.common_headers;
    if (is_secret(text) && !(for_all ? trusted : values.trusted)) continue;
    const auto value = values.fill(text, reference);
    if (!value) continue;
    request.headers.emplace_back(name, *value);
    if (is_secret(text)) request.secret_headers.push_back(name);
  }
  if (!access.header.empty() && trusted) {
    request.headers.emplace_back(access.header, access.header_value);
    request.secret_headers.push_back(access.header);
  }
  set_body(from, values, reference, request);
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
