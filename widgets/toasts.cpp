#include "toasts.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "texts.h"
#include "toasts_layout.h"

namespace castboard {
namespace {

constexpr double kSecondsShown = 7;
constexpr float kShareOfView = 0.4F;  // of its height, until the user wants to see all
constexpr float kMark = 9;            // the cross of an error, design pixels
constexpr float kMarkRoom = 18;
constexpr ImGuiWindowFlags kNoWindow =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground;

std::string words_of(const Toast& toast) {
  return toast.times == 1 ? toast.message
                          : text("toast.times", {toast.message, std::to_string(toast.times)});
}

float text_height(const std::string& text, float width) {
  return text.empty() ? 0 : ImGui::CalcTextSize(text.c_str(), nullptr, false, width).y;
}

// The button a toast offers beside closing it.
const char* action_of(const Toast& toast) {
  if (toast.undo || toast.take_back) return text("toast.undo");
  if (!toast.show_version.empty()) return text("toast.show");
  return toast.show_file.empty() ? "" : text("toast.show_in_folder");
}

void draw_texts(const Toast& toast, const Look& look, float width) {
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width);
  ImGui::TextUnformatted(words_of(toast).c_str());
  if (!toast.hint.empty()) {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { ImGui::TextUnformatted(toast.hint.c_str()); });
  }
  ImGui::PopTextWrapPos();
}

void draw_actions(const Toast& toast, const Look& look, float right, ToastsResult& result) {
  const char* action = action_of(toast);
  const float gap = look.px(4);
  const float close_width = button_width(look, text("toast.close"));
  float x = right - close_width;
  if (*action != '\0') {
    ImGui::SameLine();
    ImGui::SetCursorPosX(x - gap - button_width(look, action));
    if (button(look, action)) {
      if (toast.undo) result.undo = toast.undo;
      if (toast.take_back) result.undo_toast = toast.id;
      result.show_character = toast.show_character;
      result.show_version = toast.show_version;
      result.show_file = toast.show_file;
      result.close = toast.id;
    }
  }
  ImGui::SameLine();
  ImGui::SetCursorPosX(x);
  if (button(look, text("toast.close"), ButtonKind::quiet)) result.close = toast.id;
}

// Dear ImGui may draw a child's background below its elder siblings' content: this one draws its
// own.
void draw_card(const Look& look, bool is_error) {
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 max{min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight()};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, look.colour.raised, look.tile_radius());
  list->AddRect(min, max, is_error ? look.colour.omitted : look.colour.quiet, look.tile_radius());
}

void draw_content(Toast& toast, const Look& look, float texts, float text_width,
                  ToastsResult& result) {
  draw_card(look, toast.is_error);
  const float top = ImGui::GetCursorPosY();
  const float right = ImGui::GetWindowWidth() - look.px(12);
  const float free = std::max(0.0F, look.control_height() - texts);
  if (toast.is_error) {
    const float mark = look.px(kMark);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_mark(ImGui::GetWindowDrawList(), Mark::cross,
              {at.x, at.y + (free + ImGui::GetFontSize() - mark) / 2}, mark, look.colour.omitted);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + look.px(kMarkRoom));
  }
  scoped::group([&] {
    ImGui::SetCursorPosY(top + free / 2);
    draw_texts(toast, look, text_width);
  });
  if (!toast.detail.empty()) item_tooltip(toast.detail);
  ImGui::SameLine();
  ImGui::SetCursorPosY(top);
  ImGui::Dummy({0, 0});
  draw_actions(toast, look, right, result);
}

// How large a toast is, in pixels.
struct ToastSize {
  float texts = 0;  // height of its lines
  float text_width = 0;
  float height = 0;
};

