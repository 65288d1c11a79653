#include "compare_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "compare_modes.h"
#include "scoped.h"
#include "support/imgui_harness.h"

// Two pictures compared, without a window, a session or pictures.
namespace castboard {
namespace {

class CompareViewTest : public ::testing::Test {
 protected:
  CompareViewTest() {
    a = {"a.png", {}, 600, 600, "", "v003", "Anime, seed 41", {{"Seed", "41"}, {"Style", "Anime"}}};
    b = {"b.png", {}, 300, 300, "", "v008", "Anime, seed 77", {{"Seed", "77"}, {"Style", "Anime"}}};
    gui.draw = [this] { draw(); };
    gui.frames(3);
  }
  ~CompareViewTest() override {
    for (const auto& each : textures) gui.textures.host().destroy(each.second);
  }

  Thumbnail picture(const PictureRequest& request) {
    requests.push_back(request);
    const int width = request.max_width > 0 ? request.max_width : 600;
    const int height = request.max_height > 0 ? request.max_height : 600;
    if (request.url == broken) return {.failure = "it is cut off"};
    auto& texture = textures[{width, height}];
    if (!texture) {
      const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
      texture = *gui.textures.host().create({width, height, std::vector<std::uint8_t>(bytes)});
    }
    return {.texture = texture,
            .width = width,
            .height = height,
            .full_width = 600,
            .full_height = 600,
            .differing = 0.125F,
            .exact = true};
  }

  void draw() {
    requests.clear();
    const Look look = make_look({});
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    scoped::window("Compare", nullptr, ImGuiWindowFlags_NoDecoration, [&] {
      const CompareModesResult modes = compare_modes("modes", look, keymap, header_width, state);
      swaps += modes.swap ? 1 : 0;
      leaves += modes.leave ? 1 : 0;
      seen = compare_view("compare",
                          {.look = look,
                           .keymap = keymap,
                           .a = a,
                           .b = b,
                           .picture = [this](const PictureRequest& r) { return picture(r); },
                           .flash = flash},
                          state);
    });
  }

  [[nodiscard]] bool asked_for(const std::string& url) const {
    return std::any_of(requests.begin(), requests.end(),
                       [&](const PictureRequest& r) { return r.url == url; });
  }

