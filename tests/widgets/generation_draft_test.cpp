#include "generation_draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_catalogue.h"

namespace castboard {
namespace {

using ::testing::HasSubstr;

class GenerationDraftTest : public ::testing::Test {
 protected:
  GenerationDraftTest() { settle_draft(draft, catalogue, "mira"); }

  std::vector<DraftProblem> problems(const Error* error = nullptr) {
    return draft_problems(draft, catalogue, error);
  }

  Catalogue catalogue = testing::small_catalogue();
  GenerationDraft draft;
};

TEST_F(GenerationDraftTest, begins_with_the_defaults_of_the_product) {
  EXPECT_EQ(draft.request.template_type, "portrait");
  EXPECT_EQ(draft.request.shot, "headshot");
  EXPECT_EQ(draft.request.art_style, "cinematic_realistic");
  EXPECT_EQ(draft.request.aspect_ratio, "1:1");
  EXPECT_EQ(draft.request.provider, "free");
  EXPECT_EQ(draft.request.activate, ActivatePolicy::unless_approved);
  EXPECT_TRUE(problems().empty());
}

TEST_F(GenerationDraftTest, names_the_version_after_style_and_template) {
  draft.request.art_style = "anime";
  choose_template(draft, catalogue, "expression_sheet");
  EXPECT_EQ(draft.request.version_name, "Anime Expression Sheet");
}

TEST_F(GenerationDraftTest, names_a_single_expression_after_that_expression) {
  draft.request.art_style = "anime";
  choose_template(draft, catalogue, "expression_sheet");
  draft.request.shot = "sad";
  settle_draft(draft, catalogue, "mira");
  EXPECT_EQ(draft.request.version_name, "Anime Sad Expression");
}

TEST_F(GenerationDraftTest, keeps_a_name_typed_by_hand_when_the_style_changes) {
  draft.request.version_name = "For the trailer";
  draft.name_edited = true;
  draft.request.art_style = "anime";
  settle_draft(draft, catalogue, "mira");
  EXPECT_EQ(draft.request.version_name, "For the trailer");
}

TEST_F(GenerationDraftTest, recalls_what_was_last_used_with_a_template) {
  choose_template(draft, catalogue, "expression_sheet");
  draft.request.art_style = "anime";
  draft.request.aspect_ratio = "16:9";
  remember_used(draft);
  choose_template(draft, catalogue, "portrait");
  draft.request.art_style = "cinematic_realistic";
  draft.request.aspect_ratio = "1:1";
  choose_template(draft, catalogue, "expression_sheet");
  EXPECT_EQ(draft.request.art_style, "anime");
  EXPECT_EQ(draft.request.aspect_ratio, "16:9");
}

TEST_F(GenerationDraftTest, does_not_carry_description_or_references_into_what_was_last_used) {
  draft.request.additional_description = "with a hat";
  draft.request.character_reference = {Reference::Kind::file, "/a.png"};
  remember_used(draft);
  EXPECT_EQ(draft.last_used.at("portrait").additional_description, "");
  EXPECT_FALSE(draft.last_used.at("portrait").character_reference);
}

TEST_F(GenerationDraftTest, keeps_description_and_reference_when_the_template_changes) {
  draft.request.additional_description = "with a hat";
  draft.request.character_reference = {Reference::Kind::file, "/a.png"};
  choose_template(draft, catalogue, "expression_sheet");
  EXPECT_EQ(draft.request.additional_description, "with a hat");
  EXPECT_TRUE(draft.request.character_reference);
}

TEST_F(GenerationDraftTest, lets_go_of_another_characters_version_as_reference) {
  draft.request.character_reference = {Reference::Kind::version, "v1"};
  draft.request.background_reference = {Reference::Kind::file, "/forest.png"};
  settle_draft(draft, catalogue, "kaito");
  EXPECT_FALSE(draft.request.character_reference);
  EXPECT_TRUE(draft.request.background_reference);
}

TEST_F(GenerationDraftTest, replaces_keys_the_catalogue_no_longer_has) {
  draft.request.art_style = "gone";
  draft.request.provider = "gone";
  draft.request.shot = "gone";
  settle_draft(draft, catalogue, "mira");
  EXPECT_EQ(draft.request.art_style, "cinematic_realistic");
  EXPECT_EQ(draft.request.provider, "free");
  EXPECT_EQ(draft.request.shot, "headshot");
}

TEST_F(GenerationDraftTest, undoes_a_reset_exactly) {
  choose_template(draft, catalogue, "expression_sheet");
  draft.request.version_name = "Mine";
  draft.name_edited = true;
  draft.seed_text = "77";
  ASSERT_TRUE(read_seed(draft));
  const GenerationRequest before = draft.request;
  reset_draft(draft, catalogue);
  EXPECT_EQ(draft.request.template_type, "portrait");
  EXPECT_EQ(draft.request.version_name, "Cinematic Realistic Portrait");
  EXPECT_EQ(draft.seed_text, "");
  ASSERT_NE(undoable_change(draft), nullptr);
  undo_change(draft);
  EXPECT_EQ(draft.request, before);
  EXPECT_EQ(draft.seed_text, "77");
  EXPECT_TRUE(draft.name_edited);
}

TEST_F(GenerationDraftTest, takes_a_blank_seed_as_random_and_words_as_a_problem) {
  draft.seed_text = "  ";
  EXPECT_TRUE(read_seed(draft));
  EXPECT_FALSE(draft.request.seed.has_value());
  draft.seed_text = " 42 ";
  EXPECT_TRUE(read_seed(draft));
  EXPECT_EQ(draft.request.seed, 42);
  for (const char* bad : {"twelve", "4.5", "-1", "7 8", "99999999999999999999"}) {
    draft.seed_text = bad;
    EXPECT_FALSE(read_seed(draft)) << bad;
    ASSERT_EQ(problems().size(), 1U) << bad;
    EXPECT_EQ(problems().front().field, DraftField::seed);
  }
}

TEST_F(GenerationDraftTest, ignores_the_seed_of_a_provider_that_takes_none) {
  draft.seed_text = "twelve";
  draft.request.provider = "paid";
  EXPECT_TRUE(problems().empty());
}

TEST_F(GenerationDraftTest, says_what_a_provider_cannot_do) {
  draft.request.provider = "paid";
  draft.request.aspect_ratio = "16:9";
  draft.request.background_reference = {Reference::Kind::file, "/forest.png"};
  const auto found = problems();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].field, DraftField::size);
  EXPECT_THAT(found[0].message, HasSubstr("16:9"));
  EXPECT_EQ(found[1].field, DraftField::background_reference);
}

