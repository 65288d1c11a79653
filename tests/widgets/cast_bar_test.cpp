#include "cast_bar.h"

#include <gtest/gtest.h>

#include "small_catalogue.h"
#include "support/imgui_harness.h"

// The bars over and under the grid by their labels: which cast they ask for.
namespace castboard {
namespace {

class CastBarTest : public ::testing::Test {
 protected:
  CastBarTest() {
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({460, 400});
      ImGui::Begin("Cast");
      const Look look = make_look({});
      const CastBarInput input{.look = look,
                               .query = query,
                               .catalogue = &catalogue,
                               .found = 3,
                               .all = 8,
                               .chosen = chosen};
      note(cast_header(input, search, focus));
      note(cast_footer(input, tile));
      ImGui::End();
    };
    gui.frames(3);
  }

  void note(const CastBarResult& done) {
    if (done.query) query = *done.query;
    if (done.tile) tile = *done.tile;
    result.new_character |= done.new_character;
    result.generate |= done.generate;
    result.trash |= done.trash;
    result.restore |= done.restore;
    result.choose_none |= done.choose_none;
    result.enter_tiles |= done.enter_tiles;
  }
  void click(const std::string& label) {
    gui.click(label);
    gui.frames(2);
  }

  ImGuiHarness gui{{800, 600}};
  Catalogue catalogue = testing::small_catalogue();
  CastQuery query;
  std::string search;
  FieldFocus focus;
  float tile = 120;
  int chosen = 0;
  CastBarResult result;  // everything that was asked for
};

TEST_F(CastBarTest, asks_for_what_is_typed_and_hands_the_keyboard_to_the_tiles) {
  focus.ask();
  gui.frames(2);
  gui.type("captain");
  gui.frames(1);
  EXPECT_EQ(query.text, "captain");
  gui.press(ImGuiKey_Enter);
  EXPECT_TRUE(result.enter_tiles);
}

TEST_F(CastBarTest, filters_by_status_by_what_is_missing_and_by_the_trash) {
  click("###filter");
  click("###filter_approved");
  EXPECT_EQ(query.status, Status::approved);
  click("###filter");
  click("###filter_no_picture");
  EXPECT_NE(query.status, Status::approved) << "one filter at a time";
  click("###filter");
  click("###filter_trash");
  EXPECT_TRUE(query.trashed);
  click("###filter");
  click("###filter_all");
  EXPECT_EQ(query, CastQuery{});
}

TEST_F(CastBarTest, sorts) {
  click("###sort");
  click("###sort_" + std::to_string(static_cast<int>(CastQuery::Sort::missing)));
  EXPECT_EQ(query.sort, CastQuery::Sort::missing);
}

TEST_F(CastBarTest, offers_what_can_be_done_with_several) {
  chosen = 3;
  gui.frames(2);
  EXPECT_FALSE(gui.has("###sort"));
  click("###generate_chosen");
  EXPECT_TRUE(result.generate);
  click("###trash_chosen");
  EXPECT_TRUE(result.trash);
  click("###choose_none");
  EXPECT_TRUE(result.choose_none);
  query.trashed = true;
  gui.frames(2);
  click("###restore_chosen");
  EXPECT_TRUE(result.restore);
  EXPECT_FALSE(gui.has("###generate_chosen")) << "what is in the trash is not drawn again";
}

}  // namespace
}  // namespace castboard
