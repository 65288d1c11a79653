#include "providers/reply_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/image.h"
#include "castboard/result.h"
#include "imaging/imaging.h"
#include "providers/base64.h"
#include "providers/faults.h"
#include "providers/secrets.h"
#include "providers/short_line.h"
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

constexpr std::uint64_t kLargestWhole = INT64_MAX;

// Seeds can need all 64 bits, more than a double holds. nullopt: it is none, or larger than any
// seed that can be kept.
std::optional<std::int64_t> whole_number_of(const json& value) {
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > kLargestWhole) return std::nullopt;
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t whole = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (problem == std::errc() && end == text.data() + text.size()) return whole;
  }
  const auto number = number_of(value);
  if (!number || std::abs(*number) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

// No honest figure is larger, and sums of these are exact.
constexpr double kMostCredits = 1e9;
constexpr double kMostCost = 1e12;
constexpr std::size_t kLongestModel = 200;
constexpr std::size_t kMostProblems = 8;

bool in_range(double figure, double most) {
  return std::isfinite(figure) && figure >= 0 && figure <= most;
}

bool is_model_name(const json& model) {
  const auto& name = model.get_ref<const std::string&>();
  return name.size() <= kLongestModel && !has_controls(name);
}

// A figure that cannot be one is not counted, and that is said, once.
void note_figure(const RequestValues& values, const char* what, double figure,
                 ProviderResult& facts) {
  std::string note = fmt::format("{} says {:g} for {}, which was not counted.",
                                 values.descriptor.title, figure, what);
  const auto& notes = facts.problems;
  if (std::find(notes.begin(), notes.end(), note) == notes.end())
    facts.problems.push_back(std::move(note));
}

bool is_picture_type(std::string_view content_type) {
  return content_type.rfind("image/", 0) == 0;
}

std::vector<std::uint8_t> decode(const Descriptor& descriptor, const Access& access,
                                 const std::string& text, const TakeUnusable& unusable) {
  constexpr std::size_t kMaxText = kMaxPictureBytes / 3 * 4 + kMaxPictureBytes / 8;
  constexpr std::size_t kDetailBytes = 80;
  const bool fits = text.size() <= kMaxText;
  auto bytes = fits ? decode_base64(text) : std::nullopt;
  if (bytes) return std::move(*bytes);
  const std::string shown = access.mask(text);
  unusable({shown.begin(), shown.end()});
  if (!fits)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("The picture of {} is larger than {} MiB.", descriptor.title,
                              kMaxPictureBytes / (1024 * 1024)));
  throw Failure(ErrorCode::bad_picture,
                fmt::format("{} sent a picture whose base64 text is damaged.", descriptor.title),
                "Try again.", masked_start(text, kDetailBytes, access.secrets));
}

// Hands over what is none before it says so.
void require_picture(const Descriptor& descriptor, const std::vector<std::uint8_t>& bytes,
                     const TakeUnusable& unusable) {
  try {
    require_picture(descriptor, bytes);
  } catch (const Failure&) {
    unusable(bytes);
    throw;
  }
}

ReceivedPicture picture_at(const RequestValues& values, const Access& access,
                           const HttpResponse& response, const ImagePlace& place, const json& value,
                           const TakeUnusable& unusable) {
  const Descriptor& descriptor = values.descriptor;
  if (!value.is_string())
    throw Failure(ErrorCode::provider,
                  fmt::format("{} answered with {} at \"{}\" instead of text.", descriptor.title,
                              value.type_name(),
                              place.value.empty() ? place.path : place.value.front().text()));
  const auto& text = value.get_ref<const std::string&>();
  ReceivedPicture picture;
  if (place.kind == ImagePlace::Kind::base64 || text.rfind("data:", 0) == 0) {
    picture.bytes = decode(descriptor, access, text, unusable);
    require_picture(descriptor, picture.bytes, unusable);
    return picture;
  }
  const bool below_base = place.kind == ImagePlace::Kind::path;
  const auto url =
      below_base ? parse_url(access.base_url + text) : resolve_url(response.final_url, text);
  if (!url || !url->is_web())
    throw Failure(
        ErrorCode::provider,
        fmt::format("{} named a picture that is not at an http or https URL.", descriptor.title),
        "Look at the provider's own pages for it; where its descriptor says \"url\" may be wrong.",
        masked_start(text, 200, access.secrets));
  picture.url = url->text;
  return picture;
}

// The pieces of the answer a place looks at.
std::vector<json> items_of(const ImagePlace& place, const json& body) {
  if (place.each.empty()) return {body};
  std::vector<json> items = find_first(place.each, body);
  std::erase_if(items, [&](const json& item) {
    return (place.where && !place.where->holds_in(item)) ||
           (place.unless && place.unless->holds_in(item));
  });
  return items;
}

std::vector<json> values_at(const RequestValues& values, const ImagePlace& place,
                            const json& body) {
  std::vector<json> found;
  for (const json& item : items_of(place, body)) {
    if (place.kind != ImagePlace::Kind::path) {
      for (json& value : find_first(place.value, item))
        if (value != "") found.push_back(std::move(value));
      continue;
    }
    RequestValues of_item = values;
    of_item.item = &item;
    if (const auto path = fill_url_path(of_item, place.path, nullptr)) found.emplace_back(*path);
  }
  return found;
}

