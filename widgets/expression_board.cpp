#include "expression_board.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "controls.h"
#include "drop_down.h"
#include "imgui_compat.h"
#include "keys.h"
#include "picture_tile.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

// One drawing of the board. Lives for one call.
class Drawing {
 public:
  Drawing(const ExpressionBoardInput& input, ExpressionBoardState& state)
      : input_(input), state_(state), look_(input.look), set_(chosen_set(input)) {}

  ExpressionBoardResult draw();

 private:
  static const PoseSet& chosen_set(const ExpressionBoardInput& input) {
    return input.sets[static_cast<std::size_t>(
        std::clamp(input.set, 0, static_cast<int>(input.sets.size()) - 1))];
  }

  void draw_bar();
  void draw_filter(float width);
  void draw_set(float width);
  void draw_table();
  void draw_header(const BoardLayout& layout, ImVec2 at, float left);
  void draw_row(const BoardLayout& layout, int index, ImVec2 at, float left);
  void draw_name(const BoardLayout& layout, int index, ImVec2 at);
  void draw_cell(const BoardLayout& layout, int row, int column, ImVec2 at);
  void draw_picture_of(const BoardCell& cell, const FitBox& box, bool loading);
  void cell_menu(const BoardCell& cell);
  void name_menu(const BoardCell& cell);
  void step(const BoardLayout& layout, float room_x, float room_y);
  void activate(const BoardCell& cell);
  [[nodiscard]] BoardCell cell_at(int row, int column) const;
  [[nodiscard]] bool is_place(int row, int column) const {
    return state_.place_shows && state_.place == BoardPlace{row, column};
  }
  void draw_outline(const FitBox& box, bool strong) const;

  const ExpressionBoardInput& input_;
  ExpressionBoardState& state_;
  const Look& look_;
  const PoseSet& set_;
  ExpressionBoardResult result_;
};

std::string filter_title(const PoseFilter& filter, const PoseSet& set) {
  switch (filter.who) {
    case PoseFilter::Who::everybody:
      return text("board.filter.everybody");
    case PoseFilter::Who::lacks_any:
      return text("board.filter.any");
    case PoseFilter::Who::lacks_nothing:
      return text("board.filter.none");
    case PoseFilter::Who::lacks_pose:
      break;
  }
  for (const PoseSet::Column& column : set.columns) {
    if (column.pose == filter.pose) return text("board.filter.pose", {column.title});
  }
  return text("board.filter.any");
}

void Drawing::draw_filter(float width) {
  drop_down(look_, "###board_filter", filter_title(input_.filter, set_), width, [&] {
    const auto entry = [&](const PoseFilter& filter) {
      if (ImGui::Selectable(filter_title(filter, set_).c_str(), filter == input_.filter)) {
        result_.filter = filter;
      }
    };
    entry({PoseFilter::Who::everybody, {}});
    entry({PoseFilter::Who::lacks_any, {}});
    entry({PoseFilter::Who::lacks_nothing, {}});
    ImGui::Separator();
    for (const PoseSet::Column& column : set_.columns) {
      entry({PoseFilter::Who::lacks_pose, column.pose});
    }
  });
}

void Drawing::draw_set(float width) {
  drop_down(look_, "###board_set", set_.title, width, [&] {
    for (std::size_t i = 0; i < input_.sets.size(); ++i) {
      const bool chosen = &input_.sets[i] == &set_;
      if (ImGui::Selectable(input_.sets[i].title.c_str(), chosen)) {
        result_.set = static_cast<int>(i);
      }
    }
    ImGui::Separator();
    for (const PoseSource source : {PoseSource::production, PoseSource::viewed}) {
      const char* title = text(source == PoseSource::production ? "board.source.production"
                                                                : "board.source.viewed");
      if (ImGui::Selectable(title, source == input_.source)) result_.source = source;
    }
  });
}

