#include "compare_view.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "controls.h"
#include "knob.h"
#include "picture_tile.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kRowHeight = 26;      // of captions and knobs, design pixels
constexpr float kGrip = 18;           // of the wipe's line
constexpr float kHandle = 13;         // radius of its handle
constexpr float kLeastForList = 380;  // height of the view, design pixels
constexpr float kListPart = 0.3F;     // of the height, at most, for the list of settings

ImDrawList* draw_list() {
  return ImGui::GetWindowDrawList();
}

ImVec2 low(const FitBox& box) {
  return {box.x, box.y};
}

ImVec2 high(const FitBox& box) {
  return {box.x + box.width, box.y + box.height};
}

template <class Fn>
void clipped(const FitBox& to, Fn&& draw) {
  draw_list()->PushClipRect(low(to), high(to), true);
  const scoped::Closer unclip([] { draw_list()->PopClipRect(); });
  draw();
}

PictureSource source_of(const ComparedPicture& picture) {
  PictureSource source;
  source.url = picture.url;
  source.part = picture.part;
  source.width = static_cast<float>(picture.width);
  source.height = static_cast<float>(picture.height);
  source.thumbnail_url = picture.thumbnail_url;
  return source;
}

// Of a file nobody measured its size comes with its first pixels. False: draw what is said instead.
bool measure(const CompareViewInput& input, PictureSource& source, const FitBox& view) {
  if (source.width > 0 && source.height > 0) return true;
  PictureRequest first;
  first.url = source.url;
  first.max_width = static_cast<int>(view.width);
  first.max_height = static_cast<int>(view.height);
  const Thumbnail picture = input.picture(first);
  source.width = static_cast<float>(picture.full_width);
  source.height = static_cast<float>(picture.full_height);
  if (source.width > 0 && picture.failure.empty()) return true;
  draw_picture(input.look, draw_list(), view, picture, PictureCrop::whole, 0);
  return false;
}

// What is drawn this frame: the pictures, and where each of them lies.
struct Scene {
  const CompareViewInput& input;
  CompareViewState& state;
  PictureSource a;
  PictureSource b;
  FitBox view;

  void draw_a(const FitBox& into, const FitBox& box) const {
    draw_zoomed_picture(input.look, draw_list(), a, into, box, input.picture, state.layers[0]);
  }
  // Scaled to match the place of A.
  void draw_b(const FitBox& into, const FitBox& box, float alpha = 1) const {
    draw_zoomed_picture(input.look, draw_list(), b, into, contain(b.width, b.height, box),
                        input.picture, state.layers[1], alpha);
  }
};

void draw_name(const Look& look, const FitBox& seen, const std::string& name, bool at_right) {
  if (seen.width < look.px(60) || seen.height < look.px(30)) return;
  const float inset = look.px(8);
  // Where the name has no room its letter says which one it is.
  const bool fits = badge_size(look, name.c_str()).x + 2 * inset <= seen.width;
  const std::string words = fits ? name : name.substr(0, 1);
  const ImVec2 size = badge_size(look, words.c_str());
  const float x = at_right ? seen.x + seen.width - inset - size.x : seen.x + inset;
  draw_badge(look, draw_list(), {x, seen.y + inset}, words.c_str(), look.colour.accent,
             look.colour.on_accent);
}

std::string label_of(const char* letter, const ComparedPicture& picture) {
  return picture.name.empty() ? letter : std::string(letter) + " " + picture.name;
}

