#include "controls.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "imgui_compat.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kBadgeScale = 11.0F / 14.0F;
constexpr float kPi = 3.14159265F;

// The label's visible part: up to "##".
std::string_view visible_part(std::string_view label) {
  return label.substr(0, label.find("##"));
}

ImVec2 text_size(std::string_view text) {
  return ImGui::CalcTextSize(text.data(), text.data() + text.size());
}

ImVec2 text_size(const Look& look, ImFont* font, float scale, std::string_view text) {
  static_cast<void>(look);
  ImVec2 size;
  scoped::font(font, scale, [&] { size = text_size(text); });
  return size;
}

struct ButtonColours {
  ImU32 fill, hovered, active, text, line;
};

ButtonColours colours_of(const Look& look, ButtonKind kind) {
  const Palette& c = look.colour;
  switch (kind) {
    case ButtonKind::primary:
      return {c.accent, faded(c.accent, 0.88F), faded(c.accent, 0.75F), c.on_accent, c.accent};
    case ButtonKind::selected:
      return {c.selected, c.selected, c.selected, c.text, c.accent};
    case ButtonKind::quiet:
      return {faded(c.raised, 0), c.raised, c.selected, c.quiet, faded(c.line, 0)};
    case ButtonKind::normal:
      break;
  }
  return {c.raised, c.line, c.selected, c.text, c.line};
}

// Font and width of a button's key hint.
float key_width(const Look& look, const char* key) {
  if (*key == '\0') return 0;
  return text_size(look, look.caption_font, kCaptionScale, key).x + look.px(7);
}

std::size_t code_point_end(std::string_view text, std::size_t start) {
  std::size_t end = start + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end;
}

void draw_star(ImDrawList* list, ImVec2 centre, float radius, ImU32 colour, bool filled) {
  ImVec2 points[10];
  for (int i = 0; i < 10; ++i) {
    const float r = i % 2 == 0 ? radius : radius * 0.45F;
    const float angle = kPi * (static_cast<float>(i) / 5.0F - 0.5F);
    points[i] = {centre.x + std::cos(angle) * r, centre.y + std::sin(angle) * r};
  }
  if (!filled) {
    compat::polyline(list, points, 10, colour, ImDrawFlags_Closed, std::max(1.0F, radius * 0.18F));
    return;
  }
  // A star is not convex: five tips and a pentagon are.
  ImVec2 inner[5];
  for (int i = 0; i < 5; ++i) inner[i] = points[2 * i + 1];
  list->AddConvexPolyFilled(inner, 5, colour);
  for (int i = 0; i < 5; ++i) {
    list->AddTriangleFilled(points[(2 * i + 9) % 10], points[2 * i], points[2 * i + 1], colour);
  }
}

}  // namespace

float button_width(const Look& look, const char* label, const char* key) {
  const ImVec2 text = text_size(visible_part(label));
  return text.x + key_width(look, key) + 2 * ImGui::GetStyle().FramePadding.x;
}

bool button(const Look& look, const char* label, ButtonKind kind, const char* key, ImVec2 size) {
  const ButtonColours c = colours_of(look, kind);
  const ImGuiStyle& style = ImGui::GetStyle();
  if (size.x == 0) size.x = button_width(look, label, key);
  if (size.y == 0) {
    size.y = kind == ButtonKind::primary ? look.primary_height() : look.control_height();
  }
  bool pressed = false;
  const bool has_key = *key != '\0';
  scoped::colours({{ImGuiCol_Button, c.fill},
                   {ImGuiCol_ButtonHovered, c.hovered},
                   {ImGuiCol_ButtonActive, c.active},
                   {ImGuiCol_Text, c.text},
                   {ImGuiCol_Border, c.line}},
                  [&] {
                    scoped::vars(
                        {{ImGuiStyleVar_FrameRounding, look.control_radius()},
                         {ImGuiStyleVar_FrameBorderSize, 1.0F},
                         {ImGuiStyleVar_FramePadding, ImVec2(style.FramePadding.x, 0)},
                         {ImGuiStyleVar_ButtonTextAlign, ImVec2(has_key ? 0.0F : 0.5F, 0.5F)}},
                        [&] {
                          ImFont* font = kind == ButtonKind::primary ? look.heading_font : nullptr;
                          scoped::font(font, 1, [&] { pressed = ImGui::Button(label, size); });
                        });
                  });
  if (has_key) {
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    scoped::font(look.caption_font, kCaptionScale, [&] {
      const ImVec2 text = text_size(key);
      const ImVec2 at{max.x - style.FramePadding.x - text.x,
                      std::round((min.y + max.y - text.y) / 2) + look.px(1)};
      ImGui::GetWindowDrawList()->AddText(
          at,
          faded(kind == ButtonKind::primary ? faded(c.text, 0.7F) : look.colour.quiet, style.Alpha),
          key);
    });
  }
  return pressed;
}

