#include "version_filter.h"

#include <algorithm>
#include <charconv>

#include "texts.h"

namespace castboard {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

template <class T>
bool allows(const std::set<T>& chosen, const T& value) {
  return chosen.empty() || chosen.count(value) != 0;
}

std::string template_title(const Catalogue* catalogue, const std::string& key) {
  const Template* found = catalogue != nullptr ? catalogue->find_template(key) : nullptr;
  if (found != nullptr) return found->title;
  return key.empty() ? text("strip.imported") : key;
}

// The place of a template in the catalogue; what it does not know comes last.
int template_order(const Catalogue* catalogue, const std::string& key) {
  constexpr int kLast = 1'000'000;
  const Template* found = catalogue != nullptr ? catalogue->find_template(key) : nullptr;
  return found != nullptr ? static_cast<int>(found - catalogue->templates.data()) : kLast;
}

template <class Title>
std::vector<FilterChoice> choices_of(const std::map<std::string, int>& counts, Title title) {
  std::vector<FilterChoice> choices;
  for (const auto& each : counts) choices.push_back({each.first, title(each.first), each.second});
  return choices;
}

}  // namespace

int VersionFilter::conditions() const {
  return (sheets_only ? 1 : 0) + (starred ? 1 : 0) +
         static_cast<int>(statuses.size() + templates.size() + styles.size() + providers.size());
}

std::optional<int> version_number_in(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (!text.empty() && (lower(text.front()) == 'v' || text.front() == '#')) text.remove_prefix(1);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  if (!is_number || number < 1) return std::nullopt;
  return number;
}

std::string text_of_version(const Version& version, const Catalogue* catalogue) {
  std::string text;
  const auto add = [&text](std::string_view part) {
    if (part.empty()) return;
    // Words must not be found across two parts.
    text += '\n';
    std::transform(part.begin(), part.end(), std::back_inserter(text), lower);
  };
  add(version_label(version.version_number));
  add(version.version_name);
  add(template_title(catalogue, version.template_type));
  const Shot* shot =
      catalogue != nullptr ? catalogue->find_shot(version.template_type, version.shot) : nullptr;
  add(shot != nullptr ? shot->title : version.shot);
  const ArtStyle* style = catalogue != nullptr ? catalogue->find_style(version.art_style) : nullptr;
  add(style != nullptr ? style->title : version.art_style);
  add(version.provider);
  add(version.model_used);
  add(version.additional_description);
  add(version.prompt_used);
  add(version.notes);
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool between = true;
  for (const char c : text) {
    if (is_blank(c)) {
      between = true;
      continue;
    }
    if (between) words.emplace_back();
    words.back().push_back(lower(c));
    between = false;
  }
  return words;
}

bool passes(const VersionFilter& filter, const Version& version,
            const std::vector<std::string>& words, const std::string& text) {
  if (filter.sheets_only && !version.is_sheet()) return false;
  if (filter.starred && !version.starred) return false;
  if (!allows(filter.statuses, version.status) ||
      !allows(filter.templates, version.template_type) ||
      !allows(filter.styles, version.art_style) || !allows(filter.providers, version.provider)) {
    return false;
  }
  return std::all_of(words.begin(), words.end(), [&text](const std::string& word) {
    return text.find(word) != std::string::npos;
  });
}

FilterChoices filter_choices(const std::vector<Version>& versions, const Catalogue* catalogue) {
  FilterChoices choices;
  std::map<std::string, int> templates;
  std::map<std::string, int> styles;
  std::map<std::string, int> providers;
  for (const Version& version : versions) {
    ++choices.statuses[version.status];
    ++templates[version.template_type];
    if (!version.art_style.empty()) ++styles[version.art_style];
    if (!version.provider.empty()) ++providers[version.provider];
  }
  choices.templates =
      choices_of(templates, [&](const std::string& key) { return template_title(catalogue, key); });
  std::stable_sort(choices.templates.begin(), choices.templates.end(),
                   [&](const FilterChoice& a, const FilterChoice& b) {
                     return template_order(catalogue, a.key) < template_order(catalogue, b.key);
                   });
  choices.styles = choices_of(styles, [&](const std::string& key) {
    const ArtStyle* style = catalogue != nullptr ? catalogue->find_style(key) : nullptr;
    return style != nullptr ? style->title : key;
  });
  choices.providers = choices_of(providers, [&](const std::string& name) {
    const ProviderInfo* provider = catalogue != nullptr ? catalogue->find_provider(name) : nullptr;
    return provider != nullptr ? provider->title : name;
  });
  return choices;
}

int ShownVersions::index_of(const VersionId& id) const {
  const auto found = std::find(ids.begin(), ids.end(), id);
  return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
}

