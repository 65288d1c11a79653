#include "sheet_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "keymap.h"
#include "scoped.h"
#include "sheet_bar.h"
#include "support/imgui_harness.h"

// The sheet view and its bar without a window, a session or pictures: what a user does, by key,
// pointer and label, and the state it leads to.
namespace castboard {
namespace {

class SheetViewTest : public ::testing::Test {
 protected:
  SheetViewTest() {
    for (int number = 1; number <= kCellsPerSheet; ++number)
      cells.push_back(
          {"Pose " + std::to_string(number), third(number, 900, 900), "", Status::none});
    gui.draw = [this] { draw(); };
    gui.frames(3);
  }
  ~SheetViewTest() override {
    for (const auto& each : textures) gui.textures.host().destroy(each.second);
  }

  // Every picture is there at once, in the size it was asked for.
  Thumbnail picture(const PictureRequest& request) {
    requests.push_back(request);
    const int width = request.max_width > 0 ? request.max_width : 900;
    const int height = request.max_height > 0 ? request.max_height : 900;
    if (!loaded) return {};
    auto& texture = textures[{width, height}];
    if (!texture) {
      const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
      texture = *gui.textures.host().create({width, height, std::vector<std::uint8_t>(bytes)});
    }
    return {.texture = texture,
            .width = width,
            .height = height,
            .full_width = 900,
            .full_height = 900,
            .opaque = opaque,
            .exact = true};
  }

  void draw() {
    requests.clear();
    const Look look = make_look({});
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    scoped::window("Sheet", nullptr, ImGuiWindowFlags_NoDecoration, [&] {
      const SheetViewInput input{
          .look = look,
          .url = "sheet.png",
          .width = 900,
          .height = 900,
          .cells = cells,
          .cell = cell,
          .single = single,
          .picture = [this](const PictureRequest& request) { return picture(request); }};
      scoped::child("canvas", {0, ImGui::GetContentRegionAvail().y - 60}, 0, 0,
                    [&] { seen = sheet_view("sheet", input, state); });
      sheet_bar("bar", {.look = look, .keymap = keymap, .view = input, .zoom = seen.zoom}, state);
    });
    if (!seen.show_cell) return;
    single = *seen.show_cell != 0;
    if (single) cell = *seen.show_cell;
  }

  // The middle of a cell while all nine fit into the view.
  [[nodiscard]] ImVec2 middle_of(int number) const {
    const DrawnItem item = gui.item("picture");
    const float side = seen.zoom * 300;
    const ImVec2 centre = item.centre();
    return {centre.x + static_cast<float>((number - 1) % 3 - 1) * side,
            centre.y + static_cast<float>((number - 1) / 3 - 1) * side};
  }

  // Of the sheet, in the last frame.
  [[nodiscard]] std::size_t parts_asked_for() const {
    std::set<std::pair<int, int>> parts;
    for (const PictureRequest& request : requests)
      if (request.region.width > 0) parts.insert({request.region.x, request.region.y});
    return parts.size();
  }

  void rest_on(int number) {
    gui.move_to(middle_of(number));
    gui.frames(40);  // of a sixtieth of a second each
  }

  void wheel(float by) {
    ImGui::GetIO().AddMouseWheelEvent(0, by);
    gui.frames(2);
  }

