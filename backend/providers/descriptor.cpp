#include "providers/descriptor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace castboard {

namespace {

// "4:3"; nothing when it is no ratio.
std::optional<std::pair<int, int>> parse_ratio(std::string_view text) {
  int width = 0;
  int height = 0;
  int used = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%d:%d%n", &width, &height, &used) != 2) return std::nullopt;
  if (used != static_cast<int>(copy.size()) || width < 1 || height < 1) return std::nullopt;
  return std::pair{width, height};
}

// Of shapes, not of numbers: 1:2 is as far from 1:1 as 2:1 is.
double ratio_distance(const SizeEntry& entry, double ratio) {
  return std::abs(std::log(static_cast<double>(entry.ratio_width) / entry.ratio_height) -
                  std::log(ratio));
}

constexpr double kSameRatio = 1e-9;

}  // namespace

bool RequestTemplate::names(std::string_view name) const {
  const std::string place = '{' + std::string(name) + '}';
  const auto has = [&](const std::string& text) { return text.find(place) != std::string::npos; };
  const auto has_json = [&](const JsonTemplate& text) { return text && has(text->dump()); };
  return has(path) || has(url) || has_json(query) || has_json(json) || has_json(form) ||
         std::any_of(headers.begin(), headers.end(),
                     [&](const auto& header) { return has(header.second); }) ||
         std::any_of(parts.begin(), parts.end(), [&](const PartTemplate& part) {
           return has(part.value) || has_json(part.json);
         });
}

std::optional<SizeChoice> Descriptor::choose_size(std::string_view model,
                                                  std::string_view aspect_ratio) const {
  const auto asked = parse_ratio(aspect_ratio);
  if (!asked) return std::nullopt;
  if (sizes.empty())
    return SizeChoice{.entry = {.ratio_width = asked->first,
                                .ratio_height = asked->second,
                                .value = std::string(aspect_ratio)},
                      .native = !ignores_ratio};
  const double ratio = static_cast<double>(asked->first) / asked->second;
  for (const SizeTable& table : sizes) {
    if (!model_matches(model, table.models)) continue;
    const auto best = std::min_element(table.entries.begin(), table.entries.end(),
                                       [&](const SizeEntry& a, const SizeEntry& b) {
                                         return ratio_distance(a, ratio) < ratio_distance(b, ratio);
                                       });
    if (best == table.entries.end()) return std::nullopt;
    const bool native = ratio_distance(*best, ratio) < kSameRatio;
    if (!native && !crop_others) return std::nullopt;
    return SizeChoice{.entry = *best, .native = native};
  }
  return std::nullopt;
}

namespace {

template <class Rule>
const Rule* first_for(const std::vector<Rule>& rules, std::string_view model) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
    return model_matches(model, rule.models);
  });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace

const CreditRule* Descriptor::credit_rule(std::string_view model) const {
  return first_for(credits, model);
}

const CostRule* Descriptor::cost_rule(std::string_view model) const {
  return first_for(reply.cost, model);
}

ReferenceLimits Descriptor::reference_limits(std::string_view model) const {
  const ReferenceLimits* limits = first_for(references, model);
  return limits ? *limits : ReferenceLimits();
}

std::chrono::milliseconds Descriptor::time_limit(int cells, double megapixels) const {
  return total_limit.base + total_limit.cell * cells +
         std::chrono::milliseconds(static_cast<std::int64_t>(
             static_cast<double>(total_limit.megapixel.count()) * megapixels));
}

bool model_matches(std::string_view model, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return true;
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    if (pattern.back() != '*') return pattern == model;
    return model.rfind(std::string_view(pattern).substr(0, pattern.size() - 1), 0) == 0;
  });
}

std::string_view to_string(FaultClass fault) {
  constexpr std::array<std::string_view, 9> kWords{
      "refused",  "rate_limited", "out_of_credit", "bad_request",    "key",
      "provider", "no_answer",    "lost",          "session_expired"};
  return kWords[static_cast<std::size_t>(fault)];
}

}  // namespace castboard
