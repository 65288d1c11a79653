#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::HasSubstr;

std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

class BatchCommand : public ::testing::Test {
 protected:
  BatchCommand() {
    sandbox.run({"projects", "add", "Northwind"});
    sandbox.run({"characters", "add", "Mira"});
    sandbox.run({"characters", "add", "Kaito"});
  }

  Outcome batch(const std::string& lines, std::vector<std::string> options = {}) {
    std::vector<std::string> arguments{"batch", sandbox.file("wanted.jsonl", lines).string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return sandbox.run(arguments);
  }

  Sandbox sandbox;
};

const char* const kTwo =
    "{\"key\": \"m\", \"character\": \"Mira\", \"style\": \"noir\"}\n\n"
    "{\"character\": \"Kaito\", \"seed\": 7}\n";

TEST_F(BatchCommand, prints_one_line_for_each_in_their_order) {
  const Outcome outcome = batch(kTwo, {"--style", "pixel_art"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome;
  const auto lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["key"], "m");
  EXPECT_EQ(lines[0]["state"], "done");
  EXPECT_EQ(lines[0]["versions"][0]["art_style"], "noir");
  EXPECT_EQ(lines[1]["key"], "3") << "the line's number";
  EXPECT_EQ(lines[1]["versions"][0]["art_style"], "pixel_art") << "the command's option";
  EXPECT_EQ(lines[1]["versions"][0]["seed"], 7);
}

TEST_F(BatchCommand, leaves_out_what_an_earlier_run_has_done) {
  const Outcome first = batch(kTwo, {"--style", "pixel_art"});
  const auto done = sandbox.file("made.jsonl", first.out.substr(0, first.out.find('\n') + 1));
  const Outcome second = batch(kTwo, {"--style", "pixel_art", "--done", done.string()});
  ASSERT_EQ(second.exit_code, 0) << second;
  const auto lines = lines_of(second.out);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["key"], "3");
}

TEST_F(BatchCommand, makes_nothing_where_one_line_is_wrong) {
  const Outcome outcome =
      batch(std::string(kTwo) + "{\"character\": \"Mira\", \"stile\": \"x\"}\n");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("wanted.jsonl:4: unknown field \"stile\""));
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean \"style\"?"));
  EXPECT_TRUE(sandbox.json_of({"versions", "list", "Mira"})["versions"].empty());
  EXPECT_EQ(batch("{\"character\": \"Nobody\"}\n").exit_code, 2);
  EXPECT_EQ(batch("[1, 2]\n").exit_code, 2);
  EXPECT_THAT(batch("{\"key\": \"a\", \"character\": \"Mira\"}\n"
                    "{\"key\": \"a\", \"character\": \"Mira\"}\n")
                  .err,
              HasSubstr("the key \"a\" stands in line 1 already"));
}

TEST_F(BatchCommand, tells_the_cost_without_doing_anything) {
  const Outcome outcome = batch(kTwo, {"--dry-run"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_EQ(lines_of(outcome.out).at(0)["quote"]["credits"], 0);
  EXPECT_THAT(outcome.err, HasSubstr("2 lines, 0 credits"));
  EXPECT_TRUE(sandbox.json_of({"versions", "list", "Mira"})["versions"].empty());
}

}  // namespace
}  // namespace castboard::testing