// The part of the body that looks like JSON; empty: none does.
std::string_view json_in(const HttpResponse& response) {
  const std::string_view text = response.text();
  const auto start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos || (text[start] != '{' && text[start] != '[')) return {};
  return text.substr(start);
}

std::string describe_body(const HttpResponse& response) {
  const std::string problem = json_problem(json_in(response));
  return problem.empty() ? describe_bytes(response.body) : problem;
}

[[noreturn]] void fail_without_picture(const Descriptor& descriptor, const Access& access,
                                       const HttpResponse& response, const json& body) {
  constexpr std::size_t kDetailBytes = 1000;
  if (body.is_null())
    throw Failure(ErrorCode::provider,
                  fmt::format("{} answered with {} instead of a picture.", descriptor.title,
                              describe_body(response)),
                  "Check the provider's address, and a proxy in between.",
                  masked_start(response.text(), kDetailBytes, access.secrets));
  const std::string words = error_text(descriptor, response, body, access.secrets);
  const bool says_why = words != "HTTP " + status_text(response.status);
  throw Failure(ErrorCode::provider,
                says_why ? fmt::format("{} answered without a picture: {}", descriptor.title, words)
                         : fmt::format("{} answered without a picture.", descriptor.title),
                "Try again, or change the description.",
                masked_start(as_text(body), kDetailBytes, access.secrets));
}

}  // namespace

json parse_body(const HttpResponse& response) {
  const std::string_view text = json_in(response);
  if (text.empty()) return {};
  json body = parse_json(text);
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

void read_facts(const RequestValues& values, const HttpResponse& response, const json& body,
                ProviderResult& facts) {
  const ReplyTemplate& reply = values.descriptor.reply;
  const auto first = [&](const std::vector<JsonPath>& paths) {
    const auto found = find_first(paths, body);
    return found.empty() ? json() : found.front();
  };
  const auto header = [&](const std::string& name) {
    return name.empty() ? json() : json(response.header(name));
  };
  if (const auto seed = whole_number_of(first(reply.seed)))
    facts.seed = seed;
  else if (const auto in_header = whole_number_of(header(reply.seed_header)))
    facts.seed = in_header;
  if (const json model = first(reply.model); model.is_string() && is_model_name(model))
    facts.model = short_line(model.get_ref<const std::string&>(), kLongestModel);
  if (const json said = first(reply.credits); const auto credits = number_of(said)) {
    if (in_range(*credits, kMostCredits))
      facts.credit_cost = static_cast<std::int64_t>(std::ceil(*credits - 1e-9));
    else
      note_figure(values, "credits", *credits, facts);
  }
  const CostRule* rule = values.descriptor.cost_rule(values.model);
  if (!rule) return;
  auto cost = number_of(first(rule->paths));
  if (!cost) cost = number_of(header(rule->header));
  if (!cost) return;
  if (!in_range(*cost * rule->times, kMostCost))
    return note_figure(values, "its cost", *cost, facts);
  facts.provider_cost = *cost * rule->times;
  facts.provider_cost_unit = rule->unit;
}

bool is_binary(const std::vector<std::uint8_t>& bytes) {
  constexpr std::ptrdiff_t kLooked = 512;
  const auto end = bytes.begin() + std::min(kLooked, static_cast<std::ptrdiff_t>(bytes.size()));
  return std::find(bytes.begin(), end, std::uint8_t{0}) != end;
}

ReadReply read_pictures(const RequestValues& values, const Access& access,
                        const HttpResponse& response, const json& body, const ReplyLimits& limits,
                        const TakeUnusable& unusable) {
  const Descriptor& descriptor = values.descriptor;
  ReadReply reply;
  if (body.is_null()) {
    if (!sniff_format(response.body) && !is_picture_type(response.header("content-type")) &&
        !is_binary(response.body))
      fail_without_picture(descriptor, access, response, body);
    require_picture(descriptor, response.body, unusable);
    reply.pictures.push_back({.bytes = response.body, .url = {}});
    return reply;
  }
  std::size_t bytes = 0;
  std::optional<Failure> first_failure;
  for (const ImagePlace& place : descriptor.reply.images) {
    if (!reply.pictures.empty()) break;
    for (const json& value : values_at(values, place, body)) {
      if (reply.pictures.size() >= limits.pictures || bytes >= limits.bytes) {
        ++reply.left_out;
        continue;
      }
      try {
        reply.pictures.push_back(picture_at(values, access, response, place, value, unusable));
        bytes += reply.pictures.back().bytes.size();
      } catch (const Failure& failure) {
        if (reply.problems.size() < kMostProblems)
          reply.problems.push_back(failure.error().message);
        if (!first_failure) first_failure = failure;
      }
    }
  }
  if (!reply.pictures.empty()) return reply;
  if (first_failure) throw Failure(*first_failure);
  fail_without_picture(descriptor, access, response, body);
}

}  // namespace castboard
