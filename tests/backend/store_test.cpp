#include "store_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class VersionStore : public StoreTest {};

TEST_P(VersionStore, gives_back_every_field_of_a_version) {
  NewVersion added = sheet(mira_, 1);
  Version& v = added.version;
  const Job job = add_job();
  v.job_id = job.id;
  v.output_index = 2;
  v.drive_file_id = "drive";
  v.art_style = "anime";
  v.aspect_ratio = "1:1";
  v.prompt_used = "a \"prompt\" with 日本語 and 🎭";
  v.character_ref_url = "/refs/mira's face.png";
  v.background_ref_url = "https://example.test/b.png";
  v.additional_description = "line one\nline two";
  v.credit_cost = 12;
  v.provider = "sketch";
  v.model_used = "m1";
  v.seed = -7;
  v.original_url = "images/original.png";
  v.crop = PixelRect{1, 2, 3, 4};
  v.content_hash = "abc";
  v.width = 300;
  v.height = 400;
  v.status = Status::pending;
  v.character_ref_hash = "c";
  v.background_ref_hash = "b";
  v.generation_time_ms = 1234;
  v.provider_cost = 0.25;
  v.provider_cost_unit = "USD";
  v.character_snapshot = "{}";
  v.parent_ids = {"p1", "p2"};
  v.notes = "notes";
  add(added);

  const Version read = version(v.id);
  EXPECT_EQ(read.character_id, mira_);
  EXPECT_EQ(read.project_id, project_);
  EXPECT_EQ(read.user_id, user_);
  EXPECT_EQ(read.version_name, "Portrait");
  EXPECT_EQ(read.version_number, 1);
  EXPECT_TRUE(read.is_active);
  EXPECT_EQ(read.image_url, v.image_url);
  EXPECT_EQ(read.thumbnail_url, v.thumbnail_url);
  EXPECT_EQ(read.drive_file_id, "drive");
  EXPECT_EQ(read.art_style, "anime");
  EXPECT_EQ(read.template_type, "expression_sheet");
  EXPECT_EQ(read.shot, "all");
  EXPECT_EQ(read.aspect_ratio, "1:1");
  EXPECT_EQ(read.prompt_used, v.prompt_used);
  EXPECT_EQ(read.character_ref_url, v.character_ref_url);
  EXPECT_EQ(read.background_ref_url, v.background_ref_url);
  EXPECT_EQ(read.additional_description, v.additional_description);
  EXPECT_EQ(read.credit_cost, 12);
  EXPECT_EQ(read.provider, "sketch");
  EXPECT_EQ(read.model_used, "m1");
  EXPECT_EQ(read.seed, -7);
  EXPECT_EQ(read.job_id, job.id);
  EXPECT_EQ(read.output_index, 2);
  EXPECT_EQ(read.original_url, v.original_url);
  EXPECT_EQ(read.crop, v.crop);
  EXPECT_EQ(read.content_hash, "abc");
  EXPECT_EQ(read.width, 300);
  EXPECT_EQ(read.height, 400);
  EXPECT_EQ(read.status, Status::pending);
  EXPECT_EQ(read.character_ref_hash, "c");
  EXPECT_EQ(read.background_ref_hash, "b");
  EXPECT_EQ(read.generation_time_ms, 1234);
  EXPECT_EQ(read.provider_cost, 0.25);
  EXPECT_EQ(read.provider_cost_unit, "USD");
  EXPECT_EQ(read.character_snapshot, "{}");
  EXPECT_THAT(read.parent_ids, ElementsAre("p1", "p2"));
  EXPECT_EQ(read.notes, "notes");
  EXPECT_FALSE(read.trashed());
  EXPECT_EQ(read.created_at.size(), 24u);
  EXPECT_FALSE(read.activated_at.empty());
  ASSERT_TRUE(read.is_sheet());
  EXPECT_EQ(read.cells[4].number, 5);
  EXPECT_EQ(read.cells[4].pose, "fear");
  EXPECT_EQ(read.cells[4].box, (PixelRect{100, 100, 100, 100}));
  EXPECT_EQ(read.cells[4].image_url, "images/cells/1_fear.png");
}

TEST_P(VersionStore, saves_activates_and_queues_the_push_in_one_step) {
  const Version saved = add(sheet(mira_, 1), true);
  const Character character = this->character(mira_);
  EXPECT_EQ(character.active_version_id, saved.id);
  EXPECT_EQ(character.active_version_number, 1);
  EXPECT_EQ(character.image_url, "images/1.png");
  EXPECT_EQ(character.thumbnail_url, "thumbs/1.jpg");
  EXPECT_THAT(character.image_poses, SizeIs(9));
  EXPECT_EQ(character.image_poses.at("smirk"), "images/cells/1_smirk.png");
  ASSERT_THAT(reader().outbox(), SizeIs(1));
  EXPECT_EQ(reader().outbox()[0].version_id, saved.id);
}

