#include "studio/push_payload.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace castboard {

namespace {

bool unreserved(char c) {  // RFC 3986, 2.3, and the separator of segments
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

}  // namespace

std::string push_path(const CharacterId& character) {
  return "/api/characters/" + character;
}

std::string public_url(std::string_view base, std::string_view url) {
  while (base.ends_with('/')) base.remove_suffix(1);
  std::string text = fmt::format("{}/", base);
  for (const char c : url) {
    if (unreserved(c)) {
      text += c;
    } else {
      text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return text;
}

std::string push_body(const Character& character, std::string_view base) {
  nlohmann::ordered_json poses = nlohmann::ordered_json::object();
  for (const auto& [pose, url] : character.image_poses) poses[pose] = public_url(base, url);
  nlohmann::ordered_json body;
  if (character.active_version_id.empty()) {
    body["imageUrl"] = nullptr;
  } else {
    body["imageUrl"] = public_url(base, character.image_url);
  }
  body["imagePoses"] = poses;
  if (character.active_version_id.empty()) {
    body["versionId"] = nullptr;
    body["versionNumber"] = nullptr;
    body["status"] = nullptr;
  } else {
    body["versionId"] = character.active_version_id;
    body["versionNumber"] = character.active_version_number;
    body["status"] = to_string(character.active_status);
  }
  return body.dump();
}

}  // namespace castboard
