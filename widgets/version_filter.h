#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/events.h"

// Which versions of a character the strip shows, and in what order. Pure; no ImGui, no thread.
namespace castboard {

// What the user asked to see. A set that is empty restricts nothing; of one that is not, any is
// enough.
struct VersionFilter {
  bool sheets_only = false;
  bool starred = false;
  std::set<Status> statuses = {};
  std::set<std::string> templates = {};  // keys of the catalogue
  std::set<std::string> styles = {};
  std::set<std::string> providers = {};
  std::string text = {};  // words that all must be found, in any order

  bool operator==(const VersionFilter&) const = default;
  [[nodiscard]] bool on() const { return *this != VersionFilter{}; }
  // How many conditions beside the text.
  [[nodiscard]] int conditions() const;
};

// Takes `value` out of a filter's set, or puts it in.
template <class T>
void toggle(std::set<T>& chosen, const T& value) {
  if (chosen.erase(value) == 0) chosen.insert(value);
}

// "v0123", "#123" and "123" are version numbers.
[[nodiscard]] std::optional<int> version_number_in(std::string_view text);

// What the text of a filter looks through, in lower case: number, name, template, shot, style,
// provider, model, description, prompt and notes. `catalogue` may be null.
[[nodiscard]] std::string text_of_version(const Version& version, const Catalogue* catalogue);

// The words of a text in lower case (ASCII; others as they are).
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// `words` in lower case; `text` as `text_of_version` gives it, only looked at where there are
// words.
[[nodiscard]] bool passes(const VersionFilter& filter, const Version& version,
                          const std::vector<std::string>& words, const std::string& text);

// What there is to choose from in a list of versions, with how many have it.
struct FilterChoice {
  std::string key;
  std::string title;
  int count = 0;
};
struct FilterChoices {
  std::map<Status, int> statuses;
  std::vector<FilterChoice> templates;  // in the catalogue's order
  std::vector<FilterChoice> styles;
  std::vector<FilterChoice> providers;
};
[[nodiscard]] FilterChoices filter_choices(const std::vector<Version>& versions,
                                           const Catalogue* catalogue);

// A run of versions under one heading.
struct VersionSection {
  std::string key;    // template; empty where nothing is grouped
  std::string title;  // empty: no heading
  std::string icon;   // name of an icon
  int first = 0;      // index into `ShownVersions::ids`
  int count = 0;      // of those displayed; 0 when folded
  int total = 0;      // that pass the filter
  bool folded = false;
};

// The result: what is displayed, oldest left, in sections.
struct ShownVersions {
  std::vector<VersionId> ids;
  std::vector<int> rows;  // the same as indexes into the list of versions
  std::vector<VersionSection> sections;
  int passing = 0;             // folded ones too
  int total = 0;               // in the list
  std::uint64_t revision = 0;  // another number whenever something of this changed

  // -1: not displayed.
  [[nodiscard]] int index_of(const VersionId& id) const;
};

// What the user asked for beside the filter.
struct VersionGrouping {
  bool by_template = false;
  std::set<std::string> folded = {};  // template keys

  bool operator==(const VersionGrouping&) const = default;
};

// Keeps what is shown and works it out again only when the list, the filter or the grouping is
// another. Owned by the board, drawing thread only.
class VersionOrder {
 public:
  // `list` and `catalogue` may be null.
  const ShownVersions& update(const VersionListPtr& list, const Catalogue* catalogue,
                              const VersionFilter& filter, const VersionGrouping& grouping);
  [[nodiscard]] const ShownVersions& shown() const { return shown_; }
  [[nodiscard]] const FilterChoices& choices() const { return choices_; }

 private:
  void sort_into_sections(const Catalogue* catalogue);

  VersionListPtr list_;
  const Catalogue* catalogue_ = nullptr;
  VersionFilter filter_;
  VersionGrouping grouping_;
  std::vector<std::string> texts_;  // by row; made when a text is first looked for
  FilterChoices choices_;
  ShownVersions shown_;
};

// The displayed version `by` steps from `id`, clamped to the first and last. Where `id` is not
// displayed: the nearest by number on that side. Empty: there is none.
[[nodiscard]] VersionId stepped(const ShownVersions& shown, const std::vector<Version>& versions,
                                const VersionId& id, int by);

// Which one takes the place of `id` when `leaving` are gone: the next displayed one, else the one
// before. Empty: none is left.
[[nodiscard]] VersionId neighbour_of(const ShownVersions& shown, const VersionId& id,
                                     const std::vector<VersionId>& leaving);

}  // namespace castboard
