#include "cast_bar.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "cast_filter.h"
#include "character_grid_layout.h"
#include "controls.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kSliderWidth = 84;
constexpr float kWidestFilter = 150;

// A text with the item's name behind it.
constexpr float kTriangle = 16;  // what a menu's button needs for it, design pixels

float menu_button_width(const Look& look, const std::string& words) {
  return button_width(look, words.c_str()) + look.px(kTriangle);
}

// A button that says what is chosen and opens the menu of the choices. `name` is the item's.
template <class Fn>
void menu_button(const Look& look, const char* name, const std::string& chosen, ImVec2 size,
                 bool is_special, Fn&& menu) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float pad = ImGui::GetStyle().FramePadding.x;
  if (button(look, name, is_special ? ButtonKind::selected : ButtonKind::normal, "", size)) {
    ImGui::OpenPopup("menu");
  }
  const ImVec2 to = ImGui::GetItemRectMax();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = (from.y + to.y) / 2;
  draw_text_elided(list, {from.x + pad, std::round(middle - ImGui::GetFontSize() / 2)},
                   size.x - 2 * pad - look.px(kTriangle - 4), look.colour.text, chosen);
  const float half = look.px(3.5F);
  const float x = to.x - pad - half;
  list->AddTriangleFilled({x - half, middle - half * 0.6F}, {x + half, middle - half * 0.6F},
                          {x, middle + half * 0.8F}, look.colour.quiet);
  item_tooltip(chosen);
  scoped::popup("menu", menu);
}

// Whom a pose can be missing from: every pose of every template, the nine expressions first.
void pose_menu(const CastBarInput& input, CastBarResult& result) {
  if (input.catalogue == nullptr) return;
  const auto poses = [&](const Template& of) {
    for (const Shot& shot : of.shots) {
      if (shot.cells > 1) continue;
      const std::string label = shot.title + "###lacks_" + shot.key;
      if (ImGui::MenuItem(label.c_str(), nullptr, input.query.lacks_pose == shot.key)) {
        result.query = lacking(input.query, shot.key);
      }
    }
  };
  const Template* sheet = input.catalogue->find_template("expression_sheet");
  if (sheet != nullptr) poses(*sheet);
  ImGui::Separator();
  for (const Template& each : input.catalogue->templates) {
    if (&each == sheet || each.shots.empty()) continue;
    scoped::menu((each.title + "###lacks_of_" + each.key).c_str(), [&] { poses(each); });
  }
}

void filter_menu(const CastBarInput& input, CastBarResult& result) {
  const CastQuery& now = input.query;
  const auto entry = [&](const std::string& label, const CastQuery& query) {
    if (ImGui::MenuItem(label.c_str(), nullptr, now == query)) result.query = query;
  };
  entry(labelled("cast.filter.all", "filter_all"), everybody(now));
  ImGui::Separator();
  for (const Status status : {Status::pending, Status::approved, Status::omitted, Status::none}) {
    const std::string label =
        std::string(status_filter_title(status)) + "###filter_" + std::string(to_string(status));
    entry(label, with_status(now, status));
  }
  ImGui::Separator();
  entry(labelled("cast.filter.no_picture", "filter_no_picture"), without_picture(now));
  scoped::menu(labelled("cast.filter.lacks", "filter_lacks").c_str(),
               [&] { pose_menu(input, result); });
  ImGui::Separator();
  entry(labelled("cast.filter.trash", "filter_trash"), in_trash(now));
}

void sort_menu(const CastBarInput& input, CastBarResult& result) {
  for (const CastQuery::Sort sort : {CastQuery::Sort::name, CastQuery::Sort::newest,
                                     CastQuery::Sort::updated, CastQuery::Sort::missing}) {
    const std::string label =
        std::string(sort_title(sort)) + "###sort_" + std::to_string(static_cast<int>(sort));
    if (!ImGui::MenuItem(label.c_str(), nullptr, input.query.sort == sort)) continue;
    result.query = input.query;
    result.query->sort = sort;
  }
}

std::string count_text(const CastBarInput& input) {
  const bool is_part = !input.query.text.empty() || is_filtered(input.query);
  if (is_part && !input.query.trashed) {
    return text("cast.found_of", {std::to_string(input.found), std::to_string(input.all)});
  }
  return std::to_string(input.found);
}

