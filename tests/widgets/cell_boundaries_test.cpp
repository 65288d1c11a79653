#include "cell_boundaries.h"

#include <gtest/gtest.h>

#include "scoped.h"
#include "sheet_findings.h"
#include "support/imgui_harness.h"

// Moving borders and reading findings without a window, a session or pictures.
namespace castboard {
namespace {

class CellBoundariesTest : public ::testing::Test {
 protected:
  CellBoundariesTest() {
    gui.draw = [this] { draw(); };
    gui.frames(3);
  }

  void draw() {
    const Look look = make_look({});
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({920, 920});
    scoped::window("Cells", nullptr, ImGuiWindowFlags_NoDecoration, [&] {
      const CellBoundariesInput input{.look = look,
                                      .url = "sheet.png",
                                      .width = 300,
                                      .height = 300,
                                      .boxes = boxes,
                                      .picture = [](const PictureRequest&) { return Thumbnail(); },
                                      .has_keyboard = has_keyboard};
      const CellBoundariesResult result = cell_boundaries("boundaries", input, state);
      if (result.store) stored.push_back(*result.store);
    });
  }

  void drag(const std::string& label, ImVec2 by) {
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 from = gui.item(label).centre();
    gui.move_to(from);
    io.AddMouseButtonEvent(0, true);
    gui.frames(2);
    gui.move_to({from.x + by.x, from.y + by.y});
    io.AddMouseButtonEvent(0, false);
    gui.frames(3);
  }

  ImGuiHarness gui{{920, 920}};
  std::vector<PixelRect> boxes = exact_thirds(300, 300);
  bool has_keyboard = true;
  CellBoundariesState state;
  std::vector<std::vector<PixelRect>> stored;
};

TEST_F(CellBoundariesTest, stores_a_dragged_border_once_when_it_is_let_go) {
  const float zoom = gui.item("###border_0").max.y - gui.item("###border_0").min.y;
  drag("###border_1", {-zoom / 10, 0});  // a tenth of the picture: 30 pixels
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_NEAR(stored[0][0].width, 70, 1);
  EXPECT_NEAR(stored[0][6].width, 70, 1);
  EXPECT_EQ(stored[0][1], boxes[1]);
}

TEST_F(CellBoundariesTest, shows_what_was_let_go_until_the_library_has_it) {
  drag("###border_6", {0, 60});
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_FALSE(state.moved.empty());
  boxes = stored[0];
  gui.frames(2);
  EXPECT_TRUE(state.moved.empty());
}

TEST_F(CellBoundariesTest, follows_an_undo_while_the_border_is_still_chosen) {
  drag("###border_1", {-60, 0});
  ASSERT_EQ(stored.size(), 1U);
  const auto before = boxes;
  boxes = stored[0];
  gui.frames(2);
  boxes = before;
  gui.frames(2);
  EXPECT_TRUE(state.moved.empty());
}

TEST_F(CellBoundariesTest, leaves_the_arrow_keys_to_whatever_else_has_the_keyboard) {
  gui.frames(2);
  gui.click("###border_1");
  has_keyboard = false;
  gui.press(ImGuiKey_RightArrow);
  gui.frames(3);
  EXPECT_TRUE(stored.empty());
}

TEST_F(CellBoundariesTest, moves_the_chosen_border_by_a_pixel_with_an_arrow_key) {
  // Where the grip of its left neighbour, at the same pixel, does not reach.
  const DrawnItem border = gui.item("###border_2");
  gui.click_at({border.min.x + 1, border.centre().y});
  EXPECT_EQ(state.chosen, 2);
  EXPECT_TRUE(stored.empty());
  gui.press(ImGuiKey_RightArrow);
  gui.frames(3);
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0][1].x, boxes[1].x + 1);
  EXPECT_EQ(stored[0][1].width, boxes[1].width - 1);
}

TEST_F(CellBoundariesTest, lets_no_border_into_the_next_cell) {
  drag("###border_1", {200, 0});
  EXPECT_TRUE(stored.empty());  // thirds touch: there is no room
}

TEST_F(CellBoundariesTest, moves_a_cell_that_was_clicked_alone) {
  for (PixelRect& box : boxes) box = {box.x + 5, box.y + 5, 90, 90};
  gui.frames(2);
  EXPECT_FALSE(gui.has("###cell_whole"));
  const DrawnItem picture = gui.item("picture");
  gui.click_at(picture.centre());
  gui.frames(2);
  EXPECT_EQ(state.cell, 5);
  const float zoom = (gui.item("###cell_whole").max.x - gui.item("###cell_whole").min.x) / 90;
  drag("###cell_whole", {3 * zoom, -2 * zoom});
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0][4], (PixelRect{108, 103, 90, 90}));
  EXPECT_EQ(stored[0][3], boxes[3]);
  boxes = stored[0];
  gui.frames(2);
  drag("###cell_bottom_right", {-10 * zoom, -10 * zoom});
  ASSERT_EQ(stored.size(), 2U);
  EXPECT_EQ(stored[1][4], (PixelRect{108, 103, 80, 80}));
  boxes = stored[1];
  gui.frames(2);
  gui.press(ImGuiKey_DownArrow);
  gui.frames(3);
  ASSERT_EQ(stored.size(), 3U);
  EXPECT_EQ(stored[2][4], (PixelRect{108, 104, 80, 80}));
}

