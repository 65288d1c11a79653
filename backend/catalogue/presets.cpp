#include "catalogue/presets.h"

#include <algorithm>
#include <cctype>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/request_rules.h"
#include "catalogue/json_document.h"

namespace castboard {

namespace {

constexpr std::string_view kActiveWord = "active";
constexpr std::int64_t kLargestSeed = INT64_MAX;
constexpr std::size_t kLongestFileName = 60;

std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text)
    result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool is_web_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::string optional_text(const JsonField& root, const char* key) {
  const auto field = root.find(key);
  return field ? field->text() : std::string();
}

// A path is relative to the preset's own file, so that both can be handed on together.
Reference read_reference(const JsonField& root, const char* key) {
  const std::string text = optional_text(root, key);
  if (text.empty()) return {};
  if (text == kActiveWord) return {Reference::Kind::active, {}};
  if (is_web_address(text)) return {Reference::Kind::url, text};
  const std::filesystem::path beside = std::filesystem::path(root.file()).parent_path();
  return {Reference::Kind::file, (beside / text).lexically_normal().string()};
}

std::string reference_text(const Reference& reference) {
  return reference.kind == Reference::Kind::active ? std::string(kActiveWord) : reference.text;
}

Preset read_preset(const JsonDocument& document) {
  const JsonField root(document);
  root.only_keys({"name", "template", "shot", "style", "size", "character_reference",
                  "background_reference", "description", "prompt", "provider", "model", "seed",
                  "count", "activate"});
  Preset preset;
  const JsonField name = root.require("name");
  preset.name = name.text();
  if (const auto problem = problem_with_name("preset's name", preset.name))
    name.fail(problem->message);
  preset.template_type = optional_text(root, "template");
  preset.shot = optional_text(root, "shot");
  preset.art_style = optional_text(root, "style");
  preset.aspect_ratio = optional_text(root, "size");
  preset.character_reference = read_reference(root, "character_reference");
  preset.background_reference = read_reference(root, "background_reference");
  preset.additional_description = optional_text(root, "description");
  preset.prompt = optional_text(root, "prompt");
  preset.provider = optional_text(root, "provider");
  preset.model = optional_text(root, "model");
  if (const auto seed = root.find("seed")) preset.seed = seed->integer(0, kLargestSeed);
  if (const auto count = root.find("count"))
    preset.count = static_cast<int>(count->integer(1, kMaxPicturesAtOnce));
  if (const auto activate = root.find("activate"))
    preset.activate = parse_activate_policy(activate->word({"unless_approved", "always", "never"}));
  preset.file = document.path();
  return preset;
}

void put(std::vector<Preset>& presets, Preset preset) {
  const std::string name = folded(preset.name);
  std::erase_if(presets, [&](const Preset& other) { return folded(other.name) == name; });
  presets.push_back(std::move(preset));
}

// "House sheet, inked" -> "house_sheet_inked"
std::string file_name_of(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (result.size() == kLongestFileName) break;
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte))
      result += static_cast<char>(std::tolower(byte));
    else if (!result.empty() && result.back() != '_')
      result += '_';
  }
  while (!result.empty() && result.back() == '_') result.pop_back();
  return result.empty() ? "preset" : result;
}

}  // namespace

const Preset* PresetList::find(std::string_view name) const {
  const auto found = std::find_if(presets.begin(), presets.end(), [&](const Preset& preset) {
    return folded(preset.name) == folded(name);
  });
  return found == presets.end() ? nullptr : &*found;
}

Preset preset_of(const GenerationRequest& request, std::string name) {
  Preset preset;
  preset.name = std::move(name);
  preset.template_type = request.template_type;
  preset.shot = request.shot;
  preset.art_style = request.art_style;
  preset.aspect_ratio = request.aspect_ratio;
  if (request.character_reference.kind != Reference::Kind::version)
    preset.character_reference = request.character_reference;
  if (request.background_reference.kind != Reference::Kind::version)
    preset.background_reference = request.background_reference;
  preset.additional_description = request.additional_description;
  preset.prompt = request.prompt;
  preset.provider = request.provider;
  preset.model = request.model;
  preset.seed = request.seed;
  preset.count = request.count;
  preset.activate = request.activate;
  return preset;
}

void apply_preset(const Preset& preset, GenerationRequest& request) {
  const auto put_text = [](const std::string& from, std::string& to) {
    if (!from.empty()) to = from;
  };
  // Keys of one template mean nothing to another.
  if (!preset.template_type.empty() && preset.template_type != request.template_type)
    request.shot.clear();
  put_text(preset.template_type, request.template_type);
  put_text(preset.shot, request.shot);
  put_text(preset.art_style, request.art_style);
  put_text(preset.aspect_ratio, request.aspect_ratio);
  if (preset.character_reference) request.character_reference = preset.character_reference;
  if (preset.background_reference) request.background_reference = preset.background_reference;
  put_text(preset.additional_description, request.additional_description);
  request.prompt = preset.prompt;
  if (!preset.provider.empty()) {
    request.provider = preset.provider;
    request.model = preset.model;
  }
  if (preset.seed) request.seed = preset.seed;
  if (preset.count) request.count = *preset.count;
  if (preset.activate) request.activate = *preset.activate;
}

PresetList read_presets(const std::vector<ConfigurationLayer>& layers) {
  PresetList list;
  for (const ConfigurationLayer& layer : layers)
    for (const auto& file : json_files(layer.directory / "presets")) {
      try {
        Preset preset = read_preset_file(file);
        preset.layer = layer.name;
        if (!layer.trusted) preset.character_reference = preset.background_reference = {};
        put(list.presets, std::move(preset));
      } catch (const Failure& failure) {
        list.warnings.push_back(failure.error());
      }
    }
  std::sort(list.presets.begin(), list.presets.end(),
            [](const Preset& a, const Preset& b) { return folded(a.name) < folded(b.name); });
  return list;
}

Preset read_preset_file(const std::filesystem::path& file) {
  return read_preset(JsonDocument::read(file));
}

std::string preset_text(const Preset& preset) {
  nlohmann::ordered_json json;
  const auto put_text = [&json](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  json["name"] = preset.name;
  put_text("template", preset.template_type);
  put_text("shot", preset.shot);
  put_text("style", preset.art_style);
  put_text("size", preset.aspect_ratio);
  put_text("character_reference", reference_text(preset.character_reference));
  put_text("background_reference", reference_text(preset.background_reference));
  put_text("description", preset.additional_description);
  put_text("prompt", preset.prompt);
  put_text("provider", preset.provider);
  put_text("model", preset.model);
  if (preset.seed) json["seed"] = *preset.seed;
  if (preset.count) json["count"] = *preset.count;
  if (preset.activate) json["activate"] = to_string(*preset.activate);
  constexpr int kIndent = 2;
  return json.dump(kIndent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::filesystem::path preset_path(const std::filesystem::path& directory, std::string_view name) {
  for (const auto& file : json_files(directory)) {
    try {
      if (folded(read_preset_file(file).name) == folded(name)) return file;
    } catch (const Failure&) {
      continue;  // an unreadable one has no name, and is not written over
    }
  }
  const std::string stem = file_name_of(name);
  std::error_code ignored;
  for (int number = 1;; ++number) {
    const auto file =
        directory / (number == 1 ? stem + ".json" : fmt::format("{}-{}.json", stem, number));
    if (!std::filesystem::exists(file, ignored)) return file;
  }
}

}  // namespace castboard
