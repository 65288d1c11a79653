#include "sketch/generation.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "sketch/colour.h"

namespace castboard::sketch {
namespace {

using nlohmann::json;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  const void* const raw = text.data();
  return {static_cast<const std::uint8_t*>(raw), text.size()};
}

[[noreturn]] void reject(std::string_view field, std::string_view why) {
  throw Failure(ErrorCode::invalid_input, fmt::format("The field '{}' {}.", field, why));
}

std::string text_field(const json& body, const char* field, std::string otherwise = {}) {
  const auto found = body.find(field);
  if (found == body.end() || found->is_null()) return otherwise;
  if (!found->is_string()) reject(field, "must be text");
  return found->get<std::string>();
}

std::string value_text(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<Trait> read_traits(const json& body) {
  std::vector<Trait> traits;
  const auto found = body.find("characterTraits");
  if (found == body.end() || found->is_null()) return traits;
  if (found->is_object()) {
    for (const auto& [key, value] : found->items()) traits.push_back({key, value_text(value)});
  } else if (found->is_array()) {
    for (const json& item : *found) {
      if (!item.is_object() || !item.contains("key") || !item.contains("value")) {
        reject("characterTraits", "must be an object, or a list of {key, value}");
      }
      traits.push_back({value_text(item["key"]), value_text(item["value"])});
    }
  } else {
    reject("characterTraits", "must be an object");
  }
  return traits;
}

// One picture or the first of several, base64.
std::string reference_field(const json& body, const char* field) {
  const auto found = body.find(field);
  if (found == body.end() || found->is_null()) return {};
  const json& value = found->is_array() && !found->empty() ? found->front() : *found;
  if (value.is_array()) return {};
  if (!value.is_string()) reject(field, "must be a picture in base64");
  return decode_base64(value.get<std::string>(), field);
}

ReplyForm read_reply(const json& body) {
  const std::string reply = text_field(body, "reply", "base64");
  if (reply == "base64") return ReplyForm::base64;
  if (reply == "bytes") return ReplyForm::bytes;
  if (reply == "url") return ReplyForm::url;
  reject("reply", "must be base64, bytes or url");
}

std::int64_t read_seed(const json& body, const Uploads& uploads) {
  const auto found = body.find("seed");
  if (found != body.end() && !found->is_null()) {
    if (!found->is_number_integer()) reject("seed", "must be a whole number");
    return found->get<std::int64_t>();
  }
  json drawn = body;  // keys are sorted, so the order of the fields does not matter
  drawn.erase("reply");
  drawn.erase("directives");
  const std::uint64_t hash = hash_text(
      drawn.dump(), hash_text(uploads.character_reference + uploads.background_reference));
  return static_cast<std::int64_t>(hash & 0x7fffffff);
}

// Bytes that are no picture leave the backdrop as it would be without them.
Image decode_reference(std::string_view bytes) {
  if (bytes.empty()) return {};
  try {
    return scale_to_fit(decode_picture(bytes_of(bytes)), 1024, 1024);
  } catch (const Failure&) {
    return {};
  }
}

}  // namespace

Generation read_generation(std::string_view text, const Uploads& uploads) {
  const json body = json::parse(text, nullptr, false);
  if (body.is_discarded() || !body.is_object()) {
    throw Failure(ErrorCode::invalid_input, "The request is not a JSON object.");
  }
  Generation generation;
  SketchRequest& request = generation.request;
  request.character_name = text_field(body, "characterName");
  request.character_description = text_field(body, "characterDescription");
  request.traits = read_traits(body);
  request.template_type = text_field(body, "template", "portrait");
  request.shot = text_field(body, "shot");
  request.art_style = text_field(body, "artStyle", "cinematic_realistic");
  request.aspect_ratio = text_field(body, "aspectRatio", "1:1");
  request.additional_description = text_field(body, "additionalDescription");
  std::string said = text_field(body, "directives");
  said += " " + take_directives(request.additional_description);
  generation.directives = parse_directives(said);
  request.flaws = generation.directives.flaws;
  generation.reply = read_reply(body);
  generation.seed = read_seed(body, uploads);
  request.seed = static_cast<std::uint64_t>(generation.seed);
  const std::string background = uploads.background_reference.empty()
                                     ? reference_field(body, "backgroundRef")
                                     : uploads.background_reference;
  request.background_reference = decode_reference(background);
  if (request.character_name.empty()) {
    // Nobody by name: whoever is on the reference, else by id, so that it is the same face again.
    const std::string character = uploads.character_reference.empty()
                                      ? reference_field(body, "characterRef")
                                      : uploads.character_reference;
    request.character_name =
        character.empty() ? text_field(body, "characterId", text_field(body, "characterRefUrl"))
                          : fmt::format("{:x}", hash_text(character));
  }
  return generation;
}

Drawn draw(const Generation& generation) {
  const Image image = sketch_picture(generation.request);
  const std::vector<std::uint8_t> png = encode_png(image);
  return {.png = std::string(png.begin(), png.end()), .width = image.width, .height = image.height};
}

std::string success_json(const Generation& generation, const Drawn& drawn, std::string_view image,
                         std::string_view image_url) {
  json reply = {{"success", true},         {"creditCost", 0},      {"modelUsed", kModel},
                {"seed", generation.seed}, {"width", drawn.width}, {"height", drawn.height}};
  if (!image.empty()) reply["image"] = image;
  if (!image_url.empty()) reply["imageUrl"] = image_url;
  return reply.dump();
}

std::string error_json(std::string_view code, std::string_view message) {
  return json{{"success", false}, {"error", {{"code", code}, {"message", message}}}}.dump(
      -1, ' ', false, json::error_handler_t::replace);
}

std::string as_jpeg(const Drawn& drawn) {
  const std::vector<std::uint8_t> jpeg = encode_jpeg(decode_picture(bytes_of(drawn.png)), 88);
  return {jpeg.begin(), jpeg.end()};
}

std::string with_huge_header(std::string png) {
  // IHDR: width at byte 16, height at 20, its checksum over bytes 12..28 at 29 (PNG, 11.2.2).
  constexpr std::uint32_t kSide = 20000;
  const auto put = [&](std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) png[at + i] = static_cast<char>(value >> (24 - 8 * i));
  };
  put(16, kSide);
  put(20, kSide);
  std::uint32_t crc = 0xffffffffu;
  for (std::size_t i = 12; i < 29; ++i) {
    crc ^= static_cast<unsigned char>(png[i]);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
  }
  put(29, ~crc);
  return png;
}

std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t block = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      block = block << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k > bytes.size() ? '=' : kDigits[block >> (18 - 6 * k) & 63];
    }
  }
  return out;
}

std::string decode_base64(std::string_view text, std::string_view field) {
  if (text.starts_with("data:")) text = text.substr(std::min(text.find(',') + 1, text.size()));
  std::string out;
  std::uint32_t block = 0;
  int bits = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z')
      value = static_cast<std::uint32_t>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    else if (c >= '0' && c <= '9')
      value = static_cast<std::uint32_t>(c - '0' + 52);
    else if (c == '+')
      value = 62;
    else if (c == '/')
      value = 63;
    else if (c == '=' || c == '\n' || c == '\r')
      continue;
    else
      reject(field, "is not base64");
    block = block << 6 | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(block >> bits & 255);
    }
  }
  return out;
}

}  // namespace castboard::sketch
