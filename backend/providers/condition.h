#pragma once

#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "providers/http.h"
#include "providers/json_path.h"

namespace castboard {

// std::regex recurses once a character: what it sees of a text is no more than this.
inline constexpr std::size_t kMatchedText = 4096;

using JsonTemplate = std::shared_ptr<const nlohmann::json>;

// Something that may be true of an answer: the building block of error rules, of the end of a wait
// and of what counts as a confirmed cancel. All its parts must hold; an empty one always does.
struct Condition {
  std::vector<std::pair<int, int>> statuses;  // one of these ranges
  std::string header;                         // lower case; its value stands in for paths
  std::vector<JsonPath> paths;                // a value under any of them
  std::vector<JsonPath> missing;              // none of them finds anything
  JsonTemplate equals;                        // a list: the value is one of it
  std::optional<std::regex> matches;          // on the value; without path and header: the body

  // "{job_id}" in `equals` stands for `job_id`.
  [[nodiscard]] bool holds(const HttpResponse& response, const nlohmann::json& body,
                           std::string_view job_id = {}) const;
  // Of a piece of an answer; statuses and header say nothing there.
  [[nodiscard]] bool holds_in(const nlohmann::json& value) const;

 private:
  [[nodiscard]] bool accepts(const nlohmann::json& value, std::string_view job_id) const;
  [[nodiscard]] bool holds_paths(const nlohmann::json& body, std::string_view job_id) const;
};

}  // namespace castboard
