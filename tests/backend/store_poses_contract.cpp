#include "store_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PosesStore : public StoreTest {
 protected:
  CharacterPoses poses(const CharacterId& id, PoseSource source = PoseSource::production) {
    return reader().poses({id}, source, user_).at(0);
  }
  PosePicture pose(const char* name, PoseSource source = PoseSource::production) {
    const CharacterPoses row = poses(mira_, source);
    const PosePicture* found = row.find(name);
    return found != nullptr ? *found : PosePicture{};
  }
  PoseGaps gaps(const std::vector<std::string>& names, PoseSource source = PoseSource::production) {
    CastQuery query;
    query.project_id = project_;
    return reader().pose_gaps(query, names, source, user_);
  }
  NewVersion single(int number, const char* shot, ActivatePolicy policy = ActivatePolicy::always) {
    NewVersion made = picture(mira_, number, policy);
    made.version.template_type = "action_pose";
    made.version.shot = shot;
    return made;
  }
};

TEST_P(PosesStore, say_which_cell_of_which_version_a_pose_is) {
  const Version made = add(sheet(mira_, 1));
  const PosePicture fear = pose("fear");
  EXPECT_EQ(fear.version_id, made.id);
  EXPECT_EQ(fear.version_number, 1);
  EXPECT_EQ(fear.cell, 5);
  EXPECT_EQ(fear.template_type, "expression_sheet");
  EXPECT_EQ(fear.url, made.cells[4].image_url);
  EXPECT_THAT(poses(mira_).pictures, SizeIs(9));
}

TEST_P(PosesStore, are_those_of_image_poses_whatever_was_activated_when) {
  const Version first = add(sheet(mira_, 1));
  const Version second = add(sheet(mira_, 2));
  add(single(3, "walking"));
  add(sheet(mira_, 4, ActivatePolicy::never));
  writer().activate(first.id, false);
  writer().trash_versions({first.id}, false);
  add(single(5, "happy"));
  for (const PosePicture& picture : poses(mira_).pictures)
    EXPECT_EQ(character(mira_).image_poses.at(picture.pose), picture.url) << picture.pose;
  EXPECT_THAT(poses(mira_).pictures, SizeIs(character(mira_).image_poses.size()));
  EXPECT_EQ(pose("fear").version_id, second.id);
  EXPECT_EQ(pose("happy").cell, 0);
  EXPECT_EQ(pose("walking").version_number, 3);
}

TEST_P(PosesStore, know_custom_pictures_and_whole_sheets_for_no_pose) {
  NewVersion custom = single(1, "anything");
  custom.version.template_type = "custom";
  add(custom);
  NewVersion whole = single(2, "all");
  add(whole);
  EXPECT_THAT(poses(mira_).pictures, IsEmpty());
}

TEST_P(PosesStore, carry_the_cells_status_and_omitted_before_it) {
  const Version made = add(sheet(mira_, 1));
  writer().set_status({made.id}, Status::approved, false);
  writer().set_cell_status(made.id, 5, Status::pending);
  EXPECT_EQ(pose("fear").status, Status::pending);
  EXPECT_EQ(pose("happy").status, Status::approved);
  writer().set_status({made.id}, Status::omitted, false);
  EXPECT_EQ(pose("fear").status, Status::omitted);
}

TEST_P(PosesStore, of_the_viewed_version_are_its_own_whether_it_was_active_or_not) {
  add(sheet(mira_, 1));
  const Version second = add(sheet(mira_, 2, ActivatePolicy::never));
  EXPECT_THAT(poses(mira_, PoseSource::viewed).pictures, IsEmpty());
  writer().mark_viewed(user_, {project_, mira_, second.id, 0});
  EXPECT_EQ(pose("fear", PoseSource::viewed).version_id, second.id);
  EXPECT_EQ(pose("fear").version_number, 1);
  writer().trash_versions({second.id}, false);
  EXPECT_THAT(poses(mira_, PoseSource::viewed).pictures, IsEmpty());
}

TEST_P(PosesStore, list_who_lacks_what_in_the_order_of_the_cast) {
  const CharacterId elin = add_character("Elin");
  const Version made = add(sheet(mira_, 1));
  writer().set_cell_status(made.id, 5, Status::omitted);
  const PoseGaps found = gaps({"happy", "fear", "walking"});
  EXPECT_THAT(found.rows, ElementsAre(PoseGaps::Row{elin, 0b111}, PoseGaps::Row{mira_, 0b110}));
  EXPECT_EQ(found.missing, 5);
}

TEST_P(PosesStore, follow_the_search_and_the_trash_of_the_cast) {
  const CharacterId elin = add_character("Elin");
  CastQuery query;
  query.project_id = project_;
  query.text = "eli";
  EXPECT_THAT(reader().pose_gaps(query, {"happy"}, PoseSource::production, user_).rows,
              ElementsAre(PoseGaps::Row{elin, 1}));
  writer().trash_character(elin);
  EXPECT_THAT(gaps({"happy"}).rows, SizeIs(1));
}

TEST_P(PosesStore, look_at_no_more_poses_than_there_are_bits) {
  const std::vector<std::string> many(80, "nowhere");
  const PoseGaps found = gaps(many);
  EXPECT_EQ(found.poses.size(), kMaxPosesAtOnce);
  EXPECT_EQ(found.missing, 64);
}

TEST_P(PosesStore, answer_in_the_order_asked_with_an_empty_row_for_nobody) {
  add(sheet(mira_, 1));
  const auto rows = reader().poses({"nobody", mira_}, PoseSource::production, user_);
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_THAT(rows[0].pictures, IsEmpty());
  EXPECT_THAT(rows[1].pictures, SizeIs(9));
}

TEST_P(PosesStore, remember_what_a_redone_cell_may_replace) {
  const Version made = add(sheet(mira_, 1));
  Job job = add_job();
  job.id = "11111111-0000-4000-8000-000000000001";
  job.request.redo_of_version = made.id;
  job.request.redo_of_cell = 5;
  writer().add_job(job);
  EXPECT_EQ(reader().job(job.id)->request.redo_of_version, made.id);
  EXPECT_EQ(reader().job(job.id)->request.redo_of_cell, 5);
  NewVersion again = single(2, "fear", ActivatePolicy::never);
  again.version.redo_of_version = made.id;
  again.version.redo_of_cell = 5;
  const Version stored = add(again);
  EXPECT_EQ(version(stored.id).redo_of_version, made.id);
  EXPECT_EQ(version(stored.id).redo_of_cell, 5);
  EXPECT_EQ(version(made.id).redo_of_cell, 0);
}

INSTANTIATE_TEST_SUITE_P(All, PosesStore, ::testing::ValuesIn(store_implementations()),
                         [](const auto& each) { return each.param.name; });

}  // namespace castboard
