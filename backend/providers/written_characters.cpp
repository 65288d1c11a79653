#include "providers/written_characters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace castboard {

namespace {

constexpr std::size_t kLongestNumber = 10;  // "&#0000000047;"
constexpr std::size_t kJsonDigits = 4;
constexpr std::size_t kUrlDigits = 2;

// The named ones within ASCII, and the blank that does not break.
constexpr std::array<std::pair<std::string_view, char32_t>, 38> kNamed{
    {{"amp", '&'},    {"AMP", '&'},    {"lt", '<'},    {"LT", '<'},     {"gt", '>'},
     {"GT", '>'},     {"quot", '"'},   {"QUOT", '"'},  {"apos", '\''},  {"nbsp", ' '},
     {"sol", '/'},    {"bsol", '\\'},  {"plus", '+'},  {"equals", '='}, {"colon", ':'},
     {"semi", ';'},   {"period", '.'}, {"comma", ','}, {"lowbar", '_'}, {"num", '#'},
     {"percnt", '%'}, {"dollar", '$'}, {"excl", '!'},  {"quest", '?'},  {"commat", '@'},
     {"ast", '*'},    {"lpar", '('},   {"rpar", ')'},  {"lsqb", '['},   {"rsqb", ']'},
     {"lbrack", '['}, {"rbrack", ']'}, {"lcub", '{'},  {"rcub", '}'},   {"verbar", '|'},
     {"vert", '|'},   {"grave", '`'},  {"Hat", '^'}}};

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

// How many of the first characters were read; 0: none.
std::size_t read_number(std::string_view text, int base, unsigned long& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return problem == std::errc() ? static_cast<std::size_t>(end - text.data()) : 0;
}

std::optional<WrittenCharacter> hexadecimal(std::string_view text, std::size_t before,
                                            std::size_t digits) {
  if (text.size() < before + digits) return std::nullopt;
  unsigned long number = 0;
  if (read_number(text.substr(before, digits), 16, number) != digits) return std::nullopt;
  return WrittenCharacter{static_cast<char32_t>(number), before + digits};
}

std::optional<WrittenCharacter> numbered(std::string_view text) {
  const bool is_hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t before = is_hexadecimal ? 3 : 2;
  if (text.size() <= before) return std::nullopt;
  unsigned long number = 0;
  std::size_t length =
      read_number(text.substr(before, kLongestNumber), is_hexadecimal ? 16 : 10, number);
  if (length == 0 || number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000))
    return std::nullopt;
  length += before;
  if (length < text.size() && text[length] == ';') ++length;
  return WrittenCharacter{static_cast<char32_t>(number), length};
}

}  // namespace

std::optional<WrittenCharacter> html_character(std::string_view text) {
  if (!begins_with(text, "&")) return std::nullopt;
  if (begins_with(text, "&#")) return numbered(text);
  for (const auto& [name, character] : kNamed) {
    const std::size_t length = name.size() + 2;
    if (text.size() >= length && text[length - 1] == ';' && begins_with(text.substr(1), name))
      return WrittenCharacter{character, length};
  }
  return std::nullopt;
}

std::optional<WrittenCharacter> json_character(std::string_view text) {
  if (text.size() < 2 || text[0] != '\\') return std::nullopt;
  switch (text[1]) {
    case '"':
    case '\\':
    case '/':
      return WrittenCharacter{static_cast<char32_t>(text[1]), 2};
    case 'b':
      return WrittenCharacter{'\b', 2};
    case 'f':
      return WrittenCharacter{'\f', 2};
    case 'n':
      return WrittenCharacter{'\n', 2};
    case 'r':
      return WrittenCharacter{'\r', 2};
    case 't':
      return WrittenCharacter{'\t', 2};
    case 'u':
      break;
    default:
      return std::nullopt;
  }
  const auto read = hexadecimal(text, 2, kJsonDigits);
  const bool half = read && read->character >= 0xD800 && read->character < 0xE000;
  return half ? std::nullopt : read;
}

std::optional<WrittenCharacter> url_character(std::string_view text) {
  if (begins_with(text, "+")) return WrittenCharacter{' ', 1};
  return begins_with(text, "%") ? hexadecimal(text, 1, kUrlDigits) : std::nullopt;
}

}  // namespace castboard
