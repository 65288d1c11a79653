#include "providers/request_values.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/placeholders.h"
#include "providers/base64.h"

namespace castboard {

namespace {

using nlohmann::json;

json text_or_null(const std::string& text) {
  return text.empty() ? json() : json(text);
}

json traits_object(const Character& character) {
  json object = json::object();
  for (const Trait& trait : character.traits) object[trait.key] = trait.value;
  return object.empty() ? json() : object;
}

std::string base64_of(const RequestValues& values, const ReferenceImage& image) {
  if (!values.shortened) return encode_base64(image.bytes);
  return fmt::format("<base64 of {} bytes of {}>", image.bytes.size(), mime_type_of(image.format));
}

using ReadValue = json (*)(const RequestValues&);

const std::map<std::string, ReadValue, std::less<>>& plain_values() {
  using V = const RequestValues&;
  static const std::map<std::string, ReadValue, std::less<>> values{
      {"prompt", [](V v) { return text_or_null(v.request.prompt); }},
      {"model", [](V v) { return text_or_null(v.model); }},
      {"seed", [](V v) { return v.request.asked.seed ? json(*v.request.asked.seed) : json(); }},
      {"size", [](V v) { return v.size ? json(v.size->entry.value) : json(); }},
      {"width",
       [](V v) { return v.size && v.size->entry.width ? json(v.size->entry.width) : json(); }},
      {"height",
       [](V v) { return v.size && v.size->entry.height ? json(v.size->entry.height) : json(); }},
      {"aspect_ratio", [](V v) { return text_or_null(v.request.asked.aspect_ratio); }},
      {"template", [](V v) { return text_or_null(v.request.asked.template_type); }},
      {"shot", [](V v) { return text_or_null(v.request.asked.shot); }},
      {"art_style", [](V v) { return text_or_null(v.request.asked.art_style); }},
      {"version.name", [](V v) { return text_or_null(v.request.asked.version_name); }},
      {"additional_description",
       [](V v) { return text_or_null(v.request.asked.additional_description); }},
      {"character.id", [](V v) { return text_or_null(v.request.character.id); }},
      {"character.name", [](V v) { return text_or_null(v.request.character.name); }},
      {"character.description", [](V v) { return text_or_null(v.request.character.description); }},
      {"character.traits", [](V v) { return traits_object(v.request.character); }},
      {"project.id", [](V v) { return text_or_null(v.request.character.project_id); }},
      {"idempotency_key", [](V v) { return text_or_null(v.request.idempotency_key); }},
  };
  return values;
}

using ReadReference = json (*)(const RequestValues&, const NumberedReference&);

const std::map<std::string, ReadReference, std::less<>>& reference_values() {
  using V = const RequestValues&;
  using R = const NumberedReference&;
  static const std::map<std::string, ReadReference, std::less<>> values{
      {"url", [](V, R r) { return text_or_null(r.image->url); }},
      {"base64", [](V v, R r) { return json(base64_of(v, *r.image)); }},
      {"data_url",
       [](V v, R r) {
         return json(fmt::format("data:{};base64,{}", mime_type_of(r.image->format),
                                 base64_of(v, *r.image)));
       }},
      {"mime_type", [](V, R r) { return json(mime_type_of(r.image->format)); }},
      {"file_name", [](V, R r) { return json(r.file_name()); }},
      {"role", [](V, R r) { return json(r.role); }},
      {"number", [](V, R r) { return json(r.index + 1); }},
      // input_image, input_image_2, input_image_3 ...
      {"suffix",
       [](V, R r) { return json(r.index == 0 ? std::string() : fmt::format("_{}", r.index + 1)); }},
  };
  return values;
}

constexpr std::string_view kOption = "option.";
constexpr std::string_view kReference = "ref.";
constexpr std::string_view kCharacterReference = "character_ref.";
constexpr std::string_view kBackgroundReference = "background_ref.";

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.rfind(beginning, 0) == 0;
}

// The element of a list that repeats: {"$each references": ...}.
const std::string* only_each_key(const json& item) {
  if (!item.is_object() || item.size() != 1) return nullptr;
  const std::string& key = item.begin().key();
  return begins_with(key, kEachKey) ? &item.begin().key() : nullptr;
}

}  // namespace