TEST_P(VersionStore, leaves_nothing_of_a_version_that_could_not_be_saved) {
  NewVersion added = sheet(mira_, 1);
  added.version.cells[8].number = 1;  // twice
  const std::int64_t before = reader().last_change();
  EXPECT_NE(error_of([&] { add(added, true); }).message, "nothing thrown");
  EXPECT_THAT(reader().versions(mira_, false, user_), IsEmpty());
  EXPECT_EQ(character(mira_).last_version_number, 0);
  EXPECT_EQ(character(mira_).image_url, "");
  EXPECT_THAT(reader().outbox(), IsEmpty());
  EXPECT_EQ(reader().last_change(), before);
}

TEST_P(VersionStore, never_gives_a_number_twice_even_after_a_purge) {
  add(picture(mira_, 1));
  const Version second = add(picture(mira_, 2));
  writer().trash_versions({second.id}, false);
  std::vector<std::string> files;
  writer().purge_versions({second.id}, files);
  EXPECT_EQ(add(picture(mira_, 3)).version_number, 3);
}

TEST_P(VersionStore, numbers_each_character_on_its_own) {
  add(picture(mira_, 1));
  EXPECT_EQ(add(picture(add_character("Tom"), 2)).version_number, 1);
}

TEST_P(VersionStore, keeps_an_approved_active_version_unless_told_otherwise) {
  const Version first = add(picture(mira_, 1));
  const Version second = add(picture(mira_, 2, ActivatePolicy::unless_approved));
  EXPECT_EQ(active_of(mira_), second.id);
  writer().set_status({second.id}, Status::approved, false);
  add(picture(mira_, 3, ActivatePolicy::unless_approved));
  EXPECT_EQ(active_of(mira_), second.id);
  add(picture(mira_, 4, ActivatePolicy::never));
  EXPECT_EQ(active_of(mira_), second.id);
  const Version fifth = add(picture(mira_, 5, ActivatePolicy::always));
  EXPECT_EQ(active_of(mira_), fifth.id);
  EXPECT_FALSE(version(first.id).is_active);
}

TEST_P(VersionStore, lets_the_last_of_several_asked_for_at_once_win_in_any_order_of_arrival) {
  std::vector<Job> jobs;
  for (int i = 0; i < 3; ++i) jobs.push_back(add_job("batch", i));
  std::vector<VersionId> ids(3);
  for (const std::size_t i : {1u, 2u, 0u}) {
    NewVersion added = picture(mira_, static_cast<int>(i), ActivatePolicy::unless_approved);
    added.version.job_id = jobs[i].id;
    ids[i] = add(added).id;
  }
  EXPECT_EQ(active_of(mira_), ids[2]);
}

TEST_P(VersionStore, lets_the_last_output_of_one_job_win) {
  const Job job = add_job();
  NewVersion later = picture(mira_, 1);
  later.version.job_id = job.id;
  later.version.output_index = 1;
  NewVersion earlier = picture(mira_, 2);
  earlier.version.job_id = job.id;
  const Version winner = add(later);
  add(earlier);
  EXPECT_EQ(active_of(mira_), winner.id);
}

TEST_P(VersionStore, answers_with_the_version_that_is_there_when_an_output_is_saved_twice) {
  const Job job = add_job();
  NewVersion added = picture(mira_, 1);
  added.version.job_id = job.id;
  const Version first = add(added);
  added.version.id = "another";
  EXPECT_EQ(add(added).id, first.id);
  EXPECT_THAT(reader().versions(mira_, false, user_), SizeIs(1));
}

TEST_P(VersionStore, refuses_a_picture_of_a_job_that_was_taken_over) {
  const Job job = add_job();
  writer().take_over_job(job.id, "host/9/9", job.epoch, "");
  NewVersion added = picture(mira_, 1);
  added.version.job_id = job.id;
  EXPECT_EQ(error_of([&] { add(added); }).code, ErrorCode::cancelled);
  EXPECT_THAT(reader().versions(mira_, false, user_), IsEmpty());
}

TEST_P(VersionStore, activating_twice_changes_nothing) {
  const Version first = add(picture(mira_, 1));
  const std::int64_t before = reader().last_change();
  const Edit edit = writer().activate(first.id, true);
  EXPECT_FALSE(edit.undoable());
  EXPECT_EQ(edit.message, "v001 is active already");
  EXPECT_EQ(reader().last_change(), before);
}

