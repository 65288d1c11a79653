#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace castboard {

// Where something stands in a reply: `data[*].b64_json`, `usage.total_tokens`,
// `parts[?inlineData].inlineData.data`, `output[?type=image].result`, `steps[-1]` (the last),
// `*.outputs.*.images[*]`, `info:json.seed`, `["odd.key"]`.
// Without wildcard it finds one value or none. Immutable.
class JsonPath {
 public:
  // Throws std::invalid_argument saying what is wrong and where.
  explicit JsonPath(std::string_view text);

  // All values found, in the order of the reply.
  [[nodiscard]] std::vector<nlohmann::json> find(const nlohmann::json& root) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  enum class Kind { key, index, from_end, every_item, every_member, first_with, parse_text };
  struct Step {
    Kind kind = Kind::key;
    std::string key;
    std::size_t index = 0;             // of from_end: 1 is the last
    std::optional<std::string> value;  // of first_with: what stands under the key, as text
  };

  void read_bracket(std::size_t& at);
  static Step first_with(const std::string& text);
  // Found values are pointed to, not copied: a reply can hold megabytes. `parsed` keeps those that
  // were text.
  static void take(const Step& step, const nlohmann::json& value,
                   std::vector<const nlohmann::json*>& found, std::deque<nlohmann::json>& parsed);

  std::string text_;
  std::vector<Step> steps_;
};

inline constexpr std::size_t kDeepestJson = 256;  // copying and writing JSON recurse
inline constexpr std::size_t kMostJsonValues = 500'000;

// JSON from outside; what nests deeper or has more values in it than any honest answer is
// discarded, as what is no JSON is. Linear time.
nlohmann::json parse_json(std::string_view text);
// What such a text is ("JSON of more than 500000 values"); empty where it is neither.
std::string json_problem(std::string_view text);

// Paths in order: the first that finds something (null is nothing) counts.
std::vector<nlohmann::json> find_first(const std::vector<JsonPath>& paths,
                                       const nlohmann::json& root);

// The value as a person would read it: text as it is, everything else as JSON.
std::string as_text(const nlohmann::json& value);

}  // namespace castboard
