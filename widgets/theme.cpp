#include "theme.h"

#include "icons.h"
#include "texts.h"

#include <algorithm>
#include <cmath>

namespace castboard {
namespace {

constexpr float kDesignFontSize = 14;

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

ImVec4 as_vector(ImU32 colour) {
  return ImGui::ColorConvertU32ToFloat4(colour);
}

// `top` painted over an opaque `below`.
ImU32 over(const ImVec4& top, ImU32 below) {
  const ImVec4 b = as_vector(below);
  const auto mix = [a = top.w](float x, float y) { return x * a + y * (1 - a); };
  return ImGui::ColorConvertFloat4ToU32({mix(top.x, b.x), mix(top.y, b.y), mix(top.z, b.z), 1.0F});
}

float linear(float channel) {
  return channel <= 0.04045F ? channel / 12.92F : std::pow((channel + 0.055F) / 1.055F, 2.4F);
}

void set_colours(ImGuiStyle& style, const Palette& p) {
  const auto set = [&style](ImGuiCol role, ImU32 colour) {
    style.Colors[role] = as_vector(colour);
  };
  set(ImGuiCol_Text, p.text);
  set(ImGuiCol_TextDisabled, p.quiet);
  set(ImGuiCol_WindowBg, p.panel);
  set(ImGuiCol_ChildBg, faded(p.panel, 0));
  set(ImGuiCol_PopupBg, p.panel);
  set(ImGuiCol_Border, p.line);
  set(ImGuiCol_FrameBg, p.input);
  set(ImGuiCol_FrameBgHovered, p.raised);
  set(ImGuiCol_FrameBgActive, p.raised);
  set(ImGuiCol_TitleBg, p.background);
  set(ImGuiCol_TitleBgActive, p.background);
  set(ImGuiCol_TitleBgCollapsed, p.background);
  set(ImGuiCol_MenuBarBg, p.panel);
  set(ImGuiCol_ScrollbarBg, faded(p.panel, 0));
  set(ImGuiCol_ScrollbarGrab, p.line);
  set(ImGuiCol_ScrollbarGrabHovered, p.quiet);
  set(ImGuiCol_ScrollbarGrabActive, p.quiet);
  set(ImGuiCol_CheckMark, p.accent);
  set(ImGuiCol_SliderGrab, p.accent);
  set(ImGuiCol_SliderGrabActive, p.accent);
  set(ImGuiCol_Button, p.raised);
  set(ImGuiCol_ButtonHovered, p.line);
  set(ImGuiCol_ButtonActive, p.selected);
  set(ImGuiCol_Header, p.selected);
  set(ImGuiCol_HeaderHovered, p.raised);
  set(ImGuiCol_HeaderActive, p.selected);
  set(ImGuiCol_Separator, p.line);
  set(ImGuiCol_SeparatorHovered, p.accent);
  set(ImGuiCol_SeparatorActive, p.accent);
  set(ImGuiCol_ResizeGrip, p.line);
  set(ImGuiCol_ResizeGripHovered, p.accent);
  set(ImGuiCol_ResizeGripActive, p.accent);
  set(ImGuiCol_Tab, p.background);
  set(ImGuiCol_TabHovered, p.raised);
  set(ImGuiCol_PlotHistogram, p.accent);
  set(ImGuiCol_TableHeaderBg, p.raised);
  set(ImGuiCol_TableBorderStrong, p.line);
  set(ImGuiCol_TableBorderLight, p.line);
  set(ImGuiCol_TextSelectedBg, p.selected);
  set(ImGuiCol_DragDropTarget, p.accent);
  set(ImGuiCol_ModalWindowDimBg, rgb(0x000000, 150));
}

}  // namespace

Palette dark_palette() {
  return {.background = rgb(0x14161a),
          .panel = rgb(0x1b1e24),
          .raised = rgb(0x242830),
          .input = rgb(0x111317),
          .line = rgb(0x323843),
          .text = rgb(0xe9ebee),
          .quiet = rgb(0x9aa4b2),
          .accent = rgb(0x4c9aff),
          .on_accent = rgb(0x06121f),
          .selected = rgb(0x20344f),
          .pending = rgb(0xffcd19),
          .approved = rgb(0x08f094),
          .omitted = rgb(0xff6b6b),
          .omitted_fill = rgb(0xcb1a1a),
          .badge_fill = rgb(0x14161a, 205)};
}

Palette light_palette() {
  return {.background = rgb(0xe6e9ee),
          .panel = rgb(0xf6f7f9),
          .raised = rgb(0xffffff),
          .input = rgb(0xffffff),
          .line = rgb(0xc3cad4),
          .text = rgb(0x1a1e25),
          .quiet = rgb(0x566070),
          .accent = rgb(0x1b64d1),
          .on_accent = rgb(0xffffff),
          .selected = rgb(0xd6e6ff),
          .pending = rgb(0x7a5600),
          .approved = rgb(0x08693f),
          .omitted = rgb(0xb81616),
          .omitted_fill = rgb(0xcb1a1a),
          .badge_fill = rgb(0xffffff, 225)};
}

Palette palette_of_style(const ImGuiStyle& style) {
  const auto opaque = [&style](ImGuiCol role, ImU32 below) {
    return over(style.Colors[role], below);
  };
  const ImU32 paper = over(style.Colors[ImGuiCol_WindowBg], rgb(0x000000));
  const bool is_dark = luminance(paper) < 0.2F;
  Palette palette = is_dark ? dark_palette() : light_palette();
  palette.panel = paper;
  palette.background = opaque(ImGuiCol_TitleBg, paper);
  palette.raised = opaque(ImGuiCol_TableHeaderBg, paper);
  palette.input = opaque(ImGuiCol_FrameBg, paper);
  palette.line = opaque(ImGuiCol_Border, paper);
  palette.text = opaque(ImGuiCol_Text, paper);
  palette.quiet = opaque(ImGuiCol_TextDisabled, paper);
  palette.accent = opaque(ImGuiCol_CheckMark, paper);
  palette.selected = opaque(ImGuiCol_Header, paper);
  const ImU32 ink = rgb(0x06121f);
  const ImU32 chalk = rgb(0xffffff);
  palette.on_accent = contrast(ink, palette.accent) > contrast(chalk, palette.accent) ? ink : chalk;
  return palette;
}

void apply_theme(ImGuiStyle& style, bool dark, float scale) {
  // Sizes are set, not multiplied, so that a change of scale does not add up.
  style.WindowPadding = {12 * scale, 12 * scale};
  style.FramePadding = {10 * scale, 7 * scale};
  style.ItemSpacing = {8 * scale, 8 * scale};
  style.ItemInnerSpacing = {8 * scale, 4 * scale};
  style.CellPadding = {8 * scale, 4 * scale};
  style.ScrollbarSize = 10 * scale;
  style.GrabMinSize = 12 * scale;
  style.IndentSpacing = 14 * scale;
  style.WindowRounding = 8 * scale;
  style.ChildRounding = 0;
  style.FrameRounding = 6 * scale;
  style.PopupRounding = 8 * scale;
  style.ScrollbarRounding = 5 * scale;
  style.GrabRounding = 6 * scale;
  style.TabRounding = 6 * scale;
  style.WindowBorderSize = 1;
  style.FrameBorderSize = 1;
  style.PopupBorderSize = 1;
  style.WindowMenuButtonPosition = ImGuiDir_None;
  set_colours(style, dark ? dark_palette() : light_palette());
}

ImU32 Look::status_colour(Status status) const {
  switch (status) {
    case Status::pending:
      return colour.pending;
    case Status::approved:
      return colour.approved;
    case Status::omitted:
      return colour.omitted;
    case Status::none:
      break;
  }
  return colour.quiet;
}

Look make_look(const PanelOptions& options) {
  // A host may say that it has icons and have others: better words than marks of missing ones.
  const bool has_icons = options.icons && icons::in_font(ImGui::GetFont()) &&
                         (options.caption_font == nullptr || icons::in_font(options.caption_font));
  return {.colour = palette_of_style(ImGui::GetStyle()),
          .caption_font = options.caption_font,
          .heading_font = options.heading_font,
          .icons = has_icons,
          .scale = ImGui::GetFontSize() / kDesignFontSize};
}

const char* status_code(Status status) {
  switch (status) {
    case Status::pending:
      return text("status.code.pending");
    case Status::approved:
      return text("status.code.approved");
    case Status::omitted:
      return text("status.code.omitted");
    case Status::none:
      break;
  }
  return "";
}

const char* status_title(Status status) {
  switch (status) {
    case Status::pending:
      return text("status.pending");
    case Status::approved:
      return text("status.approved");
    case Status::omitted:
      return text("status.omitted");
    case Status::none:
      break;
  }
  return text("status.none");
}

ImU32 faded(ImU32 colour, float alpha) {
  const auto value = static_cast<float>((colour >> IM_COL32_A_SHIFT) & 255);
  const auto scaled = static_cast<ImU32>(std::clamp(value * alpha, 0.0F, 255.0F));
  return (colour & ~IM_COL32_A_MASK) | (scaled << IM_COL32_A_SHIFT);
}

float luminance(ImU32 colour) {
  const ImVec4 c = as_vector(colour);
  return 0.2126F * linear(c.x) + 0.7152F * linear(c.y) + 0.0722F * linear(c.z);
}

float contrast(ImU32 a, ImU32 b) {
  const float la = luminance(a);
  const float lb = luminance(b);
  return (std::max(la, lb) + 0.05F) / (std::min(la, lb) + 0.05F);
}

}  // namespace castboard
