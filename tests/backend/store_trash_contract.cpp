#include "store_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class TrashAndUndo : public StoreTest {};

TEST_P(TrashAndUndo, trashing_the_active_version_activates_the_previously_active_one_and_says_so) {
  add(picture(mira_, 1));
  const Version second = add(picture(mira_, 2));
  add(picture(mira_, 3, ActivatePolicy::never));
  const Version fourth = add(picture(mira_, 4));
  const Edit edit = writer().trash_versions({fourth.id}, false);
  EXPECT_EQ(edit.message, "Trashed v004; v002 is active now");
  EXPECT_EQ(active_of(mira_), second.id);
  EXPECT_EQ(character(mira_).image_url, "images/2.png");
  EXPECT_TRUE(version(fourth.id).trashed());
}

TEST_P(TrashAndUndo, without_a_previously_active_version_the_newest_takes_over) {
  add(picture(mira_, 1, ActivatePolicy::never));
  const Version second = add(picture(mira_, 2, ActivatePolicy::never));
  const Version third = add(picture(mira_, 3));
  EXPECT_EQ(writer().trash_versions({third.id}, false).message, "Trashed v003; v002 is active now");
  EXPECT_EQ(active_of(mira_), second.id);
}

TEST_P(TrashAndUndo, trashing_the_last_version_leaves_none_and_restoring_never_activates) {
  const Version only = add(sheet(mira_, 1));
  EXPECT_EQ(writer().trash_versions({only.id}, false).message,
            "Trashed v001; Mira has no active version now");
  EXPECT_EQ(active_of(mira_), "");
  EXPECT_EQ(character(mira_).image_url, "");
  EXPECT_THAT(character(mira_).image_poses, IsEmpty());
  EXPECT_THAT(reader().versions(mira_, false, user_), IsEmpty());
  EXPECT_THAT(reader().versions(mira_, true, user_), SizeIs(1));

  EXPECT_EQ(writer().restore_versions({only.id}, false).message, "Restored v001");
  EXPECT_EQ(active_of(mira_), "");
  EXPECT_EQ(character(mira_).image_url, "");
  EXPECT_THAT(character(mira_).image_poses, SizeIs(9));
}

TEST_P(TrashAndUndo, trashes_several_at_once_and_skips_them_as_successors) {
  const Version first = add(picture(mira_, 1));
  const Version second = add(picture(mira_, 2));
  const Version third = add(picture(mira_, 3));
  const Edit edit = writer().trash_versions({second.id, third.id, third.id}, false);
  EXPECT_EQ(edit.message, "Trashed 2 versions; v001 is active now");
  EXPECT_EQ(active_of(mira_), first.id);
  writer().undo(edit, user_, false);
  EXPECT_EQ(active_of(mira_), third.id);
  EXPECT_THAT(reader().versions(mira_, false, user_), SizeIs(3));
}

TEST_P(TrashAndUndo, undo_and_redo_of_trashing_bring_back_everything) {
  const Version first = add(sheet(mira_, 1));
  const Version second = add(sheet(mira_, 2));
  const Character before = character(mira_);
  const Edit trashed = writer().trash_versions({second.id}, false);
  const Character after = character(mira_);

  const Edit undone = writer().undo(trashed, user_, false);
  EXPECT_EQ(undone.message, "Undone: trashed v002; v002 is active now");
  EXPECT_EQ(character(mira_).image_poses, before.image_poses);
  EXPECT_EQ(active_of(mira_), second.id);
  EXPECT_EQ(version(first.id).activated_at, first.activated_at);
  EXPECT_EQ(version(second.id).activated_at, second.activated_at);

  const Edit redone = writer().undo(undone, user_, false);
  EXPECT_EQ(redone.message, "Redone: trashed v002; v001 is active now");
  EXPECT_EQ(character(mira_).image_poses, after.image_poses);
  EXPECT_EQ(active_of(mira_), first.id);
  EXPECT_TRUE(version(second.id).trashed());

  EXPECT_EQ(writer().undo(redone, user_, false).message,
            "Undone: trashed v002; v002 is active now");
  EXPECT_EQ(active_of(mira_), second.id);
}

