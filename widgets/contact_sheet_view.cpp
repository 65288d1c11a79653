#include "contact_sheet_view.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "contact_sheet_view_layout.h"
#include "controls.h"
#include "drop_down.h"
#include "imgui_compat.h"
#include "keys.h"
#include "picture_tile.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr int kSmallestTile = 64;
constexpr int kLargestTile = 512;
constexpr std::uint32_t kDark = 0x14161a;
constexpr std::uint32_t kLight = 0xf4f5f7;

const char* title_of(ContactOf of) {
  switch (of) {
    case ContactOf::active:
      return text("contact.of.active");
    case ContactOf::poses:
      return text("contact.of.poses");
    case ContactOf::versions:
      return text("contact.of.versions");
    case ContactOf::cells:
      break;
  }
  return text("contact.of.cells");
}

ImU32 colour_of(std::uint32_t rgb) {
  return IM_COL32(rgb >> 16U & 0xFFU, rgb >> 8U & 0xFFU, rgb & 0xFFU, 255);
}

void draw_bar(const ContactSheetInput& input, ContactSheetState& state,
              ContactSheetResult& result) {
  const Look& look = input.look;
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = look.px(6);
  const std::string back = labelled("board.back", "contact_back");
  const std::string save = labelled("contact.save", "contact_save");
  float right = start.x + room;
  const auto place = [&](float width) {
    right -= width;
    ImGui::SetCursorPos({right, start.y});
    right -= gap;
  };
  place(button_width(look, save.c_str()));
  scoped::disabled(input.count == 0, [&] {
    if (button(look, save.c_str(), ButtonKind::selected)) result.save = true;
  });
  const float size = look.px(room < look.px(760) ? 90 : 130);
  place(size);
  ImGui::SetNextItemWidth(size);
  ImGui::SliderInt("###contact_size", &state.options.tile_side, kSmallestTile, kLargestTile,
                   "%d px", ImGuiSliderFlags_AlwaysClamp);
  item_tooltip(text("contact.size.hint"));
  const float list = look.px(132);
  place(list);
  const std::string columns = state.options.columns == 0
                                  ? std::string(text("contact.columns.auto"))
                                  : counted("contact.columns", state.options.columns);
  drop_down(look, "###contact_columns", columns, list, [&] {
    for (const int number : {0, 3, 4, 5, 6, 8, 9, 10, 12}) {
      const std::string title = number == 0 ? std::string(text("contact.columns.auto"))
                                            : counted("contact.columns", number);
      if (ImGui::Selectable(title.c_str(), number == state.options.columns)) {
        state.options.columns = number;
      }
    }
    ImGui::Separator();
    for (const auto& [colour, key] :
         {std::pair{kDark, "contact.dark"}, std::pair{kLight, "contact.light"}}) {
      if (ImGui::Selectable(text(key), state.options.background == colour)) {
        state.options.background = colour;
      }
    }
    if (ImGui::Selectable(text("contact.captions"), state.options.captions)) {
      state.options.captions = !state.options.captions;
    }
  });
  place(list);
  drop_down(look, "###contact_of", title_of(input.of), list, [&] {
    for (const ContactOf of : {ContactOf::active, ContactOf::poses, ContactOf::versions}) {
      if (of == ContactOf::versions && !input.one_character) continue;
      if (ImGui::Selectable(title_of(of), of == input.of)) result.of = of;
    }
  });
  const float text_y = start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
  ImGui::SetCursorPos(start);
  if (button(look, back.c_str())) result.close = true;
  ImGui::SetCursorPos({start.x + button_width(look, back.c_str()) + look.px(12), text_y});
  if (right - ImGui::GetCursorPosX() > look.px(100)) {
    const float left = ImGui::GetCursorPosX();
    heading(look, text("contact.title"));
    const float used = ImGui::GetItemRectSize().x + look.px(8);
    ImGui::SetCursorPos({left + used, text_y});
    if (right - left - used > look.px(40)) {
      scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                      [&] { text_elided(input.subject, right - left - used); });
    }
  }
  ImGui::SetCursorPos({start.x, start.y + look.control_height() + look.px(10)});
}