  ImGuiHarness gui;
  Keymap keymap;
  ComparedPicture a;
  ComparedPicture b;
  std::string broken;
  bool flash = false;
  float header_width = 1200;
  int swaps = 0;
  int leaves = 0;
  CompareViewState state;
  CompareViewResult seen;
  std::vector<PictureRequest> requests;
  std::map<std::pair<int, int>, ImTextureID> textures;
};

TEST_F(CompareViewTest, changes_the_mode_by_its_buttons) {
  gui.click("###mode_difference");
  EXPECT_EQ(state.mode, CompareMode::difference);
  gui.click("###mode_side_by_side");
  EXPECT_EQ(state.mode, CompareMode::side_by_side);
  gui.click("###mode_overlay");
  EXPECT_EQ(state.mode, CompareMode::overlay);
  gui.click("###mode_wipe");
  EXPECT_EQ(state.mode, CompareMode::wipe);
}

TEST_F(CompareViewTest, offers_the_modes_in_a_menu_where_they_have_no_room) {
  header_width = 320;
  gui.frames(2);
  EXPECT_FALSE(gui.has("###mode_overlay"));
  gui.click("###mode_menu");
  gui.frames(2);
  gui.click("###mode_overlay");
  EXPECT_EQ(state.mode, CompareMode::overlay);
}

TEST_F(CompareViewTest, tells_the_caller_to_swap_and_to_leave) {
  gui.click("###swap");
  EXPECT_EQ(swaps, 1);
  gui.click("###close_compare");
  EXPECT_EQ(leaves, 1);
}

TEST_F(CompareViewTest, moves_the_line_with_the_pointer_on_both_axes) {
  const auto drag_to = [this](ImVec2 to) {
    gui.move_to(gui.item("###wipe").centre());
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    gui.frames(2);
    gui.move_to(to);
    gui.frames(2);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    gui.frames(2);
  };
  const DrawnItem canvas = gui.item("picture");
  drag_to({canvas.centre().x + 80, canvas.centre().y});
  EXPECT_GT(state.wipe, 0.55F);
  gui.click("###wipe_axis");
  EXPECT_EQ(state.axis, WipeAxis::level);
  state.wipe = 0.5F;
  gui.frames(2);
  drag_to({canvas.centre().x, canvas.centre().y - 80});
  EXPECT_LT(state.wipe, 0.45F);
}

TEST_F(CompareViewTest, turns_the_line_when_the_wipe_is_asked_for_again) {
  state.mode = CompareMode::overlay;
  wipe_or_turn(state);
  EXPECT_EQ(state.mode, CompareMode::wipe);
  EXPECT_EQ(state.axis, WipeAxis::upright) << "first only back to it";
  wipe_or_turn(state);
  EXPECT_EQ(state.axis, WipeAxis::level);
}

TEST_F(CompareViewTest, asks_a_worker_for_the_difference_with_its_gain) {
  state.mode = CompareMode::difference;
  state.gain_step = 4;
  gui.frames(2);
  const auto difference =
      std::find_if(requests.begin(), requests.end(),
                   [](const PictureRequest& r) { return r.other_url == "b.png"; });
  ASSERT_NE(difference, requests.end());
  EXPECT_EQ(difference->url, "a.png");
  EXPECT_FLOAT_EQ(difference->gain, 16);
  EXPECT_FLOAT_EQ(seen.differing, 0.125F);
  EXPECT_TRUE(gui.has("###gain"));
}

TEST_F(CompareViewTest, compares_two_cells_of_one_file) {
  a.part = {0, 0, 200, 200};
  b.url = a.url;
  b.part = {200, 0, 200, 200};
  state.mode = CompareMode::difference;
  gui.frames(2);
  const auto difference =
      std::find_if(requests.begin(), requests.end(),
                   [](const PictureRequest& r) { return !r.other_url.empty(); });
  ASSERT_NE(difference, requests.end());
  EXPECT_EQ(difference->region, a.part);
  EXPECT_EQ(difference->other_region, b.part);
}

TEST_F(CompareViewTest, zooms_and_pans_both_sides_at_once) {
  state.mode = CompareMode::side_by_side;
  gui.frames(2);
  const DrawnItem canvas = gui.item("picture");
  // Over B, which is on the right.
  gui.move_to({canvas.centre().x + 200, canvas.centre().y});
  for (int i = 0; i < 4; ++i) {
    ImGui::GetIO().AddMouseWheelEvent(0, 1);
    gui.frames(2);
  }
  EXPECT_FALSE(state.viewpoint.fits());
  // Each is asked for as much of its own pixels: B has half of them.
  const auto detail_of = [this](const std::string& url) {
    const auto found = std::find_if(requests.begin(), requests.end(), [&](const PictureRequest& r) {
      return r.url == url && r.enlarging != Enlarging::never;
    });
    return found == requests.end() ? PixelRect{} : found->detail;
  };
  ASSERT_GT(detail_of("b.png").width, 0);
  const float b_zoom = seen.zoom * 2;
  EXPECT_GT(b_zoom, 1);
}

TEST_F(CompareViewTest, shows_b_alone_as_long_as_it_flashes) {
  flash = true;
  gui.frames(2);
  EXPECT_TRUE(seen.flashing);
  EXPECT_FALSE(asked_for("a.png"));
  EXPECT_TRUE(asked_for("b.png"));
  flash = false;
  gui.frames(2);
  EXPECT_FALSE(seen.flashing);
  EXPECT_TRUE(asked_for("a.png"));
}

TEST_F(CompareViewTest, lists_the_settings_that_differ_until_they_are_folded) {
  EXPECT_EQ(seen.settings_listed, 1) << "the style is the same";
  gui.click("###differing_settings");
  gui.frames(2);
  EXPECT_EQ(seen.settings_listed, 0);
  b.settings = a.settings;
  state.show_settings = true;
  gui.frames(2);
  EXPECT_EQ(seen.settings_listed, 0);
}

TEST_F(CompareViewTest, says_what_is_wrong_with_a_picture_in_its_place) {
  broken = "b.png";
  for (const CompareMode mode : {CompareMode::wipe, CompareMode::side_by_side,
                                 CompareMode::difference, CompareMode::overlay}) {
    state.mode = mode;
    gui.frames(2);
    EXPECT_LT(seen.differing, 1);
  }
}

TEST_F(CompareViewTest, stays_whole_in_a_very_small_region) {
  for (const ImVec2 size : {ImVec2(60, 40), ImVec2(200, 120), ImVec2(431, 300)}) {
    ImGui::GetIO().DisplaySize = size;
    header_width = size.x;
    gui.frames(3);
  }
  SUCCEED();
}

}  // namespace
}  // namespace castboard