TEST_P(TrashAndUndo, refuses_to_undo_where_the_same_field_was_changed_since) {
  add(picture(mira_, 1));
  const Version second = add(picture(mira_, 2));
  const Edit named = writer().rename_version(second.id, "First try");
  writer().rename_version(second.id, "Second try");
  const Error error = error_of([&] { writer().undo(named, user_, false); });
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_THAT(error.message, HasSubstr("v002 of Mira was changed since (name)"));
  EXPECT_EQ(version(second.id).version_name, "Second try");
}

TEST_P(TrashAndUndo, undoes_one_field_and_leaves_what_others_changed) {
  const Version first = add(picture(mira_, 1, ActivatePolicy::never));
  const Edit named = writer().rename_version(first.id, "Other");
  writer().set_status({first.id}, Status::approved, false);
  writer().activate(first.id, false);
  writer().undo(named, user_, false);
  const Version now = version(first.id);
  EXPECT_EQ(now.version_name, "Portrait");
  EXPECT_EQ(now.status, Status::approved);
  EXPECT_TRUE(now.is_active);
}

TEST_P(TrashAndUndo, refuses_to_undo_set_active_after_somebody_set_another_active) {
  const Version first = add(picture(mira_, 1));
  add(picture(mira_, 2));
  const Edit edit = writer().activate(first.id, false);
  const Version third = add(picture(mira_, 3));
  EXPECT_EQ(error_of([&] { writer().undo(edit, user_, false); }).code, ErrorCode::invalid_input);
  EXPECT_EQ(active_of(mira_), third.id);
}

TEST_P(TrashAndUndo, refuses_to_bring_back_an_active_version_beside_a_new_active_one) {
  const Version only = add(picture(mira_, 1));
  const Edit trashed = writer().trash_versions({only.id}, false);
  const Version second = add(picture(mira_, 2));
  const Error error = error_of([&] { writer().undo(trashed, user_, false); });
  EXPECT_THAT(error.message, HasSubstr("v002 of Mira became active since"));
  EXPECT_EQ(active_of(mira_), second.id);
  EXPECT_TRUE(version(only.id).trashed());
}

TEST_P(TrashAndUndo, refuses_to_undo_a_restore_of_what_is_active_now) {
  const Version first = add(picture(mira_, 1));
  writer().trash_versions({first.id}, false);
  const Edit restored = writer().restore_versions({first.id}, false);
  writer().activate(first.id, false);
  EXPECT_EQ(error_of([&] { writer().undo(restored, user_, false); }).code,
            ErrorCode::invalid_input);
  EXPECT_EQ(active_of(mira_), first.id);
}

TEST_P(TrashAndUndo, refuses_to_undo_what_was_purged) {
  const Version first = add(picture(mira_, 1));
  const Edit trashed = writer().trash_versions({first.id}, false);
  std::vector<std::string> files;
  const Edit purged = writer().purge_versions({first.id}, files);
  EXPECT_EQ(error_of([&] { writer().undo(trashed, user_, false); }).code, ErrorCode::invalid_input);
  EXPECT_FALSE(purged.undoable());
  EXPECT_EQ(error_of([&] { writer().undo(purged, user_, false); }).code, ErrorCode::invalid_input);
}

