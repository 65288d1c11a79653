#pragma once

#include <imgui.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "support/fake_textures.h"

// A Dear ImGui without a window: frames are drawn into nothing, items are found and clicked by
// their label, and at render time every texture in the draw lists must be alive. Compile
// imgui_harness.cpp into the test program itself (its hooks override the empty ones).
namespace castboard {

// An item of the last frame that was drawn.
struct DrawnItem {
  ImGuiID id = 0;
  std::string label;  // as given, "Mira Voss###tile"
  ImVec2 min;
  ImVec2 max;
  bool visible = true;  // not clipped away
  ImGuiID seed = 0;     // of the id: what a combo, which reports no label, is found by

  [[nodiscard]] ImVec2 centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
};

class ImGuiHarness {
 public:
  explicit ImGuiHarness(ImVec2 size = {1440, 900});
  ~ImGuiHarness();
  ImGuiHarness(const ImGuiHarness&) = delete;
  ImGuiHarness& operator=(const ImGuiHarness&) = delete;

  // What a host does in each frame between NewFrame and Render.
  std::function<void()> draw;
  FakeTextures textures;

  void frame();
  void frames(int count);
  // For SessionOptions::wake; any thread.
  std::function<void()> wake();
  // Draws until `done` is true, at most `most` frames; between frames it waits for the wake call of
  // a worker, not for a time. False when it never came true.
  bool frames_until(const std::function<bool()>& done, int most = 20'000);

  // Items whose label, or the visible or the ### part of it, is `label`, in the order drawn.
  [[nodiscard]] std::vector<DrawnItem> items(const std::string& label) const;
  [[nodiscard]] bool has(const std::string& label) const { return !items(label).empty(); }
  [[nodiscard]] std::size_t item_count() const;
  [[nodiscard]] ImGuiContext* context() const { return context_; }
  // The first visible one; fails the test when there is none.
  [[nodiscard]] DrawnItem item(const std::string& label) const;

  void click(const std::string& label);
  void right_click(const std::string& label);
  void click_at(ImVec2 at, int button = 0);
  void move_to(ImVec2 at);
  void press(ImGuiKeyChord chord);
  void type(const std::string& text);  // into whatever has the keyboard

 private:
  void check_textures() const;
  void check_textures(const ImDrawData& data) const;

  struct Waker;
  ImGuiContext* context_;
  std::shared_ptr<Waker> waker_;
};

}  // namespace castboard
