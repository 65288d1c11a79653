#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "board.h"
#include "support/fake_session.h"

// The strip's half of the board: filter, trash, several versions at once.
namespace castboard {
namespace {

using ::testing::ElementsAre;

constexpr SelectKeys kCtrl{.ctrl = true};
constexpr SelectKeys kShift{.shift = true};

Version version(const std::string& id, int number) {
  Version v;
  v.id = id;
  v.character_id = "mira";
  v.version_number = number;
  v.version_name = "Portrait";
  v.template_type = number % 2 == 0 ? "expression_sheet" : "portrait";
  v.viewed = true;
  if (number % 2 == 0) v.cells.resize(kCellsPerSheet);
  return v;
}

std::vector<Version> five() {
  std::vector<Version> all{version("a", 1), version("b", 2), version("c", 3), version("d", 4),
                           version("e", 5)};
  all[1].is_active = true;
  return all;
}

VersionListPtr list_of(std::vector<Version> all, bool trashed = false) {
  auto list = std::make_shared<VersionList>();
  list->character_id = "mira";
  list->trashed = trashed;
  for (Version& each : all) {
    if (trashed) each.deleted_at = "2026-01-31T12:00:00.000Z";
  }
  list->versions = std::move(all);
  return list;
}

class BoardVersions : public testing::Test {
 protected:
  BoardVersions() {
    fake::clear();
    board = std::make_unique<Board>(session);
    Opened opened;
    opened.catalogue = std::make_shared<Catalogue>();
    board->apply(fake::answer(fake::last("open"), opened));
    board->ask();
    Project project;
    project.id = "north";
    board->apply(fake::answer(fake::last("list_projects"), std::vector<Project>{project}));
    board->ask();
    auto cast = std::make_shared<Cast>();
    cast->ids = {"mira"};
    board->apply(fake::answer(fake::last("query_cast"), CastPtr(cast)));
    board->ask();
    answer(five());
  }

  void answer(std::vector<Version> all) {
    board->apply(fake::answer(fake::last("list_versions"), list_of(std::move(all))));
    board->ask();
  }

  void answer_trash(std::vector<Version> all) {
    board->apply(fake::answer(fake::last("list_trash"), list_of(std::move(all), true)));
    board->ask();
  }

  // The library did what it was asked for; the lists are read again.
  void done(const std::string& call, const std::string& message) {
    Edit edit;
    edit.message = message;
    edit.character_id = "mira";
    edit.before.resize(2);
    board->apply(fake::answer(fake::last(call), edit));
    board->ask();
  }

  [[nodiscard]] std::vector<VersionId> shown() const { return board->shown_versions().ids; }
  [[nodiscard]] VersionId viewed() const {
    return board->viewed() != nullptr ? board->viewed()->id : "";
  }

