// What the panel remembers between runs: one line per thing, unknown lines are left alone.
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "panel_parts.h"

namespace castboard {
namespace {

struct SplitField {
  const char* name;
  float PanelSplits::*member;
};

// One list for reading and writing, so that they cannot drift apart.
constexpr std::array kSplitFields = {
    SplitField{"cast_width", &PanelSplits::cast_width},
    SplitField{"form_width", &PanelSplits::form_width},
    SplitField{"strip_height", &PanelSplits::strip_height},
    SplitField{"jobs_height", &PanelSplits::jobs_height},
};

constexpr float kLeastSplit = 40;
constexpr float kMostSplit = 4000;

std::string settings_text(const PanelSplits& splits, const Keymap& keymap,
                          const GenerationDraft& draft) {
  std::ostringstream out;
  for (const SplitField& field : kSplitFields) {
    out << "split." << field.name << '=' << splits.*field.member << '\n';
  }
  out << keymap.save() << save_draft(draft);
  return out.str();
}

void restore_split(PanelSplits& splits, const std::string& line) {
  for (const SplitField& field : kSplitFields) {
    const std::string start = std::string("split.") + field.name + "=";
    if (line.compare(0, start.size(), start) != 0) continue;
    std::istringstream in(line.substr(start.size()));
    float value = 0;
    if (in >> value && value >= kLeastSplit && value <= kMostSplit) splits.*field.member = value;
  }
}

}  // namespace

void Panel::Parts::restore_settings() {
  if (options.settings_file.empty()) return;
  std::ifstream in(options.settings_file, std::ios::binary);
  if (!in) return;
  std::ostringstream text;
  text << in.rdbuf();
  std::istringstream lines(text.str());
  for (std::string line; std::getline(lines, line);) {
    restore_split(splits, line);
    keymap.restore(line);
  }
  restore_draft(form.draft, text.str());
  saved_settings = text.str();
}

void Panel::Parts::save_settings() const {
  if (options.settings_file.empty()) return;
  const std::string text = settings_text(splits, keymap, form.draft);
  if (text == saved_settings) return;
  // Whole or not at all: a crash must not leave half a file.
  const std::string temporary = options.settings_file + ".new";
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) static_cast<void>(std::rename(temporary.c_str(), options.settings_file.c_str()));
}

}  // namespace castboard