void draw_handle(const Look& look, const WipeParts& parts, const FitBox& seen, WipeAxis axis,
                 bool hot) {
  const bool upright = axis == WipeAxis::upright;
  const ImVec2 from = low(parts.b);
  const ImVec2 to =
      upright ? ImVec2(parts.b.x, seen.y + seen.height) : ImVec2(seen.x + seen.width, parts.b.y);
  const float thick = std::max(1.5F, look.px(2));
  draw_list()->AddLine(from, to, IM_COL32(20, 22, 26, 160), thick + 2);
  draw_list()->AddLine(from, to, IM_COL32_WHITE, thick);
  const ImVec2 middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
  const float radius = look.px(kHandle);
  draw_list()->AddCircleFilled(middle, radius + 1, IM_COL32(20, 22, 26, 160), 32);
  draw_list()->AddCircleFilled(middle, radius, hot ? look.colour.accent : IM_COL32_WHITE, 32);
  const ImU32 ink = hot ? look.colour.on_accent : IM_COL32(20, 22, 26, 255);
  const float tip = radius * 0.68F;
  const float base = radius * 0.24F;
  const float half = radius * 0.36F;
  for (const float way : {-1.0F, 1.0F}) {
    const auto point = [&](float along, float across) {
      return upright ? ImVec2(middle.x + way * along, middle.y + across)
                     : ImVec2(middle.x + across, middle.y + way * along);
    };
    draw_list()->AddTriangleFilled(point(tip, 0), point(base, half), point(base, -half), ink);
  }
}

// Before the canvas, so that the line has the pointer first.
bool wipe_grip(const Look& look, const FitBox& seen, CompareViewState& state) {
  const WipeParts parts = wipe_parts(seen, state.wipe, state.axis);
  const bool upright = state.axis == WipeAxis::upright;
  const float grip = look.px(kGrip);
  const ImVec2 at =
      upright ? ImVec2(parts.b.x - grip / 2, seen.y) : ImVec2(seen.x, parts.b.y - grip / 2);
  const ImVec2 size = upright ? ImVec2(grip, seen.height) : ImVec2(seen.width, grip);
  if (size.x < 1 || size.y < 1) return false;
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("###wipe", size);
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    state.wipe = wipe_position(seen, mouse.x, mouse.y, state.axis);
  }
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (hot) ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  return hot;
}

void draw_wipe(const Scene& scene, const FitBox& box, const FitBox& seen, bool hot) {
  const WipeParts parts = wipe_parts(seen, scene.state.wipe, scene.state.axis);
  clipped(parts.a, [&] { scene.draw_a(scene.view, box); });
  clipped(parts.b, [&] { scene.draw_b(scene.view, box); });
  draw_name(scene.input.look, parts.a, label_of("A", scene.input.a), false);
  draw_name(scene.input.look, parts.b, label_of("B", scene.input.b),
            scene.state.axis == WipeAxis::upright);
  draw_handle(scene.input.look, parts, seen, scene.state.axis, hot);
}

void draw_side_by_side(const Scene& scene, const LinkedViews& views) {
  const Viewpoint& at = scene.state.viewpoint;
  const Look& look = scene.input.look;
  const FitBox box_a = picture_on_screen(scene.a.width, scene.a.height, views.a, at);
  const FitBox box_b = picture_on_screen(scene.a.width, scene.a.height, views.b, at);
  clipped(views.a, [&] { scene.draw_a(views.a, box_a); });
  clipped(views.b, [&] { scene.draw_b(views.b, box_b); });
  draw_name(look, intersection(views.a, box_a), label_of("A", scene.input.a), false);
  draw_name(look, intersection(views.b, box_b), label_of("B", scene.input.b), false);
  if (!ImGui::IsItemHovered()) return;
  // Where the pointer would be in the other one.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool over_a = views.a.contains(mouse.x, mouse.y);
  if (!over_a && !views.b.contains(mouse.x, mouse.y)) return;
  const FitBox& from = over_a ? views.a : views.b;
  const FitBox& to = over_a ? views.b : views.a;
  const ImVec2 there{linked(mouse.x, from.x, to.x), linked(mouse.y, from.y, to.y)};
  const float arm = look.px(7);
  for (const auto& [colour, thick] :
       {std::pair{IM_COL32(20, 22, 26, 200), 3.0F}, std::pair{IM_COL32_WHITE, 1.0F}}) {
    draw_list()->AddLine({there.x - arm, there.y}, {there.x + arm, there.y}, colour, thick);
    draw_list()->AddLine({there.x, there.y - arm}, {there.x, there.y + arm}, colour, thick);
  }
}

