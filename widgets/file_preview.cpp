#include "file_preview.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "compare_modes.h"
#include "controls.h"
#include "imgui_compat.h"
#include "keys.h"
#include "picture_tile.h"
#include "scoped.h"
#include "sheet_bar.h"
#include "sheet_findings.h"
#include "texts.h"
#include "version_strip_layout.h"

namespace castboard {
namespace {

constexpr float kStripHeight = 120;

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// One of the buttons of the header, left to right.
struct HeaderButton {
  std::string label;
  const char* key;
  std::string hint;
  bool selected;
};

}  // namespace

void FilePreview::show(std::vector<std::string> paths) {
  files_.clear();
  reports_.forget_files();
  for (std::string& path : paths) files_.push_back({std::move(path), 0, 0});
  const int last = std::max(0, static_cast<int>(files_.size()) - 1);
  shown_ = std::clamp(shown_, 0, last);
  compared_ = std::clamp(compared_, 0, last);
}

void FilePreview::add(const std::vector<std::string>& paths) {
  int first = -1;
  for (const std::string& path : paths) {
    const auto there = std::find_if(files_.begin(), files_.end(),
                                    [&](const PreviewFile& f) { return f.path == path; });
    const int at = static_cast<int>(there - files_.begin());
    if (there == files_.end()) files_.push_back({path, 0, 0});
    if (first < 0) first = at;
  }
  if (first >= 0) show_file(first);
}

bool FilePreview::apply(const Reply& reply) {
  if (reports_.apply(reply)) return true;
  const auto* result = reply.to(saving_);
  if (result == nullptr) return false;
  saving_ = {};
  is_mistake_ = !*result;
  if (!*result) {
    message_ = result->error().message;
  } else if (!(*result)->paths.empty()) {
    message_ =
        text("preview.saved", {std::to_string((*result)->paths.size()), (*result)->paths.front()});
  }
  return true;
}

bool FilePreview::take_keys(const Keymap& keymap, bool keyboard_navigates) {
  for (int number = 1; number <= kCellsPerSheet; ++number) {
    if (keymap.pressed(static_cast<Action>(static_cast<int>(Action::cell_1) + number - 1)))
      show_cell(number);
  }
  if (keymap.pressed(Action::all_cells)) show_cell(0);
  const auto step = [&keymap](Action back, Action forward) {
    return (keymap.pressed(forward, true) ? 1 : 0) - (keymap.pressed(back, true) ? 1 : 0);
  };
  if (const int by = step(Action::previous_cell, Action::next_cell); by != 0) {
    const int from = cell_ == 0 && by < 0 ? 1 : cell_;
    cell_ = (from - 1 + by + kCellsPerSheet) % kCellsPerSheet + 1;
  }
  const int to_file = step(Action::previous_version, Action::next_version);
  show_file(shown_ + to_file);
  if (keymap.pressed(Action::first_version)) show_file(0);
  if (keymap.pressed(Action::last_version)) show_file(static_cast<int>(files_.size()) - 1);
  if (keymap.pressed(Action::fit)) (compares_ ? compare_.fit : view_.fit) = true;
  if (keymap.pressed(Action::full_size)) (compares_ ? compare_.full_size : view_.full_size) = true;
  if (keymap.pressed(Action::onion_skin)) view_.toggle_onion = true;
  if (!keyboard_navigates) {
    if (keymap.pressed(Action::toggle_single)) show_cell(single_ ? 0 : std::max(cell_, 1));
    if (keymap.pressed(Action::flipbook)) view_.toggle_flipbook = true;
  }
  if (keymap.pressed(Action::compare_wipe)) {
    if (compares_) {
      wipe_or_turn(compare_);
    } else {
      compare_.mode = CompareMode::wipe;
      compare();
    }
  }
  if (keymap.pressed(Action::compare_mode)) {
    if (compares_) next_compare_mode(compare_);
    compare();
  }
  if (keymap.pressed(Action::compare_swap)) {
    if (compares_) swap_compared();
    compare();
  }
  const int to_other = step(Action::compare_previous, Action::compare_next);
  if (to_other != 0) step_compared(to_other);
  if (const int by = step(Action::compare_previous_cell, Action::compare_next_cell); by != 0) {
    compare();
    if (!single_) show_cell(std::max(cell_, 1));
    const int from = compared_cell_ != 0 ? compared_cell_ : cell_;
    compared_cell_ = (from - 1 + by + kCellsPerSheet) % kCellsPerSheet + 1;
  }
  flashing_ = compares_ && keymap.held(Action::compare_hold);
  if (keymap.pressed(Action::back)) go_back();
  return to_file != 0 || to_other != 0;
}

void FilePreview::go_back() {
  if (compares_) {
    compares_ = false;
  } else if (single_ || view_.flipbook.is_playing) {
    view_.flipbook.stop();
    show_cell(0);
  } else if (!message_.empty()) {
    message_.clear();
  } else {
    leaves_ = true;
  }
}

void FilePreview::show_file(int number) {
  if (files_.empty()) return;
  shown_ = std::clamp(number, 0, static_cast<int>(files_.size()) - 1);
}

void FilePreview::show_cell(int number) {
  if (number != 0) cell_ = number;
  single_ = number != 0;
}

// With another file; of the only one, with another cell.
void FilePreview::compare() {
  if (files_.empty() || compares_) return;
  compares_ = true;
  view_.flipbook.stop();
  if (files_.size() > 1) {
    if (compared_ == shown_) compared_ = shown_ > 0 ? shown_ - 1 : 1;
    return;
  }
  compared_ = shown_;
  show_cell(std::max(cell_, 1));
  if (compared_cell_ == 0 || compared_cell_ == cell_) compared_cell_ = cell_ % kCellsPerSheet + 1;
}

void FilePreview::step_compared(int by) {
  compare();
  const int last = static_cast<int>(files_.size()) - 1;
  int next = compared_ + by;
  if (next == shown_ && compared_cell_ == 0) next += by > 0 ? 1 : -1;
  if (next >= 0 && next <= last) compared_ = next;
}

void FilePreview::swap_compared() {
  std::swap(shown_, compared_);
  if (compared_cell_ != 0) std::swap(cell_, compared_cell_);
}

void FilePreview::save_cells() {
  const PreviewFile& from = file();
  if (saving_ || from.width <= 0) return;
  CellsToSave cells;
  cells.url = from.path;
  for (const SheetCell& cell : cells_of(from)) cells.boxes.push_back(cell.box);
  message_.clear();
  saving_ = session_.save_cells(std::move(cells));
}

std::vector<SheetCell> FilePreview::cells_of(const PreviewFile& of) {
  std::vector<SheetCell> cells;
  if (of.width < kSheetColumns || of.height < kSheetRows) return cells;
  const SheetReport* report = reports_.of_file(of.path);
  for (int number = 1; number <= kCellsPerSheet; ++number) {
    const PixelRect box = report != nullptr ? report->cells[static_cast<std::size_t>(number - 1)]
                                            : third(number, of.width, of.height);
    cells.push_back({"", box, "", Status::none});
  }
  return cells;
}

Thumbnail FilePreview::picture(const PictureRequest& request) {
  const Thumbnail picture = textures_.get(request);
  if (picture.full_width > 0) {
    for (PreviewFile& each : files_) {
      if (each.path != request.url) continue;
      each.width = picture.full_width;
      each.height = picture.full_height;
    }
  }
  return picture;
}

ComparedPicture FilePreview::compared_picture(int number, int cell) {
  const PreviewFile& of = files_[static_cast<std::size_t>(number)];
  ComparedPicture picture;
  picture.url = of.path;
  picture.width = of.width;
  picture.height = of.height;
  picture.caption = std::string(file_name(of.path));
  if (of.width > 0)
    picture.settings = {
        {text("setting.pixels"), std::to_string(of.width) + " x " + std::to_string(of.height)}};
  picture.settings.insert(picture.settings.begin(),
                          {text("setting.file"), std::string(file_name(of.path))});
  const std::vector<SheetCell> cells = cells_of(of);
  if (cell == 0 || cells.empty()) return picture;
  const SheetCell& part = cells[static_cast<std::size_t>(cell - 1)];
  picture.part = part.box;
  picture.width = part.box.width;
  picture.height = part.box.height;
  picture.name = text("preview.cell", {std::to_string(cell)});
  picture.settings.push_back({text("setting.cell"), std::to_string(cell)});
  return picture;
}

void FilePreview::draw_header(const Look& look, const Keymap& keymap,
                              const FilePreviewOptions& options, FilePreviewResult& result) {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float text_y = start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
  const float gap = look.px(6);
  const bool known = file().width > 0;
  struct Entry {
    HeaderButton button;
    bool wanted;
    bool pressed = false;
  };
  Entry reference{{labelled("preview.use_as_reference", "use_as_reference"), "",
                   text("preview.use_as_reference_hint"), false},
                  options.can_use_as_reference};
  Entry save{
      {labelled("preview.save_cells", "save_cells"), "", text("preview.save_cells_hint"), false},
      known};
  Entry all{{labelled("preview.all_nine", "all_nine"), keymap.key_text(Action::all_cells),
             text("action.all_cells"), !single_},
            true};
  Entry close{{labelled("preview.close", "close_files"), keymap.key_text(Action::back),
               text("preview.close_hint"), false},
              options.can_close};
  Entry* entries[] = {&reference, &save, &all, &close};
  const SheetFindingsInput check{.look = look,
                                 .report = reports_.of_file(file().path),
                                 .height = look.control_height(),
                                 .narrow = room < look.px(620)};
  // What cannot be read says why in the picture's place.
  const bool checked = check.report != nullptr;
  float width = checked ? sheet_findings_width(check) + gap : 0;
  for (Entry* each : entries) {
    if (each->wanted)
      width += button_width(look, each->button.label.c_str(), each->button.key) + gap;
  }
  // Where they have no room, saving and the reference go first: the window is for looking.
  for (Entry* each : {&reference, &save}) {
    if (width + look.px(160) < room || !each->wanted) continue;
    each->wanted = false;
    width -= button_width(look, each->button.label.c_str(), each->button.key) + gap;
  }
  const float title = std::max(0.0F, room - width - gap);
  ImGui::SetCursorPosY(text_y);
  scoped::font(look.heading_font, 1,
               [&] { text_elided(file_name(file().path), title * (known ? 0.6F : 1)); });
  const float used = ImGui::GetItemRectSize().x + look.px(10);
  std::string facts;
  if (known) facts = std::to_string(file().width) + " x " + std::to_string(file().height);
  if (single_) facts += "   " + text("preview.cell", {std::to_string(cell_)});
  if (files_.size() > 1)
    facts +=
        "   " + text("preview.which", {std::to_string(shown_ + 1), std::to_string(files_.size())});
  if (title - used > look.px(30)) {
    ImGui::SetCursorPos({start.x + used, text_y});
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { text_elided(facts, title - used); });
  }
  float x = start.x + room - width + gap;
  if (checked) {
    ImGui::SetCursorPos({x, start.y});
    if (const int wrong = sheet_findings("check", check).show_cell; wrong != 0) show_cell(wrong);
    x += sheet_findings_width(check) + gap;
  }
  for (Entry* each : entries) {
    if (!each->wanted) continue;
    ImGui::SetCursorPos({x, start.y});
    scoped::disabled(each == &save && bool(saving_), [&] {
      each->pressed = button(look, each->button.label.c_str(),
                             each->button.selected ? ButtonKind::selected : ButtonKind::normal,
                             each->button.key);
    });
    x += ImGui::GetItemRectSize().x + gap;
    item_tooltip(each->button.hint);
  }
  if (all.pressed) show_cell(0);
  if (save.pressed) save_cells();
  if (reference.pressed) result.use_as_reference = file().path;
  result.close |= close.pressed;
  ImGui::SetCursorPos({start.x, start.y + look.control_height() + ImGui::GetStyle().ItemSpacing.y});
}

