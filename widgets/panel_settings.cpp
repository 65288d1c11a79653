// What the panel remembers between runs: one line per thing, unknown lines are left alone.
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "panel_parts.h"

namespace castboard {
namespace {

// What is remembered beside the keys and the form.
struct PanelMemory : PanelSplits {
  float tile = kDefaultTile;
  bool details_open = false;
  CastQuery::Sort sort = CastQuery::Sort::name;
  bool enlarge_on_hover = SheetViewState().enlarge_on_hover;
  bool pixel_grid = SheetViewState().pixel_grid;
  float flipbook_rate = SheetViewState().flipbook.rate;
};

struct NumberField {
  const char* name;
  float PanelMemory::*member;
  float least;
  float most;
};
struct FlagField {
  const char* name;
  bool PanelMemory::*member;
};
struct SortName {
  const char* name;
  CastQuery::Sort sort;
};

constexpr float kLeastSplit = 40;
constexpr float kMostSplit = 4000;

// One list each for reading and writing, so that they cannot drift apart.
constexpr std::array kNumbers = {
    NumberField{"split.cast_width", &PanelMemory::cast_width, kLeastSplit, kMostSplit},
    NumberField{"split.form_width", &PanelMemory::form_width, kLeastSplit, kMostSplit},
    NumberField{"split.strip_height", &PanelMemory::strip_height, kLeastSplit, kMostSplit},
    NumberField{"split.jobs_height", &PanelMemory::jobs_height, kLeastSplit, kMostSplit},
    NumberField{"split.details_width", &PanelMemory::version_details_width, kLeastSplit,
                kMostSplit},
    NumberField{"cast.tile", &PanelMemory::tile, kSmallestTile, kLargestTile},
    NumberField{"viewer.flipbook_rate", &PanelMemory::flipbook_rate, kMinFlipRate, kMaxFlipRate},
};
constexpr std::array kFlags = {
    FlagField{"split.cast_folded", &PanelMemory::cast_folded},
    FlagField{"split.form_folded", &PanelMemory::form_folded},
    FlagField{"split.strip_folded", &PanelMemory::strip_folded},
    FlagField{"split.jobs_folded", &PanelMemory::jobs_folded},
    FlagField{"details.open", &PanelMemory::version_details_open},
    FlagField{"cast.details_open", &PanelMemory::details_open},
    FlagField{"viewer.enlarge_on_hover", &PanelMemory::enlarge_on_hover},
    FlagField{"viewer.pixel_grid", &PanelMemory::pixel_grid},
};
constexpr std::array kSorts = {
    SortName{"name", CastQuery::Sort::name},
    SortName{"newest", CastQuery::Sort::newest},
    SortName{"updated", CastQuery::Sort::updated},
    SortName{"missing", CastQuery::Sort::missing},
};
constexpr const char* kSortKey = "cast.order";

std::string memory_text(const PanelMemory& memory) {
  std::ostringstream out;
  for (const NumberField& field : kNumbers)
    out << field.name << '=' << memory.*field.member << '\n';
  for (const FlagField& field : kFlags) out << field.name << '=' << memory.*field.member << '\n';
  for (const SortName& each : kSorts) {
    if (each.sort == memory.sort) out << kSortKey << '=' << each.name << '\n';
  }
  return out.str();
}

void restore_line(PanelMemory& memory, const std::string& line) {
  const auto equals = line.find('=');
  if (equals == std::string::npos) return;
  const std::string name = line.substr(0, equals);
  const std::string value = line.substr(equals + 1);
  for (const NumberField& field : kNumbers) {
    if (name != field.name) continue;
    std::istringstream in(value);
    float number = 0;
    if (in >> number && number >= field.least && number <= field.most) {
      memory.*field.member = number;
    }
  }
  for (const FlagField& field : kFlags) {
    if (name == field.name) memory.*field.member = value == "1";
  }
  for (const SortName& each : kSorts) {
    if (name == kSortKey && value == each.name) memory.sort = each.sort;
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
  PanelMemory memory;
  for (std::string line; std::getline(lines, line);) {
    restore_line(memory, line);
    keymap.restore(line);
  }
  splits = memory;
  grid.tile = memory.tile;
  character_details_state.open = memory.details_open;
  viewer.enlarge_on_hover = memory.enlarge_on_hover;
  viewer.pixel_grid = memory.pixel_grid;
  viewer.flipbook.rate = memory.flipbook_rate;
  board.show_cast({.sort = memory.sort});
  restore_draft(form.draft, text.str());
  saved_settings = text.str();
}

void Panel::Parts::save_settings() const {
  if (options.settings_file.empty()) return;
  PanelMemory memory;
  static_cast<PanelSplits&>(memory) = splits;
  memory.tile = grid.tile;
  memory.details_open = character_details_state.open;
  memory.sort = board.query().sort;
  memory.enlarge_on_hover = viewer.enlarge_on_hover;
  memory.pixel_grid = viewer.pixel_grid;
  memory.flipbook_rate = viewer.flipbook.rate;
  const std::string text = memory_text(memory) + keymap.save() + save_draft(form.draft);
  if (text == saved_settings) return;
  // Whole or not at all: a crash must not leave half a file.
  const std::string temporary = options.settings_file + ".new";
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) static_cast<void>(std::rename(temporary.c_str(), options.settings_file.c_str()));
}

}  // namespace castboard
