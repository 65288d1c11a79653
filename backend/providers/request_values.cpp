#include "providers/request_values.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/placeholders.h"
#include "providers/base64.h"
#include "providers/workflow.h"

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
      {"seed", [](V v) { return v.seed ? json(*v.seed) : json(); }},
      {"secret", [](V v) { return v.trusted ? text_or_null(v.secret) : json(); }},
      {"job_id",
       [](V v) { return v.shortened ? json("<job_id>") : text_or_null(v.captured.job_id); }},
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
constexpr std::string_view kMap = "map.";
constexpr std::string_view kSession = "session.";
constexpr std::string_view kGot = "got.";
constexpr std::string_view kItem = "item.";
constexpr std::string_view kWholeItem = "item";
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
  if (name == "reference") return ReferenceSet::current;
  return std::nullopt;
}

const std::vector<std::string>& reference_beginnings() {
  static const std::vector<std::string> beginnings{std::string(kReference),
                                                   std::string(kCharacterReference),
                                                   std::string(kBackgroundReference),
                                                   "ref_1.",
                                                   "ref_2.",
                                                   "ref_3.",
                                                   "ref_4."};
  return beginnings;
}

std::vector<std::string> request_value_names(const Descriptor& descriptor) {
  std::vector<std::string> names;
  for (const auto& [name, read] : plain_values())
    if (name != "secret") names.push_back(name);
  for (const auto& [name, read] : reference_values())
    for (const std::string& beginning : reference_beginnings()) names.push_back(beginning + name);
  for (const auto& [name, value] : descriptor.options) names.push_back(std::string(kOption) + name);
  for (const auto& [name, value] : descriptor.maps) names.push_back(std::string(kMap) + name);
  return names;
}

std::string NumberedReference::file_name() const {
  return fmt::format("{}_{}.{}", role, index + 1, extension_of(image->format));
}

std::vector<NumberedReference> RequestValues::references(ReferenceSet set) const {
  std::vector<NumberedReference> found;
  std::size_t position = 0;
  const auto add = [&](const std::vector<ReferenceImage>& images, const char* role, bool wanted) {
    for (const ReferenceImage& image : images) {
      if (wanted)
        found.push_back({.image = &image,
                         .role = role,
                         .index = static_cast<int>(found.size()),
                         .position = position});
      ++position;
    }
  };
  add(request.character_references, "character",
      set == ReferenceSet::all || set == ReferenceSet::character);
  add(request.background_references, "background",
      set == ReferenceSet::all || set == ReferenceSet::background);
  return found;
}

std::optional<NumberedReference> RequestValues::first_reference(
    ReferenceSet set, const NumberedReference* current) const {
  if (set == ReferenceSet::current)
    return current ? std::optional<NumberedReference>(*current) : std::nullopt;
  const std::vector<NumberedReference> found = references(set);
  return found.empty() ? std::nullopt : std::optional<NumberedReference>(found.front());
}

json RequestValues::captured_value(const ValueTable& table, const std::string& key,
                                   const std::string& name) const {
  const auto found = table.find(key);
  if (found != table.end()) return *found->second;
  return shortened ? json("<" + name + ">") : json();
}

json RequestValues::mapped_value(const std::string& name,
                                 const NumberedReference* reference) const {
  const auto map = descriptor.maps.find(name);
  if (map == descriptor.maps.end()) return {};
  if (const auto key = fill(map->second.of, reference))
    if (const auto found = map->second.values.find(*key); found != map->second.values.end())
      return *found->second;
  return map->second.otherwise ? *map->second.otherwise : json();
}

json RequestValues::reference_value(const NumberedReference& reference,
                                    const std::string& name) const {
  if (begins_with(name, kGot)) {
    static const ValueTable kNothing;
    const auto& tables = captured.of_references;
    return captured_value(
        reference.position < tables.size() ? tables[reference.position] : kNothing,
        name.substr(kGot.size()), name);
  }
  const auto read = reference_values().find(name);
  return read == reference_values().end() ? json() : read->second(*this, reference);
}

