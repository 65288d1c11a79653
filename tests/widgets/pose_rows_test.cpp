#include "pose_rows.h"

#include <gtest/gtest.h>

#include "support/fake_session.h"

namespace castboard {
namespace {

PoseSet expressions() {
  return {"expression_sheet", "Expressions", {{"happy", "Happy"}, {"fear", "Fear"}}};
}

class PoseRowsTest : public ::testing::Test {
 protected:
  PoseRowsTest() : session(SessionOptions{}) {
    fake::clear();
    query.project_id = "p";
  }

  void frame() {
    rows.show(query, set, source);
    rows.ask(session);
  }
  void answer_gaps(std::vector<PoseGaps::Row> found) {
    PoseGaps gaps;
    gaps.poses = {"happy", "fear"};
    for (const PoseGaps::Row& row : found) {
      for (std::uint64_t left = row.missing; left != 0; left &= left - 1) ++gaps.missing;
    }
    gaps.rows = std::move(found);
    rows.apply(fake::answer<PoseGapsPtr>(fake::last("query_pose_gaps"),
                                         std::make_shared<const PoseGaps>(std::move(gaps))));
  }
  std::vector<CharacterId> shown() const {
    std::vector<CharacterId> ids;
    for (const PoseGaps::Row& row : rows.shown()) ids.push_back(row.id);
    return ids;
  }
  using Ids = std::vector<CharacterId>;