  Session session{{}};
  std::unique_ptr<Board> board;
};

TEST_F(BoardVersions, steps_through_what_the_filter_shows) {
  board->set_filter({.sheets_only = true});
  EXPECT_THAT(shown(), ElementsAre("b", "d"));
  EXPECT_EQ(viewed(), "b");
  board->step_version(1);
  EXPECT_EQ(viewed(), "d");
  board->step_version(1);
  EXPECT_EQ(viewed(), "d") << "the last that is shown";
  board->view_first();
  EXPECT_EQ(viewed(), "b");
  board->set_filter({});
  board->view_last();
  EXPECT_EQ(viewed(), "e");
}

TEST_F(BoardVersions, steps_from_a_hidden_one_to_its_nearest_shown_neighbour) {
  board->view_version("c");
  board->set_filter({.sheets_only = true});
  EXPECT_EQ(viewed(), "c") << "filtering changes nothing of what is viewed";
  board->step_version(-1);
  EXPECT_EQ(viewed(), "b");
}

TEST_F(BoardVersions, jumps_to_a_number_and_clears_a_filter_that_hides_it) {
  board->jump_to_number(5);
  EXPECT_EQ(viewed(), "e");
  board->set_filter({.sheets_only = true});
  board->jump_to_number(3);
  EXPECT_EQ(viewed(), "c");
  EXPECT_FALSE(board->filter().on());
  EXPECT_EQ(board->toasts().back().message, "Filter cleared to show v003");
  board->undo_last();
  EXPECT_TRUE(board->filter().sheets_only) << "Undo brings the filter back";
}

TEST_F(BoardVersions, says_that_there_is_no_such_number) {
  board->jump_to_number(77);
  EXPECT_EQ(viewed(), "b");
  EXPECT_EQ(board->toasts().back().message, "There is no v077 here");
  EXPECT_EQ(board->toasts().back().hint, "The newest is v005.");
}

TEST_F(BoardVersions, views_the_next_shown_one_when_the_viewed_one_is_trashed) {
  board->set_filter({.sheets_only = true});
  board->trash_versions({"b"});
  done("trash_versions", "Trashed v002");
  answer({five()[0], five()[2], five()[3], five()[4]});
  EXPECT_EQ(viewed(), "d") << "of the sheets, which are what is shown";
}

TEST_F(BoardVersions, views_the_one_before_when_the_last_is_trashed) {
  board->view_last();
  board->trash_versions({"e", "d"});
  EXPECT_EQ(viewed(), "e") << "until the library has done it";
  done("trash_versions", "Trashed 2 versions");
  answer({five()[0], five()[1], five()[2]});
  EXPECT_EQ(viewed(), "c");
}

TEST_F(BoardVersions, chooses_several_beside_the_viewed_one) {
  board->choose_version("d", kCtrl);
  EXPECT_EQ(viewed(), "b") << "choosing does not view";
  EXPECT_THAT(board->targets(), ElementsAre("b", "d"));
  board->choose_version("e", kShift);
  EXPECT_THAT(board->targets(), ElementsAre("d", "e"));
  board->choose_version("a", {});
  EXPECT_EQ(viewed(), "a");
  EXPECT_THAT(board->targets(), ElementsAre("a"));
}

TEST_F(BoardVersions, acts_on_the_chosen_ones_that_are_shown) {
  board->choose_all_versions();
  board->set_filter({.sheets_only = true});
  EXPECT_THAT(board->targets(), ElementsAre("b", "d"));
  board->set_status_of_chosen(Status::approved);
  EXPECT_EQ(fake::last("set_status").argument, "b,d=approved");
}

TEST_F(BoardVersions, stars_several_at_once_and_unstars_when_all_have_one) {
  board->toggle_star(std::vector<VersionId>{"a", "b"});
  EXPECT_EQ(fake::last("star").argument, "a,b");
  std::vector<Version> starred = five();
  starred[0].starred = starred[1].starred = true;
  done("star", "Starred 2 versions");
  answer(starred);
  board->toggle_star(std::vector<VersionId>{"a", "b", "c"});
  EXPECT_EQ(fake::last("star").argument, "a,b,c") << "one had none";
  board->toggle_star(std::vector<VersionId>{"a", "b"});
  EXPECT_EQ(fake::last("unstar").argument, "a,b");
}

TEST_F(BoardVersions, takes_a_batch_back_with_one_undo) {
  board->choose_version("d", kCtrl);
  board->trash_versions(board->targets());
  done("trash_versions", "Trashed 2 versions; v001 is active now");
  ASSERT_EQ(board->toasts().size(), 1U);
  EXPECT_EQ(board->toasts().back().message, "Trashed 2 versions; v001 is active now");
  board->undo_last();
  EXPECT_EQ(fake::count("undo"), 1);
  board->undo_last();
  EXPECT_EQ(fake::count("undo"), 1) << "there is nothing more";
}

TEST_F(BoardVersions, keeps_what_is_chosen_over_a_reload_without_what_is_gone) {
  board->choose_all_versions();
  board->apply(LibraryChanged{{{1, "version", "b"}}});
  board->ask();
  answer({five()[0], five()[1], five()[3]});
  EXPECT_THAT(board->targets(), ElementsAre("a", "b", "d"));
}

TEST_F(BoardVersions, lists_the_trash_and_comes_back_to_what_was_viewed) {
  board->view_version("c");
  board->show_trash(true);
  board->ask();
  EXPECT_EQ(board->listed(), nullptr) << "on its way";
  EXPECT_TRUE(board->waiting());
  answer_trash({version("x", 6), version("y", 7)});
  EXPECT_THAT(shown(), ElementsAre("x", "y"));
  EXPECT_EQ(viewed(), "y");
  ASSERT_NE(board->active(), nullptr);
  EXPECT_EQ(board->active()->id, "b") << "the trash is beside what there is";
  board->step_version(-1);
  EXPECT_EQ(viewed(), "x");
  EXPECT_EQ(fake::last_marked().version_id, "c") << "looking into the trash is no last view";
  board->show_trash(false);
  EXPECT_EQ(viewed(), "c");
}

TEST_F(BoardVersions, restores_and_purges_out_of_the_trash_and_views_the_neighbour) {
  board->show_trash(true);
  board->ask();
  answer_trash({version("x", 6), version("y", 7), version("z", 8)});
  board->view_first();
  board->restore_versions(board->targets());
  EXPECT_EQ(fake::last("restore_versions").argument, "x");
  done("restore_versions", "Restored v006");
  EXPECT_EQ(fake::count("activate"), 0);
  answer_trash({version("y", 7), version("z", 8)});
  EXPECT_EQ(viewed(), "y");
  board->choose_all_versions();
  board->purge_versions(board->targets());
  EXPECT_EQ(fake::last("purge_versions").argument, "y,z");
  done("purge_versions", "Purged 2 versions for good");
  answer_trash({});
  EXPECT_EQ(viewed(), "");
  EXPECT_TRUE(board->in_trash());
}

TEST_F(BoardVersions, leaves_the_trash_for_another_character) {
  board->show_trash(true);
  board->show_character("kaito");
  EXPECT_FALSE(board->in_trash());
}

TEST_F(BoardVersions, goes_to_a_version_wherever_it_lives) {
  board->set_filter({.sheets_only = true});
  board->go_to_version("a");
  EXPECT_EQ(viewed(), "a");
  EXPECT_FALSE(board->filter().on());
  board->go_to_version("elsewhere");
  Version other = version("elsewhere", 9);
  other.character_id = "kaito";
  board->apply(fake::answer(fake::last("find_version"), other));
  EXPECT_EQ(board->character_id(), "kaito");
}

TEST_F(BoardVersions, undoes_what_is_not_the_library_s_in_its_turn) {
  int form = 2;
  board->say_undoable("Took over all settings", [&form] { form = 1; });
  board->activate("a");
  done("activate", "Set active v001");
  board->undo_last();
  EXPECT_EQ(fake::last("undo").argument, "Set active v001");
  EXPECT_EQ(form, 2);
  board->undo_last();
  EXPECT_EQ(form, 1);
  EXPECT_EQ(fake::count("undo"), 1);
}

TEST_F(BoardVersions, undoes_from_the_message_once) {
  int times = 0;
  board->say_undoable("Took over the seed", [&times] { ++times; });
  const std::uint64_t id = board->toasts().back().id;
  board->undo_toast(id);
  board->undo_toast(id);
  board->undo_last();
  EXPECT_EQ(times, 1);
}

TEST_F(BoardVersions, groups_by_template_and_unfolds_a_group_to_show_one_of_it) {
  board->set_grouping({.by_template = true, .folded = {"portrait"}});
  EXPECT_THAT(shown(), ElementsAre("b", "d"));
  board->go_to_version("c");
  EXPECT_EQ(shown().size(), 5U);
  EXPECT_TRUE(board->grouping().folded.empty());
  EXPECT_TRUE(board->toasts().empty()) << "no filter was in the way";
}

}  // namespace
}  // namespace castboard
