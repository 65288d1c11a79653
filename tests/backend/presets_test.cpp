#include "catalogue/presets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

GenerationRequest sheet_request() {
  GenerationRequest request;
  request.character_id = "mira";
  request.version_name = "Only this once";
  request.template_type = "expression_sheet";
  request.shot = "all";
  request.art_style = "anime";
  request.aspect_ratio = "3:4";
  request.character_reference = {Reference::Kind::active, {}};
  request.background_reference = {Reference::Kind::url, "https://example.test/hall.png"};
  request.additional_description = "wearing \"armour\"\nat dusk";
  request.prompt = "Nine faces";
  request.provider = "openai";
  request.model = "gpt-image-1";
  request.seed = 77;
  request.count = 3;
  request.activate = ActivatePolicy::never;
  return request;
}

TEST(Presets, bring_back_from_their_file_what_was_put_in) {
  const testing::TemporaryDirectory studio;
  const Preset preset = preset_of(sheet_request(), "House sheet");
  write(studio.path() / "presets/house.json", preset_text(preset));
  const PresetList list = read_presets({{.name = "studio", .directory = studio.path()}});
  EXPECT_THAT(list.warnings, IsEmpty());
  const Preset* read = list.find("house SHEET");
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->layer, "studio");
  GenerationRequest other;
  other.character_id = "kaito";
  other.version_name = "Kept";
  apply_preset(*read, other);
  GenerationRequest expected = sheet_request();
  expected.character_id = "kaito";
  expected.version_name = "Kept";
  EXPECT_EQ(other, expected) << "all but whom it draws and what it is called";
}

TEST(Presets, leave_alone_what_they_do_not_say_and_forget_an_edited_prompt) {
  GenerationRequest request = sheet_request();
  Preset preset;
  preset.name = "Noir";
  preset.art_style = "noir";
  apply_preset(preset, request);
  GenerationRequest expected = sheet_request();
  expected.art_style = "noir";
  expected.prompt.clear();  // it says the old style
  EXPECT_EQ(request, expected);
}

TEST(Presets, name_no_version_of_one_character) {
  GenerationRequest request = sheet_request();
  request.character_reference = {Reference::Kind::version, "v-id"};
  EXPECT_FALSE(preset_of(request, "Any").character_reference);
}

TEST(Presets, win_by_layer_and_take_no_references_from_a_library) {
  const testing::TemporaryDirectory studio;
  const testing::TemporaryDirectory library;
  write(studio.path() / "presets/a.json", R"({"name": "Look", "style": "anime"})");
  write(studio.path() / "presets/b.json",
        R"({"name": "Place", "background_reference": "plates/hall.png"})");
  write(library.path() / "presets/look.json",
        R"({"name": "LOOK", "style": "noir", "character_reference": "/etc/passwd"})");
  const PresetList list =
      read_presets({{.name = "studio", .directory = studio.path()},
                    {.name = "library", .directory = library.path(), .trusted = false}});
  ASSERT_THAT(list.presets, SizeIs(2));
  EXPECT_EQ(list.find("look")->art_style, "noir");
  EXPECT_EQ(list.find("look")->layer, "library");
  EXPECT_FALSE(list.find("look")->character_reference);
  EXPECT_EQ(list.find("Place")->background_reference.text,
            (studio.path() / "presets/plates/hall.png").string())
      << "beside its own file";
}

TEST(Presets, report_a_bad_file_with_line_and_field_and_keep_the_others) {
  const testing::TemporaryDirectory studio;
  write(studio.path() / "presets/bad.json", "{\n  \"name\": \"Bad\",\n  \"stile\": \"noir\"\n}");
  write(studio.path() / "presets/count.json", "{\n  \"name\": \"Many\",\n  \"count\": 1000\n}");
  write(studio.path() / "presets/good.json", R"({"name": "Good"})");
  const PresetList list = read_presets({{.name = "studio", .directory = studio.path()}});
  ASSERT_THAT(list.warnings, SizeIs(2));
  EXPECT_THAT(list.warnings[0].message,
              HasSubstr("presets/bad.json:3: field stile: unknown field; did you mean \"style\"?"));
  EXPECT_THAT(list.warnings[1].message, HasSubstr("presets/count.json:3: field count: must be"));
  EXPECT_THAT(list.presets, SizeIs(1));
}

TEST(Presets, keep_their_file_and_never_take_anothers) {
  const testing::TemporaryDirectory user;
  EXPECT_EQ(preset_path(user.path(), "House sheet, inked!").filename(), "house_sheet_inked.json");
  EXPECT_EQ(preset_path(user.path(), "猫").filename(), "preset.json");
  write(user.path() / "mine.json", R"({"name": "House sheet"})");
  write(user.path() / "house.json", "not JSON");
  EXPECT_EQ(preset_path(user.path(), "HOUSE sheet").filename(), "mine.json");
  EXPECT_EQ(preset_path(user.path(), "House").filename(), "house-2.json");
}

}  // namespace
}  // namespace castboard