void draw_difference(const Scene& scene, const FitBox& box, const FitBox& seen,
                     CompareViewResult& result) {
  PictureSource difference = scene.a;
  difference.other_url = scene.b.url;
  difference.other_part = scene.b.part;
  difference.gain = gain_of_step(scene.state.gain_step);
  difference.thumbnail_url.clear();
  const ZoomedPicture drawn =
      draw_zoomed_picture(scene.input.look, draw_list(), difference, scene.view, box,
                          scene.input.picture, scene.state.layers[2]);
  // What was seen before stays at hand for the other modes.
  keep_at_hand(scene.a, scene.view, box, scene.input.picture);
  keep_at_hand(scene.b, scene.view, contain(scene.b.width, scene.b.height, box),
               scene.input.picture);
  if (drawn.is_there) result.differing = drawn.differing;
  draw_name(scene.input.look, seen,
            label_of("A", scene.input.a) + " - " + label_of("B", scene.input.b), false);
}

void draw_canvas(const CompareViewInput& input, const FitBox& outer, CompareViewState& state,
                 CompareViewResult& result) {
  const float margin =
      state.viewpoint.fits() ? std::min(input.look.px(20), outer.height * 0.05F) : 0;
  const FitBox view{outer.x + margin, outer.y + margin, std::max(1.0F, outer.width - 2 * margin),
                    std::max(1.0F, outer.height - 2 * margin)};
  Scene scene{input, state, source_of(input.a), source_of(input.b), view};
  const LinkedViews halves = linked_views(view, 1, 1, input.look.px(12));
  // Both are asked for their size.
  const bool a_known = measure(input, scene.a, halves.a);
  const bool b_known = measure(input, scene.b, halves.b);
  const bool known = a_known && b_known;
  if (!known) {
    ImGui::InvisibleButton("picture", {outer.width, outer.height});
    return;
  }
  const bool side_by_side = state.mode == CompareMode::side_by_side && !input.flash;
  const LinkedViews views = linked_views(view, scene.a.width, scene.a.height, input.look.px(12));
  const FitBox& first = side_by_side ? views.a : view;
  const FitBox before = picture_on_screen(scene.a.width, scene.a.height, first, state.viewpoint);
  const bool wipes = state.mode == CompareMode::wipe && !input.flash;
  const bool hot = wipes && wipe_grip(input.look, intersection(view, before), state);
  ImGui::SetCursorScreenPos(low(outer));
  ImGui::InvisibleButton("picture", {outer.width, outer.height});
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool in_b = side_by_side && views.b.contains(mouse.x, mouse.y);
  look_around(state.viewpoint, scene.a.width, scene.a.height, in_b ? views.b : first,
              std::exchange(state.fit, false), std::exchange(state.full_size, false));
  const FitBox box = picture_on_screen(scene.a.width, scene.a.height, first, state.viewpoint);
  const FitBox seen = intersection(view, box);
  result.zoom = box.width / scene.a.width;
  clipped(outer, [&] {
    if (input.flash) {
      scene.draw_b(view, box);
      draw_name(input.look, seen, label_of("B", input.b), true);
      result.flashing = true;
      return;
    }
    switch (state.mode) {
      case CompareMode::wipe:
        draw_wipe(scene, box, seen, hot);
        break;
      case CompareMode::side_by_side:
        draw_side_by_side(scene, views);
        return;
      case CompareMode::difference:
        draw_difference(scene, box, seen, result);
        break;
      case CompareMode::overlay:
        scene.draw_a(view, box);
        scene.draw_b(view, box, state.opacity);
        draw_name(input.look, seen, label_of("A", input.a), false);
        draw_name(input.look, seen, label_of("B", input.b), true);
        break;
    }
    if (state.pixel_grid) draw_pixel_grid(draw_list(), view, box, scene.a.width, scene.a.height);
  });
}

// "A v003 Anime, sketch, seed 41": the letter and the name strong, the rest quiet.
void draw_caption(const Look& look, const char* letter, const ComparedPicture& picture, float x,
                  float y, float width) {
  ImGui::SetCursorPos({x, y});
  const std::string name = label_of(letter, picture);
  float used = 0;
  scoped::font(look.heading_font, 1, [&] {
    text_elided(name, width);
    used = ImGui::GetItemRectSize().x + look.px(6);
  });
  if (width - used < look.px(24)) return;
  ImGui::SetCursorPos({x + used, y});
  scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                  [&] { text_elided(picture.caption, width - used); });
}

