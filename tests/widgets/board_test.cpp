#include "board.h"

#include <gtest/gtest.h>

#include "support/fake_session.h"

namespace castboard {
namespace {

Version version(const std::string& id, int number, bool active = false) {
  Version v;
  v.id = id;
  v.character_id = "kaito";
  v.version_number = number;
  v.version_name = "Sheet";
  v.is_active = active;
  v.viewed = true;
  for (int cell = 1; cell <= kCellsPerSheet; ++cell)
    v.cells.push_back({cell, "", {}, "", {}, "", 0});
  return v;
}

VersionListPtr versions(std::vector<Version> all, const CharacterId& character = "mira") {
  auto list = std::make_shared<VersionList>();
  list->character_id = character;
  list->versions = std::move(all);
  return list;
}

Job job(const std::string& id, const CharacterId& character, JobState state = JobState::running) {
  Job j;
  j.id = id;
  j.character_id = character;
  j.character_name = character;
  j.state = state;
  return j;
}

JobFinished done(const std::string& job_id, const Version& result) {
  Job j = job(job_id, result.character_id, JobState::done);
  return {{j, {result}}};
}

class BoardTest : public testing::Test {
 protected:
  // Opens a library of one project with two characters and shows the first one's versions.
  void open(LastViewed last = {},
            std::vector<Version> list = {version("a", 1), version("b", 2, true)}) {
    Opened opened;
    opened.library.last_viewed = std::move(last);
    opened.catalogue = std::make_shared<Catalogue>();
    board.apply(fake::answer(fake::last("open"), opened));
    board.ask();
    Project project;
    project.id = "north";
    board.apply(fake::answer(fake::last("list_projects"), std::vector<Project>{project}));
    board.ask();
    answer_cast();
    board.ask();
    answer_versions(std::move(list));
  }

  void answer_cast() {
    auto cast = std::make_shared<Cast>();
    cast->ids = {"kaito", "mira"};
    cast->character_count = 2;
    board.apply(fake::answer(fake::last("query_cast"), CastPtr(cast)));
  }

  void answer_versions(std::vector<Version> list) {
    board.apply(
        fake::answer(fake::last("list_versions"), versions(std::move(list), board.character_id())));
  }

  // As if its tile were drawn this frame.
  void paint(const CharacterId& id) { static_cast<void>(board.row(id)); }

  // Presses Generate for the shown character; its job is "job".
  void generate() {
    GenerationRequest request;
    request.character_id = board.character_id();
    board.generate(request);
    board.apply(
        fake::answer(fake::last("generate"), std::vector<Job>{job("job", board.character_id())}));
  }