const ShownVersions& VersionOrder::update(const VersionListPtr& list, const Catalogue* catalogue,
                                          const VersionFilter& filter,
                                          const VersionGrouping& grouping) {
  const bool same_list = list == list_ && catalogue == catalogue_ && shown_.revision != 0;
  if (same_list && filter == filter_ && grouping == grouping_) return shown_;
  if (!same_list) {
    texts_.clear();
    choices_ = list != nullptr ? filter_choices(list->versions, catalogue) : FilterChoices{};
  }
  list_ = list;
  catalogue_ = catalogue;
  filter_ = filter;
  grouping_ = grouping;
  const std::uint64_t revision = shown_.revision + 1;
  shown_ = {};
  shown_.revision = revision;
  if (list == nullptr) return shown_;
  const std::vector<Version>& versions = list->versions;
  const std::vector<std::string> words = words_of(filter.text);
  if (!words.empty() && texts_.empty()) {
    texts_.reserve(versions.size());
    for (const Version& version : versions) texts_.push_back(text_of_version(version, catalogue));
  }
  static const std::string kNoText;
  for (std::size_t row = 0; row < versions.size(); ++row) {
    const std::string& text = words.empty() ? kNoText : texts_[row];
    if (passes(filter, versions[row], words, text)) shown_.rows.push_back(static_cast<int>(row));
  }
  shown_.total = static_cast<int>(versions.size());
  shown_.passing = static_cast<int>(shown_.rows.size());
  sort_into_sections(catalogue);
  shown_.ids.reserve(shown_.rows.size());
  for (const int row : shown_.rows) {
    shown_.ids.push_back(versions[static_cast<std::size_t>(row)].id);
  }
  return shown_;
}

void VersionOrder::sort_into_sections(const Catalogue* catalogue) {
  if (!grouping_.by_template) {
    VersionSection all;
    all.count = all.total = shown_.passing;
    shown_.sections.push_back(std::move(all));
    return;
  }
  const std::vector<Version>& versions = list_->versions;
  std::map<std::string, std::vector<int>> by_template;
  for (const int row : shown_.rows) {
    by_template[versions[static_cast<std::size_t>(row)].template_type].push_back(row);
  }
  shown_.rows.clear();
  // In the order of the choices, which is the catalogue's.
  for (const FilterChoice& choice : choices_.templates) {
    const auto rows = by_template.find(choice.key);
    if (rows == by_template.end()) continue;
    const Template* known = catalogue != nullptr ? catalogue->find_template(choice.key) : nullptr;
    VersionSection section;
    section.key = choice.key;
    section.title =
        known != nullptr && !known->short_title.empty() ? known->short_title : choice.title;
    section.icon = known != nullptr ? known->icon : "picture";
    section.first = static_cast<int>(shown_.rows.size());
    section.total = static_cast<int>(rows->second.size());
    section.folded = grouping_.folded.count(choice.key) != 0;
    if (!section.folded) {
      section.count = section.total;
      shown_.rows.insert(shown_.rows.end(), rows->second.begin(), rows->second.end());
    }
    shown_.sections.push_back(std::move(section));
  }
}

VersionId stepped(const ShownVersions& shown, const std::vector<Version>& versions,
                  const VersionId& id, int by) {
  const auto count = static_cast<int>(shown.ids.size());
  if (count == 0 || by == 0) return {};
  const int at = shown.index_of(id);
  if (at >= 0) return shown.ids[static_cast<std::size_t>(std::clamp(at + by, 0, count - 1))];
  const auto row = std::find_if(versions.begin(), versions.end(),
                                [&id](const Version& version) { return version.id == id; });
  if (row == versions.end()) return by > 0 ? shown.ids.front() : shown.ids.back();
  const int number = row->version_number;
  // Not displayed: the nearest of those on that side, else of all.
  const auto distance = [&](int index) {
    const int other =
        versions[static_cast<std::size_t>(shown.rows[static_cast<std::size_t>(index)])]
            .version_number;
    constexpr int kOtherSide = 1'000'000'000;
    const int away = other > number ? other - number : number - other;
    return (other > number) == (by > 0) ? away : away + kOtherSide;
  };
  int best = 0;
  for (int i = 1; i < count; ++i) {
    if (distance(i) < distance(best)) best = i;
  }
  return shown.ids[static_cast<std::size_t>(best)];
}

VersionId neighbour_of(const ShownVersions& shown, const VersionId& id,
                       const std::vector<VersionId>& leaving) {
  const std::set<VersionId> gone(leaving.begin(), leaving.end());
  const int at = shown.index_of(id);
  if (at < 0) return {};
  const auto here = shown.ids.begin() + at;
  const auto stays = [&gone](const VersionId& other) { return gone.count(other) == 0; };
  const auto next = std::find_if(here + 1, shown.ids.end(), stays);
  if (next != shown.ids.end()) return *next;
  const auto before = std::find_if(std::make_reverse_iterator(here), shown.ids.rend(), stays);
  return before == shown.ids.rend() ? VersionId() : *before;
}

}  // namespace castboard
