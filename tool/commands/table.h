#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castboard {

// Aligned columns for people. Columns whose heading starts with '>' are numbers and align right.
class Table {
 public:
  explicit Table(std::vector<std::string> headings);

  void add(std::vector<std::string> cells);
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  // With a line of headings; nothing when there are no rows.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::string> headings_;
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

// Columns a terminal needs for UTF-8 `text`: 2 for East Asian wide characters, 0 for combining
// ones.
[[nodiscard]] int display_width(std::string_view text);

// At most `width` columns, with an ellipsis when cut; control characters become spaces.
[[nodiscard]] std::string shortened(std::string_view text, int width);

}  // namespace castboard
