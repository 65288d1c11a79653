#include "generation_form.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "small_catalogue.h"
#include "support/imgui_harness.h"

namespace castboard {
namespace {

Version make_version(const char* id, int number) {
  Version version;
  version.id = id;
  version.version_number = number;
  version.version_name = "Portrait";
  version.thumbnail_url = std::string(id) + ".png";
  return version;
}

Preset make_preset(const char* name, const char* style, const char* layer) {
  Preset preset;
  preset.name = name;
  preset.art_style = style;
  preset.layer = layer;
  preset.file = std::string("/presets/") + name + ".json";
  return preset;
}

class GenerationFormTest : public ::testing::Test {
 protected:
  GenerationFormTest() {
    character.id = "mira";
    character.name = "Mira";
    versions = {make_version("a", 1), make_version("b", 2)};
    presets.presets = {make_preset("House", "anime", "user"),
                       make_preset("Studio", "anime", "studio")};
    open({420, 1200});
  }

  void open(ImVec2 size) {
    gui.reset();
    gui = std::make_unique<ImGuiHarness>(size);
    gui->draw = [this] { draw(); };
    gui->frames(3);
  }

  void draw() {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("Host");
    const Look look = make_look({});
    GenerationFormInput input{.catalogue = catalogue,
                              .look = look,
                              .character = &character,
                              .versions = versions,
                              .viewed = "a",
                              .active = active,
                              .quote = quote ? &*quote : nullptr,
                              .modal = modal,
                              .has_tiles = has_tiles,
                              .presets = &presets,
                              .generate_key = "Ctrl+Enter",
                              .thumbnail = [this](const std::string& url, int) {
                                asked.insert(url);
                                return Thumbnail{};
                              }};
    const GenerationFormResult done = generation_form("form", input, state, ctrl_enter);
    if (done.generate) generated = *done.generate;
    if (done.presets.save) saved = done;
    if (!done.presets.remove.empty()) removed = done.presets.remove;
    opened_presets |= done.presets.opened;
    cancelled |= done.cancel;
    ImGui::End();
  }

  GenerationRequest& request() { return state.draft.request; }
  void choose_provider(const char* name) {
    request().provider = name;
    gui->frames(2);
  }

  Catalogue catalogue = testing::small_catalogue();
  Character character;
  std::vector<Version> versions;
  VersionId active = "b";
  std::optional<GenerationQuote> quote;
  PresetList presets;
  bool modal = false;
  bool has_tiles = true;
  bool ctrl_enter = false;
  GenerationFormState state;
  std::unique_ptr<ImGuiHarness> gui;