TEST_F(GenerationDraftTest, says_why_a_provider_is_not_usable) {
  draft.request.provider = "locked";
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_EQ(problems().front().message, "no key: set LOCKED_KEY");
}

TEST_F(GenerationDraftTest, wants_a_description_for_the_custom_template) {
  choose_template(draft, catalogue, "custom");
  draft.request.additional_description = " \n";
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_EQ(problems().front().field, DraftField::description);
  draft.request.additional_description = "a castle";
  EXPECT_TRUE(problems().empty());
}

TEST_F(GenerationDraftTest, counts_a_names_length_in_characters_not_bytes) {
  std::string name;
  for (int i = 0; i < 255; ++i) name += "海";
  draft.request.version_name = name;
  EXPECT_TRUE(problems().empty());
  draft.request.version_name += "x";
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_EQ(problems().front().field, DraftField::name);
}

TEST_F(GenerationDraftTest, puts_a_quotes_error_at_the_reference_it_names) {
  draft.request.character_reference = {Reference::Kind::file, "/nowhere.png"};
  const Error error{ErrorCode::invalid_input, "there is no file /nowhere.png", "check the path",
                    ""};
  ASSERT_EQ(problems(&error).size(), 1U);
  EXPECT_EQ(problems(&error).front().field, DraftField::character_reference);
  EXPECT_EQ(problems(&error).front().message, "there is no file /nowhere.png. check the path");
}

TEST_F(GenerationDraftTest, asks_for_a_character_first) {
  settle_draft(draft, catalogue, "");
  ASSERT_FALSE(problems().empty());
  EXPECT_EQ(problems().front().field, DraftField::character);
}

TEST_F(GenerationDraftTest, comes_back_as_it_was_saved) {
  choose_template(draft, catalogue, "expression_sheet");
  draft.request.art_style = "anime";
  draft.request.provider = "paid";
  draft.request.model = "small";
  draft.request.activate = ActivatePolicy::never;
  remember_used(draft);
  GenerationDraft later;
  restore_draft(later, save_draft(draft));
  settle_draft(later, catalogue, "mira");
  EXPECT_EQ(later.request.template_type, "expression_sheet");
  EXPECT_EQ(later.request.shot, "all");
  EXPECT_EQ(later.request.art_style, "anime");
  EXPECT_EQ(later.request.model, "small");
  EXPECT_EQ(later.request.activate, ActivatePolicy::never);
}

TEST_F(GenerationDraftTest, takes_the_active_version_for_sheets_unless_that_was_taken_away) {
  EXPECT_FALSE(draft.request.character_reference) << "a portrait";
  choose_template(draft, catalogue, "expression_sheet");
  EXPECT_EQ(draft.request.character_reference.kind, Reference::Kind::active);
  choose_template(draft, catalogue, "portrait");
  EXPECT_FALSE(draft.request.character_reference);
  choose_template(draft, catalogue, "expression_sheet");
  set_active_reference(draft, false);
  remember_used(draft);
  GenerationDraft later;
  restore_draft(later, save_draft(draft));
  settle_draft(later, catalogue, "mira");
  EXPECT_EQ(later.request.template_type, "expression_sheet");
  EXPECT_FALSE(later.request.character_reference) << "remembered across restarts";
}

