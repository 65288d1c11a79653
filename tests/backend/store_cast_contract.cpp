#include "store_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CastStore : public StoreTest {
 protected:
  CastQuery query(const std::string& text = {}) {
    CastQuery asked;
    asked.project_id = project_;
    asked.text = text;
    return asked;
  }
  std::vector<std::string> names(const CastQuery& asked) {
    std::vector<std::string> found;
    for (const Character& character : reader().characters(reader().cast(asked).ids, user_))
      found.push_back(character.name);
    return found;
  }
  CharacterDraft draft(const std::string& name, const std::string& description = {},
                       std::vector<Trait> traits = {}) {
    return {project_, name, description, std::move(traits)};
  }
};

TEST_P(CastStore, keeps_description_and_traits_in_the_users_order) {
  const Character made = writer().add_character(
      draft("Tom", "A baker's son.\n\"Quoted\"", {{"hair", "red"}, {"age", "12"}, {"猫", "🐈"}}));
  const Character read = character(made.id);
  EXPECT_EQ(read.name, "Tom");
  EXPECT_EQ(read.description, "A baker's son.\n\"Quoted\"");
  EXPECT_THAT(read.traits, ElementsAre(Trait{"hair", "red"}, Trait{"age", "12"}, Trait{"猫", "🐈"}));
  EXPECT_EQ(read.project_id, project_);
  EXPECT_EQ(read.created_at, read.updated_at);
}

TEST_P(CastStore, takes_any_name_literally) {
  for (const std::string name : {"Robert'); DROP TABLE characters;--", "100% _sure_",
                                 "ミラ・ノヴァク", "👩🏽‍🚀 Zoë", "\"", "?1"}) {
    const CharacterId id = add_character(name);
    EXPECT_EQ(character(id).name, name);
    EXPECT_THAT(reader().characters_named(name, project_, user_), SizeIs(1)) << name;
    EXPECT_THAT(names(query(name.substr(0, name.find(' ')))), ::testing::Contains(name));
  }
}