void draw_mark(ImDrawList* list, Mark mark, ImVec2 at, float size, ImU32 colour) {
  const float thickness = std::max(1.2F, size * 0.16F);
  const auto point = [&](float x, float y) { return ImVec2(at.x + size * x, at.y + size * y); };
  switch (mark) {
    case Mark::check: {
      const ImVec2 line[] = {point(0.12F, 0.55F), point(0.40F, 0.82F), point(0.90F, 0.20F)};
      compat::polyline(list, line, 3, colour, 0, thickness);
      break;
    }
    case Mark::dot:
      list->AddCircleFilled(point(0.5F, 0.5F), size * 0.36F, colour);
      break;
    case Mark::cross:
      list->AddLine(point(0.18F, 0.18F), point(0.82F, 0.82F), colour, thickness);
      list->AddLine(point(0.82F, 0.18F), point(0.18F, 0.82F), colour, thickness);
      break;
    case Mark::star:
      draw_star(list, point(0.5F, 0.52F), size * 0.52F, colour, true);
      break;
    case Mark::star_outline:
      draw_star(list, point(0.5F, 0.52F), size * 0.52F, colour, false);
      break;
  }
}

Mark status_mark(Status status) {
  if (status == Status::approved) return Mark::check;
  return status == Status::omitted ? Mark::cross : Mark::dot;
}

ImVec2 badge_size(const Look& look, const char* text) {
  const ImVec2 size = text_size(look, look.heading_font, kBadgeScale, text);
  return {size.x + look.px(12), look.px(18)};
}

ImVec2 draw_badge(const Look& look, ImDrawList* list, ImVec2 at, const char* text, ImU32 fill,
                  ImU32 text_colour) {
  const ImVec2 size = badge_size(look, text);
  list->AddRectFilled(at, {at.x + size.x, at.y + size.y}, fill, look.px(4));
  scoped::font(look.heading_font, kBadgeScale, [&] {
    const float height = ImGui::GetFontSize();
    list->AddText({at.x + look.px(6), std::round(at.y + (size.y - height) / 2)}, text_colour, text);
  });
  return size;
}

ImVec2 status_badge_size(const Look& look, Status status) {
  if (status == Status::none) return {0, 0};
  const ImVec2 text = text_size(look, look.heading_font, kBadgeScale, status_code(status));
  return {text.x + look.px(12 + 10 + 3), look.px(19)};
}

ImVec2 draw_status_badge(const Look& look, ImDrawList* list, ImVec2 at, Status status) {
  const ImVec2 size = status_badge_size(look, status);
  if (status == Status::none) return size;
  const ImU32 colour = look.status_colour(status);
  const ImVec2 end{at.x + size.x, at.y + size.y};
  list->AddRectFilled(at, end, look.colour.badge_fill, look.px(4));
  list->AddRect(at, end, colour, look.px(4));
  const float mark = look.px(10);
  draw_mark(list, status_mark(status), {at.x + look.px(6), at.y + (size.y - mark) / 2}, mark,
            colour);
  scoped::font(look.heading_font, kBadgeScale, [&] {
    const float height = ImGui::GetFontSize();
    list->AddText({at.x + look.px(6 + 3) + mark, std::round(at.y + (size.y - height) / 2)}, colour,
                  status_code(status));
  });
  return size;
}

std::string elided(std::string_view text, float width) {
  // Whatever is longer than this is wider than any pane: measuring it all would be slow.
  constexpr std::size_t kLongest = 512;
  if (text.size() <= kLongest && text_size(text).x <= width) return std::string(text);
  constexpr std::string_view kEllipsis = "...";
  const float room = width - text_size(kEllipsis).x;
  std::size_t end = 0;
  float used = 0;
  while (end < text.size() && end < kLongest) {
    const std::size_t next = code_point_end(text, end);
    used += text_size(text.substr(end, next - end)).x;
    if (used > room) break;
    end = next;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)).append(kEllipsis);
}

void text_elided(std::string_view text, float width) {
  const std::string shown = elided(text, width);
  ImGui::TextUnformatted(shown.data(), shown.data() + shown.size());
  if (shown != text) item_tooltip(text);
}