// What can be done with several at once.
void chosen_bar(const CastBarInput& input, CastBarResult& result) {
  const Look& look = input.look;
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const std::string count = std::to_string(input.chosen);
  const float gap = look.px(6);
  const bool is_trash = input.query.trashed;
  const std::string main = is_trash ? labelled("cast.restore", "restore_chosen")
                                    : labelled("cast.generate", "generate_chosen");
  float right = start.x + room - button_width(look, main.c_str());
  // In a narrow pane the number says it.
  const float others = is_trash ? 0 : button_width(look, text("cast.trash")) + gap;
  std::string none = text("cast.chosen", {count}) + "###choose_none";
  if (start.x + button_width(look, none.c_str()) + gap > right - others) {
    none = count + "###choose_none";
  }
  if (button(look, none.c_str(), ButtonKind::quiet)) result.choose_none = true;
  item_tooltip(text("cast.chosen", {count}) + "\n" + text("cast.choose_none_tip"));
  ImGui::SetCursorPos({right, start.y});
  if (button(look, main.c_str(), ButtonKind::selected)) {
    (is_trash ? result.restore : result.generate) = true;
  }
  item_tooltip(is_trash ? text("cast.restore_tip") : text("cast.generate_tip"));
  if (is_trash) return;
  right -= button_width(look, text("cast.trash")) + gap;
  ImGui::SetCursorPos({right, start.y});
  if (button(look, labelled("cast.trash", "trash_chosen").c_str())) result.trash = true;
  item_tooltip(text("cast.trash_tip"));
}

}  // namespace

CastBarResult cast_header(const CastBarInput& input, std::string& search,
                          FieldFocus& focus_search) {
  CastBarResult result;
  const Look& look = input.look;
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float button_w = button_width(look, text("cast.new_character"));
  ImGui::SetCursorPosY(start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2);
  heading(look, text("cast.title"));
  ImGui::SetCursorPos({start.x + room - button_w, start.y});
  if (button(look, text("cast.new_character"))) result.new_character = true;

  const std::string filter = filter_title(input.query, input.catalogue);
  const float filter_w =
      std::min({menu_button_width(look, filter), look.px(kWidestFilter), room * 0.5F});
  const float gap = look.px(8);
  const float width = room - filter_w - gap;
  const std::string hint = elided(text("cast.find"), width - 2 * ImGui::GetStyle().FramePadding.x);
  focus_search.before();
  if (text_field("##search", hint.c_str(), search, width)) {
    result.query = input.query;
    result.query->text = search;
  }
  focus_search.after();
  result.text_active = ImGui::IsItemActive();
  if (result.text_active && ImGui::IsKeyPressed(ImGuiKey_DownArrow)) result.enter_tiles = true;
  if (ImGui::IsItemDeactivated() &&
      (ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter))) {
    result.enter_tiles = true;
  }
  item_tooltip(text("cast.find_tip", {input.find_key}));
  ImGui::SameLine(0, gap);
  scoped::id("filter", [&] {
    menu_button(look, "###filter", filter, {filter_w, ImGui::GetFrameHeight()},
                is_filtered(input.query), [&] { filter_menu(input, result); });
  });
  return result;
}

float cast_footer_height(const CastBarInput& input) {
  return input.look.px(input.chosen > 1 ? 34.0F : 28.0F);
}

CastBarResult cast_footer(const CastBarInput& input, float tile) {
  CastBarResult result;
  const Look& look = input.look;
  const ImVec2 start = ImGui::GetCursorPos();
  if (input.chosen > 1) {
    ImGui::SetCursorPosY(start.y + look.px(4));
    chosen_bar(input, result);
    return result;
  }
  const float room = ImGui::GetContentRegionAvail().x;
  const float height = look.px(22);
  const float top = start.y + look.px(6);
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float pad = (height - ImGui::GetFontSize()) / 2;
    scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(8), pad)}}, [&] {
      const float slider_w = look.px(kSliderWidth);
      const std::string sort = sort_title(input.query.sort);
      const float sort_w = std::min(menu_button_width(look, sort), room - slider_w - look.px(60));
      const std::string count = count_text(input);
      const float count_w = ImGui::CalcTextSize(count.c_str()).x;
      const float gap = look.px(8);
      ImGui::SetCursorPos({start.x, top});
      if (sort_w > look.px(40)) {
        scoped::id("sort", [&] {
          menu_button(look, "###sort", sort, {sort_w, height}, false,
                      [&] { sort_menu(input, result); });
        });
        ImGui::SameLine(0, gap);
      }
      const float left = ImGui::GetCursorPosX();
      if (left + count_w < start.x + room - slider_w - gap) {
        ImGui::SetCursorPosY(top + pad);
        scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                        [&] { ImGui::TextUnformatted(count.c_str()); });
      }
      ImGui::SetCursorPos({start.x + room - slider_w, top});
      ImGui::SetNextItemWidth(slider_w);
      float at = slider_of_tile(tile);
      scoped::vars(
          {{ImGuiStyleVar_GrabMinSize, look.px(12)},
           {ImGuiStyleVar_GrabRounding, look.px(6)},
           {ImGuiStyleVar_FrameRounding, look.px(11)}},
          [&] {
            if (ImGui::SliderFloat("###tile_size", &at, 0, 1, "", ImGuiSliderFlags_NoInput)) {
              result.tile = tile_of_slider(at);
            }
          });
      item_tooltip(text("cast.tile_size_tip"));
    });
  });
  return result;
}

}  // namespace castboard
