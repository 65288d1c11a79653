#pragma once

#include <imgui.h>

#include <string_view>

#include "castboard/model.h"
#include "castboard/panel.h"
#include "castboard/style.h"
#include "keymap.h"

// The tokens of the look as named colours, and what a widget needs to know to draw like its host.
namespace castboard {

// Colours by role, ready for a draw list.
struct Palette {
  ImU32 background;  // behind everything
  ImU32 panel;       // panes
  ImU32 raised;      // tiles, buttons
  ImU32 input;       // fields
  ImU32 line;
  ImU32 text;
  ImU32 quiet;  // captions: at least 4.5:1 on panel
  ImU32 accent;
  ImU32 on_accent;
  ImU32 selected;  // fill of what is chosen, with an accent outline
  ImU32 pending;
  ImU32 approved;
  ImU32 omitted;       // as text
  ImU32 omitted_fill;  // as a filled badge
  ImU32 badge_fill;    // behind status badges on pictures
};

// The standalone tool's own palettes.
Palette dark_palette();
Palette light_palette();

// Colours read from the current ImGui style, so that a docked panel looks like its host; status
// colours, which no ImGui style has, are chosen by how light the style is.
Palette palette_of_style(const ImGuiStyle& style);

// Captions are 12 px where text is 14.
inline constexpr float kCaptionScale = 12.0F / 14.0F;

// How to draw this frame: made once per frame from the style and the panel's options, handed to
// every widget by reference.
struct Look {
  Palette colour{};
  ImFont* caption_font = nullptr;
  ImFont* heading_font = nullptr;
  bool icons = false;
  float scale = 1;               // of the font size to the 14 px of the design
  const Keymap* keys = nullptr;  // what tooltips and menus name; none: no keys are named

  // A length of the design in pixels of this screen.
  [[nodiscard]] float px(float design_pixels) const { return design_pixels * scale; }
  [[nodiscard]] float tile_radius() const { return px(8); }
  [[nodiscard]] float control_radius() const { return px(6); }
  [[nodiscard]] float control_height() const { return px(30); }
  [[nodiscard]] float primary_height() const { return px(40); }

  [[nodiscard]] ImU32 status_colour(Status status) const;
  // The keys of an action as a tooltip or menu shows them: "Ctrl+Z"; empty where there are none.
  [[nodiscard]] const char* key(Action action) const {
    return keys != nullptr ? keys->key_text(action) : "";
  }
};

Look make_look(const PanelOptions& options);

// "RVW", "APP", "OMT"; empty for none.
const char* status_code(Status status);
// "Pending review", ...
const char* status_title(Status status);

// `colour` with its alpha multiplied.
ImU32 faded(ImU32 colour, float alpha);
// How light a colour looks, 0..1 (WCAG relative luminance).
float luminance(ImU32 colour);
// Contrast ratio of two opaque colours, 1..21 (WCAG 2.1).
float contrast(ImU32 a, ImU32 b);

}  // namespace castboard
