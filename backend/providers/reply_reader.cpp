#include "providers/reply_reader.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/image.h"
#include "castboard/result.h"
#include "imaging/imaging.h"
#include "providers/base64.h"
#include "providers/faults.h"
#include "providers/url.h"

namespace castboard {

namespace {

using nlohmann::json;

std::optional<double> number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(number)) return std::nullopt;
  return number;
}

// Seeds can need all 64 bits, more than a double holds.
std::optional<std::int64_t> whole_number_of(const json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  const auto number = number_of(value);
  if (!number || std::abs(*number) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

bool is_picture_type(std::string_view content_type) {
  return content_type.rfind("image/", 0) == 0;
}

std::vector<std::uint8_t> decode(const Descriptor& descriptor, const std::string& text) {
  constexpr std::size_t kMaxText = kMaxPictureBytes / 3 * 4 + kMaxPictureBytes / 8;
  if (text.size() > kMaxText)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("The picture of {} is larger than {} MiB.", descriptor.title,
                              kMaxPictureBytes / (1024 * 1024)));
  auto bytes = decode_base64(text);
  if (!bytes)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("{} sent a picture whose base64 text is damaged.", descriptor.title),
                  "Try again.", text.substr(0, 80));
  return std::move(*bytes);
}

ReceivedPicture picture_at(const Descriptor& descriptor, const HttpResponse& response,
                           const ImagePlace& place, const json& value) {
  if (!value.is_string())
    throw Failure(ErrorCode::provider,
                  fmt::format("{} answered with {} at \"{}\" instead of text.", descriptor.title,
                              value.type_name(), place.path.text()));
  const auto& text = value.get_ref<const std::string&>();
  ReceivedPicture picture;
  if (!place.url || text.rfind("data:", 0) == 0) {
    picture.bytes = decode(descriptor, text);
    return picture;
  }
  const auto url = resolve_url(response.final_url, text);
  if (!url || !url->is_web())
    throw Failure(
        ErrorCode::provider,
        fmt::format("{} named a picture that is not at an http or https URL.", descriptor.title),
        {}, text.substr(0, 200));
  picture.url = url->text;
  return picture;
}

void read_facts(const Descriptor& descriptor, const HttpResponse& response, const json& body,
                ProviderResult& result) {
  const ReplyTemplate& reply = descriptor.reply;
  const auto first = [&](const std::vector<JsonPath>& paths) {
    const auto values = find_first(paths, body);
    return values.empty() ? json() : values.front();
  };
  result.seed = whole_number_of(first(reply.seed));
  if (!result.seed && !reply.seed_header.empty())
    result.seed = whole_number_of(json(response.header(reply.seed_header)));
  if (const json model = first(reply.model); model.is_string())
    result.model = model.get<std::string>();
  if (const auto credits = number_of(first(reply.credits)); credits && *credits >= 0)
    result.credit_cost = static_cast<std::int64_t>(std::ceil(*credits - 1e-9));
  if (const auto cost = number_of(first(reply.cost.paths))) {
    result.provider_cost = *cost * reply.cost.times;
    result.provider_cost_unit = reply.cost.unit;
  }
}

[[noreturn]] void fail_without_picture(const Descriptor& descriptor, const HttpResponse& response,
                                       const json& body) {
  if (body.is_null())
    throw Failure(ErrorCode::provider,
                  fmt::format("{} answered with {} instead of a picture.", descriptor.title,
                              describe_bytes(response.body)),
                  "Check the provider's address, and a proxy in between.",
                  std::string(response.text().substr(0, 1000)));
  throw Failure(ErrorCode::provider,
                fmt::format("{} answered without a picture.", descriptor.title),
                "Try again, or change the description.", as_text(body).substr(0, 1000));
}

}  // namespace

json parse_body(const HttpResponse& response) {
  const std::string_view text = response.text();
  const auto start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos || (text[start] != '{' && text[start] != '[')) return {};
  json body =
      json::parse(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), nullptr, false);
  return body.is_discarded() ? json() : body;
}

void require_picture(const Descriptor& descriptor, const std::vector<std::uint8_t>& bytes) {
  if (bytes.size() > kMaxPictureBytes)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("The picture of {} is larger than {} MiB.", descriptor.title,
                              kMaxPictureBytes / (1024 * 1024)));
  if (!sniff_format(bytes))
    throw Failure(
        ErrorCode::bad_picture,
        fmt::format("{} sent {} instead of a picture.", descriptor.title, describe_bytes(bytes)),
        "PNG, JPEG and WebP are understood. Try again.");
}

ReadReply read_reply(const Descriptor& descriptor, const HttpResponse& response, const json& body) {
  ReadReply reply;
  read_facts(descriptor, response, body, reply.result);
  if (body.is_null()) {
    if (!sniff_format(response.body) && !is_picture_type(response.header("content-type")))
      fail_without_picture(descriptor, response, body);
    reply.pictures.push_back({.bytes = response.body, .url = {}});
  }
  for (const ImagePlace& place : descriptor.reply.images) {
    if (!reply.pictures.empty()) break;
    for (const json& value : place.path.find(body))
      if (value != "") reply.pictures.push_back(picture_at(descriptor, response, place, value));
  }
  if (reply.pictures.empty()) fail_without_picture(descriptor, response, body);
  for (const ReceivedPicture& picture : reply.pictures)
    if (picture.url.empty()) require_picture(descriptor, picture.bytes);
  return reply;
}

}  // namespace castboard
