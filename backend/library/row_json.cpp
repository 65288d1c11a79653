#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "library/rows.h"

namespace castboard {

namespace {

// Keeps the order of traits as the user gave it.
using Json = nlohmann::ordered_json;

// Text that is not UTF-8 (a file's path may be anything) is written with replacement characters
// rather than refused.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

[[noreturn]] void refuse(std::string_view where, const std::string& json) {
  throw Failure(ErrorCode::library,
                fmt::format("The row of {} in castboard.db holds JSON that cannot be read.", where),
                "Another program may have changed it: restore castboard.db from a backup, or "
                "correct the row with sqlite3.",
                json.substr(0, 200));
}

Json parse(const std::string& text, Json::value_t type, std::string_view where) {
  Json json = Json::parse(text.empty() ? "null" : text, nullptr, false);
  if (json.is_null()) return Json(type);
  if (json.type() != type) refuse(where, text);
  return json;
}

std::string text_or_dump(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Json write_reference(const Reference& reference) {
  if (!reference) return nullptr;
  return Json{{"kind", to_string(reference.kind)}, {"text", reference.text}};
}

Reference read_reference(const Json& request, const char* key) {
  const auto found = request.find(key);
  if (found == request.end() || !found->is_object()) return {};
  Reference reference;
  const auto kind = parse_reference_kind(found->value("kind", "none"));
  if (!kind || *kind == Reference::Kind::none) return {};
  reference.kind = *kind;
  reference.text = found->value("text", "");
  return reference;
}

Json write_number(const std::optional<std::int64_t>& number) {
  return number ? Json(*number) : Json(nullptr);
}

std::optional<std::int64_t> read_number(const Json& request, const char* key) {
  const auto found = request.find(key);
  if (found == request.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

}  // namespace

std::string write_traits(const std::vector<Trait>& traits) {
  Json json = Json::object();
  for (const Trait& trait : traits) json[trait.key] = trait.value;
  return dump(json);
}

std::vector<Trait> read_traits(const std::string& json, std::string_view where) {
  std::vector<Trait> traits;
  const Json object = parse(json, Json::value_t::object, where);
  for (const auto& [key, value] : object.items()) traits.push_back({key, text_or_dump(value)});
  return traits;
}

std::string write_poses(const std::map<std::string, std::string>& poses) {
  Json json = Json::object();
  for (const auto& [pose, url] : poses) json[pose] = url;
  return dump(json);
}

std::map<std::string, std::string> read_poses(const std::string& json, std::string_view where) {
  std::map<std::string, std::string> poses;
  const Json object = parse(json, Json::value_t::object, where);
  for (const auto& [pose, url] : object.items()) poses[pose] = text_or_dump(url);
  return poses;
}

std::string write_texts(const std::vector<std::string>& texts) {
  return dump(Json(texts));
}

std::vector<std::string> read_texts(const std::string& json, std::string_view where) {
  std::vector<std::string> texts;
  const Json array = parse(json, Json::value_t::array, where);
  for (const Json& text : array) texts.push_back(text_or_dump(text));
  return texts;
}

std::string write_request(const GenerationRequest& request) {
  return dump(Json{{"character_id", request.character_id},
                   {"version_name", request.version_name},
                   {"template_type", request.template_type},
                   {"shot", request.shot},
                   {"art_style", request.art_style},
                   {"aspect_ratio", request.aspect_ratio},
                   {"character_reference", write_reference(request.character_reference)},
                   {"background_reference", write_reference(request.background_reference)},
                   {"additional_description", request.additional_description},
                   {"prompt", request.prompt},
                   {"provider", request.provider},
                   {"model", request.model},
                   {"seed", write_number(request.seed)},
                   {"count", request.count},
                   {"activate", to_string(request.activate)},
                   {"max_credits", write_number(request.max_credits)},
                   {"remix_of", request.remix_of},
                   {"redo_of_version", request.redo_of_version},
                   {"redo_of_cell", request.redo_of_cell}});
}

GenerationRequest read_request(const std::string& json, std::string_view where) {
  const Json object = parse(json, Json::value_t::object, where);
  GenerationRequest request;
  try {
    request.character_id = object.value("character_id", "");
    request.version_name = object.value("version_name", "");
    request.template_type = object.value("template_type", "");
    request.shot = object.value("shot", "");
    request.art_style = object.value("art_style", "");
    request.aspect_ratio = object.value("aspect_ratio", "");
    request.character_reference = read_reference(object, "character_reference");
    request.background_reference = read_reference(object, "background_reference");
    request.additional_description = object.value("additional_description", "");
    request.prompt = object.value("prompt", "");
    request.provider = object.value("provider", "");
    request.model = object.value("model", "");
    request.seed = read_number(object, "seed");
    request.count = object.value("count", 1);
    request.activate = parse_activate_policy(object.value("activate", ""))
                           .value_or(ActivatePolicy::unless_approved);
    request.max_credits = read_number(object, "max_credits");
    request.remix_of = object.value("remix_of", "");
    request.redo_of_version = object.value("redo_of_version", "");
    request.redo_of_cell = object.value("redo_of_cell", 0);
  } catch (const Json::exception&) {
    refuse(where, json);
  }
  return request;
}

}  // namespace castboard
