#include "recall.h"

#include <gtest/gtest.h>

#include "small_catalogue.h"

namespace castboard {
namespace {

Version asked_for() {
  Version v;
  v.id = "id3";
  v.character_id = "mira";
  v.version_number = 3;
  v.version_name = "Noir Portrait";
  v.template_type = "portrait";
  v.shot = "headshot";
  v.art_style = "noir";
  v.aspect_ratio = "4:3";
  v.additional_description = "wearing battle armor";
  v.prompt_used = "A portrait of Mira, wearing battle armor";
  v.provider = "free";
  v.seed = 77;
  v.parent_ids = {"id1"};
  v.character_ref_url = "id1";
  v.background_ref_url = "/pictures/street.png";
  return v;
}

class RecallTest : public ::testing::Test {
 protected:
  RecallTest() {
    catalogue.styles.push_back({"noir", "Noir", "", 9});
    catalogue.sizes.push_back({"4:3", "Landscape", 4, 3});
    settle_draft(draft, catalogue, "mira");
    draft.request.additional_description = "typed by hand";
    draft.request.count = 2;
    draft.request.activate = ActivatePolicy::never;
    draft.seed_text = "5";
    draft.request.seed = 5;
  }

  Catalogue catalogue = testing::small_catalogue();
  GenerationDraft draft;
};

TEST_F(RecallTest, takes_over_every_setting) {
  const Recalled done = recall(draft, asked_for(), catalogue, Recall::all);
  EXPECT_TRUE(done.changed);
  EXPECT_EQ(done.message, "The form has all settings of v003");
  const GenerationRequest& request = draft.request;
  EXPECT_EQ(request.version_name, "Noir Portrait");
  EXPECT_EQ(request.art_style, "noir");
  EXPECT_EQ(request.aspect_ratio, "4:3");
  EXPECT_EQ(request.additional_description, "wearing battle armor");
  EXPECT_EQ(request.seed, 77);
  EXPECT_EQ(draft.seed_text, "77");
  EXPECT_EQ(request.character_reference, (Reference{Reference::Kind::version, "id1"}));
  EXPECT_EQ(request.background_reference,
            (Reference{Reference::Kind::file, "/pictures/street.png"}));
  EXPECT_EQ(request.remix_of, "id3");
  EXPECT_EQ(request.count, 2) << "how many is no setting of a picture";
  EXPECT_EQ(request.activate, ActivatePolicy::never);
}

TEST_F(RecallTest, remixes_with_everything_but_the_seed) {
  recall(draft, asked_for(), catalogue, Recall::remix);
  EXPECT_EQ(draft.request.art_style, "noir");
  EXPECT_EQ(draft.request.seed, std::nullopt);
  EXPECT_EQ(draft.seed_text, "");
}

TEST_F(RecallTest, recalls_the_prompt_alone) {
  const GenerationRequest before = draft.request;
  recall(draft, asked_for(), catalogue, Recall::prompt);
  EXPECT_EQ(draft.request.additional_description, "wearing battle armor");
  EXPECT_EQ(draft.request.art_style, before.art_style);
  EXPECT_EQ(draft.request.seed, 5);
}

TEST_F(RecallTest, recalls_the_seed_alone_and_says_where_there_is_none) {
  EXPECT_EQ(recall(draft, asked_for(), catalogue, Recall::seed).message,
            "The form has the seed 77 of v003");
  EXPECT_EQ(draft.request.seed, 77);
  EXPECT_EQ(draft.request.additional_description, "typed by hand");
  Version seedless = asked_for();
  seedless.seed.reset();
  const Recalled done = recall(draft, seedless, catalogue, Recall::seed);
  EXPECT_FALSE(done.changed);
  EXPECT_EQ(draft.seed_text, "77");
}

TEST_F(RecallTest, says_when_the_provider_is_not_here_any_more) {
  Version v = asked_for();
  v.provider = "closed down";
  const Recalled done = recall(draft, v, catalogue, Recall::all);
  EXPECT_EQ(draft.request.provider, catalogue.default_provider);
  EXPECT_NE(done.message.find("closed down is not here"), std::string::npos) << done.message;
}

TEST_F(RecallTest, puts_the_form_back_exactly) {
  const GenerationRequest request = draft.request;
  const DraftBefore before = before_recall(draft);
  recall(draft, asked_for(), catalogue, Recall::all);
  put_back(draft, before);
  EXPECT_EQ(draft.request, request);
  EXPECT_EQ(draft.seed_text, "5");
  EXPECT_FALSE(draft.name_edited) << "the name follows again";
}

}  // namespace
}  // namespace castboard