TEST_P(TrashAndUndo, purges_only_what_is_trashed_and_lists_files_nobody_else_names) {
  NewVersion shared = sheet(mira_, 1);
  const Version first = add(shared);
  NewVersion twin = picture(mira_, 2);
  twin.version.image_url = shared.version.image_url;
  add(twin);
  std::vector<std::string> files;
  const Error error = error_of([&] { writer().purge_versions({first.id}, files); });
  EXPECT_THAT(error.message, HasSubstr("v001 of Mira is not in the trash"));
  EXPECT_EQ(error.code, ErrorCode::invalid_input);

  writer().trash_versions({first.id}, false);
  writer().mark_viewed(user_, {project_, mira_, first.id, 0});
  writer().set_star(user_, {first.id}, true);
  writer().purge_versions({first.id}, files);
  EXPECT_FALSE(reader().version(first.id, user_));
  EXPECT_THAT(files, SizeIs(10));  // thumbnail and nine cells
  EXPECT_THAT(files, ::testing::Contains("thumbs/1.jpg"));
  EXPECT_THAT(files, ::testing::Not(::testing::Contains("images/1.png")));
  EXPECT_THAT(reader().check_integrity(), IsEmpty());
}

TEST_P(TrashAndUndo, what_was_spent_on_a_purged_version_stays_spent) {
  NewVersion costly = picture(mira_, 1);
  costly.version.credit_cost = 7;
  const Version first = add(costly);
  EXPECT_EQ(reader().project(project_)->credits_used, 7);
  writer().trash_versions({first.id}, false);
  std::vector<std::string> files;
  writer().purge_versions({first.id}, files);
  EXPECT_EQ(reader().project(project_)->credits_used, 7);
  EXPECT_EQ(reader().project(project_)->version_count, 0);
}

TEST_P(TrashAndUndo, a_trashed_version_cannot_be_active) {
  const Version first = add(picture(mira_, 1));
  writer().trash_versions({first.id}, false);
  const Error error = error_of([&] { writer().activate(first.id, false); });
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_EQ(error.hint, "Restore it first.");
}

TEST_P(TrashAndUndo, sets_and_undoes_status_stars_and_the_status_of_a_cell) {
  const Version first = add(sheet(mira_, 1));
  const Version second = add(picture(mira_, 2));
  const Edit approved = writer().set_status({first.id, second.id}, Status::approved, false);
  EXPECT_EQ(approved.message, "2 versions approved");
  EXPECT_EQ(version(first.id).status, Status::approved);
  writer().undo(approved, user_, false);
  EXPECT_EQ(version(first.id).status, Status::none);

  const Edit starred = writer().set_star(user_, {first.id}, true);
  EXPECT_TRUE(version(first.id).starred);
  EXPECT_FALSE(reader().version(first.id, "somebody else")->starred);
  writer().undo(starred, user_, false);
  EXPECT_FALSE(version(first.id).starred);

  const Edit cell = writer().set_cell_status(first.id, 5, Status::omitted);
  EXPECT_EQ(cell.message, "fear of v001 omitted");
  EXPECT_EQ(version(first.id).cells[4].status, Status::omitted);
  EXPECT_EQ(version(first.id).cells[3].status, Status::none);
  const Edit undone = writer().undo(cell, user_, false);
  EXPECT_EQ(version(first.id).cells[4].status, Status::none);
  writer().undo(undone, user_, false);
  EXPECT_EQ(version(first.id).cells[4].status, Status::omitted);
  EXPECT_THAT(error_of([&] { writer().set_cell_status(second.id, 1, Status::none); }).message,
              HasSubstr("v002 of Mira has no cell 1"));
}

TEST_P(TrashAndUndo, names_what_is_wrong_with_ids_it_does_not_know) {
  EXPECT_EQ(error_of([&] { writer().activate("nobody", false); }).code, ErrorCode::not_found);
  EXPECT_EQ(error_of([&] { writer().trash_versions({"nobody"}, false); }).code,
            ErrorCode::not_found);
  EXPECT_EQ(error_of([&] { writer().trash_versions({}, false); }).code, ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { writer().trash_character("nobody"); }).code, ErrorCode::not_found);
}

INSTANTIATE_TEST_SUITE_P(All, TrashAndUndo, ::testing::ValuesIn(store_implementations()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace castboard