  // A fresh record before the board asks for anything.
  Session session{(fake::clear(), SessionOptions{})};
  Board board{session};
};

TEST_F(BoardTest, shows_the_first_project_character_and_its_active_version_at_first) {
  open();
  EXPECT_EQ(board.query().project_id, "north");
  EXPECT_EQ(board.character_id(), "kaito");
  ASSERT_NE(board.viewed(), nullptr);
  EXPECT_EQ(board.viewed()->id, "b");
}

TEST_F(BoardTest, restores_what_was_viewed_last_after_a_restart) {
  open({"north", "mira", "a", 3});
  EXPECT_EQ(board.character_id(), "mira");
  ASSERT_NE(board.viewed(), nullptr);
  EXPECT_EQ(board.viewed()->id, "a");
  EXPECT_EQ(board.cell(), 3);
  EXPECT_TRUE(board.single());
}

TEST_F(BoardTest, remembers_what_is_viewed_and_never_makes_it_active) {
  open();
  board.view_version("a");
  EXPECT_EQ(fake::last_marked(), (LastViewed{"north", "kaito", "a", 0}));
  board.show_cell(5);
  EXPECT_EQ(fake::last_marked(), (LastViewed{"north", "kaito", "a", 5}));
  EXPECT_EQ(fake::count("activate"), 0);
}

TEST_F(BoardTest, keeps_the_shown_cell_when_it_steps_through_versions) {
  open();
  board.show_cell(3);
  board.step_version(-1);
  EXPECT_EQ(board.viewed()->id, "a");
  EXPECT_EQ(board.cell(), 3);
  EXPECT_TRUE(board.single());
  board.step_version(-1);
  EXPECT_EQ(board.viewed()->id, "a") << "there is nothing before the first";
}

TEST_F(BoardTest, steps_cells_round_the_sheet) {
  open();
  board.step_cell(-1);
  EXPECT_EQ(board.cell(), 9);
  board.step_cell(1);
  EXPECT_EQ(board.cell(), 1);
  EXPECT_FALSE(board.single());
}

TEST_F(BoardTest, compares_with_the_active_version_at_first) {
  open();
  board.view_version("a");
  board.show(ViewerMode::compare);
  EXPECT_EQ(board.viewer_mode(), ViewerMode::compare);
  ASSERT_NE(board.compared(), nullptr);
  EXPECT_EQ(board.compared()->id, "b");
}

TEST_F(BoardTest, compares_the_active_version_with_its_neighbour) {
  open();
  board.show(ViewerMode::compare);
  ASSERT_NE(board.compared(), nullptr);
  EXPECT_EQ(board.compared()->id, "a");
}

TEST_F(BoardTest, compares_two_cells_of_the_only_version) {
  open({}, {version("a", 1, true)});
  board.show_cell(9);
  board.show(ViewerMode::compare);
  ASSERT_NE(board.compared(), nullptr);
  EXPECT_EQ(board.compared()->id, "a");
  EXPECT_EQ(board.compared_cell(), 1) << "the one after the ninth";
}

TEST_F(BoardTest, says_that_there_is_nothing_to_compare_a_single_picture_with) {
  Version picture = version("a", 1, true);
  picture.cells.clear();
  open({}, {picture});
  board.show(ViewerMode::compare);
  EXPECT_EQ(board.viewer_mode(), ViewerMode::version);
  EXPECT_EQ(board.toasts().size(), 1U);
}

TEST_F(BoardTest, compares_the_cell_that_is_shown_in_both_until_b_has_its_own) {
  open();
  board.show(ViewerMode::compare);
  EXPECT_EQ(board.compared_cell(), 0) << "all nine of both";
  board.show_cell(3);
  EXPECT_EQ(board.compared_cell(), 3);
  board.step_compared_cell(1);
  EXPECT_EQ(board.compared_cell(), 4);
  EXPECT_EQ(board.cell(), 3);
  board.show_cell(7);
  EXPECT_EQ(board.compared_cell(), 4) << "its own stays";
  board.compare_cell(0);
  EXPECT_EQ(board.compared_cell(), 7);
}

TEST_F(BoardTest, moves_b_through_the_versions_and_never_onto_a) {
  open({}, {version("a", 1), version("b", 2, true), version("c", 3), version("d", 4)});
  board.view_version("c");
  board.compare_with("b");
  board.step_compared(1);
  EXPECT_EQ(board.compared()->id, "d") << "over c, which is A";
  board.step_compared(1);
  EXPECT_EQ(board.compared()->id, "d") << "there is nothing behind the last";
  board.step_compared(-1);
  EXPECT_EQ(board.compared()->id, "b");
  EXPECT_EQ(board.viewed()->id, "c") << "A stays";
}

TEST_F(BoardTest, swaps_a_and_b_and_their_cells) {
  open();
  board.show_cell(2);
  board.compare_with("a");
  board.step_compared_cell(1);
  board.swap_compared();
  EXPECT_EQ(board.viewed()->id, "a");
  EXPECT_EQ(board.cell(), 3);
  EXPECT_EQ(board.compared()->id, "b");
  EXPECT_EQ(board.compared_cell(), 2);
  board.swap_compared();
  EXPECT_EQ(board.viewed()->id, "b");
  EXPECT_EQ(board.cell(), 2);
  EXPECT_EQ(board.compared_cell(), 3);
}

TEST_F(BoardTest, drops_the_answer_to_a_question_it_no_longer_asks) {
  open();
  board.show_character("mira");
  board.ask();
  const fake::Call stale = fake::last("list_versions");
  board.show_character("kaito");
  board.ask();
  board.apply(fake::answer(stale, versions({version("m", 1)}, "mira")));
  EXPECT_EQ(board.versions(), nullptr);
  board.apply(fake::answer(fake::last("list_versions"), versions({version("k", 1)}, "kaito")));
  ASSERT_NE(board.viewed(), nullptr);
  EXPECT_EQ(board.viewed()->id, "k");
}

TEST_F(BoardTest, stops_the_search_that_a_newer_word_replaces) {
  open();
  board.search("mi");
  board.ask();
  const fake::Call first = fake::last("query_cast");
  board.search("mira");
  board.ask();
  EXPECT_EQ(fake::last("forget_cast").argument, std::to_string(first.ticket));
  EXPECT_EQ(fake::last("query_cast").argument, "north:mira");
}

TEST_F(BoardTest, follows_a_new_version_when_the_user_stayed) {
  open();
  generate();
  board.apply(done("job", version("c", 3)));
  board.ask();
  answer_versions({version("a", 1), version("b", 2), version("c", 3, true)});
  EXPECT_EQ(board.viewed()->id, "c");
  EXPECT_FALSE(board.single());
}

TEST_F(BoardTest, does_not_follow_when_the_user_looked_at_another_version_meanwhile) {
  open();
  generate();
  board.view_version("a");
  board.apply(done("job", version("c", 3)));
  board.ask();
  answer_versions({version("a", 1), version("b", 2), version("c", 3, true)});
  EXPECT_EQ(board.viewed()->id, "a");
}

TEST_F(BoardTest, does_not_follow_when_the_user_left_and_came_back) {
  open();
  generate();
  board.show_character("mira");
  board.show_character("kaito");
  board.ask();
  answer_versions({version("a", 1), version("b", 2, true)});
  board.apply(done("job", version("c", 3)));
  board.ask();
  answer_versions({version("a", 1), version("b", 2), version("c", 3, true)});
  EXPECT_EQ(board.viewed()->id, "b");
  ASSERT_FALSE(board.toasts().empty());
  EXPECT_EQ(board.toasts().back().show_version, "c");
}

TEST_F(BoardTest, follows_even_when_the_job_is_done_before_the_answer_to_generate) {
  open();
  GenerationRequest request;
  request.character_id = "kaito";
  board.generate(request);
  Version made = version("c", 3, true);
  made.character_id = "kaito";
  board.apply(done("job", made));
  board.apply(fake::answer(fake::last("generate"), std::vector<Job>{job("job", "kaito")}));
  board.ask();
  answer_versions({version("a", 1), version("b", 2), made});
  EXPECT_EQ(board.viewed()->id, "c");
}

TEST_F(BoardTest, does_not_follow_a_version_made_by_another_process) {
  open();
  board.apply(LibraryChanged{{{1, "version", "c"}}});
  board.ask();
  Version made = version("c", 3, true);
  made.viewed = false;
  answer_versions({version("a", 1), version("b", 2), made});
  EXPECT_EQ(board.viewed()->id, "b");
  EXPECT_FALSE(board.find_version("c")->viewed) << "it keeps its NEW mark";
}

TEST_F(BoardTest, takes_the_new_mark_away_at_once_when_a_version_is_viewed) {
  Version fresh = version("a", 1);
  fresh.viewed = false;
  open({}, {fresh, version("b", 2, true)});
  board.view_version("a");
  EXPECT_TRUE(board.viewed()->viewed);
  EXPECT_EQ(fake::last("mark_viewed").argument, "a");
}

TEST_F(BoardTest, shows_the_neighbour_when_the_viewed_version_is_trashed) {
  open({}, {version("a", 1), version("b", 2), version("c", 3), version("d", 4, true)});
  board.view_version("c");
  board.trash_version("c");
  Edit edit;
  edit.message = "Trashed v003";
  edit.character_id = "kaito";
  edit.before.resize(1);
  board.apply(fake::answer(fake::last("trash_versions"), edit));
  board.ask();
  answer_versions({version("a", 1), version("b", 2), version("d", 4, true)});
  EXPECT_EQ(board.viewed()->id, "d") << "what took its place";
}

TEST_F(BoardTest, asks_again_only_for_what_a_change_touches) {
  open();
  paint("kaito");
  board.ask();
  Character row;
  row.id = "kaito";
  board.apply(fake::answer(fake::last("load_characters"), std::vector<Character>{row}));
  fake::clear();
  board.apply(LibraryChanged{{{7, "job", "x"}, {8, "outbox", "y"}}});
  paint("kaito");
  board.ask();
  EXPECT_TRUE(fake::calls().empty());
  board.apply(LibraryChanged{{{9, "version", "b"}}});
  EXPECT_NE(board.row("kaito"), nullptr) << "the old row stays until the new one is here";
  board.ask();
  EXPECT_EQ(fake::last("list_versions").argument, "kaito");
  EXPECT_EQ(fake::last("load_characters").argument, "kaito");
  EXPECT_EQ(fake::count("query_cast"), 0);
}

TEST_F(BoardTest, asks_for_each_painted_row_once) {
  open();
  paint("kaito");
  paint("mira");
  board.ask();
  EXPECT_EQ(fake::last("load_characters").argument, "kaito,mira");
  paint("kaito");
  board.ask();
  EXPECT_EQ(fake::count("load_characters"), 1);
}

TEST_F(BoardTest, undoes_the_newest_edit_first_and_each_only_once) {
  open();
  for (const char* id : {"a", "b"}) {
    board.activate(id);
    Edit edit;
    edit.message = std::string("Set active ") + id;
    edit.character_id = "kaito";
    edit.before.resize(1);
    board.apply(fake::answer(fake::last("activate"), edit));
  }
  board.undo_last();
  EXPECT_EQ(fake::last("undo").argument, "Set active b");
  board.undo_last();
  EXPECT_EQ(fake::last("undo").argument, "Set active a");
  board.undo_last();
  EXPECT_EQ(fake::count("undo"), 2);
}

TEST_F(BoardTest, says_once_what_is_done_again_and_again_and_undoes_each) {
  open();
  for (int step = 0; step < 3; ++step) {
    board.set_cell_boxes("a", {});
    Edit edit;
    edit.message = "Moved cell 5 of v001";
    edit.character_id = "kaito";
    edit.before.resize(1);
    board.apply(fake::answer(fake::last("set_cell_boxes"), edit));
  }
  EXPECT_EQ(board.toasts().size(), 1u);
  for (int step = 0; step < 3; ++step) board.undo_last();
  EXPECT_EQ(fake::count("undo"), 3);
}

TEST_F(BoardTest, says_what_went_wrong_and_what_to_do) {
  open();
  board.activate("a");
  board.apply(fake::refusal<Edit>(
      fake::last("activate"),
      {ErrorCode::read_only, "The library is read-only", "Make the directory writable", ""}));
  ASSERT_EQ(board.toasts().size(), 1u);
  EXPECT_TRUE(board.toasts()[0].is_error);
  EXPECT_EQ(board.toasts()[0].message, "The library is read-only");
  EXPECT_EQ(board.toasts()[0].hint, "Make the directory writable");
}

TEST_F(BoardTest, says_saved_only_when_nothing_is_on_its_way) {
  EXPECT_EQ(board.save_text(), "Opening...");
  open();
  EXPECT_EQ(board.save_text(), "Saved");
  board.activate("a");
  EXPECT_EQ(board.save_text(), "Saving...");
  board.apply(fake::answer(fake::last("activate"), Edit{}));
  EXPECT_EQ(board.save_text(), "Saved");
}

TEST_F(BoardTest, words_the_state_of_the_push) {
  EXPECT_EQ(board.push_text(), "push off");
  board.apply(PushChanged{{PushState::pending, 2, ""}});
  EXPECT_EQ(board.push_text(), "2 pushes pending");
  board.apply(PushChanged{{PushState::held, 1, "no base URL"}});
  EXPECT_EQ(board.push_text(), "1 push held");
}

TEST_F(BoardTest, sets_the_status_of_the_cell_only_where_it_fills_the_view) {
  open();
  board.choose_cell(4);
  board.set_status_of_shown(Status::approved);
  EXPECT_EQ(fake::last("set_status").argument, "b=approved");
  board.show_cell(4);
  board.set_status_of_shown(Status::omitted);
  EXPECT_EQ(fake::last("set_cell_status").argument, "b#4=omitted");
}

TEST_F(BoardTest, cancels_the_running_job_of_the_shown_character_first) {
  open();
  const auto jobs = std::make_shared<std::vector<Job>>(
      std::vector<Job>{job("over", "kaito", JobState::done), job("other", "mira"),
                       job("waiting", "kaito", JobState::queued), job("here", "kaito")});
  board.apply(JobsChanged{jobs});
  EXPECT_EQ(board.jobs_under_way(), 3);
  board.cancel_current_job();
  EXPECT_EQ(fake::last("cancel").argument, "here");
}

TEST_F(BoardTest, leaves_jobs_of_other_processes_out_of_what_it_counts_and_cancels) {
  open();
  Job theirs = job("theirs", "kaito", JobState::queued);
  theirs.elsewhere = true;
  const auto jobs = std::make_shared<std::vector<Job>>(
      std::vector<Job>{theirs, job("mine", "mira", JobState::queued)});
  board.apply(JobsChanged{jobs});
  EXPECT_EQ(board.jobs_under_way(), 1);
  board.cancel_current_job();
  EXPECT_EQ(fake::last("cancel").argument, "mine");
}

TEST_F(BoardTest, has_three_ways_to_cancel_that_are_three_actions) {
  open();
  const auto jobs = std::make_shared<std::vector<Job>>(std::vector<Job>{
      job("sent", "mira", JobState::running), job("next", "mira", JobState::queued)});
  board.apply(JobsChanged{jobs});
  board.cancel_current_job();
  EXPECT_EQ(fake::last("cancel").argument, "sent");
  EXPECT_EQ(fake::count("cancel_queued") + fake::count("cancel_all"), 0);
  board.cancel_queued_jobs();
  board.cancel_all_jobs();
  EXPECT_EQ(fake::count("cancel_queued"), 1);
  EXPECT_EQ(fake::count("cancel_all"), 1);
}

TEST_F(BoardTest, says_why_a_job_cannot_be_submitted_again) {
  open();
  board.submit_again("lost");
  board.apply(
      fake::refusal<Job>(fake::last("submit_again"),
                         {ErrorCode::invalid_input, "It was submitted again already", "", ""}));
  ASSERT_EQ(board.toasts().size(), 1U);
  EXPECT_EQ(board.toasts().front().message, "It was submitted again already");
}

TEST_F(BoardTest, asks_once_what_submitting_a_job_again_would_ask) {
  open();
  EXPECT_EQ(board.question_again("").limit, "");
  EXPECT_EQ(board.question_again("lost").limit, "");
  board.question_again("lost");
  EXPECT_EQ(fake::count("quote_again"), 1) << "not in every frame";
  GenerationQuote quote;
  quote.ask = "Spend 5 more?";
  board.apply(fake::answer(fake::last("quote_again"), quote));
  EXPECT_EQ(board.question_again("lost").limit, "Spend 5 more?");
  EXPECT_EQ(board.question_again("other").limit, "") << "that was about another job";
  board.apply(fake::refusal<GenerationQuote>(
      fake::last("quote_again"), {ErrorCode::out_of_credit, "No credits are left", "", ""}));
  EXPECT_EQ(board.question_again("other").refused, "No credits are left");
  board.submit_again("other", true);
  EXPECT_EQ(fake::last("submit_again").argument, "other over its limit");
}

TEST_F(BoardTest, says_one_reason_of_many_failures_once) {
  open();
  for (const char* id : {"one", "two", "three"}) {
    JobOutcome outcome;
    outcome.job = job(id, "mira", JobState::failed);
    outcome.job.message = "The provider is down";
    board.apply(JobFinished{outcome});
  }
  ASSERT_EQ(board.toasts().size(), 1U);
  EXPECT_EQ(board.toasts().front().times, 3);
  EXPECT_FALSE(board.toasts().front().stays) << "its cards stay";
}

TEST_F(BoardTest, shows_a_paused_queue_and_a_provider_without_credit) {
  open();
  JobsChanged changed{std::make_shared<std::vector<Job>>()};
  changed.queue = {true, {{"paid", "Paid has no credit left"}}};
  board.apply(changed);
  EXPECT_TRUE(board.queue().paused);
  board.start_provider(board.queue().stopped.front().name);
  EXPECT_EQ(fake::last("start_provider").argument, "paid");
}

TEST_F(BoardTest, shows_a_new_character_as_soon_as_it_is_saved) {
  open();
  CharacterDraft draft;
  draft.name = "Elin";
  board.save_character({}, draft);
  Character made;
  made.id = "elin";
  board.apply(fake::answer(fake::last("create_character"), made));
  EXPECT_EQ(board.character_id(), "elin");
}

TEST_F(BoardTest, keeps_the_form_s_error_when_a_character_is_refused) {
  open();
  board.save_character({}, {});
  board.apply(fake::refusal<Character>(fake::last("create_character"),
                                       {ErrorCode::invalid_input, "The name is empty", "", ""}));
  ASSERT_NE(board.character_error(), nullptr);
  EXPECT_EQ(board.character_error()->message, "The name is empty");
}

TEST_F(BoardTest, says_why_the_library_does_not_open) {
  board.apply(fake::refusal<Opened>(fake::last("open"),
                                    {ErrorCode::library, "The library is newer", "Update", ""}));
  ASSERT_NE(board.open_error(), nullptr);
  EXPECT_FALSE(board.waiting());
}

// What a library answers when these were moved to the trash.
Edit trashed(const std::vector<CharacterId>& ids) {
  Edit edit;
  edit.message = "Trashed";
  for (const CharacterId& id : ids) {
    Character character;
    character.id = id;
    edit.characters_before.push_back(character);
    character.deleted_at = "2026-01-01T00:00:00.000Z";
    edit.characters_after.push_back(character);
  }
  return edit;
}

TEST_F(BoardTest, goes_on_with_the_next_character_when_the_shown_one_is_trashed) {
  open();
  board.trash_characters({"kaito"});
  board.apply(fake::answer(fake::last("trash_characters"), trashed({"kaito"})));
  EXPECT_EQ(board.character_id(), "mira");
}

TEST_F(BoardTest, stays_with_the_shown_character_when_others_are_trashed) {
  open();
  board.trash_characters({"mira"});
  board.apply(fake::answer(fake::last("trash_characters"), trashed({"mira"})));
  EXPECT_EQ(board.character_id(), "kaito");
  board.undo_last();
  EXPECT_EQ(fake::count("undo"), 1);
}

TEST_F(BoardTest, asks_for_the_cast_again_only_when_filter_or_order_changed) {
  open();
  CastQuery query = board.query();
  board.show_cast(query);
  board.ask();
  EXPECT_EQ(fake::count("query_cast"), 1);
  query.status = Status::approved;
  query.sort = CastQuery::Sort::newest;
  board.show_cast(query);
  board.ask();
  EXPECT_EQ(fake::count("query_cast"), 2);
  Project other;
  other.id = "south";
  board.show_project(other.id);
  EXPECT_FALSE(board.query().status) << "everybody of the other project";
  EXPECT_EQ(board.query().sort, CastQuery::Sort::newest);
}

TEST_F(BoardTest, says_what_is_wrong_with_an_edit_in_place_there_and_in_no_message) {
  open();
  board.edit_character("mira", {"north", "Kaito", {}, {}});
  board.apply(fake::refusal<Edit>(fake::last("edit_character"),
                                  {ErrorCode::invalid_input, "The name is taken", {}, {}}));
  ASSERT_NE(board.edit_error("mira"), nullptr);
  EXPECT_EQ(board.edit_error("kaito"), nullptr);
  EXPECT_TRUE(board.toasts().empty());
  board.edit_character("mira", {"north", "Mira Voss", {}, {}});
  EXPECT_EQ(board.edit_error("mira"), nullptr);
}

TEST_F(BoardTest, says_once_what_became_of_a_batch) {
  open();
  board.show_character("mira");
  board.generate_batch({{}, {"kaito", "mira"}, false});
  const Job first = job("one", "kaito");
  const Job second = job("two", "mira");
  board.show_character("kaito");
  board.apply(fake::answer(fake::last("generate_batch"), std::vector<Job>{first, second}));
  board.apply(done("one", version("c", 3)));
  EXPECT_TRUE(board.toasts().empty());
  Job lost = job("two", "mira", JobState::cancelled);
  board.apply(JobFinished{{lost, {}}});
  ASSERT_EQ(board.toasts().size(), 1U);
  EXPECT_NE(board.toasts()[0].message.find("1 of 2"), std::string::npos);
}

TEST_F(BoardTest, forgets_an_earlier_price_of_a_batch_when_it_asks_for_another) {
  open();
  board.quote_batch({{}, {"kaito"}, false});
  const fake::Call first = fake::last("quote_batch");
  board.quote_batch({{}, {"kaito", "mira"}, false});
  BatchQuote quote;
  quote.credits = 5;
  board.apply(fake::answer(first, quote));
  EXPECT_EQ(board.batch_quote(), nullptr) << "of another choice";
  board.apply(fake::answer(fake::last("quote_batch"), quote));
  ASSERT_NE(board.batch_quote(), nullptr);
  EXPECT_EQ(board.batch_quote()->credits, 5);
}

TEST_F(BoardTest, asks_who_is_in_a_filtered_cast_again_when_pictures_change) {
  open();
  board.apply(LibraryChanged{{{1, "version", "a"}}});
  board.ask();
  EXPECT_EQ(fake::count("query_cast"), 1) << "of everybody by name nothing changes";
  CastQuery query = board.query();
  query.lacks_pose = "happy";
  board.show_cast(query);
  board.ask();
  answer_cast();
  board.apply(LibraryChanged{{{2, "version", "a"}}});
  board.ask();
  EXPECT_EQ(fake::count("query_cast"), 3);
}

TEST_F(BoardTest, reads_the_jobs_that_are_over_only_while_somebody_looks_at_them) {
  open();
  board.ask();
  EXPECT_EQ(fake::count("job_history"), 0);
  JobHistoryQuery query;
  board.watch_history(query);
  board.ask();
  board.ask();
  EXPECT_EQ(fake::count("job_history"), 1);
  board.apply(fake::answer(fake::last("job_history"), std::vector<Job>{job("old", "mira")}));
  ASSERT_NE(board.history(), nullptr);
  EXPECT_EQ(board.history()->size(), 1U);
  board.apply(JobFinished{{job("new", "mira", JobState::cancelled), {}}});
  board.ask();
  EXPECT_EQ(fake::count("job_history"), 2) << "one more is over";
  query.text = "mira";
  board.watch_history(query);
  board.ask();
  EXPECT_EQ(fake::last("job_history").argument, "mira");
  board.watch_history(std::nullopt);
  board.ask();
  EXPECT_EQ(board.history(), nullptr);
  EXPECT_EQ(fake::count("job_history"), 3);
}

}  // namespace
}  // namespace castboard