TEST_F(GenerationDraftTest, remembers_seed_and_number_of_each_template) {
  draft.seed_text = "77";
  ASSERT_TRUE(read_seed(draft));
  draft.request.count = 3;
  remember_used(draft);
  choose_template(draft, catalogue, "custom");
  draft.seed_text.clear();
  ASSERT_TRUE(read_seed(draft));
  draft.request.count = 1;
  remember_used(draft);
  GenerationDraft later;
  restore_draft(later, save_draft(draft));
  settle_draft(later, catalogue, "mira");
  EXPECT_EQ(later.seed_text, "") << "custom was last";
  EXPECT_EQ(later.request.count, 1);
  choose_template(later, catalogue, "portrait");
  EXPECT_EQ(later.seed_text, "77");
  EXPECT_EQ(later.request.seed, 77);
  EXPECT_EQ(later.request.count, 3);
}

TEST_F(GenerationDraftTest, undoes_a_preset_until_something_else_is_changed) {
  Preset preset;
  preset.name = "House";
  preset.template_type = "expression_sheet";
  preset.art_style = "anime";
  const GenerationRequest before = draft.request;
  use_preset(draft, catalogue, preset);
  EXPECT_EQ(draft.request.shot, "all") << "the shot of another template means nothing";
  EXPECT_EQ(draft.request.version_name, "Anime Expression Sheet");
  ASSERT_NE(undoable_change(draft), nullptr);
  EXPECT_EQ(undoable_change(draft)->what, "Preset House");
  undo_change(draft);
  EXPECT_EQ(draft.request, before);
  use_preset(draft, catalogue, preset);
  draft.request.art_style = "cinematic_realistic";
  EXPECT_EQ(undoable_change(draft), nullptr) << "it would take the newer choice away";
}

TEST_F(GenerationDraftTest, keeps_an_edited_prompt_for_its_character_only) {
  draft.request.prompt = "Mira, in ink";
  settle_draft(draft, catalogue, "mira");
  EXPECT_EQ(draft.request.prompt, "Mira, in ink");
  settle_draft(draft, catalogue, "kaito");
  EXPECT_EQ(draft.request.prompt, "");
}

TEST_F(GenerationDraftTest, knows_the_limits_of_each_model) {
  ProviderInfo& paid = catalogue.providers[1];
  paid.model_limits = {{"large", 1, 0, {"1:1"}}, {"small", 0, 1, {"1:1", "16:9"}}};
  const ImageSize& wide = catalogue.sizes[1];
  EXPECT_EQ(why_not_size(paid, "small", wide), "");
  EXPECT_EQ(why_not_size(paid, "", wide),
            "Paid, large cannot make 16:9: choose another size or the model small");
  EXPECT_EQ(why_not_reference(paid, "small", "character", 0),
            "Paid, small takes no character reference; large does");
  draft.request.aspect_ratio = "16:9";
  draft.request.character_reference = {Reference::Kind::file, "/a.png"};
  EXPECT_EQ(lost_with_model(paid, "large", draft.request), "no 16:9");
  EXPECT_EQ(lost_with_model(paid, "small", draft.request), "no character reference");
}

TEST_F(GenerationDraftTest, leaves_the_active_version_out_where_it_cannot_be_taken) {
  ProviderInfo& paid = catalogue.providers[1];
  paid.max_character_references = 0;
  draft.request.provider = "paid";
  set_active_reference(draft, true);
  EXPECT_TRUE(problems().empty()) << "it is a wish";
  draft.request.character_reference = {Reference::Kind::file, "/a.png"};
  EXPECT_EQ(problems().size(), 1U) << "this was chosen";
}

TEST_F(GenerationDraftTest, reads_damaged_settings_without_harm) {
  GenerationDraft later;
  restore_draft(later, "last\ttemplate\nnonsense\n\tused\nused\tactivate=sideways\tstyle=\n");
  settle_draft(later, catalogue, "mira");
  EXPECT_EQ(later.request.template_type, "portrait");
  EXPECT_EQ(later.request.art_style, "cinematic_realistic");
}

TEST(ReadReference, tells_paths_urls_and_nothing_apart) {
  EXPECT_FALSE(read_reference("  \n"));
  EXPECT_EQ(read_reference(" /a/b.png "), (Reference{Reference::Kind::file, "/a/b.png"}));
  EXPECT_EQ(read_reference("https://x/y.png"),
            (Reference{Reference::Kind::url, "https://x/y.png"}));
  EXPECT_EQ(read_reference("'/a b.png'"), (Reference{Reference::Kind::file, "/a b.png"}));
  EXPECT_EQ(read_reference("file:///a%20b.png\r\nfile:///c.png\r\n"),
            (Reference{Reference::Kind::file, "/a b.png"}))
      << "a copied list of files";
  EXPECT_EQ(read_reference("file:///a%20b.png"), (Reference{Reference::Kind::file, "/a b.png"}));
}

TEST(CreditsText, counts_in_words) {
  EXPECT_EQ(credits_text(0), "free");
  EXPECT_EQ(credits_text(1), "1 credit");
  EXPECT_EQ(credits_text(12), "12 credits");
}

}  // namespace
}  // namespace castboard
