#include "version_facts.h"

#include <cstdio>

#include "generation_draft.h"
#include "texts.h"
#include "theme.h"

namespace castboard {
namespace {

// One number by a format of printf's.
std::string printed(const char* format, double number) {
  char written[32];
  std::snprintf(written, sizeof written, format, number);
  return written;
}

class Group {
 public:
  explicit Group(const char* title) { group_.title = title; }

  // `key` is of the catalogue of texts: "details.seed".
  void add(std::string_view key, const std::string& value, bool is_long = false) {
    if (value.empty()) return;
    group_.facts.push_back({std::string(key.substr(key.find('.') + 1)), text(key), value, is_long});
  }
  // With a label that is no word of ours, such as a trait's.
  void add_named(const std::string& key, const std::string& label, const std::string& value) {
    if (!value.empty()) group_.facts.push_back({key, label, value, false});
  }
  void into(std::vector<FactGroup>& groups) {
    if (!group_.facts.empty()) groups.push_back(std::move(group_));
  }

 private:
  FactGroup group_;
};

std::string template_words(const Catalogue* catalogue, const Version& version) {
  const Template* known =
      catalogue != nullptr ? catalogue->find_template(version.template_type) : nullptr;
  std::string words = known != nullptr ? known->title : version.template_type;
  const Shot* shot =
      catalogue != nullptr ? catalogue->find_shot(version.template_type, version.shot) : nullptr;
  const std::string shot_words = shot != nullptr ? shot->title : version.shot;
  if (!shot_words.empty()) words += (words.empty() ? "" : ", ") + shot_words;
  return words;
}

std::string style_words(const Catalogue* catalogue, const std::string& key) {
  const ArtStyle* style = catalogue != nullptr ? catalogue->find_style(key) : nullptr;
  return style != nullptr ? style->title : key;
}

std::string size_words(const Catalogue* catalogue, const std::string& key) {
  const ImageSize* size = catalogue != nullptr ? catalogue->find_size(key) : nullptr;
  return size != nullptr ? key + " " + size->title : key;
}

std::string pixels_words(const Version& version) {
  if (version.width <= 0) return {};
  const std::string pixels = std::to_string(version.width) + " x " + std::to_string(version.height);
  if (!version.crop) return pixels;
  const std::string corner =
      std::to_string(version.crop->x) + ", " + std::to_string(version.crop->y);
  return text("details.cropped", {pixels, corner});
}

std::string provider_words(const Catalogue* catalogue, const std::string& name) {
  const ProviderInfo* provider = catalogue != nullptr ? catalogue->find_provider(name) : nullptr;
  return provider != nullptr && provider->title != name ? provider->title + " (" + name + ")"
                                                        : name;
}

std::string provider_cost_words(const Version& version) {
  if (version.provider_cost <= 0 && version.provider_cost_unit.empty()) return {};
  return printed("%.6g", version.provider_cost) + " " + version.provider_cost_unit;
}

void add_name(const VersionFactsInput& input, std::vector<FactGroup>& groups) {
  const Version& version = input.version;
  Group group("");
  group.add("details.name", version.version_name);
  group.add("details.number",
            version_label(version.version_number) +
                (input.character_name.empty() ? "" : ", " + input.character_name));
  std::string state = version.status == Status::none ? "" : status_title(version.status);
  const auto also = [&state](bool on, const char* words) {
    if (on) state += (state.empty() ? "" : ", ") + std::string(words);
  };
  also(version.is_active, text("details.active"));
  also(version.starred, text("details.starred"));
  also(version.trashed(), text("details.trashed_state"));
  group.add("details.state", state);
  group.into(groups);
}

void add_settings(const VersionFactsInput& input, std::vector<FactGroup>& groups) {
  const Version& version = input.version;
  Group group(text("details.group_settings"));
  group.add("details.template", template_words(input.catalogue, version));
  group.add("details.style", style_words(input.catalogue, version.art_style));
  group.add("details.size", size_words(input.catalogue, version.aspect_ratio));
  group.add("details.pixels", pixels_words(version));
  group.add("details.provider", provider_words(input.catalogue, version.provider));
  group.add("details.model", version.model_used);
  if (version.seed) group.add("details.seed", std::to_string(*version.seed));
  group.add("details.description", version.additional_description, true);
  group.add("details.prompt", version.prompt_used, true);
  group.into(groups);
}

void add_making(const VersionFactsInput& input, std::vector<FactGroup>& groups) {
  const Version& version = input.version;
  Group group(text("details.group_making"));
  const bool was_generated = !version.job_id.empty();
  if (was_generated || version.credit_cost > 0) {
    group.add("details.credits", credits_text(version.credit_cost));
  }
  group.add("details.provider_cost", provider_cost_words(version));
  if (version.generation_time_ms > 0) {
    group.add("details.generation_time", readable_duration(version.generation_time_ms));
  }
  group.add("details.created", readable_time(version.created_at));
  group.add("details.activated", readable_time(version.activated_at));
  if (version.updated_at != version.created_at) {
    group.add("details.updated", readable_time(version.updated_at));
  }
  group.add("details.trashed", readable_time(version.deleted_at));
  group.add("details.user", input.user_name.empty() ? version.user_id : input.user_name);
  group.add("details.job", version.job_id);
  group.into(groups);
}

void add_character(const VersionFactsInput& input, std::vector<FactGroup>& groups) {
  const CharacterSnapshot snapshot = read_character_snapshot(input.version.character_snapshot);
  Group group(text("details.group_character"));
  group.add("details.character_name", snapshot.name);
  group.add("details.character_description", snapshot.description, true);
  for (const Trait& trait : snapshot.traits) {
    group.add_named("trait_" + trait.key, trait.key, trait.value);
  }
  group.into(groups);
}

void add_files(const VersionFactsInput& input, std::vector<FactGroup>& groups) {
  const Version& version = input.version;
  Group notes(text("details.group_notes"));
  notes.add("details.notes", version.notes, true);
  notes.into(groups);
  Group group(text("details.group_file"));
  group.add("details.path", input.path, true);
  group.add("details.original", input.original_path, true);
  group.add("details.hash", version.content_hash);
  group.add("details.id", version.id);
  group.add("details.drive", version.drive_file_id);
  group.into(groups);
}

}  // namespace

std::vector<FactGroup> version_facts(const VersionFactsInput& input) {
  std::vector<FactGroup> groups;
  add_name(input, groups);
  add_settings(input, groups);
  add_making(input, groups);
  add_character(input, groups);
  add_files(input, groups);
  return groups;
}

std::string facts_text(const std::vector<FactGroup>& groups) {
  std::string lines;
  for (const FactGroup& group : groups) {
    if (!group.title.empty()) lines += "\n" + group.title + "\n";
    for (const Fact& fact : group.facts) lines += fact.label + ": " + fact.value + "\n";
  }
  return lines;
}

std::string readable_time(const std::string& time) {
  constexpr std::size_t kToSeconds = 19;  // 2026-01-31T12:00:05
  if (time.size() < kToSeconds || time[10] != 'T' || time.back() != 'Z') return time;
  return text("details.time", {time.substr(0, 10), time.substr(11, kToSeconds - 11)});
}

std::string readable_duration(std::int64_t milliseconds) {
  constexpr std::int64_t kSecond = 1000;
  constexpr std::int64_t kMinute = 60 * kSecond;
  if (milliseconds < kSecond) return text("details.milliseconds", {std::to_string(milliseconds)});
  if (milliseconds < kMinute) {
    return text("details.seconds", {printed("%.1f", static_cast<double>(milliseconds) / kSecond)});
  }
  return text("details.minutes",
              {std::to_string(milliseconds / kMinute),
               printed("%02.0f", static_cast<double>(milliseconds % kMinute / kSecond))});
}

}  // namespace castboard
