#include "store_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Jobs, the outbox, groups of edits, the change feed.
class WorkStore : public StoreTest {};

TEST_P(WorkStore, gives_back_every_field_of_a_job) {
  Job job;
  job.id = "0b5e-job";
  job.project_id = project_;
  job.character_id = mira_;
  job.user_id = user_;
  job.request.character_id = mira_;
  job.request.version_name = "Sheet \"1\"";
  job.request.template_type = "expression_sheet";
  job.request.shot = "all";
  job.request.art_style = "anime";
  job.request.aspect_ratio = "16:9";
  job.request.character_reference = {Reference::Kind::version, "v-id"};
  job.request.background_reference = {Reference::Kind::url, "https://example.test/a b.png"};
  job.request.additional_description = "with 猫";
  job.request.provider = "openai";
  job.request.model = "m";
  job.request.seed = 9'007'199'254'740'993;
  job.request.count = 3;
  job.request.activate = ActivatePolicy::never;
  job.request.max_credits = 40;
  job.request.remix_of = "r";
  job.prompt = "prompt";
  job.credit_estimate = 4;
  job.character_ref_hash = "ab1";
  job.background_ref_hash = "cd2";
  job.batch_id = "b";
  job.batch_index = 2;
  job.owner = owner_.owner;
  job.epoch = owner_.epoch;
  job.created_at = "2026-01-31T12:00:00.000Z";
  writer().add_job(job);
  job.state = JobState::downloading;
  job.provider_job_id = "p1";
  job.progress = 0.5;
  job.message = "m";
  job.hint = "h";
  job.error_code = "provider";
  job.picture_hashes = {"h1", "h2"};
  job.received = "{}";
  job.lease_until = "2026-01-31T12:01:00.000Z";
  job.started_at = "2026-01-31T12:00:01.000Z";
  job.finished_at = "2026-01-31T12:00:02.000Z";
  job.continuation = R"({"stage":"polling"})";
  job.kept_files = {"/elsewhere/0.bin"};
  job.billing = Billing::uncertain;
  job.credits = 4;
  job.provider_cost = 0.25;
  job.provider_cost_unit = "USD";
  writer().update_job(job, owner_);

  const Job read = reader().job(job.id).value();
  EXPECT_EQ(read.project_id, project_);
  EXPECT_EQ(read.character_id, mira_);
  EXPECT_EQ(read.user_id, user_);
  EXPECT_EQ(read.character_name, "Mira");
  EXPECT_EQ(read.request, job.request);
  EXPECT_EQ(read.state, JobState::downloading);
  EXPECT_EQ(read.prompt, "prompt");
  EXPECT_EQ(read.provider_job_id, "p1");
  EXPECT_EQ(read.progress, 0.5);
  EXPECT_EQ(read.credit_estimate, 4);
  EXPECT_EQ(read.message, "m");
  EXPECT_EQ(read.hint, "h");
  EXPECT_EQ(read.error_code, "provider");
  EXPECT_THAT(read.picture_hashes, ElementsAre("h1", "h2"));
  EXPECT_EQ(read.received, "{}");
  EXPECT_EQ(read.character_ref_hash, "ab1");
  EXPECT_EQ(read.background_ref_hash, "cd2");
  EXPECT_EQ(read.batch_id, "b");
  EXPECT_EQ(read.batch_index, 2);
  EXPECT_EQ(read.lease_until, job.lease_until);
  EXPECT_EQ(read.created_at, job.created_at);
  EXPECT_EQ(read.started_at, job.started_at);
  EXPECT_EQ(read.finished_at, job.finished_at);
  EXPECT_EQ(read.continuation, job.continuation);
  EXPECT_TRUE(read.known_to_provider());
  EXPECT_EQ(read.idempotency_key, job.id);
  EXPECT_EQ(read.kept_files, job.kept_files);
  EXPECT_EQ(read.billing, Billing::uncertain);
  EXPECT_EQ(read.credits, 4);
  EXPECT_EQ(read.provider_cost, 0.25);
  EXPECT_EQ(read.provider_cost_unit, "USD");
  EXPECT_THAT(reader().jobs_starting_with("0b5"), SizeIs(1));
  EXPECT_THAT(reader().jobs_starting_with("%"), IsEmpty());
  EXPECT_THAT(reader().referenced_files(),
              ElementsAre("images/references/ab/ab1", "images/references/cd/cd2"));
}

