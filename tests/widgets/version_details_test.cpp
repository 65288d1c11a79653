#include "version_details.h"

#include <gtest/gtest.h>

#include "support/imgui_harness.h"
#include "version_details_layout.h"

namespace castboard {
namespace {

using What = VersionRequest::What;

class VersionDetailsTest : public ::testing::Test {
 protected:
  VersionDetailsTest() {
    version.id = "id3";
    version.version_number = 3;
    version.version_name = "Noir Portrait";
    version.provider = "sketch";
    version.seed = 77;
    version.prompt_used = "A portrait of Mira, wearing battle armor, in a dark street at night";
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({300, 900});
      ImGui::Begin("Host");
      const Look look = make_look({});
      VersionDetailsInput input{.look = look,
                                .keymap = keymap,
                                .version = has_version ? &version : nullptr,
                                .facts = version_facts({.version = version,
                                                        .character_name = "Mira",
                                                        .user_name = {},
                                                        .path = "/library/a.png",
                                                        .original_path = {}}),
                                .references = references,
                                .made_from = {{"id1", "v001", "settings"}},
                                .led_to = {{"id5", "v005", ""}},
                                .cells = cells,
                                .thumbnail = [this](const std::string& url, int) {
                                  asked.push_back(url);
                                  Thumbnail picture;
                                  if (url != "there.jpg") picture.failure = "no such file";
                                  return picture;
                                }};
      asked.clear();
      const VersionDetailsResult done = version_details("details", input);
      if (done.request) request = done.request;
      if (!done.copy.empty()) copied = done.copy;
      if (done.copy_all) copied = "all";
      if (done.copy_json) copied = "json";
      if (done.show_cell != 0) cell = done.show_cell;
      closed |= done.close;
      ImGui::End();
    };
    gui.frames(2);
  }

  ImGuiHarness gui{{1000, 900}};
  Keymap keymap;
  Version version;
  bool has_version = true;
  std::vector<UsedReference> references;
  std::vector<DetailedCell> cells;
  std::vector<std::string> asked;
  VersionRequest request;
  std::string copied;
  int cell = 0;
  bool closed = false;
};

TEST_F(VersionDetailsTest, copies_each_value_by_a_click) {
  gui.click("###fact_seed");
  EXPECT_EQ(copied, "77");
  gui.click("###fact_prompt");
  EXPECT_EQ(copied, version.prompt_used);
  gui.click("###fact_provider");
  EXPECT_EQ(copied, "sketch");
}

TEST_F(VersionDetailsTest, copies_all_as_text_and_as_json) {
  gui.click("###copy_text");
  EXPECT_EQ(copied, "all");
  gui.click("###copy_json");
  EXPECT_EQ(copied, "json");
}

TEST_F(VersionDetailsTest, recalls_settings_into_the_form) {
  gui.click("###recall_all");
  EXPECT_EQ(request.what, What::recall_all);
  gui.click("###recall_prompt");
  EXPECT_EQ(request.what, What::recall_prompt);
  gui.click("###recall_seed");
  EXPECT_EQ(request.what, What::recall_seed);
  gui.click("###remix");
  EXPECT_EQ(request.what, What::remix);
  EXPECT_EQ(request.id, "id3");
  request = {};
  version.seed.reset();
  gui.frames(2);
  gui.click("###recall_seed");
  EXPECT_FALSE(request) << "there is none";
}

TEST_F(VersionDetailsTest, leads_to_what_it_was_made_from_and_what_it_led_to) {
  gui.click("###made_from_id1");
  EXPECT_EQ(request.what, What::go_to);
  EXPECT_EQ(request.id, "id1");
  gui.click("###led_to_id5");
  EXPECT_EQ(request.id, "id5");
}

TEST_F(VersionDetailsTest, shows_the_copy_of_a_reference_whatever_its_format) {
  references = {
      {"Character", "/home/me/face.jpg", "abc", {"there.png", "there.jpg", "x.webp"}, {}}};
  gui.frames(2);
  EXPECT_EQ(asked, (std::vector<std::string>{"there.png", "there.jpg"}));
  gui.click("###hash");
  EXPECT_EQ(copied, "abc");
  references.front().version = "id1";
  gui.frames(2);
  const DrawnItem item = gui.item("###reference");
  gui.click_at({item.min.x + 10, item.min.y + 10});
  EXPECT_EQ(request.what, What::go_to);
}

TEST_F(VersionDetailsTest, shows_a_cell_that_is_clicked) {
  cells = {{1, "Happy", Status::approved, ""}, {2, "Sad", Status::none, "from v004, cell 2"}};
  gui.frames(2);
  gui.click("###cell_2");
  EXPECT_EQ(cell, 2);
}

TEST_F(VersionDetailsTest, closes_and_says_what_to_do_without_a_version) {
  has_version = false;
  gui.frames(2);
  EXPECT_FALSE(gui.has("###fact_seed"));
  gui.click("###close_details");
  EXPECT_TRUE(closed);
}

TEST(VersionDetailsLayout, leaves_the_picture_the_larger_part) {
  const DetailsLayout wide = lay_out_details(720, 300, 1);
  EXPECT_FLOAT_EQ(wide.details, 300);
  EXPECT_FLOAT_EQ(wide.view, 420);
  EXPECT_FLOAT_EQ(lay_out_details(720, 9000, 1).view, 250) << "however far it is dragged";
  EXPECT_FLOAT_EQ(lay_out_details(720, 10, 1).details, 230);
}

TEST(VersionDetailsLayout, covers_the_picture_where_both_have_no_room) {
  const DetailsLayout narrow = lay_out_details(406, 300, 1);
  EXPECT_FLOAT_EQ(narrow.view, 0);
  EXPECT_FLOAT_EQ(narrow.details, 406);
}

TEST(VersionDetailsLayout, breaks_lines_at_blanks_and_inside_of_long_words) {
  const auto broken = [](std::string_view words, float width) {
    return with_line_breaks(
        words, width, [](std::string_view piece) { return static_cast<float>(piece.size()); });
  };
  EXPECT_EQ(broken("a portrait of Mira", 11), "a portrait\nof Mira");
  EXPECT_EQ(broken("one\ntwo three", 20), "one\ntwo three") << "its own breaks stay";
  EXPECT_EQ(broken("/library/images/a.png", 8), "/library\n/images/\na.png");
  EXPECT_EQ(broken("", 8), "");
  EXPECT_EQ(broken("short", 80), "short");
}

TEST(VersionDetailsLayout, keeps_room_for_values_beside_long_labels) {
  EXPECT_FLOAT_EQ(label_column(60, 300, 1), 72);
  EXPECT_FLOAT_EQ(label_column(500, 300, 1), 112);
  EXPECT_FLOAT_EQ(label_column(500, 100, 1), 45);
}

}  // namespace
}  // namespace castboard