std::optional<ReferenceSet> reference_set(std::string_view name) {
  if (name == "references") return ReferenceSet::all;
  if (name == "character_references") return ReferenceSet::character;
  if (name == "background_references") return ReferenceSet::background;
  return std::nullopt;
}

std::vector<std::string> request_value_names(const std::map<std::string, JsonTemplate>& options) {
  std::vector<std::string> names;
  for (const auto& [name, read] : plain_values()) names.push_back(name);
  for (const auto& [name, read] : reference_values())
    for (std::string_view beginning : {kReference, kCharacterReference, kBackgroundReference})
      names.push_back(std::string(beginning) + name);
  for (const auto& [name, value] : options) names.push_back(std::string(kOption) + name);
  return names;
}

std::string NumberedReference::file_name() const {
  return fmt::format("{}_{}.{}", role, index + 1, extension_of(image->format));
}

std::vector<NumberedReference> RequestValues::references(ReferenceSet set) const {
  std::vector<NumberedReference> found;
  const auto add = [&](const std::vector<ReferenceImage>& images, const char* role) {
    for (const ReferenceImage& image : images)
      found.push_back({.image = &image, .role = role, .index = static_cast<int>(found.size())});
  };
  if (set == ReferenceSet::all || set == ReferenceSet::character)
    add(request.character_references, "character");
  if (set == ReferenceSet::all || set == ReferenceSet::background)
    add(request.background_references, "background");
  return found;
}

json RequestValues::value(const std::string& name, const NumberedReference* reference) const {
  if (const auto plain = plain_values().find(name); plain != plain_values().end())
    return plain->second(*this);
  if (begins_with(name, kOption)) {
    const auto option = descriptor.options.find(name.substr(kOption.size()));
    return option == descriptor.options.end() ? json() : *option->second;
  }
  const auto of_first = [&](ReferenceSet set, std::string_view beginning) {
    const auto found = references(set);
    const auto read = reference_values().find(name.substr(beginning.size()));
    if (found.empty() || read == reference_values().end()) return json();
    return read->second(*this, found.front());
  };
  if (begins_with(name, kCharacterReference))
    return of_first(ReferenceSet::character, kCharacterReference);
  if (begins_with(name, kBackgroundReference))
    return of_first(ReferenceSet::background, kBackgroundReference);
  if (!reference || !begins_with(name, kReference)) return {};
  const auto read = reference_values().find(name.substr(kReference.size()));
  return read == reference_values().end() ? json() : read->second(*this, *reference);
}

std::optional<std::string> RequestValues::fill(std::string_view text,
                                               const NumberedReference* reference) const {
  return fill_placeholders(text, [&](const std::string& name) -> std::optional<std::string> {
    const json found = value(name, reference);
    if (found.is_null()) return std::nullopt;
    return as_text(found);
  });
}

json RequestValues::expand(const json& text, const NumberedReference* reference) const {
  if (text.is_string()) {
    const auto& string = text.get_ref<const std::string&>();
    const auto pieces = split_placeholders(string);
    // A lone placeholder keeps the type of its value: "{seed}" becomes a number.
    if (pieces.size() == 1 && pieces.front().placeholder)
      return value(pieces.front().text, reference);
    const auto filled = fill(string, reference);
    return filled ? json(*filled) : json();
  }
  if (!text.is_structured() || text.empty()) return text;
  json result = text.is_object() ? json::object() : json::array();
  if (text.is_array()) {
    for (const json& item : text) {
      if (const std::string* each = only_each_key(item)) {
        for (const auto& numbered : references(*reference_set(each->substr(kEachKey.size()))))
          if (json expanded = expand(item.begin().value(), &numbered); !expanded.is_null())
            result.push_back(std::move(expanded));
      } else if (json expanded = expand(item, reference); !expanded.is_null()) {
        result.push_back(std::move(expanded));
      }
    }
  } else {
    for (const auto& [key, item] : text.items()) {
      if (begins_with(key, kEachKey)) {
        for (const auto& numbered : references(*reference_set(key.substr(kEachKey.size()))))
          if (const json expanded = expand(item, &numbered); expanded.is_object())
            result.update(expanded);
        continue;
      }
      const auto filled_key = fill(key, reference);
      json expanded = expand(item, reference);
      if (filled_key && !expanded.is_null()) result[*filled_key] = std::move(expanded);
    }
  }
  return result.empty() ? json() : result;
}

}  // namespace castboard