json RequestValues::value(const std::string& name, const NumberedReference* reference) const {
  if (const auto plain = plain_values().find(name); plain != plain_values().end())
    return plain->second(*this);
  const auto after = [&](std::string_view beginning) { return name.substr(beginning.size()); };
  if (begins_with(name, kOption)) {
    const auto option = descriptor.options.find(after(kOption));
    return option == descriptor.options.end() ? json() : *option->second;
  }
  if (begins_with(name, kMap)) return mapped_value(after(kMap), reference);
  if (begins_with(name, kSession))
    return trusted ? captured_value(captured.session, after(kSession), name) : json();
  if (begins_with(name, kGot)) return captured_value(captured.got, after(kGot), name);
  if (name == kWholeItem) return item && !item->is_structured() ? *item : json();
  if (begins_with(name, kItem)) {
    if (!item || !item->is_object()) return {};
    return item->value(after(kItem), json());
  }
  if (begins_with(name, kReference))
    return reference ? reference_value(*reference, after(kReference)) : json();
  const auto numbered = [&](ReferenceSet set, std::size_t number, std::string_view beginning) {
    const auto found = references(set);
    return number < found.size() ? reference_value(found[number], after(beginning)) : json();
  };
  if (begins_with(name, kCharacterReference))
    return numbered(ReferenceSet::character, 0, kCharacterReference);
  if (begins_with(name, kBackgroundReference))
    return numbered(ReferenceSet::background, 0, kBackgroundReference);
  constexpr std::string_view kNumbered = "ref_1.";  // to ref_4
  if (begins_with(name, "ref_") && name.size() > kNumbered.size() && name[5] == '.')
    return numbered(ReferenceSet::all, static_cast<std::size_t>(name[4] - '1'), kNumbered);
  return {};
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
  if (text.is_object() && text.contains(kWorkflowKey))
    return expand_workflow(text[kWorkflowKey], reference);
  if (text.is_object() && text.contains(kTextKey)) {
    const json inner = expand(text[kTextKey], reference);
    return inner.is_null() ? json() : json(as_text(inner));
  }
  json result = text.is_object() ? expand_object(text, reference) : expand_list(text, reference);
  return result.empty() ? json() : result;
}

json RequestValues::expand_list(const json& text, const NumberedReference* reference) const {
  json result = json::array();
  for (const json& item_text : text) {
    if (const std::string* each = only_each_key(item_text)) {
      for (const auto& numbered : references(*reference_set(each->substr(kEachKey.size()))))
        if (json expanded = expand(item_text.begin().value(), &numbered); !expanded.is_null())
          result.push_back(std::move(expanded));
    } else if (json expanded = expand(item_text, reference); !expanded.is_null()) {
      result.push_back(std::move(expanded));
    }
  }
  return result;
}

json RequestValues::expand_object(const json& text, const NumberedReference* reference) const {
  json result = json::object();
  for (const auto& [key, member] : text.items()) {
    if (begins_with(key, kEachKey)) {
      for (const auto& numbered : references(*reference_set(key.substr(kEachKey.size()))))
        if (const json expanded = expand(member, &numbered); expanded.is_object())
          result.update(expanded);
      continue;
    }
    const auto filled_key = fill(key, reference);
    json expanded = expand(member, reference);
    if (filled_key && !expanded.is_null()) result[*filled_key] = std::move(expanded);
  }
  return result;
}

json RequestValues::expand_workflow(const json& workflow,
                                    const NumberedReference* reference) const {
  json graph = workflow["graph"];
  for (const auto& [name, pointers] : workflow["remove_without"].items())
    if (value(name, reference).is_null())
      for (const json& pointer : pointers) remove_at(graph, pointer.get<std::string>());
  // What is not set keeps the workflow's own value.
  for (const auto& [pointer, text] : workflow["set"].items())
    if (json filled = expand(text, reference); !filled.is_null())
      set_at(graph, pointer, std::move(filled));
  return graph;
}

}  // namespace castboard