void FilePreview::draw_compare_header(const Look& look, const Keymap& keymap) {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float modes = std::min(compare_modes_width(look, keymap), room - look.px(100));
  const float title = std::max(0.0F, room - modes - look.px(8));
  ImGui::SetCursorPosY(start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2);
  scoped::font(look.heading_font, 1, [&] { text_elided(file_name(file().path), title); });
  ImGui::SetCursorPos({start.x + room - modes, start.y});
  const CompareModesResult done = compare_modes("modes", look, keymap, modes, compare_);
  if (done.swap) swap_compared();
  if (done.leave) compares_ = false;
  ImGui::SetCursorPos({start.x, start.y + look.control_height() + ImGui::GetStyle().ItemSpacing.y});
}

void FilePreview::draw_sheet(const Look& look, const Keymap& keymap, float height,
                             FilePreviewResult& result) {
  const PreviewFile& shown = file();
  const SheetViewInput input{.look = look,
                             .url = shown.path,
                             .width = shown.width,
                             .height = shown.height,
                             .cells = cells_of(shown),
                             .cell = cell_,
                             .single = single_,
                             .picture = [this](const PictureRequest& r) { return picture(r); }};
  const float bar = sheet_bar_height(look) + ImGui::GetStyle().ItemSpacing.y;
  SheetViewResult seen;
  scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
    scoped::child(
        "canvas", {0, std::max(1.0F, height - bar)}, 0,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | own_arrow_keys(),
        [&] { seen = sheet_view("sheet", input, view_); });
  });
  const bool can_compare = files_.size() > 1 || input.is_sheet();
  const SheetBarInput bar_input{.look = look,
                                .keymap = keymap,
                                .view = input,
                                .details = message_.empty() ? shown.path : message_,
                                .zoom = seen.zoom,
                                .can_compare = can_compare};
  if (sheet_bar("bar", bar_input, view_).compare) compare();
  result.next_frame_in = seen.next_frame_in;
  if (seen.show_cell) show_cell(*seen.show_cell);
}