TEST_P(WorkStore, keeps_the_queue_in_the_order_jobs_were_made) {
  std::vector<Job> jobs;
  for (int i = 0; i < 3; ++i) jobs.push_back(add_job());
  EXPECT_EQ(reader().job(jobs[2].id)->queue_position, 3);
  jobs[0].state = JobState::running;
  writer().update_job(jobs[0], owner_);
  EXPECT_EQ(reader().job(jobs[0].id)->queue_position, 0);
  EXPECT_EQ(reader().job(jobs[2].id)->queue_position, 2);
  jobs[1].state = JobState::cancelled;
  writer().update_job(jobs[1], owner_);
  const auto open = reader().jobs(false);
  ASSERT_THAT(open, SizeIs(2));
  EXPECT_EQ(open[0].id, jobs[0].id);
  EXPECT_EQ(open[1].id, jobs[2].id);
  EXPECT_THAT(reader().jobs(true), SizeIs(3));
}

TEST_P(WorkStore, says_what_a_job_made) {
  const Job job = add_job();
  std::vector<VersionId> made;
  for (int i = 0; i < 2; ++i) {
    NewVersion added = picture(mira_, i);
    added.version.job_id = job.id;
    added.version.output_index = i;
    made.push_back(add(added).id);
  }
  EXPECT_EQ(reader().job(job.id)->version_ids, made);
}

TEST_P(WorkStore, only_one_process_takes_over_a_job_and_the_old_one_may_not_write) {
  Job job = add_job();
  const Job taken =
      writer().take_over_job(job.id, "host/9/9", job.epoch, "2026-01-31T12:01:00.000Z");
  EXPECT_EQ(taken.owner, "host/9/9");
  EXPECT_EQ(taken.epoch, job.epoch + 1);
  EXPECT_EQ(taken.lease_until, "2026-01-31T12:01:00.000Z");
  EXPECT_EQ(error_of([&] { writer().take_over_job(job.id, "host/8/8", job.epoch, ""); }).code,
            ErrorCode::cancelled);
  job.state = JobState::running;
  EXPECT_EQ(error_of([&] { writer().update_job(job, owner_); }).code, ErrorCode::cancelled);
  EXPECT_EQ(reader().job(job.id)->state, JobState::queued);
  writer().update_job(job, {taken.owner, taken.epoch});
  EXPECT_EQ(reader().job(job.id)->state, JobState::running);
  EXPECT_EQ(error_of([&] { writer().take_over_job("none", "x", 0, ""); }).code,
            ErrorCode::not_found);
}

TEST_P(WorkStore, keeps_only_the_newest_push_of_each_character) {
  const CharacterId tom = add_character("Tom");
  add(picture(mira_, 1), true);
  add(picture(tom, 2), true);
  const Version third = add(picture(mira_, 3), true);
  const auto rows = reader().outbox();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].character_id, tom);
  EXPECT_EQ(rows[1].version_id, third.id);
  writer().push_failed(rows[1].seq, "not reachable", "2026-01-31T12:00:00.000Z");
  EXPECT_EQ(reader().outbox()[1].attempts, 1);
  EXPECT_EQ(reader().outbox()[1].last_error, "not reachable");
  EXPECT_EQ(reader().outbox()[1].next_attempt_at, "2026-01-31T12:00:00.000Z");

  // A change while the push is under way stays queued when that push is done.
  const Version fourth = add(picture(mira_, 4), true);
  writer().push_done(mira_, rows[1].seq);
  ASSERT_THAT(reader().outbox(), SizeIs(2));
  EXPECT_EQ(reader().outbox()[1].version_id, fourth.id);
  EXPECT_EQ(reader().outbox()[1].attempts, 0);
  writer().push_done(mira_, reader().outbox()[1].seq);
  EXPECT_THAT(reader().outbox(), SizeIs(1));
}

TEST_P(WorkStore, queues_a_push_only_when_the_studio_would_see_a_difference) {
  const Version first = add(sheet(mira_, 1), false);
  EXPECT_THAT(reader().outbox(), IsEmpty());  // not asked for
  const Version second = add(picture(mira_, 2, ActivatePolicy::never), true);
  writer().set_status({second.id}, Status::approved, true);
  writer().rename_version(first.id, "Other");
  writer().set_star(user_, {first.id}, true);
  writer().trash_versions({second.id}, true);
  writer().restore_versions({second.id}, true);
  EXPECT_THAT(reader().outbox(), IsEmpty());

  const Edit edit = writer().activate(second.id, true);
  ASSERT_THAT(reader().outbox(), SizeIs(1));
  EXPECT_EQ(reader().outbox()[0].version_id, second.id);
  writer().undo(edit, user_, true);
  EXPECT_EQ(reader().outbox()[0].version_id, first.id);

  writer().push_done(mira_, reader().outbox()[0].seq);
  writer().trash_versions({first.id}, true);
  EXPECT_EQ(reader().outbox()[0].version_id, second.id);
  writer().push_done(mira_, reader().outbox()[0].seq);
  writer().restore_versions({first.id}, true);  // its poses come back
  EXPECT_THAT(reader().outbox(), SizeIs(1));
}

