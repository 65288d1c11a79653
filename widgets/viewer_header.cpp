#include "viewer_header.h"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "controls.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

using What = VersionRequest::What;

struct HeaderButton {
  const char* label;
  const char* key;  // small beside the label
  std::string hint;
  What what;
};

// What a button without its key on it has it in its tooltip.
std::string with_key(const char* hint, const char* key) {
  return *key == '\0' ? hint : text("viewer.hint_and_key", {hint, key});
}

// In the order they are read; the leftmost goes first when there is no room.
std::vector<HeaderButton> buttons_of(const ViewerHeaderInput& input, Status status) {
  const Look& look = input.look;
  std::vector<HeaderButton> buttons;
  buttons.push_back({text("version.details"), look.key(Action::details),
                     text("viewer.details_hint"), What::details});
  buttons.push_back(
      {text("viewer.fit"), look.key(Action::fit), text("viewer.fit_hint"), What::none});
  if (input.version->trashed()) {
    buttons.push_back({text("version.purge"), "", text("viewer.purge_hint"), What::purge});
    buttons.push_back({text("version.restore"), "", text("viewer.restore_hint"), What::restore});
    return buttons;
  }
  if (input.push_on) {
    buttons.push_back({text("viewer.push"), "", text("viewer.push_hint"), What::push});
  }
  if (status != Status::approved) {
    buttons.push_back({text("viewer.approve"), "",
                       with_key(text("viewer.approve_hint"), look.key(Action::status_approved)),
                       What::set_status});
  }
  if (!input.version->is_active) {
    buttons.push_back(
        {text("version.set_active"), "", text("viewer.set_active_hint"), What::activate});
  }
  return buttons;
}

Status status_of(const ViewerHeaderInput& input) {
  for (const Cell& cell : input.version->cells) {
    if (cell.number == input.cell) return cell.status;
  }
  return input.version->status;
}

float width_of(const Look& look, const std::vector<HeaderButton>& buttons, float spacing) {
  float width = 0;
  for (const HeaderButton& each : buttons) {
    width += button_width(look, each.label, each.key) + spacing;
  }
  return width;
}

// Name, version and status; returns nothing, shortens what does not fit.
void draw_title(const ViewerHeaderInput& input, Status status, float width) {
  const Look& look = input.look;
  const Version& version = *input.version;
  const ImVec2 badge = status_badge_size(look, status);
  const float gap = look.px(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float text_y = at.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
  const float room = width - (badge.x > 0 ? badge.x + gap : 0);
  std::string what = version_label(version.version_number) + " " + version.version_name;
  if (input.cell != 0) {
    what = text("viewer.cell", {what, input.cell_title, std::to_string(input.cell)});
  }
  if (version.trashed()) what = text("viewer.trashed", {what});
  const std::string name = input.character != nullptr ? input.character->name : "";
  float x = at.x;
  ImGui::SetCursorScreenPos({x, text_y});
  scoped::font(look.heading_font, 1, [&] { text_elided(name, room * 0.6F); });
  x += ImGui::GetItemRectSize().x + gap;
  const float rest = room - (x - at.x);
  if (rest > look.px(36)) {
    ImGui::SetCursorScreenPos({x, text_y});
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] { text_elided(what, rest); });
    x += ImGui::GetItemRectSize().x + gap;
  }
  draw_status_badge(look, ImGui::GetWindowDrawList(),
                    {x, at.y + (look.control_height() - badge.y) / 2}, status);
}

}  // namespace

ViewerHeaderResult viewer_header(const char* id, const ViewerHeaderInput& input) {
  ViewerHeaderResult result;
  const Look& look = input.look;
  if (input.version == nullptr) {
    pane_title(look, input.character != nullptr ? input.character->name : text("viewer.title"));
    return result;
  }
  scoped::id(id, [&] {
    const Version& version = *input.version;
    const float room = ImGui::GetContentRegionAvail().x;
    const float spacing = look.px(6);
    const Status status = status_of(input);
    const ImVec2 active_badge = badge_size(look, text("badge.active"));
    const float badge_room = version.is_active ? active_badge.x + look.px(2) : 0;
    std::vector<HeaderButton> buttons = buttons_of(input, status);
    constexpr float kMinTitle = 260;
    while (!buttons.empty() &&
           width_of(look, buttons, spacing) + badge_room + look.px(kMinTitle) > room) {
      buttons.erase(buttons.begin());
    }
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float right = start.x + room;
    const float buttons_width = width_of(look, buttons, spacing);
    draw_title(input, status, room - buttons_width - badge_room - look.px(12));
    float x = right - badge_room - buttons_width + (badge_room > 0 ? 0 : spacing);
    for (const HeaderButton& each : buttons) {
      ImGui::SetCursorScreenPos({x, start.y});
      if (button(look, each.label, ButtonKind::normal, each.key)) {
        if (each.what == What::none) {
          result.fit = true;
        } else {
          result.request = {each.what, version.id, Status::approved};
        }
      }
      x += ImGui::GetItemRectSize().x + spacing;
      item_tooltip(each.hint);
    }
    if (version.is_active) {
      draw_badge(look, ImGui::GetWindowDrawList(),
                 {right - active_badge.x, start.y + (look.control_height() - active_badge.y) / 2},
                 text("badge.active"), look.colour.accent, look.colour.on_accent);
    }
    ImGui::SetCursorScreenPos({start.x, start.y + look.control_height()});
    ImGui::Dummy({0, 0});
  });
  return result;
}

std::string version_caption(const Version& version, std::string_view style_title) {
  std::string words = version.aspect_ratio;
  const auto add = [&words](const std::string& part) {
    if (part.empty()) return;
    if (!words.empty()) words += "   ";
    words += part;
  };
  if (version.width > 0) {
    add(std::to_string(version.width) + " x " + std::to_string(version.height));
  }
  add(std::string(style_title));
  add(version.provider + (version.model_used.empty() || version.model_used == version.provider
                              ? ""
                              : " " + version.model_used));
  if (version.seed) add(text("version.seed", {std::to_string(*version.seed)}));
  if (version.crop) add(text("viewer.cropped"));
  return words;
}

}  // namespace castboard