float caption_width(const Look& look, const char* letter, const ComparedPicture& picture) {
  float name = 0;
  scoped::font(look.heading_font, 1,
               [&] { name = ImGui::CalcTextSize(label_of(letter, picture).c_str()).x; });
  return name + look.px(6) + ImGui::CalcTextSize(picture.caption.c_str()).x;
}

void draw_captions(const CompareViewInput& input) {
  const Look& look = input.look;
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = look.px(24);
  float a = caption_width(look, "A", input.a);
  float b = caption_width(look, "B", input.b);
  const float half = (room - gap) / 2;
  // Who has less to say leaves the rest to the other.
  if (a + b + gap > room) {
    if (a <= half) {
      b = room - gap - a;
    } else if (b <= half) {
      a = room - gap - b;
    } else {
      a = b = half;
    }
  }
  const float left = start.x + std::max(0.0F, (room - a - b - gap) / 2);
  const float y = start.y + std::round((look.px(kRowHeight) - ImGui::GetTextLineHeight()) / 2);
  draw_caption(look, "A", input.a, left, y, a + 1);
  draw_caption(look, "B", input.b, left + a + gap, y, b + 1);
  ImGui::SetCursorPos({start.x, start.y + look.px(kRowHeight)});
}

std::string differing_text(float differing) {
  if (differing < 0) return {};
  if (differing == 0) return text("compare.identical");
  const float percent = differing * 100;
  if (percent < 0.1F) return text("compare.hardly", {});
  const int tenths = static_cast<int>(std::lround(percent * 10));
  const std::string number = tenths >= 100 || tenths % 10 == 0
                                 ? std::to_string((tenths + 5) / 10)
                                 : std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  return text("compare.differing", {number});
}

// Where the list has no room it is a tooltip.
std::string settings_text(const std::vector<DifferingSetting>& differing) {
  constexpr std::size_t kMostLetters = 80;
  const auto cut = [](const std::string& words) {
    if (words.empty()) return std::string("-");
    if (words.size() <= kMostLetters) return words;
    std::size_t end = kMostLetters;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
    return words.substr(0, end) + "...";
  };
  std::string list = text("compare.settings_hint");
  for (const DifferingSetting& each : differing)
    list += "\n" + each.name + "\n  A  " + cut(each.a) + "\n  B  " + cut(each.b);
  return list;
}

// The knob of the mode, left; how many settings differ, right.
void draw_knobs(const CompareViewInput& input, CompareViewState& state,
                const std::vector<DifferingSetting>& differing, bool listed,
                const CompareViewResult& seen) {
  const Look& look = input.look;
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float height = look.px(kRowHeight);
  const float padding = std::max(0.0F, std::round((height - ImGui::GetTextLineHeight()) / 2));
  const std::string list =
      counted("compare.settings", static_cast<std::int64_t>(differing.size())) +
      "###differing_settings";
  const float list_width = button_width(look, list.c_str(), "");
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(8), padding)}}, [&] {
    switch (state.mode) {
      case CompareMode::wipe:
        if (button(look,
                   labelled(state.axis == WipeAxis::upright ? "compare.turn_level"
                                                            : "compare.turn_upright",
                            "wipe_axis")
                       .c_str(),
                   ButtonKind::normal, input.keymap.key_text(Action::compare_wipe), {0, height})) {
          wipe_or_turn(state);
        }
        item_tooltip(text("compare.axis_hint"));
        break;
      case CompareMode::side_by_side:
        break;
      case CompareMode::difference: {
        const std::string gain =
            text("compare.gain", {std::to_string(static_cast<int>(gain_of_step(state.gain_step)))});
        auto step = static_cast<float>(state.gain_step);
        if (knob(look, "###gain", step, 0, kMaxGainStep, gain, look.px(110)))
          state.gain_step = static_cast<int>(std::lround(step));
        item_tooltip(text("compare.gain_hint"));
        const std::string words = differing_text(seen.differing);
        const float from = look.px(190);
        const float left = room - from - list_width - look.px(12);
        if (words.empty() || left < look.px(40)) break;
        ImGui::SetCursorPos({start.x + from, start.y + padding});
        scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] { text_elided(words, left); });
        break;
      }
      case CompareMode::overlay: {
        float percent = state.opacity * 100;
        const std::string value = std::to_string(static_cast<int>(std::lround(percent)));
        if (knob(look, "###overlay_opacity", percent, 0, 100, text("compare.opacity", {value}),
                 look.px(110)))
          state.opacity = percent / 100;
        item_tooltip(text("compare.opacity_hint"));
        break;
      }
    }
  });
  if (room > list_width + look.px(160) && !(input.a.settings.empty() && input.b.settings.empty())) {
    ImGui::SetCursorPos({start.x + room - list_width, start.y});
    if (button(look, list.c_str(), listed ? ButtonKind::selected : ButtonKind::normal, "",
               {list_width, height}))
      state.show_settings = !state.show_settings;
    if (ImGui::IsItemHovered())
      item_tooltip(listed ? std::string(text("compare.settings_hint")) : settings_text(differing));
  }
  ImGui::SetCursorPos({start.x, start.y + height});
  ImGui::Dummy({0, 0});
}