TEST_P(WorkStore, queues_a_push_without_a_version_when_the_last_one_is_trashed) {
  const Version only = add(picture(mira_, 1));
  writer().trash_versions({only.id}, true);
  ASSERT_THAT(reader().outbox(), SizeIs(1));
  EXPECT_EQ(reader().outbox()[0].version_id, "");
}

TEST_P(WorkStore, queues_all_characters_that_have_an_active_version) {
  add_character("Tom");
  const Version first = add(picture(mira_, 1));
  writer().queue_push_of_all();
  ASSERT_THAT(reader().outbox(), SizeIs(1));
  EXPECT_EQ(reader().outbox()[0].version_id, first.id);
}

TEST_P(WorkStore, one_failed_edit_of_a_group_takes_no_other_down) {
  writer().begin();
  writer().savepoint();
  add_character("Tom");
  writer().release_savepoint();
  writer().savepoint();
  add_character("Anna");
  EXPECT_EQ(error_of([&] { add_character("tom"); }).code, ErrorCode::invalid_input);
  writer().rollback_to_savepoint();
  writer().savepoint();
  add_character("Zoe");
  writer().release_savepoint();
  writer().commit();
  EXPECT_THAT(reader().character_names(project_), ElementsAre("Mira", "Tom", "Zoe"));
  writer().begin();
  add_character("Gone");
  writer().rollback();
  EXPECT_THAT(reader().character_names(project_), SizeIs(3));
}

TEST_P(WorkStore, appends_every_write_to_the_change_feed_and_nothing_of_a_failed_one) {
  std::int64_t seen = reader().last_change();
  const auto kinds = [&] {
    std::vector<std::string> found;
    for (const Change& change : reader().changes_after(seen, 100)) {
      found.push_back(change.kind);
      seen = change.seq;
    }
    return found;
  };
  const Version first = add(picture(mira_, 1), true);
  EXPECT_THAT(kinds(), ::testing::IsSupersetOf({"version", "character", "outbox"}));
  writer().mark_viewed(user_, {project_, mira_, first.id, 0});
  EXPECT_THAT(kinds(), ElementsAre("view"));
  add_job();
  EXPECT_THAT(kinds(), ElementsAre("job"));
  writer().add_project("Other");
  EXPECT_THAT(kinds(), ElementsAre("project"));
  writer().set_thumbnail(first.id, "thumbs/new.jpg");
  EXPECT_THAT(kinds(), ElementsAre("version"));
  EXPECT_EQ(version(first.id).thumbnail_url, "thumbs/new.jpg");
  error_of([&] { writer().add_project("Other"); });
  EXPECT_THAT(kinds(), IsEmpty());
  EXPECT_THAT(reader().changes_after(0, 2), SizeIs(2));
  EXPECT_EQ(reader().last_change(), seen);
}

// A border was moved: boxes, files, poses and the push; undone, all of it is as it was.
TEST_P(WorkStore, moves_cells_and_puts_them_back_exactly) {
  const Version before = add(sheet(mira_, 1), false);
  const auto poses = character(mira_).image_poses;
  Cell moved = before.cells[4];
  moved.box = {7, 8, 90, 80};
  moved.image_url = "images/cells/moved.png";
  const Edit edit = writer().set_cell_boxes(before.id, {moved}, true);
  const Version after = version(before.id);
  EXPECT_EQ(after.cells[4].box, moved.box);
  EXPECT_EQ(after.cells[4].image_url, moved.image_url);
  EXPECT_EQ(after.cells[3].box, before.cells[3].box);
  EXPECT_EQ(after.image_url, before.image_url);
  EXPECT_EQ(character(mira_).image_poses.at(moved.pose), moved.image_url);
  EXPECT_THAT(reader().outbox(), SizeIs(1));
  EXPECT_EQ(edit.message, "Moved cell 5 of v001");

  const Edit undone = writer().undo(edit, user_, true);
  EXPECT_EQ(version(before.id).cells[4].box, before.cells[4].box);
  EXPECT_EQ(version(before.id).cells[4].image_url, before.cells[4].image_url);
  EXPECT_EQ(character(mira_).image_poses, poses);
  writer().undo(undone, user_, true);
  EXPECT_EQ(version(before.id).cells[4].box, moved.box);
}

TEST_P(WorkStore, refuses_to_undo_moved_cells_that_were_moved_again) {
  const Version sheet_version = add(sheet(mira_, 1), false);
  Cell moved = sheet_version.cells[0];
  moved.box = {1, 1, 50, 50};
  const Edit first = writer().set_cell_boxes(sheet_version.id, {moved}, false);
  moved.box = {2, 2, 50, 50};
  writer().set_cell_boxes(sheet_version.id, {moved}, false);
  EXPECT_THAT(error_of([&] { writer().undo(first, user_, false); }).message,
              ::testing::HasSubstr("places of its cells"));
}

INSTANTIATE_TEST_SUITE_P(All, WorkStore, ::testing::ValuesIn(store_implementations()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace castboard
