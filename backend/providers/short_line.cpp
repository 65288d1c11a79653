#include "providers/short_line.h"

#include "catalogue/utf8.h"

namespace castboard {

namespace {

// Bytes of the control character that `text` begins with; 0: it begins with none.
std::size_t control_at(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  if (byte(0) < ' ' || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;  // U+0080 to U+009F
  if (byte(0) != 0xE2) return 0;
  const bool line_or_turn = byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE;
  const bool isolate = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return line_or_turn || isolate ? 3 : 0;
}

}  // namespace

bool has_controls(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (control_at(text.substr(at)) > 0) return true;
  return false;
}

std::string short_line(std::string_view text, std::size_t most) {
  const bool valid = is_utf8(text);
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t control = text[at] == ' ' ? 1 : control_at(text.substr(at));
    if (control > 0) {
      if (!line.empty() && line.back() != ' ') line += ' ';
      at += control;
      continue;
    }
    const bool foreign = !valid && static_cast<unsigned char>(text[at]) >= 0x80;
    line += foreign ? '?' : text[at];
    ++at;
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  if (line.size() > most) line = line.substr(0, utf8_prefix(line, most)) + "...";
  return line;
}

}  // namespace castboard