void draw_settings(const Look& look, const std::vector<DifferingSetting>& differing, float height) {
  scoped::child("settings", {0, height}, [&] {
    scoped::font(look.caption_font, kCaptionScale, [&] {
      const float room = ImGui::GetContentRegionAvail().x;
      const float name = std::min(look.px(120), room * 0.25F);
      const float value = (room - name) / 2 - look.px(10);
      for (const DifferingSetting& each : differing) {
        const float y = ImGui::GetCursorPosY();
        scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                        [&] { text_elided(each.name, name - look.px(8)); });
        const auto shown = [](const std::string& words) {
          return words.empty() ? std::string("-") : words;
        };
        ImGui::SetCursorPos({name, y});
        text_elided("A  " + shown(each.a), value);
        ImGui::SetCursorPos({name + value + look.px(10), y});
        text_elided("B  " + shown(each.b), value);
      }
    });
  });
}

}  // namespace

CompareViewResult compare_view(const char* id, const CompareViewInput& input,
                               CompareViewState& state) {
  CompareViewResult result;
  scoped::id(id, [&] {
    const Look& look = input.look;
    const std::vector<DifferingSetting> differing =
        differing_settings(input.a.settings, input.b.settings);
    const float spacing = ImGui::GetStyle().ItemSpacing.y;
    const ImVec2 room = ImGui::GetContentRegionAvail();
    float line = 0;
    scoped::font(look.caption_font, kCaptionScale,
                 [&] { line = ImGui::GetTextLineHeightWithSpacing(); });
    const bool lists = state.show_settings && !differing.empty() && room.y > look.px(kLeastForList);
    const float list = lists ? std::min(static_cast<float>(differing.size()) * line + spacing,
                                        std::max(line, room.y * kListPart))
                             : 0;
    const float below = 2 * look.px(kRowHeight) + 2 * spacing + (lists ? list + spacing : 0);
    scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
      scoped::child("canvas", {room.x, std::max(1.0F, room.y - below)}, 0,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                        ImGuiWindowFlags_NoNav,
                    [&] {
                      const ImVec2 at = ImGui::GetCursorScreenPos();
                      const ImVec2 size = ImGui::GetContentRegionAvail();
                      if (size.x < 1 || size.y < 1) return;
                      draw_canvas(input, {at.x, at.y, size.x, size.y}, state, result);
                    });
    });
    draw_captions(input);
    draw_knobs(input, state, differing, lists, result);
    if (lists) {
      draw_settings(look, differing, list);
      result.settings_listed = static_cast<int>(differing.size());
    }
  });
  return result;
}

void next_compare_mode(CompareViewState& state) {
  state.mode = next_mode(state.mode);
}

void wipe_or_turn(CompareViewState& state) {
  if (state.mode == CompareMode::wipe)
    state.axis = state.axis == WipeAxis::upright ? WipeAxis::level : WipeAxis::upright;
  state.mode = CompareMode::wipe;
}

}  // namespace castboard