  Session session;
  PoseRows rows;
  CastQuery query;
  PoseSet set = expressions();
  PoseSource source = PoseSource::production;
};

TEST_F(PoseRowsTest, asks_once_for_who_lacks_what) {
  frame();
  frame();
  EXPECT_EQ(fake::count("query_pose_gaps"), 1);
  EXPECT_EQ(fake::last("query_pose_gaps").argument, ":happy,fear");
  EXPECT_TRUE(rows.waiting());
  answer_gaps({{"mira", 0b01}, {"elin", 0}});
  EXPECT_FALSE(rows.waiting());
  EXPECT_EQ(rows.missing(), 1);
  EXPECT_EQ(shown(), (Ids{"mira", "elin"}));
}

TEST_F(PoseRowsTest, asks_for_nothing_while_it_is_not_shown) {
  rows.ask(session);
  EXPECT_TRUE(fake::calls().empty());
}

TEST_F(PoseRowsTest, shows_who_lacks_a_pose_any_pose_or_none) {
  frame();
  answer_gaps({{"mira", 0b01}, {"elin", 0}, {"kaito", 0b11}, {"juno", 0b10}});
  rows.filter({PoseFilter::Who::lacks_pose, "fear"});
  EXPECT_EQ(shown(), (Ids{"kaito", "juno"}));
  EXPECT_EQ(rows.missing_of_shown(), 3);
  rows.filter({PoseFilter::Who::lacks_any, {}});
  EXPECT_EQ(shown(), (Ids{"mira", "kaito", "juno"}));
  rows.filter({PoseFilter::Who::lacks_nothing, {}});
  EXPECT_EQ(shown(), (Ids{"elin"}));
  rows.filter({PoseFilter::Who::lacks_pose, "walking"});
  EXPECT_TRUE(shown().empty());
  EXPECT_EQ(rows.missing(), 4);  // of the whole cast, whatever is shown
}

TEST_F(PoseRowsTest, forgets_the_filter_for_a_pose_that_another_set_does_not_have) {
  frame();
  answer_gaps({{"mira", 0b10}});
  rows.filter({PoseFilter::Who::lacks_pose, "fear"});
  set = {"action_pose", "Action Pose", {{"walking", "Walking"}, {"running", "Running"}}};
  frame();
  EXPECT_EQ(rows.filter().who, PoseFilter::Who::everybody);
  EXPECT_EQ(rows.gaps(), nullptr);
  EXPECT_EQ(fake::last("query_pose_gaps").argument, ":walking,running");
}

TEST_F(PoseRowsTest, drops_the_answer_to_an_earlier_question) {
  frame();
  const fake::Call earlier = fake::last("query_pose_gaps");
  query.text = "captain";
  frame();
  rows.apply(fake::answer<PoseGapsPtr>(earlier, std::make_shared<const PoseGaps>()));
  EXPECT_EQ(rows.gaps(), nullptr);
  EXPECT_EQ(fake::last("query_pose_gaps").argument, "captain:happy,fear");
}

TEST_F(PoseRowsTest, loads_painted_rows_together_and_each_once) {
  frame();
  EXPECT_EQ(rows.get("mira"), nullptr);
  EXPECT_EQ(rows.get("elin"), nullptr);
  frame();
  EXPECT_EQ(rows.get("mira"), nullptr);
  frame();
  EXPECT_EQ(fake::count("load_poses"), 1);
  EXPECT_EQ(fake::last("load_poses").argument, "elin,mira");
  CharacterPoses mira{"mira", {}};
  mira.pictures.push_back({"fear", "images/fear.png", "v", 3, "expression_sheet", 5, Status::none});
  rows.apply(fake::answer(fake::last("load_poses"),
                          std::vector<CharacterPoses>{mira, CharacterPoses{"elin", {}}}));
  ASSERT_NE(rows.get("mira"), nullptr);
  EXPECT_EQ(rows.get("mira")->find("fear")->cell, 5);
  EXPECT_EQ(rows.get("mira")->find("happy"), nullptr);
}

TEST_F(PoseRowsTest, asks_again_after_a_change_and_keeps_what_it_has_meanwhile) {
  frame();
  answer_gaps({{"mira", 0b01}});
  static_cast<void>(rows.get("mira"));
  frame();
  rows.apply(fake::answer(fake::last("load_poses"),
                          std::vector<CharacterPoses>{CharacterPoses{"mira", {}}}));
  fake::clear();
  rows.apply(LibraryChanged{{{1, "version", "v9"}}});
  EXPECT_NE(rows.get("mira"), nullptr);
  frame();
  EXPECT_EQ(fake::count("query_pose_gaps"), 1);
  EXPECT_EQ(fake::count("load_poses"), 1);
  EXPECT_EQ(shown(), (Ids{"mira"}));
}

TEST_F(PoseRowsTest, follows_what_is_looked_at_only_where_that_is_what_it_shows) {
  frame();
  answer_gaps({{"mira", 0}});
  fake::clear();
  rows.apply(LibraryChanged{{{1, "view", "v9"}}});
  frame();
  EXPECT_EQ(fake::count("query_pose_gaps"), 0);
  source = PoseSource::viewed;
  frame();
  answer_gaps({{"mira", 0}});
  fake::clear();
  rows.apply(LibraryChanged{{{2, "view", "v9"}}});
  frame();
  EXPECT_EQ(fake::count("query_pose_gaps"), 1);
}

TEST_F(PoseRowsTest, keeps_the_reason_why_nothing_could_be_read) {
  frame();
  rows.apply(fake::refusal<PoseGapsPtr>(fake::last("query_pose_gaps"),
                                        {ErrorCode::library, "it is damaged", {}, {}}));
  ASSERT_TRUE(rows.error());
  EXPECT_EQ(rows.error()->message, "it is damaged");
}

TEST(PoseSets, begin_with_the_expressions_and_leave_out_whole_sheets) {
  Catalogue catalogue;
  Template action{.key = "action_pose", .title = "Action Pose"};
  action.shots = {{"walking", "Walking", "", 1}, {"running", "Running", "", 1}};
  Template custom{.key = "custom", .title = "Custom"};
  Template sheet{.key = "expression_sheet", .title = "Expression Sheet"};
  sheet.shot_label = "Expressions";
  sheet.shots = {{"all", "All nine", "", 9}, {"happy", "Happy", "", 1}, {"sad", "Sad", "", 1}};
  catalogue.templates = {action, custom, sheet};
  const std::vector<PoseSet> sets = pose_sets(catalogue);
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].title, "Expressions");
  ASSERT_EQ(sets[0].columns.size(), 2U);
  EXPECT_EQ(sets[0].columns[0].pose, "happy");
  EXPECT_EQ(sets[1].title, "Action Pose");
}

}  // namespace
}  // namespace castboard