TEST_F(CellBoundariesTest, lets_the_cell_go_that_is_clicked_again) {
  const ImVec2 centre = gui.item("picture").centre();
  gui.click_at(centre);
  gui.frames(2);
  ASSERT_EQ(state.cell, 5);
  gui.click_at(centre);
  gui.frames(2);
  EXPECT_EQ(state.cell, 0);
  EXPECT_TRUE(stored.empty());
}

TEST_F(CellBoundariesTest, zooms_to_the_pointer_even_over_a_border_and_pans) {
  const DrawnItem border = gui.item("###border_2");
  const ImVec2 at{border.min.x + 1, border.centre().y};
  gui.move_to(at);
  ImGui::GetIO().AddMouseWheelEvent(0, 4);
  gui.frames(3);
  EXPECT_FALSE(state.viewpoint.fits());
  EXPECT_NEAR(gui.item("###border_2").min.x + 1, at.x, 8) << "what is under the pointer stays";
  const float before = state.viewpoint.centre_x;
  ImGuiIO& io = ImGui::GetIO();
  for (const int button : {0, 2}) {
    const ImVec2 from{at.x + 60, at.y};
    const float centre = state.viewpoint.centre_x;
    gui.move_to(from);
    io.AddMouseButtonEvent(button, true);
    gui.frames(2);
    gui.move_to({from.x + 40, from.y});
    gui.frames(2);
    io.AddMouseButtonEvent(button, false);
    gui.frames(2);
    EXPECT_LT(state.viewpoint.centre_x, centre) << button;
  }
  EXPECT_LT(state.viewpoint.centre_x, before);
  EXPECT_EQ(state.cell, 0) << "who pans chooses nothing";
  EXPECT_TRUE(stored.empty());
  state.fit = true;
  gui.frames(2);
  EXPECT_TRUE(state.viewpoint.fits());
}

class SheetFindingsTest : public ::testing::Test {
 protected:
  SheetFindingsTest() {
    report.found = true;
    report.confidence = 0.93;
    report.cells = exact_thirds(300, 300);
    gui.draw = [this] { draw(); };
    gui.frames(3);
  }

  void draw() {
    const Look look = make_look({});
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({900, 600});
    scoped::window("Check", nullptr, ImGuiWindowFlags_NoDecoration, [&] {
      const SheetFindingsResult result = sheet_findings(
          "###check",
          {.look = look, .report = &report, .may_change = may_change, .height = look.px(26)});
      if (result.show_cell != 0) shown = result.show_cell;
      adjust |= result.adjust;
      find_again |= result.find_again;
      thirds |= result.thirds;
    });
  }

  ImGuiHarness gui;
  SheetReport report;
  bool may_change = true;
  int shown = 0;
  bool adjust = false;
  bool find_again = false;
  bool thirds = false;
};

TEST_F(SheetFindingsTest, goes_to_the_cell_of_a_finding) {
  report.findings = {{SheetFindingKind::odd_size, {}, "301 x 300 px is not divisible by 3"},
                     {SheetFindingKind::empty_cell, {5}, "Cell 5 (fear) is empty"}};
  gui.frames(2);
  EXPECT_TRUE(gui.has("Check: 2 findings"));
  gui.click("###check");
  gui.frames(2);
  gui.click("Cell 5 (fear) is empty");
  EXPECT_EQ(shown, 5);
}

TEST_F(SheetFindingsTest, offers_what_can_be_done_about_the_cells) {
  EXPECT_TRUE(gui.has("Check: fine"));
  gui.click("###check");
  gui.frames(2);
  gui.click("###adjust_cells");
  EXPECT_TRUE(adjust);
  gui.click("###check");
  gui.frames(2);
  gui.click("###find_again");
  EXPECT_TRUE(find_again);
  gui.click("###check");
  gui.frames(2);
  gui.click("###exact_thirds");
  EXPECT_TRUE(thirds);
}

TEST_F(SheetFindingsTest, offers_no_change_where_there_is_nothing_to_change) {
  may_change = false;
  gui.click("###check");
  gui.frames(2);
  EXPECT_FALSE(gui.has("###adjust_cells"));
}

}  // namespace
}  // namespace castboard
