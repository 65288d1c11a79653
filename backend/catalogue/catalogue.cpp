#include "castboard/catalogue.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace castboard {

namespace {

template <class Item>
const Item* find_key(const std::vector<Item>& items, std::string_view key) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.key == key; });
  return found == items.end() ? nullptr : &*found;
}

// People write "Full Body" and "full-body" for `full_body`.
std::string folded(std::string_view word) {
  std::string text;
  for (char c : word) {
    if (c == ' ' || c == '-')
      text += '_';
    else
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

constexpr std::size_t kLongestComparedWord = 64;

}  // namespace

ModelLimits ProviderInfo::limits_of(std::string_view model) const {
  const std::string_view wanted = model.empty() ? default_model : model;
  const auto found =
      std::find_if(model_limits.begin(), model_limits.end(),
                   [&](const ModelLimits& limits) { return limits.model == wanted; });
  if (found != model_limits.end()) return *found;
  return {std::string(wanted), max_character_references, max_background_references, sizes};
}

const Template* Catalogue::find_template(std::string_view key) const {
  return find_key(templates, key);
}

const Shot* Catalogue::find_shot(std::string_view template_key, std::string_view key) const {
  const Template* found = find_template(template_key);
  return found ? find_key(found->shots, key) : nullptr;
}

const ArtStyle* Catalogue::find_style(std::string_view key) const {
  return find_key(styles, key);
}

const ImageSize* Catalogue::find_size(std::string_view key) const {
  return find_key(sizes, key);
}

const ProviderInfo* Catalogue::find_provider(std::string_view name) const {
  const auto found =
      std::find_if(providers.begin(), providers.end(),
                   [&](const ProviderInfo& provider) { return provider.name == name; });
  return found == providers.end() ? nullptr : &*found;
}

std::vector<std::string> sheet_poses(const Catalogue& catalogue) {
  std::vector<std::string> poses;
  if (const Template* sheet = catalogue.find_template("expression_sheet"))
    for (const Shot& shot : sheet->shots)
      if (shot.cells == 1) poses.push_back(shot.key);
  return poses;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestComparedWord) return {};
  const std::string asked = folded(word);
  std::size_t best_distance = std::max<std::size_t>(2, asked.size() / 3) + 1;
  std::string best;
  for (const std::string& candidate : candidates) {
    const std::string known = folded(candidate);
    // "cinematic" is not near "cinematic_realistic" by letters, but it is by meaning.
    const bool beginning = asked.size() >= 3 && known.rfind(asked, 0) == 0;
    const std::size_t distance = beginning ? 1 : edit_distance(asked, known);
    if (distance < best_distance && distance < std::max(asked.size(), known.size())) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace castboard
