#pragma once

#include <imgui.h>

#include <initializer_list>
#include <string>
#include <utility>

#include "imgui_compat.h"

// Balanced Begin/End: what is opened is closed when the lambda returns or throws, so an unbalanced
// pair cannot be written. Drawing thread only.
namespace castboard::scoped {

// Runs `close` at the end of a scope.
template <class Close>
class [[nodiscard]] Closer {
 public:
  explicit Closer(Close close) : close_(std::move(close)) {}
  ~Closer() { close_(); }
  Closer(const Closer&) = delete;
  Closer& operator=(const Closer&) = delete;

 private:
  Close close_;
};

template <class Fn>
void window(const char* name, bool* open, ImGuiWindowFlags flags, Fn&& draw) {
  const bool visible = ImGui::Begin(name, open, flags);
  const Closer close([] { ImGui::End(); });
  if (visible) draw();
}

template <class Fn>
void child(const char* id, ImVec2 size, ImGuiChildFlags child_flags, ImGuiWindowFlags flags,
           Fn&& draw) {
  const bool visible = ImGui::BeginChild(id, size, child_flags, flags);
  const Closer close([] { ImGui::EndChild(); });
  if (visible) draw();
}

template <class Fn>
void child(const char* id, ImVec2 size, Fn&& draw) {
  child(id, size, 0, 0, std::forward<Fn>(draw));
}

template <class Fn>
void id(const char* name, Fn&& draw) {
  ImGui::PushID(name);
  const Closer close([] { ImGui::PopID(); });
  draw();
}

template <class Fn>
void id(const std::string& name, Fn&& draw) {
  id(name.c_str(), std::forward<Fn>(draw));
}

template <class Fn>
void id(int number, Fn&& draw) {
  ImGui::PushID(number);
  const Closer close([] { ImGui::PopID(); });
  draw();
}

template <class Fn>
void id(const void* owner, Fn&& draw) {
  ImGui::PushID(owner);
  const Closer close([] { ImGui::PopID(); });
  draw();
}

template <class Fn>
void group(Fn&& draw) {
  ImGui::BeginGroup();
  const Closer close([] { ImGui::EndGroup(); });
  draw();
}

template <class Fn>
void disabled(bool is_disabled, Fn&& draw) {
  ImGui::BeginDisabled(is_disabled);
  const Closer close([] { ImGui::EndDisabled(); });
  draw();
}

template <class Fn>
void popup(const char* name, Fn&& draw) {
  if (!ImGui::BeginPopup(name)) return;
  const Closer close([] { ImGui::EndPopup(); });
  draw();
}

// The context menu of the item before it (right click).
template <class Fn>
void context_menu(const char* name, Fn&& draw) {
  if (!ImGui::BeginPopupContextItem(name)) return;
  const Closer close([] { ImGui::EndPopup(); });
  draw();
}

template <class Fn>
void modal(const char* name, bool* open, ImGuiWindowFlags flags, Fn&& draw) {
  // Where it stood in a window of another size is not where it belongs.
  if (!ImGui::BeginPopupModal(name, open, flags | ImGuiWindowFlags_NoSavedSettings)) return;
  const Closer close([] { ImGui::EndPopup(); });
  draw();
}

template <class Fn>
void menu(const char* name, Fn&& draw) {
  if (!ImGui::BeginMenu(name)) return;
  const Closer close([] { ImGui::EndMenu(); });
  draw();
}

template <class Fn>
void combo(const char* label, const char* preview, ImGuiComboFlags flags, Fn&& draw) {
  if (!ImGui::BeginCombo(label, preview, flags)) return;
  const Closer close([] { ImGui::EndCombo(); });
  draw();
}

template <class Fn>
void tooltip(Fn&& draw) {
  if (!ImGui::BeginTooltip()) return;
  const Closer close([] { ImGui::EndTooltip(); });
  draw();
}

// Makes the item before it something to drag.
template <class Fn>
void drag_source(Fn&& draw) {
  if (!ImGui::BeginDragDropSource()) return;
  const Closer close([] { ImGui::EndDragDropSource(); });
  draw();
}

// Makes the item before it something to drop on; `take` accepts what it can use.
template <class Fn>
void drop_target(Fn&& take) {
  if (!ImGui::BeginDragDropTarget()) return;
  const Closer close([] { ImGui::EndDragDropTarget(); });
  take();
}

struct Colour {
  ImGuiCol role;
  ImU32 value;
};

template <class Fn>
void colours(std::initializer_list<Colour> list, Fn&& draw) {
  for (const Colour& colour : list) ImGui::PushStyleColor(colour.role, colour.value);
  const Closer close([n = static_cast<int>(list.size())] { ImGui::PopStyleColor(n); });
  draw();
}

// A style variable, one number or two.
struct Var {
  Var(ImGuiStyleVar which_var, float value) : which(which_var), x(value) {}
  Var(ImGuiStyleVar which_var, ImVec2 value)
      : which(which_var), x(value.x), y(value.y), two(true) {}
  ImGuiStyleVar which;
  float x = 0;
  float y = 0;
  bool two = false;
};

template <class Fn>
void vars(std::initializer_list<Var> list, Fn&& draw) {
  for (const Var& var : list) {
    if (var.two) {
      ImGui::PushStyleVar(var.which, ImVec2(var.x, var.y));
    } else {
      ImGui::PushStyleVar(var.which, var.x);
    }
  }
  const Closer close([n = static_cast<int>(list.size())] { ImGui::PopStyleVar(n); });
  draw();
}

// `scale` is relative to the current size; `name` may be nullptr for the current font.
template <class Fn>
void font(ImFont* name, float scale, Fn&& draw) {
  compat::push_font(name, scale);
  const Closer close([] { ImGui::PopFont(); });
  draw();
}

}  // namespace castboard::scoped
