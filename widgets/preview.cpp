#include "castboard/preview.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "controls.h"
#include "keys.h"
#include "picture_tile.h"
#include "scoped.h"
#include "sheet_findings.h"
#include "sheet_reports.h"
#include "sheet_view.h"
#include "texture_cache.h"
#include "version_strip_layout.h"

namespace castboard {
namespace {

constexpr int kQuietUpdates = 3;
constexpr float kStripHeight = 120;

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

struct PreviewFile {
  std::string path;
  int width = 0;  // known once it has been decoded
  int height = 0;
};

}  // namespace

struct PreviewPanel::Parts {
  Parts(Session& session, TextureHost host, std::vector<std::string> paths, PanelOptions wishes);

  void show(std::vector<std::string> paths);
  void update();
  void take_keys();
  void show_file(int number);
  void show_cell(int number);
  void draw();
  void draw_header(const PreviewFile& file);
  void draw_sheet(PreviewFile& file, float height);
  void draw_strip();

  PanelOptions options;
  Session& session;
  TextureHost host;
  Subscription subscription;
  std::optional<TextureCache> textures;
  SheetReports sheet_reports;
  Look look;
  std::vector<PreviewFile> files;
  int shown = 0;
  int cell = 0;
  bool single = false;
  int scrolled_to = -1;
  SheetViewState view;
  bool has_focus = false;
  int quiet_updates = 0;
};

PreviewPanel::Parts::Parts(Session& session_to_ask, TextureHost texture_host,
                           std::vector<std::string> paths, PanelOptions wishes)
    : options(std::move(wishes)),
      session(session_to_ask),
      host(std::move(texture_host)),
      subscription(session_to_ask.subscribe()),
      sheet_reports(session_to_ask) {
  show(std::move(paths));
}

void PreviewPanel::Parts::show(std::vector<std::string> paths) {
  files.clear();
  for (std::string& path : paths) files.push_back({std::move(path), 0, 0});
  shown = std::clamp(shown, 0, std::max(0, static_cast<int>(files.size()) - 1));
  // What a file shows may have changed under its name.
  textures.emplace(session, host);
  sheet_reports.forget_files();
}

void PreviewPanel::Parts::update() {
  look = make_look(options);
  const std::vector<Event> events = subscription.take_all();
  for (const Event& event : events) {
    const auto* reply = std::get_if<Reply>(&event);
    if (reply != nullptr && !textures->apply(*reply)) sheet_reports.apply(*reply);
  }
  textures->update();
  const bool quiet = events.empty() && !textures->loading() && !sheet_reports.waiting();
  quiet_updates = quiet ? quiet_updates + 1 : 0;
  if (std::exchange(has_focus, false)) take_keys();
}

void PreviewPanel::Parts::take_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyAlt || io.KeySuper) return;
  if (ctrl_held()) {
    if (pressed_digit(0)) view.full_size = true;
    return;
  }
  for (int number = 0; number <= kCellsPerSheet; ++number) {
    if (pressed_digit(number)) show_cell(number);
  }
  if (const int by = pressed_direction(ImGuiKey_LeftBracket, ImGuiKey_RightBracket); by != 0) {
    const int from = cell == 0 && by < 0 ? 1 : cell;
    cell = (from - 1 + by + kCellsPerSheet) % kCellsPerSheet + 1;
  }
  show_file(shown + pressed_direction(ImGuiKey_LeftArrow, ImGuiKey_RightArrow));
  if (pressed(ImGuiKey_Home)) show_file(0);
  if (pressed(ImGuiKey_End)) show_file(static_cast<int>(files.size()) - 1);
  if (pressed(ImGuiKey_F)) view.fit = true;
  if (pressed_enter() && !io.NavVisible) show_cell(single ? 0 : std::max(cell, 1));
  if (pressed(ImGuiKey_Escape)) show_cell(0);
}

void PreviewPanel::Parts::show_file(int number) {
  if (!files.empty()) shown = std::clamp(number, 0, static_cast<int>(files.size()) - 1);
}

void PreviewPanel::Parts::show_cell(int number) {
  if (number != 0) cell = number;
  single = number != 0;
}

void PreviewPanel::Parts::draw_header(const PreviewFile& file) {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float text_y = start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
  const float fit_width = button_width(look, "Fit", "F");
  const float all_width = button_width(look, "All nine", "0");
  const SheetFindingsInput check{.look = look,
                                 .report = sheet_reports.of_file(file.path),
                                 .height = look.control_height(),
                                 .narrow = room < look.px(620)};
  // What cannot be read says why in the picture's place.
  const bool checked = check.report != nullptr;
  const float check_width = checked ? sheet_findings_width(check) + look.px(6) : 0;
  ImGui::SetCursorPosY(text_y);
  scoped::font(look.heading_font, 1, [&] { text_elided(file_name(file.path), room * 0.45F); });
  ImGui::SameLine();
  std::string facts;
  if (file.width > 0) {
    facts = std::to_string(file.width) + " x " + std::to_string(file.height);
  }
  if (single) facts += "   cell " + std::to_string(cell);
  if (files.size() > 1) {
    facts += "   " + std::to_string(shown + 1) + " of " + std::to_string(files.size());
  }
  scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
    text_elided(facts,
                room - ImGui::GetCursorPosX() - fit_width - all_width - check_width - look.px(16));
  });
  ImGui::SetCursorPos({start.x + room - fit_width - all_width - check_width - look.px(6), start.y});
  if (checked) {
    if (const int wrong = sheet_findings("check", check).show_cell; wrong != 0) show_cell(wrong);
    ImGui::SameLine(0, look.px(6));
  }
  if (button(look, "All nine", single ? ButtonKind::normal : ButtonKind::selected, "0")) {
    show_cell(0);
  }
  ImGui::SameLine(0, look.px(6));
  if (button(look, "Fit", ButtonKind::normal, "F")) view.fit = true;
}