// Title and counts on the left; from the right what makes pictures, then what only looks.
void Drawing::draw_bar() {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float gap = look_.px(6);
  std::string generate = counted("board.generate", input_.missing_of_rows);
  if (!input_.generate_cost.empty()) generate += ", " + input_.generate_cost;
  generate += "###board_generate";
  const std::string sheet = labelled("board.contact_sheet", "board_contact");
  const std::string save = labelled("board.save", "board_save");
  const std::string back = labelled("board.back", "board_back");
  float right = start.x + room;
  const auto place = [&](float width) {
    right -= width;
    ImGui::SetCursorPos({right, start.y});
    right -= gap;
  };
  const bool some = input_.missing_of_rows > 0 && input_.can_generate;
  place(button_width(look_, generate.c_str()));
  scoped::disabled(!some, [&] {
    if (button(look_, generate.c_str(), ButtonKind::selected)) result_.generate_missing = true;
  });
  item_tooltip(text(some ? "board.generate.hint" : "board.generate.nothing"));
  place(button_width(look_, sheet.c_str()));
  if (button(look_, sheet.c_str())) result_.contact_sheet_of_all = true;
  const float list = look_.px(130);
  const float save_width = button_width(look_, save.c_str());
  const float title_room = look_.px(150);
  if (right - start.x > 2 * (list + gap) + save_width + gap + 2 * title_room) {
    place(save_width);
    if (button(look_, save.c_str())) result_.save_all = true;
  }
  place(list);
  draw_filter(list);
  place(list);
  draw_set(list);

  const float text_y = start.y + (look_.control_height() - ImGui::GetTextLineHeight()) / 2;
  ImGui::SetCursorPos(start);
  const float back_width = button_width(look_, back.c_str());
  if (button(look_, back.c_str())) result_.close = true;
  item_tooltip(text("board.back.hint"));
  ImGui::SetCursorPos({start.x + back_width + look_.px(12), text_y});
  const float left = ImGui::GetCursorPosX();
  if (right - left > look_.px(120)) {
    heading(look_, text("board.title"));
    const float used = ImGui::GetItemRectSize().x + look_.px(8);
    ImGui::SetCursorPos({left + used, text_y});
    if (input_.gaps != nullptr && right - left - used > look_.px(30)) {
      const std::string counts =
          counted("board.characters", static_cast<std::int64_t>(input_.gaps->rows.size())) + ", " +
          counted("board.missing", input_.gaps->missing);
      scoped::colours({{ImGuiCol_Text, look_.colour.quiet}},
                      [&] { text_elided(counts, right - left - used); });
    }
  }
  ImGui::SetCursorPos({start.x, start.y + look_.control_height() + look_.px(10)});
}

BoardCell Drawing::cell_at(int row, int column) const {
  BoardCell cell;
  cell.character_id = input_.rows[static_cast<std::size_t>(row)].id;
  if (column < 0) return cell;
  cell.pose = set_.columns[static_cast<std::size_t>(column)].pose;
  const CharacterPoses* poses = input_.poses(cell.character_id);
  const PosePicture* picture = poses != nullptr ? poses->find(cell.pose) : nullptr;
  if (picture != nullptr && picture->status != Status::omitted) cell.picture = *picture;
  return cell;
}

void Drawing::activate(const BoardCell& cell) {
  if (cell.pose.empty() || cell.picture) {
    result_.open = cell;
  } else {
    result_.generate = cell;
  }
}

void Drawing::draw_outline(const FitBox& box, bool strong) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 from{box.x, box.y};
  const ImVec2 to{box.x + box.width, box.y + box.height};
  const float radius = look_.control_radius();
  if (strong) {
    const float gap = look_.px(2);
    compat::outline(list, {from.x - gap, from.y - gap}, {to.x + gap, to.y + gap},
                    look_.colour.accent, radius + gap, std::max(1.5F, look_.px(2)));
  } else if (ImGui::IsItemHovered()) {
    list->AddRect(from, to, look_.colour.quiet, radius);
  }
}

void Drawing::draw_picture_of(const BoardCell& cell, const FitBox& box, bool loading) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 from{box.x, box.y};
  const ImVec2 to{box.x + box.width, box.y + box.height};
  const float radius = look_.control_radius();
  if (loading) {
    list->AddRectFilled(from, to, look_.colour.input, radius);
    return;
  }
  if (!cell.picture) {
    draw_dashed_rect(list, from, to, radius, look_.colour.line);
    const char* word = text("board.cell.missing");
    scoped::font(look_.caption_font, kCaptionScale, [&] {
      const ImVec2 size = ImGui::CalcTextSize(word);
      list->AddText({std::round(box.x + (box.width - size.x) / 2),
                     std::round(box.y + (box.height - size.y) / 2)},
                    look_.colour.quiet, word);
    });
    return;
  }
  const int side = static_cast<int>(std::ceil(box.width * 1.3F / 64)) * 64;
  draw_picture(look_, list, box, input_.thumbnail(cell.picture->url, side), PictureCrop::face,
               radius);
  const Status status = cell.picture->status;
  const ImVec2 badge = status_badge_size(look_, status);
  const float inset = look_.px(4);
  if (badge.x > 0 && badge.x + 2 * inset < box.width) {
    draw_status_badge(look_, list, {to.x - inset - badge.x, from.y + inset}, status);
  }
}

