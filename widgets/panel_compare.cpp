// The viewer pane as a comparison: A, what is viewed, with B.
#include <algorithm>
#include <utility>

#include "compare_modes.h"
#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"
#include "version_words.h"

namespace castboard {
namespace {

ComparedPicture compared_picture(const Catalogue* catalogue, const Version& version, int cell) {
  ComparedPicture picture;
  picture.url = version.image_url;
  picture.width = version.width;
  picture.height = version.height;
  picture.thumbnail_url = version.thumbnail_url;
  picture.name = version_label(version.version_number);
  picture.caption = compare_caption(catalogue, version);
  picture.settings = settings_of(catalogue, version);
  if (cell == 0) return picture;
  const Cell& part = version.cells[static_cast<std::size_t>(cell - 1)];
  const std::string pose = pose_title(catalogue, version, part.pose);
  picture.width = part.box.width;
  picture.height = part.box.height;
  picture.thumbnail_url.clear();
  if (part.image_url.empty()) {
    picture.part = part.box;
  } else {
    picture.url = part.image_url;
  }
  picture.settings.insert(picture.settings.begin(), {text("setting.cell"), pose});
  return picture;
}

}  // namespace

void Panel::Parts::draw_compare() {
  const Catalogue* catalogue = board.catalogue();
  const Version* a = board.viewed();
  // Who picks another character goes on comparing as soon as its versions are there.
  if (a == nullptr && board.versions() == nullptr && !board.character_id().empty()) {
    draw_version_view();
    return;
  }
  if (a != nullptr && board.compared() == nullptr) board.show(ViewerMode::compare);
  const Version* b = board.compared();
  if (a == nullptr || b == nullptr) {
    board.show(ViewerMode::version);
    draw_version_view();
    return;
  }
  const int cell = board.single() && a->is_sheet() ? board.cell() : 0;
  CompareViewInput input{.look = look,
                         .keymap = keymap,
                         .a = compared_picture(catalogue, *a, cell),
                         .b = compared_picture(catalogue, *b, board.compared_cell()),
                         .picture = [this](const PictureRequest& r) { return textures.get(r); },
                         .flash = flashing};
  std::string what;
  if (cell != 0) {
    const auto pose_of = [&](const Version& version, int number) {
      return pose_title(catalogue, version,
                        version.cells[static_cast<std::size_t>(number - 1)].pose);
    };
    what = text("compare.cell", {pose_of(*a, cell), std::to_string(cell)});
    const int other = board.compared_cell();
    if (other != 0 && other != cell) {
      input.a.name.append(" ").append(pose_of(*a, cell));
      input.b.name.append(" ").append(pose_of(*b, other));
      what = text("compare.two_cells", {pose_of(*a, cell), pose_of(*b, other)});
    }
  }

  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = look.px(8);
  const float least_title = look.px(110);
  const float modes = std::min(compare_modes_width(look, keymap), room - least_title);
  const float title = std::max(0.0F, room - modes - gap);
  const float text_y = start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
  const std::string name = board.character() != nullptr ? board.character()->name : "";
  ImGui::SetCursorPos({start.x, text_y});
  scoped::font(look.heading_font, 1, [&] { text_elided(name, title); });
  const float used = ImGui::GetItemRectSize().x + gap;
  if (title - used > look.px(30)) {
    ImGui::SetCursorPos({start.x + used, text_y});
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] { text_elided(what, title - used); });
  }
  ImGui::SetCursorPos({start.x + room - modes, start.y});
  const CompareModesResult done = compare_modes("modes", look, keymap, modes, compare);
  ImGui::SetCursorPos({start.x, start.y + look.control_height() + ImGui::GetStyle().ItemSpacing.y});

  compare_view("compare", input, compare);
  if (done.swap) board.swap_compared();
  if (done.leave) board.show(ViewerMode::version);
}

}  // namespace castboard