void draw_text_elided(ImDrawList* list, ImVec2 at, float width, ImU32 colour,
                      std::string_view text) {
  const std::string shown = elided(text, width);
  list->AddText(at, colour, shown.data(), shown.data() + shown.size());
}

void caption(const Look& look, std::string_view text) {
  scoped::font(look.caption_font, kCaptionScale, [&] {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { ImGui::TextUnformatted(text.data(), text.data() + text.size()); });
  });
}

void heading(const Look& look, std::string_view text) {
  scoped::font(look.heading_font, 1,
               [&] { ImGui::TextUnformatted(text.data(), text.data() + text.size()); });
}

void pane_title(const Look& look, std::string_view text) {
  const ImVec2 at = ImGui::GetCursorPos();
  ImGui::SetCursorPosY(at.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2);
  heading(look, text);
  ImGui::SetCursorPos({at.x, at.y + look.control_height()});
  ImGui::Dummy({0, 0});
}

void field_label(const Look& look, std::string_view text) {
  scoped::font(look.heading_font, kCaptionScale, [&] {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { ImGui::TextUnformatted(text.data(), text.data() + text.size()); });
  });
}

namespace {

// Breaks at spaces into lines of about one length, none wider than `width`: no last word is left
// alone on a line of its own.
std::vector<std::string_view> balanced_lines(std::string_view text, float width) {
  const auto measure = [](std::string_view part) {
    return ImGui::CalcTextSize(part.data(), part.data() + part.size()).x;
  };
  const float whole = measure(text);
  const float even = whole / std::max(1.0F, std::ceil(whole / width));
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t end = 0;
    while (end != text.size()) {
      const std::size_t next = std::min(text.find(' ', end + 1), text.size());
      const float reach = measure(text.substr(0, next));
      if (end != 0 && reach > width) break;
      // The word that crosses the even length still belongs to this line.
      const bool is_long_enough = reach >= even;
      end = next;
      if (is_long_enough) break;
    }
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

}  // namespace

void empty_state(const Look& look, std::string_view title, std::string_view what_next) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float width = std::min(room.x - look.px(16), look.px(300));
  if (width <= 0) return;
  const auto wrapped_height = [width](std::string_view text) {
    return ImGui::CalcTextSize(text.data(), text.data() + text.size(), false, width).y;
  };
  const float height = wrapped_height(title) + wrapped_height(what_next) + look.px(6);
  const ImVec2 start = ImGui::GetCursorPos();
  const auto lines = [&](std::string_view text, ImU32 colour) {
    scoped::colours({{ImGuiCol_Text, colour}}, [&] {
      for (const std::string_view line : balanced_lines(text, width)) {
        const float line_width = ImGui::CalcTextSize(line.data(), line.data() + line.size()).x;
        ImGui::SetCursorPosX(start.x + std::round((room.x - line_width) / 2));
        ImGui::TextUnformatted(line.data(), line.data() + line.size());
      }
    });
  };
  ImGui::SetCursorPosY(start.y + std::max(look.px(12), (room.y - height) / 2.4F));
  scoped::font(look.heading_font, 1, [&] { lines(title, look.colour.text); });
  lines(what_next, look.colour.quiet);
}

void item_tooltip(std::string_view text) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) return;
  scoped::tooltip([&] {
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 26);
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::PopTextWrapPos();
  });
}

void draw_dashed_rect(ImDrawList* list, ImVec2 a, ImVec2 b, float radius, ImU32 colour) {
  constexpr float kDash = 4;
  const auto line = [&](ImVec2 from, ImVec2 to) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const ImVec2 step{(to.x - from.x) / length, (to.y - from.y) / length};
    for (float at = 0; at < length; at += 2 * kDash) {
      const float end = std::min(at + kDash, length);
      list->AddLine({from.x + step.x * at, from.y + step.y * at},
                    {from.x + step.x * end, from.y + step.y * end}, colour);
    }
  };
  line({a.x + radius, a.y}, {b.x - radius, a.y});
  line({a.x + radius, b.y}, {b.x - radius, b.y});
  line({a.x, a.y + radius}, {a.x, b.y - radius});
  line({b.x, a.y + radius}, {b.x, b.y - radius});
  const auto corner = [&](ImVec2 centre, float start) {
    list->PathArcTo(centre, radius, start, start + kPi / 2, 6);
    list->PathStroke(colour);
  };
  corner({a.x + radius, a.y + radius}, kPi);
  corner({b.x - radius, a.y + radius}, kPi * 1.5F);
  corner({b.x - radius, b.y - radius}, 0);
  corner({a.x + radius, b.y - radius}, kPi / 2);
}

}  // namespace castboard
