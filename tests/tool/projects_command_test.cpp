#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::HasSubstr;

TEST(ProjectsCommand, adds_lists_shows_and_renames) {
  const Sandbox sandbox;
  const auto added = sandbox.json_of({"projects", "add", "Northwind"})["project"];
  EXPECT_EQ(added["name"], "Northwind");
  EXPECT_EQ(added["id"].get<std::string>().size(), 36U);

  const auto list = sandbox.json_of({"projects", "list"})["projects"];
  ASSERT_EQ(list.size(), 1U);
  for (const char* key : {"id", "name", "credit_limit", "credits_used", "character_count",
                          "version_count", "created_at", "updated_at"}) {
    EXPECT_TRUE(list[0].contains(key)) << key;
  }

  sandbox.json_of({"projects", "rename", "northwind", "Southwind"});
  EXPECT_EQ(sandbox.json_of({"projects", "show", "Southwind"})["project"]["id"], added["id"]);
  EXPECT_EQ(sandbox.json_of({"projects", "show", added["id"]})["project"]["name"], "Southwind");
}

TEST(ProjectsCommand, prints_a_table_for_people) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Northwind"});
  const Outcome outcome = sandbox.run({"projects", "list"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("PROJECT"));
  EXPECT_THAT(outcome.out, HasSubstr("Northwind"));
}

TEST(ProjectsCommand, suggests_the_nearest_of_an_unknown_name) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Northwind"});
  const auto error = sandbox.error_of({"projects", "show", "Nortwind"}, 2);
  EXPECT_EQ(error["code"], "not_found");
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("Northwind"));
}

TEST(ProjectsCommand, sets_and_takes_away_what_a_project_may_cost) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Northwind"});
  const auto edited = sandbox.json_of({"projects", "edit", "Northwind", "--credit-limit", "500",
                                       "--daily-ask-above", "0"})["project"];
  EXPECT_EQ(edited["credit_limit"], 500);
  EXPECT_EQ(edited["daily_credit_ask_above"], 0);
  EXPECT_TRUE(edited["daily_credit_limit"].is_null());
  const auto kept =
      sandbox.json_of({"projects", "edit", "Northwind", "--daily-ask-above", "none"})["project"];
  EXPECT_EQ(kept["credit_limit"], 500) << "what is not named stays";
  EXPECT_TRUE(kept["daily_credit_ask_above"].is_null());
  for (const char* wrong : {"-1", "many", "1.5", ""}) {
    EXPECT_EQ(sandbox.run({"projects", "edit", "Northwind", "--credit-limit", wrong}).exit_code, 2)
        << wrong;
  }
  EXPECT_EQ(sandbox.run({"projects", "edit", "Northwind"}).exit_code, 2);
}

TEST(ProjectsCommand, refuses_a_second_of_the_same_name) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Northwind"});
  EXPECT_THAT(sandbox.error_of({"projects", "add", "Northwind"}, 2)["message"].get<std::string>(),
              HasSubstr("Northwind"));
  EXPECT_EQ(sandbox.json_of({"projects", "list"})["projects"].size(), 1U);
}

TEST(ProjectsCommand, refuses_names_that_are_empty_too_long_or_not_utf8) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Northwind"});
  for (const std::string& name : {std::string(), std::string("   "), std::string(10'000, 'x'),
                                  std::string("bad \xff name")}) {
    EXPECT_EQ(sandbox.error_of({"projects", "add", name}, 2)["code"], "invalid_input");
    EXPECT_EQ(sandbox.error_of({"projects", "rename", "Northwind", name}, 2)["code"],
              "invalid_input");
  }
  EXPECT_EQ(sandbox.json_of({"projects", "list"})["projects"].size(), 1U);
}

}  // namespace
}  // namespace castboard::testing