  ImGuiHarness gui;
  Keymap keymap;
  std::vector<SheetCell> cells;
  int cell = 0;
  bool single = false;
  bool loaded = true;
  bool opaque = true;
  SheetViewState state;
  SheetViewResult seen;
  std::vector<PictureRequest> requests;
  std::map<std::pair<int, int>, ImTextureID> textures;
};

TEST_F(SheetViewTest, fills_the_view_with_the_cell_that_is_clicked) {
  gui.click_at(middle_of(6));
  gui.frames(2);
  EXPECT_TRUE(single);
  EXPECT_EQ(cell, 6);
  EXPECT_EQ(seen.filling_cell, 6);
}

TEST_F(SheetViewTest, shows_all_nine_again_at_a_double_click_but_not_at_the_one_that_opened_it) {
  ImGui::GetIO().MouseDoubleClickTime = 0.25F;
  const ImVec2 at = middle_of(5);
  gui.click_at(at);
  gui.click_at(at);
  gui.frames(2);
  EXPECT_TRUE(single) << "a double click on a cell opens it like a single one";
  ImGui::GetIO().MouseDoubleClickTime = 0.05F;
  gui.frames(10);
  gui.click_at(at);
  ImGui::GetIO().MouseDoubleClickTime = 0.25F;
  gui.click_at(at);
  gui.frames(2);
  EXPECT_FALSE(single);
}

TEST_F(SheetViewTest, shows_the_cell_under_the_resting_pointer_enlarged) {
  gui.move_to(middle_of(4));
  gui.frames(3);
  EXPECT_EQ(seen.hovered_cell, 4);
  EXPECT_EQ(seen.magnified_cell, 0) << "not at once";
  EXPECT_GT(seen.next_frame_in, 0) << "an idle host is told when it will show";
  gui.frames(40);
  EXPECT_EQ(seen.magnified_cell, 4);
  gui.move_to({2, 2});
  gui.frames(2);
  EXPECT_EQ(seen.magnified_cell, 0);
}

TEST_F(SheetViewTest, does_not_enlarge_when_that_is_switched_off) {
  gui.click("###view_options");
  gui.frames(2);
  gui.click("###enlarge_on_hover");
  EXPECT_FALSE(state.enlarge_on_hover);
  rest_on(4);
  EXPECT_EQ(seen.hovered_cell, 4);
  EXPECT_EQ(seen.magnified_cell, 0);
}

TEST_F(SheetViewTest, cycles_the_cells_in_place_and_stops_at_the_one_that_is_seen) {
  gui.click("###flipbook");
  gui.frames(2);
  EXPECT_TRUE(state.flipbook.is_playing);
  EXPECT_EQ(seen.filling_cell, 1);
  EXPECT_GE(seen.next_frame_in, 0);
  gui.frames(16);  // at four a second, sixty frames a second
  EXPECT_EQ(seen.filling_cell, 2);
  gui.frames(30);
  EXPECT_EQ(seen.filling_cell, 4);
  state.toggle_flipbook = true;  // as the key does
  gui.frames(2);
  EXPECT_FALSE(state.flipbook.is_playing);
  EXPECT_TRUE(single);
  EXPECT_EQ(cell, 4);
}

TEST_F(SheetViewTest, has_all_nine_at_hand_while_the_flipbook_plays) {
  gui.click("###flipbook");
  gui.frames(2);
  EXPECT_EQ(parts_asked_for(), 9U);
}

TEST_F(SheetViewTest, leaves_omitted_cells_out_of_the_flipbook_until_told_otherwise) {
  cells[1].status = Status::omitted;
  state.toggle_flipbook = true;
  gui.frames(18);
  EXPECT_EQ(seen.filling_cell, 3);
  EXPECT_TRUE(gui.has("###rate"));
  gui.click("###skip_omitted");
  EXPECT_FALSE(state.flipbook.skip_omitted);
}

TEST_F(SheetViewTest, ends_the_flipbook_when_a_cell_is_chosen) {
  state.toggle_flipbook = true;
  gui.frames(5);
  cell = 7;
  single = true;
  gui.frames(2);
  EXPECT_FALSE(state.flipbook.is_playing);
  EXPECT_EQ(seen.filling_cell, 7);
}

TEST_F(SheetViewTest, lays_the_other_cells_over_the_shown_one) {
  cell = 5;
  single = true;
  gui.frames(2);
  EXPECT_EQ(parts_asked_for(), 1U);
  gui.click("###onion");
  gui.frames(2);
  EXPECT_TRUE(state.onion.is_on);
  EXPECT_EQ(parts_asked_for(), 9U);
  gui.click("###onion_cell_2");
  gui.frames(2);
  EXPECT_FALSE(state.onion.others[1]);
  EXPECT_EQ(parts_asked_for(), 8U);
  EXPECT_TRUE(gui.has("###onion_opacity"));
}

TEST_F(SheetViewTest, takes_the_onion_skin_away_with_all_nine) {
  state.toggle_onion = true;
  gui.frames(3);
  EXPECT_TRUE(single) << "it needs a cell to start from";
  single = false;
  gui.frames(2);
  EXPECT_FALSE(state.onion.is_on);
}

TEST_F(SheetViewTest, zooms_to_the_pointer_and_asks_a_worker_for_the_enlarged_part) {
  gui.move_to(middle_of(9));
  for (int i = 0; i < 6; ++i) wheel(1);
  ASSERT_GT(seen.zoom, 1);
  const auto enlarged = std::find_if(requests.begin(), requests.end(), [](const PictureRequest& r) {
    return r.enlarging != Enlarging::never;
  });
  ASSERT_NE(enlarged, requests.end());
  EXPECT_GT(enlarged->detail.x, 100) << "near the lower right, where the pointer is";
  EXPECT_NEAR(static_cast<float>(enlarged->max_width) / static_cast<float>(enlarged->detail.width),
              seen.zoom, 0.02);
}

TEST_F(SheetViewTest, jumps_to_a_zoom_from_the_menu_and_back_to_fit) {
  gui.click("###zoom");
  gui.frames(2);
  gui.click("###zoom_400");
  gui.frames(2);
  EXPECT_FLOAT_EQ(seen.zoom, 4);
  gui.click("###zoom");
  gui.frames(2);
  gui.click("###zoom_fit");
  gui.frames(2);
  EXPECT_TRUE(state.viewpoint.fits());
}

TEST_F(SheetViewTest, draws_lines_between_pixels_only_when_one_is_close_enough) {
  const auto drawn = [this] {
    gui.frames(2);
    return ImGui::GetDrawData()->TotalVtxCount;
  };
  state.wanted_zoom = 7;
  const int without = drawn();
  state.wanted_zoom = 16;
  EXPECT_GT(drawn(), without + 100);
  state.pixel_grid = false;
  EXPECT_LT(drawn(), without + 50);
}

TEST_F(SheetViewTest, lays_a_checkerboard_only_behind_what_is_not_opaque) {
  gui.frames(2);
  const int plain = ImGui::GetDrawData()->TotalVtxCount;
  opaque = false;
  gui.frames(2);
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, plain + 500);
}

TEST_F(SheetViewTest, keeps_the_place_and_zoom_when_the_version_changes) {
  state.wanted_zoom = 4;
  gui.frames(2);
  const Viewpoint before = state.viewpoint;
  cells[0].title = "Another sheet";
  gui.frames(2);
  EXPECT_FLOAT_EQ(state.viewpoint.zoom, before.zoom);
  EXPECT_FLOAT_EQ(state.viewpoint.centre_x, before.centre_x);
}

TEST_F(SheetViewTest, offers_no_flipbook_for_a_picture_that_is_no_sheet) {
  cells.clear();
  gui.frames(2);
  EXPECT_FALSE(gui.has("###flipbook"));
  EXPECT_FALSE(gui.has("###onion"));
  EXPECT_TRUE(gui.has("###zoom"));
  state.toggle_flipbook = true;
  gui.frames(2);
  EXPECT_FALSE(state.flipbook.is_playing);
}

TEST_F(SheetViewTest, draws_a_placeholder_while_nothing_has_arrived) {
  loaded = false;
  gui.frames(3);
  EXPECT_FALSE(requests.empty());
  EXPECT_GT(seen.zoom, 0);
}

}  // namespace
}  // namespace castboard
