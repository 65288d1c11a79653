#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/result.h"
#include "catalogue/placeholders.h"
#include "providers/provider.h"

namespace castboard {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

const Catalogue& catalogue() {
  static const Catalogue catalogue = [] {
    ProviderContext context;
    context.http = std::make_shared<const Http>(HttpOptions{});
    return load_configuration(CASTBOARD_ASSETS, {}, {}, {}, context).catalogue;
  }();
  return catalogue;
}

Character mira() {
  Character character;
  character.name = "Mira";
  character.description = "  A quiet engineer\nwho never sleeps ";
  character.traits = {{"hair", "silver bob"}, {"eyes", "green"}, {"", ""}};
  return character;
}

GenerationRequest request(const char* template_type, const char* shot) {
  GenerationRequest request;
  request.version_name = "Test";
  request.template_type = template_type;
  request.shot = shot;
  request.art_style = "noir";
  return request;
}

}  // namespace

TEST(Prompt, says_who_what_and_how_in_clean_sentences) {
  GenerationRequest asked = request("portrait", "headshot");
  asked.additional_description = "She holds a lamp";
  const std::string prompt = build_prompt(catalogue(), asked, mira());
  EXPECT_THAT(
      prompt,
      HasSubstr("character, Mira. A quiet engineer who never sleeps. Traits: hair: silver bob; "
                "eyes: green. Close-up of the face"));
  EXPECT_THAT(prompt, HasSubstr("Film noir"));
  EXPECT_THAT(prompt, HasSubstr("She holds a lamp. No text"));
}

TEST(Prompt, is_tidy_for_every_template_shot_and_style) {
  for (const Template& found : catalogue().templates) {
    for (const Shot& shot : found.shots) {
      for (const ArtStyle& style : catalogue().styles) {
        GenerationRequest asked = request(found.key.c_str(), shot.key.c_str());
        asked.art_style = style.key;
        const std::string prompt = build_prompt(catalogue(), asked, mira());
        EXPECT_THAT(prompt,
                    AllOf(HasSubstr("Mira"), HasSubstr(shot.prompt), HasSubstr(style.prompt),
                          HasSubstr("No text"), Not(ContainsRegex("[{}]|  |\\.\\.|\\. ?\\.|\n"))))
            << found.key << shot.key;
      }
    }
  }
}

TEST(Prompt, describes_a_sheet_as_a_grid_in_the_order_of_its_cells) {
  const std::string prompt = build_prompt(catalogue(), request("expression_sheet", "all"), mira());
  EXPECT_THAT(prompt, HasSubstr("3x3 grid"));
  EXPECT_THAT(prompt,
              HasSubstr("First row: happy, sad, angry. Second row: surprised, afraid, disgusted. "
                        "Third row: neutral, smirking, laughing."));
  EXPECT_THAT(prompt, HasSubstr("no labels"));
  EXPECT_THAT(build_prompt(catalogue(), request("expression_sheet", "smirk"), mira()),
              Not(HasSubstr("grid")));
}

TEST(Prompt, says_what_the_references_are_for) {
  GenerationRequest asked = request("scene", "hero_shot");
  EXPECT_THAT(build_prompt(catalogue(), asked, mira()), Not(HasSubstr("reference picture")));
  asked.character_reference = {Reference::Kind::file, "a.png"};
  asked.background_reference = {Reference::Kind::file, "b.png"};
  EXPECT_THAT(build_prompt(catalogue(), asked, mira()),
              AllOf(HasSubstr("as in the character reference picture."),
                    HasSubstr("The last reference picture shows")));
}

TEST(Prompt, of_the_custom_template_is_the_description_alone) {
  GenerationRequest asked = request("custom", "");
  asked.additional_description = "A red {door} in the snow";
  EXPECT_EQ(build_prompt(catalogue(), asked, mira()), "A red {door} in the snow.");
}

TEST(Prompt, keeps_the_end_of_a_sentence_in_any_script) {
  GenerationRequest asked = request("custom", "");
  asked.additional_description = "雪の中の赤い扉。";
  EXPECT_EQ(build_prompt(catalogue(), asked, mira()), "雪の中の赤い扉。");
}

TEST(Placeholders, leave_other_braces_alone) {
  EXPECT_EQ(fill_placeholders("{{a}} {b} {Not a name} {",
                              [](const std::string& name) { return name + "!"; }),
            "{a} b! {Not a name} {");
  EXPECT_EQ(fill_placeholders("x {gone}",
                              [](const std::string&) { return std::optional<std::string>(); }),
            std::nullopt);
  EXPECT_EQ(placeholder_problem("{promt}", {"prompt", "option.*"}),
            "unknown {promt}; did you mean {prompt}?");
  EXPECT_EQ(placeholder_problem("{option.quality}", {"option.*"}), "");
}

}  // namespace castboard