TEST_P(VersionStore, orders_activations_within_one_millisecond) {
  std::vector<Version> versions;
  for (int i = 0; i < 20; ++i) versions.push_back(add(picture(mira_, i)));
  for (std::size_t i = 1; i < versions.size(); ++i)
    EXPECT_LT(versions[i - 1].activated_at, versions[i].activated_at);
}

TEST_P(VersionStore, marks_generated_versions_new_until_this_user_views_them) {
  const Job job = add_job();
  NewVersion generated = picture(mira_, 1);
  generated.version.job_id = job.id;
  const Version made = add(generated);
  const Version imported = add(picture(mira_, 2));
  EXPECT_FALSE(version(made.id).viewed);
  EXPECT_TRUE(version(imported.id).viewed);
  EXPECT_EQ(character(mira_).new_count, 1);
  writer().mark_viewed(user_, {project_, mira_, made.id, 0});
  EXPECT_TRUE(version(made.id).viewed);
  EXPECT_EQ(character(mira_).new_count, 0);
  EXPECT_FALSE(reader().version(made.id, "somebody else")->viewed);
}

TEST_P(VersionStore, finds_versions_by_number) {
  const Version first = add(picture(mira_, 1));
  EXPECT_EQ(reader().version_numbered(mira_, 1, user_)->id, first.id);
  EXPECT_FALSE(reader().version_numbered(mira_, 2, user_));
  EXPECT_FALSE(reader().version("no such id", user_));
}

TEST_P(VersionStore, remembers_the_last_view_even_without_a_version) {
  EXPECT_EQ(reader().last_viewed(user_), LastViewed{});
  const Version made = add(sheet(mira_, 1));
  for (int i = 0; i < 10; ++i) {
    const LastViewed on_cell{project_, mira_, made.id, 5};
    writer().mark_viewed(user_, on_cell);
    EXPECT_EQ(reader().last_viewed(user_), on_cell);
    const LastViewed on_character{project_, mira_, "", 0};
    writer().mark_viewed(user_, on_character);
    EXPECT_EQ(reader().last_viewed(user_), on_character);
    const LastViewed on_project{project_, "", "", 0};
    writer().mark_viewed(user_, on_project);
    EXPECT_EQ(reader().last_viewed(user_), on_project);
  }
}

TEST_P(VersionStore, poses_come_from_the_most_recently_activated_version_that_has_them) {
  add(sheet(mira_, 1));
  NewVersion happy = picture(mira_, 2);
  happy.version.template_type = "expression_sheet";
  happy.version.shot = "happy";
  const Version single = add(happy);
  EXPECT_EQ(character(mira_).image_poses.at("happy"), "images/2.png");
  EXPECT_EQ(character(mira_).image_poses.at("sad"), "images/cells/1_sad.png");

  NewVersion custom = picture(mira_, 3);
  custom.version.template_type = "custom";
  custom.version.shot = "anything";
  add(custom);
  EXPECT_THAT(character(mira_).image_poses, SizeIs(9));
  EXPECT_EQ(character(mira_).image_url, "images/3.png");

  NewVersion walking = picture(mira_, 4, ActivatePolicy::never);
  walking.version.template_type = "action_pose";
  walking.version.shot = "walking";
  add(walking);
  EXPECT_FALSE(character(mira_).image_poses.contains("walking"));

  writer().trash_versions({single.id}, false);
  EXPECT_EQ(character(mira_).image_poses.at("happy"), "images/cells/1_happy.png");
}

TEST_P(VersionStore, undoing_set_active_brings_the_poses_back_exactly) {
  const Version first = add(sheet(mira_, 1));
  add(sheet(mira_, 2));
  const Character before = character(mira_);
  const Edit edit = writer().activate(first.id, false);
  EXPECT_EQ(edit.message, "v001 is active now");
  EXPECT_EQ(character(mira_).image_poses.at("sad"), "images/cells/1_sad.png");
  const Edit undone = writer().undo(edit, user_, false);
  EXPECT_EQ(character(mira_).image_poses, before.image_poses);
  EXPECT_EQ(character(mira_).image_url, before.image_url);
  EXPECT_EQ(version(first.id).activated_at, first.activated_at);
  writer().undo(undone, user_, false);
  EXPECT_EQ(active_of(mira_), first.id);
}

INSTANTIATE_TEST_SUITE_P(All, VersionStore, ::testing::ValuesIn(store_implementations()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace castboard