ToastSize size_of(const Toast& toast, const Look& look, float width) {
  const char* action = action_of(toast);
  const float actions = button_width(look, text("toast.close")) +
                        (*action != '\0' ? button_width(look, action) + look.px(4) : 0) +
                        look.px(12);
  ToastSize size;
  size.text_width = width - 2 * look.px(12) - actions - (toast.is_error ? look.px(kMarkRoom) : 0);
  size.texts = text_height(words_of(toast), size.text_width) +
               (toast.hint.empty() ? 0 : look.px(2) + text_height(toast.hint, size.text_width));
  size.height = std::max(size.texts, look.control_height()) + 2 * look.px(9);
  return size;
}

void draw_toast(Toast& toast, const Look& look, ImVec2 at, float width, const ToastSize& size,
                ToastsResult& result) {
  ImGui::SetCursorScreenPos(at);
  scoped::vars({{ImGuiStyleVar_WindowPadding, ImVec2(look.px(12), look.px(9))},
                {ImGuiStyleVar_ItemSpacing, ImVec2(look.px(8), look.px(2))}},
               [&] {
                 const std::string name = "toast" + std::to_string(toast.id);
                 scoped::child(
                     name.c_str(), {width, size.height}, compat::kChildPadding, kNoWindow,
                     [&] { draw_content(toast, look, size.texts, size.text_width, result); });
               });
}

// "2 more" and "Close all", at the right above the messages.
void draw_rest(const Look& look, ImVec2 bottom_right, std::size_t hidden, ToastsState& state,
               ToastsResult& result) {
  const std::string more = (state.all_shown ? std::string(text("toast.fewer"))
                                            : text("toast.more", {std::to_string(hidden)})) +
                           "###more_toasts";
  const std::string close = labelled("toast.close_all", "close_all_toasts");
  const float gap = look.px(6);
  const float width = button_width(look, more.c_str()) + gap + button_width(look, close.c_str());
  const float height = look.control_height();
  ImGui::SetCursorScreenPos({bottom_right.x - width, bottom_right.y - height});
  scoped::child("rest", {width, height}, 0, kNoWindow, [&] {
    if (button(look, more.c_str())) state.all_shown = !state.all_shown;
    ImGui::SameLine(0, gap);
    if (button(look, close.c_str())) result.close_all = true;
  });
}

}  // namespace

ToastsResult toasts(const char* id, std::vector<Toast>& all, ToastsState& state, const Look& look,
                    ImVec2 bottom_right, ImVec2 room, double seconds_since_last_frame,
                    bool can_show_file) {
  ToastsResult result;
  for (Toast& toast : all) {
    if (!can_show_file) toast.show_file.clear();
  }
  std::erase_if(all, [](const Toast& t) { return !t.stays && t.seen_for > kSecondsShown; });
  std::vector<ToastSize> sizes;
  std::vector<float> heights;
  for (auto toast = all.rbegin(); toast != all.rend(); ++toast) {
    sizes.push_back(size_of(*toast, look, room.x));
    heights.push_back(sizes.back().height);
  }
  const float gap = look.px(8);
  const float rest = look.control_height();
  const std::size_t few = toasts_that_fit(heights, room.y * kShareOfView, gap, rest);
  if (few == all.size()) state.all_shown = false;
  const std::size_t shown = state.all_shown ? toasts_that_fit(heights, room.y, gap, rest) : few;
  scoped::id(id, [&] {
    auto toast = all.rbegin();
    for (std::size_t i = 0; i < shown; ++i, ++toast) {
      bottom_right.y -= sizes[i].height;
      draw_toast(*toast, look, {bottom_right.x - room.x, bottom_right.y}, room.x, sizes[i], result);
      bottom_right.y -= gap;
      toast->seen_for += seconds_since_last_frame;
      if (toast->stays) continue;
      const double left = std::max(0.0, kSecondsShown - toast->seen_for);
      result.next_frame_in = result.next_frame_in < 0 ? left : std::min(result.next_frame_in, left);
    }
    if (few < all.size()) draw_rest(look, bottom_right, all.size() - shown, state, result);
  });
  return result;
}

}  // namespace castboard