void Drawing::cell_menu(const BoardCell& cell) {
  scoped::context_menu("menu", [&] {
    if (!cell.picture) {
      if (ImGui::MenuItem(text("board.menu.generate"))) result_.generate = cell;
      return;
    }
    if (ImGui::MenuItem(text("board.menu.show"))) result_.open = cell;
    if (ImGui::MenuItem(text("board.menu.save"))) result_.save = cell;
    scoped::disabled(cell.picture->cell == 0, [&] {
      if (ImGui::MenuItem(text("board.menu.redo"))) result_.redo = cell;
    });
  });
}

void Drawing::name_menu(const BoardCell& cell) {
  scoped::context_menu("menu", [&] {
    if (ImGui::MenuItem(text("board.menu.show"))) result_.open = cell;
    if (ImGui::MenuItem(text("board.menu.save_poses"))) result_.save = cell;
    if (ImGui::MenuItem(text("board.menu.contact_sheet"))) result_.contact_sheet = cell;
    if (ImGui::MenuItem(text("board.menu.generate_row"))) result_.generate = cell;
  });
}

void Drawing::draw_name(const BoardLayout& layout, int index, ImVec2 at) {
  const BoardCell cell = cell_at(index, -1);
  const Character* character = input_.character(cell.character_id);
  const float width = layout.name_width - layout.gap;
  ImGui::SetCursorScreenPos(at);
  const std::string label =
      (character != nullptr ? character->name : cell.character_id) + "###name";
  if (compat::pressable(label.c_str(), {width, layout.cell_height})) result_.open = cell;
  ++result_.submitted;
  if (character != nullptr) name_menu(cell);
  const FitBox box{at.x, at.y, width, layout.cell_height};
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (cell.character_id == input_.shown_character) {
    list->AddRectFilled(at, {at.x + width, at.y + layout.cell_height}, look_.colour.selected,
                        look_.control_radius());
    list->AddRectFilled(at, {at.x + look_.px(3), at.y + layout.cell_height}, look_.colour.accent,
                        look_.px(2));
  }
  draw_outline(box, is_place(index, -1));
  if (character == nullptr) return;
  const float pad = look_.px(8);
  const float line = ImGui::GetTextLineHeight();
  const float top = std::round(at.y + (layout.cell_height - 2.2F * line) / 2);
  scoped::font(look_.heading_font, 1, [&] {
    draw_text_elided(list, {at.x + pad, top}, width - 1.5F * pad, look_.colour.text,
                     character->name);
  });
  scoped::font(look_.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, {at.x + pad, top + line * 1.25F}, width - 1.5F * pad, look_.colour.quiet,
                     counted("board.versions", character->version_count));
  });
}

void Drawing::draw_cell(const BoardLayout& layout, int row, int column, ImVec2 at) {
  const BoardCell cell = cell_at(row, column);
  const bool loading = input_.poses(cell.character_id) == nullptr;
  const Character* character = input_.character(cell.character_id);
  const std::string& title = set_.columns[static_cast<std::size_t>(column)].title;
  ImGui::SetCursorScreenPos(at);
  const std::string label =
      (character != nullptr ? character->name : std::string()) + ", " + title + "###" + cell.pose;
  const bool pressed = compat::pressable(label.c_str(), {layout.cell_width, layout.cell_height});
  ++result_.submitted;
  const FitBox box{at.x, at.y, layout.cell_width, layout.cell_height};
  if (!loading) {
    if (pressed) {
      state_.place = {row, column};
      state_.place_shows = false;
      activate(cell);
    }
    cell_menu(cell);
    if (cell.picture) {
      const std::string where =
          cell.picture->cell == 0
              ? version_label(cell.picture->version_number)
              : text("board.cell.where", {version_label(cell.picture->version_number),
                                          std::to_string(cell.picture->cell)});
      item_tooltip(title + ", " + where);
    } else {
      item_tooltip(text("board.cell.missing_hint", {title}));
    }
  }
  draw_picture_of(cell, box, loading);
  draw_outline(box, is_place(row, column));
}

void Drawing::draw_row(const BoardLayout& layout, int index, ImVec2 at, float left) {
  scoped::id(input_.rows[static_cast<std::size_t>(index)].id, [&] {
    const ImVec2 from{left + layout.name_width, at.y - look_.px(4)};
    const ImVec2 to{left + ImGui::GetWindowWidth(), at.y + layout.cell_height + look_.px(4)};
    // Pictures scrolled sideways go under the names, not over them.
    ImGui::PushClipRect(from, to, true);
    for (int column = 0; column < layout.columns; ++column) {
      // Each cell has a menu of its own.
      scoped::id(column, [&] {
        draw_cell(layout, index, column, {at.x + layout.x(column), at.y});
      });
    }
    ImGui::PopClipRect();
    draw_name(layout, index, {left, at.y});
  });
}

