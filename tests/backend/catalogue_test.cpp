#include "castboard/catalogue.h"
#include "castboard/request_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "catalogue/read_catalogue.h"
#include "providers/provider.h"
#include "support/temporary_directory.h"

namespace castboard {

using castboard::testing::TemporaryDirectory;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

Configuration load(const TemporaryDirectory& studio, const TemporaryDirectory& library) {
  ProviderContext context;
  context.http = std::make_shared<const Http>(HttpOptions{});
  return load_configuration(CASTBOARD_ASSETS, {studio.path().string()}, {}, library.path().string(),
                            context);
}

}  // namespace

TEST(Catalogue, suggests_the_nearest_word) {
  const std::vector<std::string> words{"portrait", "expression_sheet", "full_body",
                                       "cinematic_realistic"};
  EXPECT_EQ(nearest("portrat", words), "portrait");
  EXPECT_EQ(nearest("Expression-Sheet", words), "expression_sheet");
  EXPECT_EQ(nearest("full body", words), "full_body");
  EXPECT_EQ(nearest("cinematic", words), "cinematic_realistic");
  EXPECT_EQ(nearest("zebra", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest(std::string(10'000, 'x'), words), "");
}

TEST(Catalogue, lets_later_layers_win_by_key_and_add_their_own) {
  const TemporaryDirectory studio;
  const TemporaryDirectory library;
  write(studio.path() / "styles/anime.json",
        R"({"key": "anime", "title": "House Anime", "order": 20, "prompt": "Our look"})");
  write(library.path() / "styles/anime.json",
        R"({"key": "anime", "title": "Show Anime", "order": 20, "prompt": "The show's look"})");
  write(library.path() / "styles/show.json",
        R"({"key": "show_style", "title": "Show", "prompt": "Only here"})");
  const Configuration configuration = load(studio, library);
  EXPECT_THAT(configuration.warnings, IsEmpty());
  EXPECT_THAT(configuration.catalogue.styles, SizeIs(15));
  EXPECT_EQ(configuration.catalogue.find_style("anime")->title, "Show Anime");
  EXPECT_EQ(configuration.catalogue.styles[1].key, "anime");
  EXPECT_EQ(configuration.catalogue.styles.back().key, "show_style");
}

TEST(Catalogue, never_takes_a_provider_from_a_library) {
  const TemporaryDirectory studio;
  const TemporaryDirectory library;
  std::filesystem::create_directories(library.path() / "providers");
  std::filesystem::copy_file(std::filesystem::path(CASTBOARD_ASSETS) / "providers/openai.json",
                             library.path() / "providers/openai.json");
  const Configuration configuration = load(studio, library);
  EXPECT_EQ(configuration.catalogue.find_provider("openai")->layer, "built-in");
}

TEST(Catalogue, leaves_out_a_file_with_an_error_and_says_where_it_is) {
  const TemporaryDirectory studio;
  const TemporaryDirectory library;
  write(studio.path() / "templates/portrait.json",
        "{\n  \"key\": \"portrait\",\n  \"title\": \"Portrait\",\n  \"prompt\": "
        "\"{charakter}\"\n}\n");
  write(studio.path() / "styles/bad.json", "{\n  \"key\": \"Bad Key\",\n  \"title\": 5\n}\n");
  write(studio.path() / "sizes/sizes.json",
        R"({"sizes": [{"key": "2:1", "title": "Wide", "width": 1, "height": 2}]})");
  const Configuration configuration = load(studio, library);
  ASSERT_THAT(configuration.warnings, SizeIs(3));
  EXPECT_THAT(configuration.warnings[0].message,
              HasSubstr("templates/portrait.json:4: field prompt: unknown {charakter}; did you "
                        "mean {character}?"));
  EXPECT_THAT(configuration.warnings[1].message,
              HasSubstr("styles/bad.json:2: field key: must be small letters"));
  EXPECT_THAT(configuration.warnings[2].message,
              HasSubstr("sizes.json:1: field sizes.0.key: must be \"1:2\""));
  EXPECT_EQ(configuration.catalogue.find_template("portrait")->shots.size(), 4u);
}

TEST(Catalogue, cannot_do_without_the_built_in_assets) {
  const TemporaryDirectory nothing;
  EXPECT_THROW(load_configuration(nothing.path().string(), {}, {}, {}, {}), Failure);
}

TEST(Catalogue, names_a_version_after_style_and_template) {
  const TemporaryDirectory none;
  const Catalogue catalogue = load(none, none).catalogue;
  GenerationRequest request;
  request.art_style = "anime";
  request.template_type = "expression_sheet";
  request.shot = "all";
  EXPECT_EQ(suggested_version_name(catalogue, request), "Anime Expression Sheet");
  request.shot = "happy";
  EXPECT_EQ(suggested_version_name(catalogue, request), "Anime Happy Expression");
}

}  // namespace castboard
