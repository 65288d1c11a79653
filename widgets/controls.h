#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

#include "theme.h"

// Small pieces every widget is made of: buttons, badges, marks, captions. They draw at the cursor
// of the current region, or at a given place of a draw list; nothing here keeps state.
namespace castboard {

enum class ButtonKind {
  normal,    // raised with an outline
  primary,   // filled with the accent; one per view
  selected,  // accent outline, tinted fill: the chosen one of several
  quiet,     // text only
};

// `label` as in ImGui ("Fit###fit"); `key` is shown small beside it; a size of 0 fits the text.
bool button(const Look& look, const char* label, ButtonKind kind = ButtonKind::normal,
            const char* key = "", ImVec2 size = {0, 0});
// The width `button` would take.
float button_width(const Look& look, const char* label, const char* key = "");

// Marks are drawn, not typed, so that they look the same in every host's font.
enum class Mark { check, dot, cross, star, star_outline };
void draw_mark(ImDrawList* list, Mark mark, ImVec2 top_left, float size, ImU32 colour);
Mark status_mark(Status status);

// A rounded label such as "ACTIVE" or "NEW", filled with `fill`; returns its size.
ImVec2 draw_badge(const Look& look, ImDrawList* list, ImVec2 top_left, const char* text, ImU32 fill,
                  ImU32 text_colour);
ImVec2 badge_size(const Look& look, const char* text);
// Icon and code of a status ("✓ APP"), outlined in its colour; nothing for none.
ImVec2 draw_status_badge(const Look& look, ImDrawList* list, ImVec2 top_left, Status status);
ImVec2 status_badge_size(const Look& look, Status status);

// Text at the cursor, shortened with an ellipsis to `width`, the whole of it as a tooltip then.
void text_elided(std::string_view text, float width);
// `text` shortened to `width` pixels of the current font, with an ellipsis where it was cut.
std::string elided(std::string_view text, float width);
// The same into a draw list.
void draw_text_elided(ImDrawList* list, ImVec2 at, float width, ImU32 colour,
                      std::string_view text);

// 12 px quiet text.
void caption(const Look& look, std::string_view text);
// 600 weight text.
void heading(const Look& look, std::string_view text);
// `heading` in a row as high as a control, so that titles of panes stand on one line.
void pane_title(const Look& look, std::string_view text);
// The label over a field: short, left aligned, quiet.
void field_label(const Look& look, std::string_view text);

// What to say where there is nothing yet: a title and what to do next, centred in the region.
void empty_state(const Look& look, std::string_view title, std::string_view what_next);

// Tooltip of the item before it, wrapped.
void item_tooltip(std::string_view text);

// A dashed rounded outline: where something can be dropped or is missing.
void draw_dashed_rect(ImDrawList* list, ImVec2 top_left, ImVec2 bottom_right, float radius,
                      ImU32 colour);

}  // namespace castboard