TEST_P(CastStore, trims_names_and_refuses_bad_ones_saying_what_is_wrong) {
  EXPECT_EQ(writer().add_character(draft("  Tom \t")).name, "Tom");
  const auto refused = [&](const std::string& name) {
    const Error error = error_of([&] { writer().add_character(draft(name)); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input) << name;
    EXPECT_FALSE(error.hint.empty());
    return error.message;
  };
  EXPECT_EQ(refused(" \n "), "The character's name is empty.");
  EXPECT_EQ(refused(std::string(10'000, 'x')),
            "The character's name is 10,000 characters long; the limit is 255.");
  EXPECT_EQ(refused("Mi\xFFra"), "The character's name is not valid UTF-8 (byte 3).");
  EXPECT_THAT(refused("two\nlines"), HasSubstr("line break"));
  EXPECT_EQ(refused("MIRA"), "There is a character named \"Mira\" in the project Demo already.");
  std::string kanji;
  for (int i = 0; i < 255; ++i) kanji += "漢";
  EXPECT_EQ(writer().add_character(draft(kanji)).name, kanji);
  EXPECT_THAT(refused(kanji + "字"), HasSubstr("256 characters"));
  EXPECT_THAT(error_of([&] { writer().add_project(" "); }).message, HasSubstr("project's name"));
  EXPECT_THAT(error_of([&] { writer().add_project("demo"); }).message, HasSubstr("\"Demo\""));
  EXPECT_EQ(error_of([&] {
              writer().add_character({"nowhere", "A", {}, {}});
            }).code,
            ErrorCode::not_found);
}

TEST_P(CastStore, refuses_traits_it_could_not_give_back) {
  EXPECT_THAT(error_of([&] {
                writer().add_character(draft("T", "", {{"a", "1"}, {"a", "2"}}));
              }).message,
              HasSubstr("\"a\" is given twice"));
  EXPECT_THAT(error_of([&] {
                writer().add_character(draft("T", "", {{"", "red"}}));
              }).message,
              HasSubstr("has no name"));
  EXPECT_THAT(writer().add_character(draft("T", "", {{"", ""}, {"a", ""}})).traits,
              ElementsAre(Trait{"a", ""}));
}

TEST_P(CastStore, two_projects_may_have_characters_of_the_same_name) {
  const Project other = writer().add_project("Other");
  writer().add_character({other.id, "Mira", {}, {}});
  EXPECT_THAT(reader().characters_named("mira", "", user_), SizeIs(2));
  EXPECT_THAT(reader().characters_named("mira", other.id, user_), SizeIs(1));
  EXPECT_THAT(reader().character_names(""), ElementsAre("Mira", "Mira"));
}

TEST_P(CastStore, edits_and_undoes_a_character) {
  const Edit edit = writer().edit_character(mira_, draft("Mara", "Older now", {{"hair", "grey"}}));
  EXPECT_EQ(edit.message, "Renamed Mira to Mara");
  EXPECT_THAT(names(query("grey")), ElementsAre("Mara"));
  const Edit undone = writer().undo(edit, user_, false);
  EXPECT_EQ(character(mira_).name, "Mira");
  EXPECT_THAT(character(mira_).traits, IsEmpty());
  EXPECT_THAT(names(query("grey")), IsEmpty());
  writer().undo(undone, user_, false);
  EXPECT_EQ(character(mira_).name, "Mara");
  EXPECT_FALSE(
      writer().edit_character(mira_, draft("Mara", "Older now", {{"hair", "grey"}})).undoable());
}

TEST_P(CastStore, refuses_to_undo_a_characters_edit_that_somebody_changed_again) {
  const Edit edit = writer().edit_character(mira_, draft("Mara"));
  writer().edit_character(mira_, draft("Moira"));
  EXPECT_THAT(error_of([&] { writer().undo(edit, user_, false); }).message,
              HasSubstr("Moira was changed since (name)"));
}

TEST_P(CastStore, a_trashed_character_frees_its_name_until_it_is_restored) {
  const Edit trashed = writer().trash_character(mira_);
  EXPECT_EQ(trashed.message, "Trashed Mira");
  EXPECT_THAT(reader().cast(query()).ids, IsEmpty());
  CastQuery trash = query();
  trash.trashed = true;
  EXPECT_THAT(reader().cast(trash).ids, ElementsAre(mira_));
  const CharacterId second = add_character("mira");
  EXPECT_THAT(reader().characters_named("MIRA", project_, user_), SizeIs(2));
  EXPECT_EQ(reader().characters_named("MIRA", project_, user_)[0].id, second);
  EXPECT_EQ(error_of([&] { writer().restore_character(mira_); }).code, ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { writer().undo(trashed, user_, false); }).code, ErrorCode::invalid_input);
  writer().trash_character(second);
  EXPECT_EQ(writer().restore_character(mira_).message, "Restored Mira");
  EXPECT_THAT(reader().cast(query()).ids, ElementsAre(mira_));
}

TEST_P(CastStore, trashes_several_at_once_and_undoes_it_in_one_step) {
  const CharacterId tom = add_character("Tom");
  const CharacterId anna = add_character("Anna");
  const Edit trashed = writer().trash_characters({mira_, tom});
  EXPECT_EQ(trashed.message, "Trashed 2 characters");
  EXPECT_THAT(reader().cast(query()).ids, ElementsAre(anna));
  writer().undo(trashed, user_, false);
  EXPECT_THAT(reader().cast(query()).ids, ElementsAre(anna, mira_, tom));
  writer().trash_characters({mira_, tom});
  add_character("Tom");
  EXPECT_EQ(error_of([&] {
              writer().restore_characters({mira_, tom});
            }).code,
            ErrorCode::invalid_input);
  EXPECT_FALSE(character(mira_).deleted_at.empty()) << "all or none";
  EXPECT_EQ(writer().restore_characters({mira_}).message, "Restored Mira");
}

TEST_P(CastStore, finds_characters_that_have_every_word_somewhere) {
  writer().add_character(draft("Émile Zola", "writer of PARIS", {{"beard", "full"}}));
  writer().add_character(draft("Tom", "50% off_duty", {}));
  EXPECT_THAT(names(query("paris émile")), ElementsAre("Émile Zola"));
  EXPECT_THAT(names(query("ÉMILE  beard")), ElementsAre("Émile Zola"));
  EXPECT_THAT(names(query("paris tom")), IsEmpty());
  EXPECT_THAT(names(query("%")), ElementsAre("Tom"));
  EXPECT_THAT(names(query("f_d")), ElementsAre("Tom"));
  EXPECT_THAT(names(query("   ")), SizeIs(3));
  EXPECT_THAT(names(query("\xFF")), IsEmpty());
  std::string many_words;
  for (int i = 0; i < 5'000; ++i) many_words += " tom";
  EXPECT_THAT(names(query(many_words)), ElementsAre("Tom"));
}

TEST_P(CastStore, sorts_by_name_age_and_last_change) {
  const CharacterId tom = add_character("tom");
  const CharacterId anna = add_character("Anna");
  CastQuery asked = query();
  EXPECT_THAT(reader().cast(asked).ids, ElementsAre(anna, mira_, tom));
  asked.sort = CastQuery::Sort::newest;
  EXPECT_THAT(reader().cast(asked).ids, ElementsAre(anna, tom, mira_));
}

TEST_P(CastStore, sorts_who_has_the_fewest_pictures_first) {
  const CharacterId tom = add_character("Tom");
  const CharacterId anna = add_character("Anna");
  add(sheet(anna, 1));
  add(picture(tom, 2));
  CastQuery asked = query();
  asked.sort = CastQuery::Sort::missing;
  EXPECT_THAT(reader().cast(asked).ids, ElementsAre(mira_, tom, anna));
}

TEST_P(CastStore, filters_by_the_status_of_the_active_version) {
  const CharacterId tom = add_character("Tom");
  const Version first = add(picture(mira_, 1));
  add(picture(mira_, 2));
  add(picture(tom, 3));
  writer().set_status({first.id}, Status::approved, false);
  CastQuery asked = query();
  asked.status = Status::approved;
  EXPECT_THAT(names(asked), IsEmpty()) << "approved, but not the active one";
  writer().activate(first.id, false);
  EXPECT_THAT(names(asked), ElementsAre("Mira"));
  asked.text = "tom";
  EXPECT_THAT(names(asked), IsEmpty()) << "both must be true";
  asked = query();
  asked.status = Status::none;
  EXPECT_THAT(names(asked), ElementsAre("Tom"));
  add_character("Nobody's picture");
  EXPECT_THAT(names(asked), ElementsAre("Tom")) << "who has no active version has no status of it";
}

TEST_P(CastStore, finds_who_has_no_picture_at_all) {
  const CharacterId tom = add_character("Tom");
  add(picture(mira_, 1, ActivatePolicy::never));
  CastQuery asked = query();
  asked.without_picture = true;
  EXPECT_THAT(names(asked), ElementsAre("Tom"));
  const Version only = add(picture(tom, 2));
  EXPECT_THAT(names(asked), IsEmpty());
  writer().trash_versions({only.id}, false);
  EXPECT_THAT(names(asked), ElementsAre("Tom")) << "what is in the trash is no picture";
}

TEST_P(CastStore, finds_who_lacks_a_pose_or_has_only_an_omitted_one) {
  add_character("Nobody's picture");
  const CharacterId tom = add_character("Tom");
  const Version faces = add(sheet(mira_, 1));
  add(picture(tom, 2));
  CastQuery asked = query();
  asked.lacks_pose = "surprised";
  EXPECT_THAT(names(asked), ElementsAre("Nobody's picture", "Tom"));
  const auto cell = std::find_if(faces.cells.begin(), faces.cells.end(),
                                 [](const Cell& each) { return each.pose == "surprised"; });
  ASSERT_NE(cell, faces.cells.end());
  writer().set_cell_status(faces.id, cell->number, Status::omitted);
  EXPECT_THAT(names(asked), ElementsAre("Mira", "Nobody's picture", "Tom"));
  asked.lacks_pose = "happy";
  EXPECT_THAT(names(asked), ElementsAre("Nobody's picture", "Tom"));
  writer().set_status({faces.id}, Status::omitted, false);
  EXPECT_THAT(names(asked), ElementsAre("Mira", "Nobody's picture", "Tom"));
  add(sheet(mira_, 3));
  EXPECT_THAT(names(asked), ElementsAre("Nobody's picture", "Tom")) << "the newer sheet has it";
  asked.lacks_pose = "headshot";
  EXPECT_THAT(names(asked), ElementsAre("Mira", "Nobody's picture"));
}

TEST_P(CastStore, answers_for_characters_in_the_order_asked_with_their_counts) {
  const CharacterId tom = add_character("Tom");
  add(picture(mira_, 1));
  const Version second = add(picture(mira_, 2));
  add(picture(mira_, 3, ActivatePolicy::never));
  writer().set_status({second.id}, Status::approved, false);
  add(picture(tom, 4, ActivatePolicy::never));
  const auto found = reader().characters({tom, "nobody", mira_}, user_);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].id, tom);
  EXPECT_EQ(found[0].version_count, 1);
  EXPECT_EQ(found[0].active_version_id, "");
  EXPECT_EQ(found[0].thumbnail_url, "thumbs/4.jpg");  // the newest
  EXPECT_EQ(found[1].version_count, 3);
  EXPECT_EQ(found[1].active_version_number, 2);
  EXPECT_EQ(found[1].active_status, Status::approved);
  EXPECT_EQ(found[1].thumbnail_url, "thumbs/2.jpg");
  const Cast cast = reader().cast(query("no match"));
  EXPECT_EQ(cast.character_count, 2);
  EXPECT_EQ(cast.version_count, 4);
  EXPECT_THAT(reader().characters({}, user_), IsEmpty());
}

TEST_P(CastStore, holds_ten_thousand_characters) {
  writer().begin();
  for (int i = 0; i < 10'000; ++i) add_character("Extra " + std::to_string(i));
  writer().commit();
  const Cast cast = reader().cast(query("extra"));
  EXPECT_THAT(cast.ids, SizeIs(10'000));
  EXPECT_EQ(cast.character_count, 10'001);
  EXPECT_THAT(reader().characters(cast.ids, user_), SizeIs(10'000));
  EXPECT_THAT(reader().cast(query("9999")).ids, SizeIs(1));
}

TEST_P(CastStore, lists_and_renames_projects) {
  const Project other = writer().add_project("Another");
  add(picture(mira_, 1));
  const auto projects = reader().projects();
  ASSERT_THAT(projects, SizeIs(2));
  EXPECT_EQ(projects[0].name, "Another");
  EXPECT_EQ(projects[1].character_count, 1);
  EXPECT_EQ(projects[1].version_count, 1);
  EXPECT_EQ(writer().rename_project(other.id, " Pilot ").name, "Pilot");
  EXPECT_EQ(reader().project(other.id)->name, "Pilot");
  EXPECT_FALSE(reader().project("nowhere"));
  EXPECT_EQ(error_of([&] { writer().rename_project("nowhere", "A"); }).code, ErrorCode::not_found);
  EXPECT_EQ(error_of([&] { writer().rename_project(other.id, "DEMO"); }).code,
            ErrorCode::invalid_input);
}

INSTANTIATE_TEST_SUITE_P(All, CastStore, ::testing::ValuesIn(store_implementations()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace castboard