void FilePreview::draw_comparison(const Look& look, const Keymap& keymap, float height) {
  const int cell = single_ ? cell_ : 0;
  const int other = single_ ? (compared_cell_ != 0 ? compared_cell_ : cell_) : 0;
  const CompareViewInput input{
      .look = look,
      .keymap = keymap,
      .a = compared_picture(shown_, cell),
      .b = compared_picture(compared_, other),
      .picture = [this](const PictureRequest& request) { return picture(request); },
      .flash = flashing_};
  scoped::child("comparison", {0, height}, [&] { compare_view("compare", input, compare_); });
}

void FilePreview::draw_file(const Look& look, int number, ImVec2 at, float side) {
  const PreviewFile& each = files_[static_cast<std::size_t>(number)];
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + side, at.y + side};
  draw_picture(look, list, {at.x, at.y, side, side},
               textures_.get(each.path, static_cast<int>(side)), PictureCrop::whole, look.px(6));
  const bool is_a = number == shown_;
  const bool is_b = compares_ && number == compared_;
  const ImU32 line = is_a || is_b ? look.colour.accent : look.colour.line;
  compat::outline(list, at, end, line, look.px(6),
                  is_a || is_b ? std::max(1.5F, look.px(2)) : 1.0F);
  if (!compares_ || (!is_a && !is_b)) return;
  const char* letter = is_a && is_b ? "A B" : is_a ? "A" : "B";
  draw_badge(look, list, {at.x + look.px(5), at.y + look.px(5)}, letter, look.colour.accent,
             look.colour.on_accent);
}