void Drawing::draw_header(const BoardLayout& layout, ImVec2 at, float left) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float width = ImGui::GetWindowWidth();
  list->AddRectFilled({left, at.y}, {left + width, at.y + layout.header_height},
                      look_.colour.background);
  list->PushClipRect({left + layout.name_width, at.y}, {left + width, at.y + layout.header_height},
                     true);
  scoped::font(look_.caption_font, kCaptionScale, [&] {
    const float line = ImGui::GetTextLineHeight();
    for (int column = 0; column < layout.columns; ++column) {
      const std::string title =
          elided(set_.columns[static_cast<std::size_t>(column)].title, layout.cell_width);
      const float text_width = ImGui::CalcTextSize(title.c_str()).x;
      const float x = at.x + layout.x(column) + (layout.cell_width - text_width) / 2;
      list->AddText({std::round(x), std::round(at.y + (layout.header_height - line) / 2)},
                    look_.colour.quiet, title.c_str());
    }
  });
  list->PopClipRect();
}

void Drawing::step(const BoardLayout& layout, float room_x, float room_y) {
  const auto rows = static_cast<int>(input_.rows.size());
  if (state_.step_x != 0 || state_.step_y != 0) {
    state_.place = state_.place_shows ? board_neighbour(state_.place, state_.step_x, state_.step_y,
                                                        rows, layout.columns)
                                      : board_neighbour(state_.place, 0, 0, rows, layout.columns);
    state_.place_shows = true;
    state_.scroll_to_place = true;
    state_.step_x = state_.step_y = 0;
  }
  state_.place = board_neighbour(state_.place, 0, 0, rows, layout.columns);
  if (std::exchange(state_.scroll_to_place, false)) {
    const float from = layout.y(state_.place.row);
    ImGui::SetScrollY(scroll_to_span(from, layout.row_height(), ImGui::GetScrollY(),
                                     room_y - layout.header_height));
    if (state_.place.column >= 0) {
      ImGui::SetScrollX(scroll_to_span(layout.x(state_.place.column) - layout.name_width,
                                       layout.cell_width + look_.px(4), ImGui::GetScrollX(),
                                       room_x - layout.name_width));
    }
  }
  if (std::exchange(state_.enter, false) && rows > 0 && state_.place_shows) {
    activate(cell_at(state_.place.row, state_.place.column));
  }
}

void Drawing::draw_table() {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  result_.has_focus = ImGui::IsWindowFocused();
  if (input_.gaps == nullptr) {
    empty_state(look_, text("board.loading"), "");
    return;
  }
  if (input_.rows.empty()) {
    const bool nobody = input_.gaps->rows.empty();
    empty_state(look_, text(nobody ? "board.empty" : "board.nobody"),
                text(nobody ? "board.empty.hint" : "board.nobody.hint"));
    return;
  }
  const float scroll_bar = ImGui::GetStyle().ScrollbarSize;
  const BoardLayout layout =
      lay_out_board(room.x - look_.px(4), look_.scale, static_cast<int>(set_.columns.size()));
  const auto rows = static_cast<int>(input_.rows.size());
  step(layout, room.x, room.y - scroll_bar);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float left = start.x + ImGui::GetScrollX();
  const float top = start.y + ImGui::GetScrollY();
  const auto [first, last] = visible_rows(layout, rows, ImGui::GetScrollY(), room.y);
  ImGui::PushClipRect({left, top + layout.header_height},
                      {left + ImGui::GetWindowWidth(), top + ImGui::GetWindowHeight()}, true);
  for (int row = first; row < last; ++row) {
    draw_row(layout, row, {start.x, start.y + layout.header_height + layout.y(row)}, left);
  }
  ImGui::PopClipRect();
  draw_header(layout, {start.x, top}, left);
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(
      {layout.width() + look_.px(4), layout.header_height + layout.height(rows) + look_.px(8)});
}

ExpressionBoardResult Drawing::draw() {
  draw_bar();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  scoped::colours({{ImGuiCol_ChildBg, look_.colour.background}}, [&] {
    scoped::child("table", room, 0, ImGuiWindowFlags_HorizontalScrollbar | own_arrow_keys(),
                  [&] { draw_table(); });
  });
  return std::move(result_);
}

}  // namespace

ExpressionBoardResult expression_board(const char* id, const ExpressionBoardInput& input,
                                       ExpressionBoardState& state) {
  ExpressionBoardResult result;
  scoped::id(id, [&] { result = Drawing(input, state).draw(); });
  return result;
}

}  // namespace castboard