  std::set<std::string> asked;
  std::optional<GenerationRequest> generated;
  std::optional<GenerationFormResult> saved;
  std::string removed;
  bool opened_presets = false;
  bool cancelled = false;
};

TEST_F(GenerationFormTest, has_its_fields_in_the_order_of_the_product) {
  float y = 0;
  for (const char* label : {"###version_name", "###template_portrait", "###shot", "###style_anime",
                            "###size_1:1", "###box", "###active_reference", "###description",
                            "###provider", "###set_active", "###prompt_fold", "###generate"}) {
    const float top = gui->item(label).min.y;
    EXPECT_GT(top, y) << label;
    y = top;
  }
}

TEST_F(GenerationFormTest, asks_for_the_pictures_of_tiles_and_keeps_their_place) {
  EXPECT_TRUE(asked.contains("tile:template/expression_sheet"));
  EXPECT_TRUE(asked.contains("tile:style/anime"));
  const DrawnItem waiting = gui->item("###style_anime");
  EXPECT_GT(waiting.max.y - waiting.min.y, 40) << "room for the picture before it is there";
}

TEST_F(GenerationFormTest, shows_words_where_the_host_draws_no_tiles) {
  has_tiles = false;
  asked.clear();
  gui->frames(2);
  EXPECT_EQ(asked.count("tile:style/anime"), 0U);
  gui->click("###style_anime");
  EXPECT_EQ(request().art_style, "anime");
}

TEST_F(GenerationFormTest, chooses_by_tile) {
  gui->click("###template_expression_sheet");
  gui->click("###style_anime");
  gui->frames(2);
  EXPECT_EQ(request().template_type, "expression_sheet");
  EXPECT_EQ(request().version_name, "Anime Expression Sheet");
}

TEST_F(GenerationFormTest, lets_nothing_be_chosen_that_the_provider_cannot_do) {
  choose_provider("paid");
  gui->click("###size_16:9");
  EXPECT_EQ(request().aspect_ratio, "1:1");
  gui->click("###seed");
  gui->type("5");
  gui->frames(2);
  EXPECT_EQ(state.draft.seed_text, "");
  const DrawnItem background = gui->items("###box").back();
  gui->click_at(background.centre());
  gui->frames(2);
  EXPECT_FALSE(gui->has("###path")) << "no menu: it takes no background";
}

TEST_F(GenerationFormTest, lists_why_a_provider_cannot_be_used_and_does_not_choose_it) {
  gui->click("###provider");
  gui->frames(2);
  gui->click("###provider_locked");
  gui->frames(2);
  EXPECT_EQ(request().provider, "free");
}

TEST_F(GenerationFormTest, gives_a_dropped_file_to_the_reference_under_the_pointer) {
  gui->move_to(gui->items("###box").back().centre());
  state.dropped_file = "/plates/hall.png";
  gui->frame();
  EXPECT_EQ(request().background_reference, (Reference{Reference::Kind::file, "/plates/hall.png"}));
  EXPECT_FALSE(request().character_reference);
  EXPECT_EQ(state.dropped_into, ReferenceSlot::background);
  gui->move_to({5, 5});
  state.dropped_file = "/faces/mira.png";
  gui->frame();
  EXPECT_EQ(request().character_reference, (Reference{Reference::Kind::file, "/faces/mira.png"}))
      << "beside both: the character's";
}

TEST_F(GenerationFormTest, pastes_a_path_or_address_from_the_clipboard) {
  ImGui::SetClipboardText("file:///faces/mira%20voss.png");
  gui->click_at(gui->items("###box").front().centre());
  gui->frames(2);
  gui->click("###paste");
  gui->frames(2);
  EXPECT_EQ(request().character_reference,
            (Reference{Reference::Kind::file, "/faces/mira voss.png"}));
  gui->click("###clear");
  gui->frames(2);
  EXPECT_FALSE(request().character_reference);
}

TEST_F(GenerationFormTest, uses_the_active_version_for_sheets_until_told_otherwise) {
  gui->click("###template_expression_sheet");
  gui->frames(2);
  EXPECT_EQ(request().character_reference.kind, Reference::Kind::active);
  EXPECT_TRUE(asked.contains("b.png")) << "its picture is shown";
  gui->click("###active_reference");
  gui->frames(2);
  EXPECT_FALSE(request().character_reference);
  gui->click("###active_reference");
  EXPECT_EQ(request().character_reference.kind, Reference::Kind::active);
}

TEST_F(GenerationFormTest, shows_the_prompt_lets_it_be_written_and_made_again) {
  EXPECT_FALSE(gui->has("###edit_prompt")) << "folded";
  gui->click("###prompt_fold");
  quote = GenerationQuote{};
  quote->prompt = quote->made_prompt = "A portrait of Mira.";
  gui->frames(2);
  gui->click("###edit_prompt");
  gui->frames(3);
  EXPECT_EQ(request().prompt, "A portrait of Mira.");
  gui->press(ImGuiKey_End);
  gui->type(" In ink.");
  gui->frames(2);
  EXPECT_EQ(request().prompt, "A portrait of Mira. In ink.");
  gui->click("###generate");
  ASSERT_TRUE(generated);
  EXPECT_EQ(generated->prompt, "A portrait of Mira. In ink.");
  gui->click("###reset_prompt");
  gui->frames(2);
  EXPECT_EQ(request().prompt, "");
  EXPECT_TRUE(gui->has("###edit_prompt"));
}

TEST_F(GenerationFormTest, applies_a_preset_and_takes_it_back) {
  gui->click("###presets");
  gui->frames(2);
  EXPECT_TRUE(opened_presets) << "others may have saved some since";
  const GenerationRequest before = request();
  gui->click("###use_preset");
  gui->frames(2);
  EXPECT_EQ(request().art_style, "anime");
  gui->click("###reset");
  gui->frames(2);
  EXPECT_EQ(request(), before) << "Reset was Undo";
}

TEST_F(GenerationFormTest, saves_a_preset_and_asks_before_it_writes_over_one) {
  request().art_style = "anime";
  gui->click("###presets");
  gui->frames(2);
  gui->click("###preset_name");
  gui->type("Mine");
  gui->frames(2);
  gui->click("###save_preset");
  gui->frames(2);
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->presets.save->name, "Mine");
  EXPECT_EQ(saved->presets.save->art_style, "anime");
  EXPECT_FALSE(saved->presets.overwrite);
  saved.reset();
  gui->click("###presets");
  gui->frames(2);
  gui->click("###preset_name");
  gui->type("House");
  gui->frames(2);
  gui->click("###save_preset");
  gui->frames(2);
  EXPECT_FALSE(saved) << "it asks first";
  gui->click("###save_preset");
  gui->frames(2);
  ASSERT_TRUE(saved);
  EXPECT_TRUE(saved->presets.overwrite);
}

TEST_F(GenerationFormTest, deletes_presets_of_ones_own_only) {
  gui->click("###presets");
  gui->frames(2);
  EXPECT_EQ(gui->items("###delete_preset").size(), 1U) << "not the studio's";
  gui->click("###delete_preset");
  EXPECT_EQ(removed, "House");
}

TEST_F(GenerationFormTest, asks_for_several_at_once) {
  gui->click("###count");
  gui->frames(2);
  gui->click("###count_4");
  gui->frames(2);
  gui->click("###generate");
  ASSERT_TRUE(generated);
  EXPECT_EQ(generated->count, 4);
}

TEST_F(GenerationFormTest, generates_by_key_but_not_what_has_a_problem) {
  ctrl_enter = true;
  gui->frame();
  EXPECT_TRUE(generated);
  generated.reset();
  state.draft.seed_text = "twelve";
  gui->frames(2);
  EXPECT_FALSE(generated);
}

TEST_F(GenerationFormTest, resets_and_brings_back) {
  gui->click("###style_anime");
  gui->frames(2);
  gui->click("###reset");
  gui->frames(2);
  EXPECT_EQ(request().art_style, "cinematic_realistic");
  gui->click("###reset");
  gui->frames(2);
  EXPECT_EQ(request().art_style, "anime");
}

TEST_F(GenerationFormTest, keeps_its_buttons_in_a_low_window_and_scrolls_the_rest) {
  modal = true;
  open({400, 540});
  EXPECT_TRUE(gui->item("###generate").visible);
  EXPECT_TRUE(gui->item("###cancel").visible);
  gui->move_to(gui->item("###template_portrait").centre());
  for (int i = 0; i < 60; ++i) {
    ImGui::GetIO().AddMouseWheelEvent(0, -5);
    gui->frame();
  }
  EXPECT_TRUE(gui->item("###prompt_fold").visible) << "the last field can be reached";
  gui->click("###cancel");
  gui->frame();
  EXPECT_TRUE(cancelled);
}

}  // namespace
}  // namespace castboard
