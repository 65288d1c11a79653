// The menu at the right end of the top bar: what concerns the panel as a whole.
#include "controls.h"
#include "icons.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {

void Panel::Parts::draw_menu() {
  const float side = look.control_height();
  const std::string label = std::string(icon_text(look, icons::kMenu)) + "###panel_menu";
  bool is_pressed = false;
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(0, 0)}}, [&] {
    is_pressed = button(look, label.c_str(), ButtonKind::quiet, "", {side, side});
  });
  item_tooltip(text("menu.hint"));
  if (is_pressed) ImGui::OpenPopup("panel_menu");
  scoped::popup("panel_menu", [&] {
    const std::string keys = labelled("menu.keys", "menu_keys");
    if (ImGui::MenuItem(keys.c_str(), look.key(Action::help))) open_key_sheet();
    if (!options.set_dark_theme) return;
    ImGui::Separator();
    const bool dark = luminance(look.colour.panel) < 0.2F;
    const auto theme = [&](const char* key, const char* name, bool is_dark) {
      const std::string item = labelled(key, name);
      if (ImGui::MenuItem(item.c_str(), nullptr, dark == is_dark)) options.set_dark_theme(is_dark);
    };
    theme("menu.dark", "menu_dark", true);
    theme("menu.light", "menu_light", false);
  });
}

}  // namespace castboard