void PreviewPanel::Parts::draw_sheet(PreviewFile& file, float height) {
  SheetViewInput input{.look = look,
                       .url = file.path,
                       .width = file.width,
                       .height = file.height,
                       .cell = cell,
                       .single = single,
                       .picture = [&](const PictureRequest& request) {
                         const Thumbnail picture = textures->get(request);
                         if (picture.full_width > 0 && request.region == PixelRect{}) {
                           file.width = picture.full_width;
                           file.height = picture.full_height;
                         }
                         return picture;
                       }};
  if (file.width > 0) {
    for (int number = 1; number <= kCellsPerSheet; ++number) {
      const SheetReport* report = sheet_reports.of_file(file.path);
      const PixelRect box = report != nullptr ? report->cells[static_cast<std::size_t>(number - 1)]
                                              : third(number, file.width, file.height);
      input.cells.push_back({"", box, "", Status::none});
    }
  }
  SheetViewResult seen;
  scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
    scoped::child(
        "canvas", {0, height}, 0,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav,
        [&] { seen = sheet_view("sheet", input, view); });
  });
  if (seen.show_cell) show_cell(*seen.show_cell);
}

void PreviewPanel::Parts::draw_strip() {
  const auto count = static_cast<int>(files.size());
  const float margin = look.px(4);
  const StripLayout layout = lay_out_strip(
      ImGui::GetWindowHeight() - ImGui::GetStyle().ScrollbarSize - 2 * margin, look.scale);
  const float width = ImGui::GetWindowWidth();
  if (scrolled_to != shown) {
    ImGui::SetScrollX(scroll_to_item(layout, shown, ImGui::GetScrollX(), width));
    scrolled_to = shown;
  }
  const ImVec2 start = ImGui::GetCursorPos();
  const StripRange range = visible_versions(layout, count, ImGui::GetScrollX(), width);
  for (int i = range.first; i < range.last; ++i) {
    const PreviewFile& file = files[static_cast<std::size_t>(i)];
    scoped::id(i, [&] {
      ImGui::SetCursorPos({start.x + margin + layout.x(i), start.y + margin});
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const std::string label = std::string(file_name(file.path)) + "###file";
      if (ImGui::InvisibleButton(label.c_str(), {layout.thumb, layout.thumb})) show_file(i);
      item_tooltip(file.path);
      ImDrawList* list = ImGui::GetWindowDrawList();
      const FitBox box{at.x, at.y, layout.thumb, layout.thumb};
      draw_picture(look, list, box, textures->get(file.path, static_cast<int>(layout.thumb)),
                   PictureCrop::whole, look.px(6));
      const ImU32 line = i == shown ? look.colour.accent : look.colour.line;
      list->AddRect(at, {at.x + layout.thumb, at.y + layout.thumb}, line, look.px(6), 0,
                    i == shown ? std::max(1.5F, look.px(2)) : 1.0F);
    });
  }
  ImGui::SetCursorPos(start);
  ImGui::Dummy({layout.width(count) + 2 * margin, layout.thumb + 2 * margin});
}

void PreviewPanel::Parts::draw() {
  has_focus = ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows);
  if (files.empty()) {
    empty_state(look, "No pictures", "Name files on the command line: castboard preview FILE...");
    return;
  }
  PreviewFile& file = files[static_cast<std::size_t>(shown)];
  draw_header(file);
  const bool several = files.size() > 1;
  const float strip = several ? look.px(kStripHeight) + ImGui::GetStyle().ItemSpacing.y : 0;
  draw_sheet(file, std::max(1.0F, ImGui::GetContentRegionAvail().y - strip));
  if (!several) return;
  scoped::child("files", {0, 0}, 0, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNav,
                [this] { draw_strip(); });
}

PreviewPanel::PreviewPanel(Session& session, TextureHost textures, std::vector<std::string> files,
                           PanelOptions options) {
  IMGUI_CHECKVERSION();
  parts_ =
      std::make_unique<Parts>(session, std::move(textures), std::move(files), std::move(options));
}

PreviewPanel::~PreviewPanel() = default;

void PreviewPanel::update() {
  parts_->update();
}

void PreviewPanel::draw() {
  parts_->draw();
}

void PreviewPanel::show(std::vector<std::string> files) {
  parts_->show(std::move(files));
}

int PreviewPanel::cell() const {
  return parts_->single ? parts_->cell : 0;
}

bool PreviewPanel::settled() const {
  return parts_->quiet_updates >= kQuietUpdates;
}

}  // namespace castboard