void FilePreview::draw_strip(const Look& look) {
  const auto count = static_cast<int>(files_.size());
  const float margin = look.px(4);
  const StripLayout layout = lay_out_strip(
      ImGui::GetWindowHeight() - ImGui::GetStyle().ScrollbarSize - 2 * margin, look.scale);
  const float width = ImGui::GetWindowWidth();
  const int looked_at = compares_ ? compared_ : shown_;
  if (scrolled_to_ != looked_at) {
    ImGui::SetScrollX(scroll_to_item(layout, looked_at, ImGui::GetScrollX(), width));
    scrolled_to_ = looked_at;
  }
  const ImVec2 start = ImGui::GetCursorPos();
  const StripRange range = visible_versions(layout, count, ImGui::GetScrollX(), width);
  for (int i = range.first; i < range.last; ++i) {
    scoped::id(i, [&] {
      ImGui::SetCursorPos({start.x + margin + layout.x(i), start.y + margin});
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const std::string& path = files_[static_cast<std::size_t>(i)].path;
      const std::string label = std::string(file_name(path)) + "###file";
      if (compat::pressable(label.c_str(), {layout.thumb, layout.thumb})) {
        // With Alt it becomes B, as Alt and the arrows move B.
        if (ImGui::GetIO().KeyAlt) {
          compare();
          compared_ = i;
        } else {
          show_file(i);
        }
      }
      item_tooltip(path);
      draw_file(look, i, at, layout.thumb);
    });
  }
  ImGui::SetCursorPos(start);
  ImGui::Dummy({layout.width(count) + 2 * margin, layout.thumb + 2 * margin});
}

FilePreviewResult FilePreview::draw(const Look& look, const Keymap& keymap,
                                    const FilePreviewOptions& options) {
  FilePreviewResult result;
  result.close = std::exchange(leaves_, false) && options.can_close;
  if (files_.empty()) {
    empty_state(look, text("preview.empty"), text("preview.empty_hint"));
    return result;
  }
  if (compares_) {
    draw_compare_header(look, keymap);
  } else {
    draw_header(look, keymap, options, result);
  }
  const bool several = files_.size() > 1;
  const float strip = several ? look.px(kStripHeight) + ImGui::GetStyle().ItemSpacing.y : 0;
  const float height = std::max(1.0F, ImGui::GetContentRegionAvail().y - strip);
  if (compares_) {
    draw_comparison(look, keymap, height);
  } else {
    draw_sheet(look, keymap, height, result);
  }
  if (!several) return result;
  scoped::child("files", {0, 0}, 0, ImGuiWindowFlags_HorizontalScrollbar | own_arrow_keys(),
                [&] { draw_strip(look); });
  return result;
}

}  // namespace castboard