void draw_tile(const ContactSheetInput& input, const ContactSheetState& state,
               const ContactSheetLayout& layout, ImVec2 origin, int index,
               ContactSheetResult& result) {
  const Look& look = input.look;
  const ContactBox box = layout.picture(index);
  const ImVec2 at{origin.x + box.x, origin.y + box.y};
  const std::optional<ContactTile> tile = input.tile(index);
  ImGui::SetCursorScreenPos(at);
  scoped::id(index, [&] {
    const std::string label = (tile ? tile->title + ", " + tile->note : std::string()) + "###tile";
    if (compat::pressable(label.c_str(), {box.width, box.height + layout.caption_height})) {
      result.open = index;
    }
  });
  ++result.submitted;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const FitBox picture{at.x, at.y, box.width, box.height};
  const bool light = luminance(colour_of(state.options.background)) > 0.4F;
  if (!tile) {
    list->AddRectFilled(at, {at.x + box.width, at.y + box.height}, look.colour.input);
    return;
  }
  const Thumbnail thumbnail = input.thumbnail(tile->url, static_cast<int>(std::ceil(box.width)));
  if (thumbnail.texture) {
    // As in the file: all of it, never cropped, on the sheet's own background.
    const FitBox whole = contain(static_cast<float>(thumbnail.full_width),
                                 static_cast<float>(thumbnail.full_height), picture);
    draw_picture(look, list, whole, thumbnail, PictureCrop::whole, 0);
  } else {
    draw_picture(look, list, picture, thumbnail, PictureCrop::whole, 0);
  }
  const ImVec2 badge = status_badge_size(look, tile->status);
  const float inset = look.px(5);
  if (badge.x > 0 && badge.x + 2 * inset < box.width) {
    draw_status_badge(look, list, {at.x + box.width - inset - badge.x, at.y + inset}, tile->status);
  }
  if (ImGui::IsItemHovered()) {
    compat::outline(list, at, {at.x + box.width, at.y + box.height}, look.colour.accent, 0,
                    std::max(1.0F, look.px(1.5F)));
  }
  if (layout.caption_height <= 0) return;
  const ContactBox caption_box = layout.caption(index);
  const ImVec2 text_at{origin.x + caption_box.x, origin.y + caption_box.y + look.px(3)};
  scoped::font(look.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, text_at, caption_box.width,
                     light ? colour_of(kDark) : colour_of(0xe9ebee), tile->title);
    draw_text_elided(list, {text_at.x, text_at.y + ImGui::GetTextLineHeight() * 1.1F},
                     caption_box.width, light ? colour_of(0x4a5360) : colour_of(0x9aa4b2),
                     tile->note);
  });
}

}  // namespace

ContactSheetResult contact_sheet_view(const char* id, const ContactSheetInput& input,
                                      ContactSheetState& state) {
  ContactSheetResult result;
  const Look& look = input.look;
  scoped::id(id, [&] {
    draw_bar(input, state, result);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    scoped::colours({{ImGuiCol_ChildBg, colour_of(state.options.background)}}, [&] {
      scoped::child("sheet", room, 0, ImGuiWindowFlags_HorizontalScrollbar | own_arrow_keys(), [&] {
        if (input.count == 0) {
          empty_state(look, text("contact.empty"), text("contact.empty.hint"));
          return;
        }
        float tile = look.px(static_cast<float>(state.options.tile_side));
        const float gap = std::max(look.px(6), std::round(tile * 0.06F));
        const float caption = state.options.captions
                                  ? std::round(ImGui::GetTextLineHeight() * kCaptionScale * 2.6F)
                                  : 0;
        int columns = state.options.columns;
        if (columns == 0) {
          // Without the scrollbar's width, or its coming and going would change the tiles.
          const float width = ImGui::GetWindowWidth() - ImGui::GetStyle().ScrollbarSize;
          const ContactColumns filled = fill_with_columns(width, tile, gap);
          columns = filled.columns;
          tile = filled.tile;
        }
        const ContactSheetLayout layout =
            lay_out_contact_sheet(input.count, columns, tile, caption, gap);
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const float beside = ImGui::GetContentRegionAvail().x - layout.width;
        const ImVec2 origin{start.x + std::max(0.0F, std::floor(beside / 2)), start.y};
        const float top = ImGui::GetScrollY();
        const auto [first, last] = layout.visible(top, top + ImGui::GetWindowHeight(), input.count);
        for (int index = first; index < last; ++index) {
          draw_tile(input, state, layout, origin, index, result);
        }
        ImGui::SetCursorScreenPos(start);
        ImGui::Dummy({layout.width, layout.height});
      });
    });
  });
  return result;
}

}  // namespace castboard
