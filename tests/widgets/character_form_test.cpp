#include "character_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {
namespace {

using ::testing::HasSubstr;

TEST(CharacterDraft, needs_a_name_that_is_not_blank) {
  CharacterDraft draft;
  draft.name = "  ";
  EXPECT_FALSE(draft_problem(draft).empty());
  draft.name = "Mira";
  EXPECT_TRUE(draft_problem(draft).empty());
}

TEST(CharacterDraft, has_a_name_of_at_most_255_characters) {
  CharacterDraft draft;
  for (int i = 0; i < 255; ++i) draft.name += "海";
  EXPECT_TRUE(draft_problem(draft).empty());
  draft.name += "斗";
  EXPECT_THAT(draft_problem(draft), HasSubstr("255"));
}

TEST(CharacterDraft, says_which_trait_is_there_twice_or_has_no_word) {
  CharacterDraft draft;
  draft.name = "Mira";
  draft.traits = {{"hair", "blue"}, {"hair", "short"}};
  EXPECT_THAT(draft_problem(draft), HasSubstr("hair"));
  draft.traits = {{"", "blue"}};
  EXPECT_THAT(draft_problem(draft), HasSubstr("blue"));
  draft.traits = {{"", ""}, {"hair", "blue"}, {"", ""}};
  EXPECT_TRUE(draft_problem(draft).empty());
}

TEST(CharacterFormState, begins_with_the_characters_own_words) {
  Character character;
  character.id = "c";
  character.project_id = "p";
  character.name = "Kaito 海斗";
  character.description = "a runner";
  character.traits = {{"hair", "black"}};
  const CharacterFormState state = edit_of(character);
  EXPECT_EQ(state.editing, "c");
  EXPECT_EQ(state.draft.name, "Kaito 海斗");
  EXPECT_EQ(state.draft.traits, character.traits);
  EXPECT_TRUE(new_character("p").editing.empty());
}

}  // namespace
}  // namespace castboard
