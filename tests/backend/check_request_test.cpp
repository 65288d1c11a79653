#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/result.h"
#include "catalogue/utf8.h"
#include "providers/provider.h"

namespace castboard {

using ::testing::HasSubstr;

namespace {

const Catalogue& catalogue() {
  static const Catalogue catalogue = [] {
    ProviderContext context;
    context.http = std::make_shared<const Http>(HttpOptions{});
    return load_configuration(CASTBOARD_ASSETS, {}, {}, {}, context).catalogue;
  }();
  return catalogue;
}

template <class Change>
std::string refusal(Change change) {
  GenerationRequest request;
  request.version_name = "Anime Portrait";
  change(request);
  try {
    check_request(catalogue(), request);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::invalid_input);
    return failure.error().message + " " + failure.error().hint;
  }
  return "accepted";
}

}  // namespace

TEST(CheckRequest, accepts_every_shot_of_every_template) {
  for (const Template& found : catalogue().templates)
    for (const Shot& shot : found.shots)
      EXPECT_EQ(refusal([&](auto& r) { r.template_type = found.key, r.shot = shot.key; }),
                "accepted");
}

TEST(CheckRequest, names_the_field_the_value_and_the_nearest_valid_one) {
  EXPECT_THAT(refusal([](auto& r) { r.template_type = "portait"; }),
              HasSubstr("no template \"portait\". Did you mean \"portrait\"?"));
  EXPECT_THAT(refusal([](auto& r) { r.shot = "headshoot"; }),
              HasSubstr("no shot of portrait \"headshoot\". Did you mean \"headshot\"?"));
  EXPECT_THAT(refusal([](auto& r) { r.art_style = "pixar3d"; }),
              HasSubstr("Did you mean \"pixar_3d\"?"));
  EXPECT_THAT(refusal([](auto& r) { r.aspect_ratio = "4:5"; }), HasSubstr("no image size \"4:5\""));
  EXPECT_THAT(refusal([](auto& r) { r.provider = "skech"; }),
              HasSubstr("Did you mean \"sketch\"?"));
  EXPECT_THAT(refusal([](auto& r) { r.shot = std::string(500, 'x'); }), HasSubstr("xxx...\""));
  EXPECT_THAT(refusal([](auto& r) { r.shot = "\xff\xfe"; }), HasSubstr("(not UTF-8)"));
}

TEST(CheckRequest, refuses_names_that_are_empty_too_long_or_not_utf8) {
  EXPECT_THAT(refusal([](auto& r) { r.version_name = " \n"; }), HasSubstr("version name is empty"));
  EXPECT_THAT(refusal([](auto& r) { r.version_name = std::string(10'000, 'x'); }),
              HasSubstr("has 10000 characters; 255 is the limit"));
  EXPECT_THAT(refusal([](auto& r) { r.version_name = "caf\xe9"; }), HasSubstr("not valid UTF-8"));
  std::string kana;
  for (int i = 0; i < 255; ++i) kana += "ミ";
  EXPECT_EQ(refusal([&](auto& r) { r.version_name = kana; }), "accepted");
}

TEST(CheckRequest, wants_a_description_for_the_custom_template) {
  EXPECT_THAT(refusal([](auto& r) { r.template_type = "custom"; }),
              HasSubstr("additional description"));
  EXPECT_EQ(
      refusal([](auto& r) { r.template_type = "custom", r.additional_description = "A tree"; }),
      "accepted");
}

TEST(CheckRequest, looks_at_references_and_numbers) {
  EXPECT_THAT(refusal([](auto& r) {
                r.character_reference = {Reference::Kind::url, "ftp://x/y.png"};
              }),
              HasSubstr("not an http or https URL"));
  EXPECT_THAT(refusal([](auto& r) {
                r.background_reference = {Reference::Kind::file, ""};
              }),
              HasSubstr("background reference is empty"));
  EXPECT_THAT(refusal([](auto& r) { r.count = 0; }), HasSubstr("0 pictures"));
  EXPECT_THAT(refusal([](auto& r) { r.seed = -1; }), HasSubstr("negative"));
}

TEST(Utf8, tells_well_formed_text_from_the_rest) {
  for (const char* good : {"", "plain", "naïve", "ミラ", "🎭", "\xEF\xBF\xBD"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xE3\x83", "a\xFF"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
  EXPECT_EQ(utf8_length("ミラ!"), 3u);
  EXPECT_EQ(utf8_prefix("ミラ", 4), 3u);
}

}  // namespace castboard
