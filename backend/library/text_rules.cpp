#include "library/text_rules.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "castboard/model.h"
#include "castboard/result.h"
#include "catalogue/utf8.h"

namespace castboard {

namespace {

// Decodes the code point at `at` of valid UTF-8 and moves `at` behind it.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const int following = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t point = following == 0 ? lead : lead & (0x3Fu >> following);
  for (int i = 1; i <= following; ++i)
    point = (point << 6) | (byte(at + static_cast<std::size_t>(i)) & 0x3Fu);
  at += static_cast<std::size_t>(following) + 1;
  return point;
}

char32_t lower(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (within('A', 'Z')) return c + 32;
  if (within(0xC0, 0xDE) && c != 0xD7) return c + 32;  // Latin-1
  if (c == 0x178) return 0xFF;
  // Latin Extended-A pairs: even upper, odd lower; shifted by one in two stretches. Dotted and
  // dotless i keep apart.
  if (within(0x100, 0x137) && c != 0x130 && c != 0x131) return c | 1;
  if (within(0x139, 0x148) || within(0x179, 0x17E)) return (c & 1) ? c + 1 : c;
  if (within(0x14A, 0x177)) return c | 1;
  if (within(0x391, 0x3A9) && c != 0x3A2) return c + 32;  // Greek
  if (within(0x410, 0x42F)) return c + 32;                // Cyrillic
  if (within(0x400, 0x40F)) return c + 80;
  return c;
}

bool is_white(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F;
}

std::string_view trimmed(std::string_view utf8) {
  std::size_t first = utf8.size(), last = utf8.size();
  bool found = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    if (is_white(next_code_point(utf8, at))) continue;
    if (!found) first = start;
    found = true;
    last = at;
  }
  return utf8.substr(first, last - first);
}

std::string with_thousands(std::size_t number) {
  const std::string digits = std::to_string(number);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(ErrorCode::invalid_input, std::move(message), std::move(hint));
}

}  // namespace

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char lead = byte(at);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || at + length > text.size()) return at;
    for (std::size_t i = 1; i < length; ++i)
      if ((byte(at + i) & 0xC0) != 0x80) return at;
    const unsigned char second = length > 1 ? byte(at + 1) : 0;
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    if (overlong || outside) return at;
    at += length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view utf8) {
  std::size_t count = 0;
  for (char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

void check_text(std::string_view what, std::string_view text) {
  if (const auto at = invalid_utf8(text))
    refuse(fmt::format("The {} is not valid UTF-8 (byte {}).", what, *at + 1),
           "Give it in UTF-8; other encodings are not read.");
}

std::string checked_name(std::string_view whose, std::string_view name) {
  check_text(whose, name);
  const std::string_view kept = trimmed(name);
  if (kept.empty()) refuse(fmt::format("The {} is empty.", whose), "Give a name.");
  for (char c : kept)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      refuse(fmt::format("The {} has a line break or another control character in it.", whose),
             "Write it on one line.");
  if (const std::size_t length = count_code_points(kept); length > kMaxNameLength)
    refuse(fmt::format("The {} is {} characters long; the limit is {}.", whose,
                       with_thousands(length), kMaxNameLength),
           "Shorten it.");
  return std::string(kept);
}

std::string fold_case(std::string_view utf8) {
  if (invalid_utf8(utf8)) return std::string(utf8);
  std::string folded;
  folded.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) append_utf8(folded, lower(next_code_point(utf8, at)));
  return folded;
}

std::vector<std::string> search_words(std::string_view text) {
  const std::string folded = fold_case(text);
  std::vector<std::string> words;
  if (invalid_utf8(folded)) return {folded};
  std::string word;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t point = next_code_point(folded, at);
    if (!is_white(point)) {
      append_utf8(word, point);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string one_millisecond_after(std::string_view timestamp) {
  namespace chrono = std::chrono;
  const std::string text(timestamp);
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0, millisecond = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ", &year, &month, &day, &hour, &minute,
                  &second, &millisecond) != 7)
    return text + "+";
  const chrono::sys_days date = chrono::year(year) / chrono::month(month) / chrono::day(day);
  const auto next = date + chrono::hours(hour) + chrono::minutes(minute) + chrono::seconds(second) +
                    chrono::milliseconds(millisecond + 1);
  const auto next_date = chrono::floor<chrono::days>(next);
  const chrono::year_month_day ymd(next_date);
  const chrono::hh_mm_ss<chrono::milliseconds> time(next - next_date);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

}  // namespace castboard
