#include "commands/table.h"

#include <algorithm>
#include <cstdint>

namespace castboard {
namespace {

// The code point at `at`, which is moved behind it; bytes that are not UTF-8 count as one each.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const int length = first < 0x80    ? 1
                     : first >= 0xF0 ? 4
                     : first >= 0xE0 ? 3
                     : first >= 0xC0 ? 2
                                     : 1;
  if (length == 1 || at + static_cast<std::size_t>(length) > text.size()) {
    ++at;
    return first;
  }
  std::uint32_t point = first & (0xFFU >> (length + 1));
  for (int i = 1; i < length; ++i) {
    point = (point << 6U) | (byte(at + static_cast<std::size_t>(i)) & 0x3FU);
  }
  at += static_cast<std::size_t>(length);
  return point;
}

bool within(std::uint32_t point, std::uint32_t first, std::uint32_t last) {
  return point >= first && point <= last;
}

// The wide and combining blocks of Unicode's EastAsianWidth.txt that names are written in.
int width_of(std::uint32_t point) {
  if (within(point, 0x0300, 0x036F) || within(point, 0x200B, 0x200F) || point == 0xFE0F) return 0;
  const bool wide = within(point, 0x1100, 0x115F) || within(point, 0x2E80, 0xA4CF) ||
                    within(point, 0xAC00, 0xD7A3) || within(point, 0xF900, 0xFAFF) ||
                    within(point, 0xFE30, 0xFE6F) || within(point, 0xFF00, 0xFF60) ||
                    within(point, 0xFFE0, 0xFFE6) || within(point, 0x1F300, 0x1FAFF) ||
                    within(point, 0x20000, 0x3FFFD);
  return wide ? 2 : 1;
}

std::string padded(const std::string& text, int width, bool right) {
  const std::string space(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return right ? space + text : text + space;
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_code_point(text, at));
  return width;
}

std::string shortened(std::string_view text, int width) {
  std::string clean;
  for (const char letter : text) {
    clean += static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F ? ' ' : letter;
  }
  if (display_width(clean) <= width) return clean;
  int used = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < clean.size(); end = at) {
    used += width_of(next_code_point(clean, at));
    if (used > width - 1) break;
  }
  return clean.substr(0, end) + "…";
}

Table::Table(std::vector<std::string> headings) : headings_(std::move(headings)) {
  for (std::string& heading : headings_) {
    right_.push_back(heading.starts_with('>'));
    if (right_.back()) heading.erase(0, 1);
  }
}

void Table::add(std::vector<std::string> cells) {
  cells.resize(headings_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  if (rows_.empty()) return {};
  std::vector<int> widths;
  for (std::size_t column = 0; column < headings_.size(); ++column) {
    int width = display_width(headings_[column]);
    for (const auto& row : rows_) width = std::max(width, display_width(row[column]));
    widths.push_back(width);
  }
  std::string text;
  const auto add_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (column > 0) line += "  ";
      line += padded(cells[column], widths[column], right_[column]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  };
  add_line(headings_);
  for (const auto& row : rows_) add_line(row);
  return text;
}

}  // namespace castboard
