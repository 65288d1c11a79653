#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class CharactersCommand : public ::testing::Test {
 protected:
  void SetUp() override { sandbox.json_of({"projects", "add", "Northwind"}); }

  [[nodiscard]] std::vector<std::string> names(std::vector<std::string> options = {}) const {
    std::vector<std::string> arguments{"characters", "list"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    std::vector<std::string> found;
    const auto document = sandbox.json_of(arguments);
    for (const auto& character : document["characters"]) {
      found.push_back(character["name"]);
    }
    return found;
  }

  Sandbox sandbox;
};

TEST_F(CharactersCommand, adds_one_with_description_and_traits_in_their_order) {
  const auto character =
      sandbox.json_of({"characters", "add", "Kaito 海斗", "--description", "Young navigator",
                       "--trait", "hair=spiky black", "--trait", "age=young"})["character"];
  EXPECT_EQ(character["name"], "Kaito 海斗");
  EXPECT_EQ(character["description"], "Young navigator");
  const Outcome shown = sandbox.run({"characters", "show", "Kaito 海斗"});
  EXPECT_LT(shown.out.find("hair=spiky black"), shown.out.find("age=young")) << shown;
  for (const char* key :
       {"id", "project_id", "image_url", "path", "image_poses", "pose_paths", "active_version_id",
        "version_count", "last_version_number", "created_at", "updated_at", "deleted_at"}) {
    EXPECT_TRUE(character.contains(key)) << key;
  }
}

TEST_F(CharactersCommand, edits_only_what_is_named) {
  sandbox.json_of({"characters", "add", "Mira", "--description", "old", "--trait", "hair=navy",
                   "--trait", "eyes=blue"});
  sandbox.json_of(
      {"characters", "edit", "Mira", "--trait", "hair=silver", "--remove-trait", "eyes"});
  auto mira = sandbox.json_of({"characters", "show", "Mira"})["character"];
  EXPECT_EQ(mira["description"], "old");
  EXPECT_EQ(mira["traits"], nlohmann::json({{"hair", "silver"}}));
  sandbox.json_of({"characters", "edit", "Mira", "--description", "new"});
  mira = sandbox.json_of({"characters", "show", "Mira"})["character"];
  EXPECT_EQ(mira["description"], "new");
  EXPECT_EQ(mira["traits"]["hair"], "silver");
}

TEST_F(CharactersCommand, refuses_an_edit_of_nothing_and_traits_without_a_key) {
  sandbox.json_of({"characters", "add", "Mira"});
  sandbox.error_of({"characters", "edit", "Mira"}, 2);
  sandbox.error_of({"characters", "edit", "Mira", "--trait", "=silver"}, 2);
  sandbox.error_of({"characters", "edit", "Mira", "--trait", "silver"}, 2);
  sandbox.error_of({"characters", "edit", "Mira", "--remove-trait", "hair"}, 2);
}

TEST_F(CharactersCommand, renames_trashes_and_restores) {
  const std::string id = sandbox.json_of({"characters", "add", "Mira"})["character"]["id"];
  EXPECT_EQ(sandbox.json_of({"characters", "rename", "Mira", "Mira Voss"})["character"]["name"],
            "Mira Voss");
  sandbox.json_of({"characters", "trash", "Mira Voss"});
  EXPECT_TRUE(names().empty());
  EXPECT_EQ(names({"--trashed"}), std::vector<std::string>{"Mira Voss"});
  const auto restored = sandbox.json_of({"characters", "restore", "Mira Voss"});
  EXPECT_EQ(restored["character"]["id"], id);
  EXPECT_TRUE(restored["character"]["deleted_at"].is_null());
  EXPECT_FALSE(restored["message"].get<std::string>().empty());
  EXPECT_EQ(names(), std::vector<std::string>{"Mira Voss"});
}

TEST_F(CharactersCommand, searches_and_sorts) {
  sandbox.json_of({"characters", "add", "Elin", "--description", "stowaway"});
  sandbox.json_of({"characters", "add", "Bram", "--description", "cook"});
  EXPECT_EQ(names(), (std::vector<std::string>{"Bram", "Elin"}));
  EXPECT_EQ(names({"--sort", "newest"}), (std::vector<std::string>{"Bram", "Elin"}));
  EXPECT_EQ(names({"--find", "stow"}), std::vector<std::string>{"Elin"});
  EXPECT_EQ(sandbox.run({"characters", "list", "--sort", "oldest"}).exit_code, 2);
}

TEST_F(CharactersCommand, suggests_the_nearest_of_an_unknown_name) {
  sandbox.json_of({"characters", "add", "Mira Voss"});
  const auto error = sandbox.error_of({"characters", "show", "Mira Vos"}, 2);
  EXPECT_EQ(error["code"], "not_found");
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("Mira Voss"));
}

TEST_F(CharactersCommand, lists_the_candidates_of_an_ambiguous_name) {
  sandbox.json_of({"projects", "add", "Southwind"});
  const auto north = sandbox.json_of({"characters", "add", "Mira", "--project", "Northwind"});
  const auto south = sandbox.json_of({"characters", "add", "Mira", "--project", "Southwind"});
  const auto error = sandbox.error_of({"characters", "show", "Mira"}, 2);
  EXPECT_EQ(error["code"], "ambiguous");
  EXPECT_THAT(error["hint"].get<std::string>(),
              AllOf(HasSubstr(north["character"]["id"].get<std::string>()),
                    HasSubstr(south["character"]["id"].get<std::string>())));
  EXPECT_EQ(
      sandbox.json_of({"characters", "show", "Mira", "--project", "Southwind"})["character"]["id"],
      south["character"]["id"]);
}

TEST_F(CharactersCommand, asks_for_the_project_when_there_are_several) {
  sandbox.json_of({"projects", "add", "Southwind"});
  const auto error = sandbox.error_of({"characters", "add", "Mira"}, 2);
  EXPECT_THAT(error["hint"].get<std::string>(),
              AllOf(HasSubstr("Northwind"), HasSubstr("Southwind")));
  EXPECT_TRUE(names().empty());
}

TEST_F(CharactersCommand, refuses_names_that_are_empty_too_long_or_not_utf8) {
  sandbox.json_of({"characters", "add", "Mira"});
  for (const std::string& name :
       {std::string(), std::string(10'000, 'x'), std::string("bad \xff name")}) {
    EXPECT_EQ(sandbox.error_of({"characters", "add", name}, 2)["code"], "invalid_input");
    EXPECT_EQ(sandbox.error_of({"characters", "rename", "Mira", name}, 2)["code"], "invalid_input");
  }
  sandbox.error_of({"characters", "add", "Elin", "--description", "bad \xff text"}, 2);
  EXPECT_EQ(names(), std::vector<std::string>{"Mira"});
}

}  // namespace
}  // namespace castboard::testing
