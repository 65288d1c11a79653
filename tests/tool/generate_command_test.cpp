#include <sqlite3.h>

#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"
#include "studio_generator.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Rows of a query as text, read with plain SQLite as any other program would.
std::vector<std::vector<std::string>> rows(const std::filesystem::path& library,
                                           const std::string& query) {
  sqlite3* opened = nullptr;
  EXPECT_EQ(
      sqlite3_open_v2((library / "castboard.db").c_str(), &opened, SQLITE_OPEN_READONLY, nullptr),
      SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  std::vector<std::vector<std::string>> found;
  const auto add_row = [](void* to, int count, char** values, char**) {
    std::vector<std::string> row;
    for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
    static_cast<std::vector<std::vector<std::string>>*>(to)->push_back(std::move(row));
    return 0;
  };
  char* problem = nullptr;
  EXPECT_EQ(sqlite3_exec(database.get(), query.c_str(), add_row, &found, &problem), SQLITE_OK)
      << (problem == nullptr ? "" : problem);
  sqlite3_free(problem);
  return found;
}

// A headshot, the quickest picture.
std::vector<std::string> picture_of(const std::string& character) {
  return {"generate",    "--create", "--project", "Demo",
          "--character", character,  "--style",   "pixel_art"};
}

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

const std::vector<std::string> kPoses{"happy",   "sad",     "angry", "surprised", "fear",
                                      "disgust", "neutral", "smirk", "laugh"};

TEST(GenerateCommand, makes_a_sheet_whose_row_files_cells_and_poses_any_program_can_see) {
  const Sandbox sandbox;
  const auto document = sandbox.json_of(with(
      picture_of("Mira"), {"--template", "expression_sheet", "--style", "anime", "--size", "1:1"}));
  const auto& version = document["version"];
  EXPECT_EQ(version["label"], "v001");
  EXPECT_EQ(version["version_name"], "Anime Expression Sheet");
  EXPECT_EQ(version["character_name"], "Mira");
  EXPECT_EQ(document["versions"].size(), 1U);
  EXPECT_EQ(document["jobs"][0]["state"], "done");

  const auto row = rows(sandbox.library(),
                        "SELECT id, is_active, image_url, template_type, art_style, aspect_ratio, "
                        "version_number, version_name FROM character_image_versions");
  ASSERT_EQ(row.size(), 1U);
  EXPECT_EQ(row[0],
            (std::vector<std::string>{version["id"], "1", version["image_url"], "expression_sheet",
                                      "anime", "1:1", "1", "Anime Expression Sheet"}));
  EXPECT_EQ(version["path"], (sandbox.library() / row[0][2]).string());
  EXPECT_THAT(file_bytes(sandbox.library() / row[0][2]), StartsWith("\x89PNG\r\n\x1a\n"));

  const auto cells =
      rows(sandbox.library(), "SELECT cell, pose, image_url FROM version_cells ORDER BY cell");
  ASSERT_EQ(cells.size(), 9U);
  std::set<std::string> pictures;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(cells[i][0], std::to_string(i + 1));
    EXPECT_EQ(cells[i][1], kPoses[i]);
    const std::string bytes = file_bytes(sandbox.library() / cells[i][2]);
    EXPECT_THAT(bytes, StartsWith("\x89PNG\r\n\x1a\n")) << cells[i][2];
    pictures.insert(bytes);
    EXPECT_EQ(version["cells"][i]["path"], (sandbox.library() / cells[i][2]).string());
    EXPECT_EQ(version["cells"][i]["pose"], kPoses[i]);
  }
  EXPECT_EQ(pictures.size(), 9U) << "nine different pictures";

  const auto character = rows(sandbox.library(), "SELECT image_url, image_poses FROM characters");
  EXPECT_EQ(character[0][0], row[0][2]);
  const auto poses = nlohmann::json::parse(character[0][1]);
  EXPECT_EQ(poses.size(), 9U);
  for (std::size_t i = 0; i < kPoses.size(); ++i) EXPECT_EQ(poses[kPoses[i]], cells[i][2]);
}

TEST(GenerateCommand, prints_one_line_a_version_for_people) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.run(
      {"generate", "--create", "--project", "Demo", "--character", "Mira", "--style", "pixel_art"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_THAT(outcome.out,
              AllOf(StartsWith("Mira/v001  " + sandbox.library().string()), HasSubstr("active")));
  EXPECT_THAT(outcome.err, HasSubstr("created character Mira"));
}

TEST(GenerateCommand, draws_the_same_again_from_the_same_seed) {
  const Sandbox sandbox;
  const std::vector<std::string> arguments{"generate",    "--create", "--project", "Demo",
                                           "--character", "Mira",     "--seed",    "77",
                                           "--style",     "anime"};
  const auto first = sandbox.json_of(arguments)["version"];
  const auto second = sandbox.json_of(arguments)["version"];
  EXPECT_EQ(first["seed"], 77);
  EXPECT_EQ(first["content_hash"], second["content_hash"]);
  EXPECT_EQ(second["label"], "v002");
}

TEST(GenerateCommand, asks_for_several_at_once_and_activates_the_last) {
  const Sandbox sandbox;
  const auto versions = sandbox.json_of(with(picture_of("Mira"), {"--count", "3"}))["versions"];
  ASSERT_EQ(versions.size(), 3U);
  EXPECT_NE(versions[0]["content_hash"], versions[1]["content_hash"]);
  const auto list = sandbox.json_of({"versions", "list", "Mira"})["versions"];
  int active = 0;
  for (const auto& version : list) active += version["is_active"].get<bool>() ? 1 : 0;
  EXPECT_EQ(active, 1);
}

TEST(GenerateCommand, keeps_an_approved_active_version_unless_told_otherwise) {
  const Sandbox sandbox;
  sandbox.json_of(picture_of("Mira"));
  sandbox.json_of({"versions", "approve", "Mira/v001"});
  EXPECT_EQ(sandbox.json_of(picture_of("Mira"))["version"]["is_active"], false);
  EXPECT_EQ(
      sandbox.json_of(with(picture_of("Mira"), {"--activate", "never"}))["version"]["is_active"],
      false);
  EXPECT_EQ(
      sandbox.json_of(with(picture_of("Mira"), {"--activate", "always"}))["version"]["is_active"],
      true);
}

TEST(GenerateCommand, sends_references_that_are_files_versions_or_the_character_s_own_label) {
  const Sandbox sandbox;
  const auto first = sandbox.json_of(picture_of("Mira"))["version"];
  const auto picture = sandbox.file("my picture.png", file_bytes(first["path"].get<std::string>()));
  const auto by_file = sandbox.json_of(with(picture_of("Mira"), {"--reference", picture.string()}));
  EXPECT_EQ(by_file["version"]["character_ref_hash"], first["content_hash"]);
  for (const std::string& version :
       {std::string("Mira/v001"), std::string("v001"), first["id"].get<std::string>()}) {
    const auto made =
        sandbox.json_of(with(picture_of("Mira"), {"--reference", version}))["version"];
    EXPECT_EQ(made["character_ref_hash"], first["content_hash"]) << version;
  }
  const auto background =
      sandbox.json_of(with(picture_of("Mira"), {"--background", "my picture.png"}))["version"];
  EXPECT_EQ(background["background_ref_hash"], first["content_hash"]);
}

TEST(GenerateCommand, dry_run_shows_prompt_cost_and_request_and_does_nothing) {
  const Sandbox sandbox;
  sandbox.json_of(picture_of("Mira"));
  const auto document =
      sandbox.json_of(with(picture_of("Mira"), {"--describe", "in the rain", "--dry-run"}));
  EXPECT_THAT(document["quote"]["prompt"].get<std::string>(),
              AllOf(HasSubstr("Mira"), HasSubstr("in the rain")));
  EXPECT_EQ(document["quote"]["credits"], 0);
  EXPECT_THAT(document["quote"]["request"].get<std::string>(),
              HasSubstr("/api/generate/character-image"));
  EXPECT_TRUE(document["would_create"].empty());
  const auto other = sandbox.json_of(with(picture_of("Elin"), {"--dry-run"}));
  EXPECT_EQ(other["would_create"], nlohmann::json({"character Elin"}));
  EXPECT_EQ(sandbox.json_of({"versions", "list", "Mira"})["versions"].size(), 1U);
  EXPECT_EQ(sandbox.json_of({"characters", "list"})["characters"].size(), 1U);
  EXPECT_EQ(sandbox.json_of({"jobs", "list", "--all"})["jobs"].size(), 1U);
}

struct Refused {
  std::vector<std::string> options;
  std::string named;
  std::string suggested;

  friend void PrintTo(const Refused& refused, std::ostream* stream) {
    *stream << refused.options[0] << " " << refused.named;
  }
};

class RefusedGeneration : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedGeneration, ends_with_exit_code_2_and_creates_nothing) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Other"});
  const auto error = sandbox.error_of(with(picture_of("Mira"), GetParam().options), 2);
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr(GetParam().named));
  if (!GetParam().suggested.empty()) {
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr(GetParam().suggested));
  }
  EXPECT_EQ(sandbox.json_of({"projects", "list"})["projects"].size(), 1U);
  EXPECT_TRUE(sandbox.json_of({"characters", "list"})["characters"].empty());
  EXPECT_TRUE(sandbox.json_of({"jobs", "list", "--all"})["jobs"].empty());
}

INSTANTIATE_TEST_SUITE_P(
    GenerateCommand, RefusedGeneration,
    ::testing::Values(
        Refused{{"--template", "expresion_sheet"}, "expresion_sheet", "expression_sheet"},
        Refused{{"--shot", "hedshot"}, "hedshot", "headshot"},
        Refused{{"--style", "anim"}, "anim", "anime"}, Refused{{"--size", "4:4"}, "4:4", "4:3"},
        Refused{{"--provider", "sketsh"}, "sketsh", "sketch"},
        Refused{{"--activate", "allways"}, "allways", "always"},
        Refused{{"--reference", "missing.png"}, "missing.png", ""},
        Refused{{"--background", "missing.png"}, "missing.png", ""},
        Refused{{"--reference", "/"}, "directory", ""},
        Refused{{"--reference", "Nobody/v003"}, "Nobody", ""}, Refused{{"--name", ""}, "name", ""},
        Refused{{"--name", std::string(10'000, 'x')}, "10000", ""},
        Refused{{"--name", "bad \xff name"}, "UTF-8", ""},
        Refused{{"--describe", "bad \xff text"}, "UTF-8", ""},
        Refused{{"--character", ""}, "name", ""},
        Refused{{"--character", std::string(10'000, 'x')}, "name", ""},
        Refused{{"--character", "bad \xff name"}, "name", ""},
        Refused{{"--project", std::string(10'000, 'x')}, "name", ""},
        Refused{{"--count", "0"}, "0", ""}, Refused{{"--seed", "-5"}, "seed", ""}));

TEST(GenerateCommand, makes_nothing_that_is_missing_without_create) {
  const Sandbox sandbox;
  std::vector<std::string> arguments{"generate", "--project", "Demo", "--character", "Mira"};
  sandbox.error_of(arguments, 2);
  EXPECT_FALSE(std::filesystem::exists(sandbox.library()));
  sandbox.json_of({"projects", "add", "Demo"});
  sandbox.json_of({"characters", "add", "Mira"});
  arguments.back() = "Mirra";
  auto error = sandbox.error_of(arguments, 2);
  EXPECT_THAT(error["hint"].get<std::string>(), AllOf(HasSubstr("Mira"), HasSubstr("--create")));
  arguments[2] = "Dem";
  error = sandbox.error_of(arguments, 2);
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("Demo"));
}

TEST(GenerateCommand, refuses_a_reference_that_is_not_a_picture) {
  const Sandbox sandbox;
  sandbox.json_of(picture_of("Mira"));
  const auto file = sandbox.file("notes.txt", "not a picture");
  const Outcome outcome = sandbox.run(with(picture_of("Mira"), {"--reference", file.string()}));
  EXPECT_NE(outcome.exit_code, 0) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr("notes.txt"));
  EXPECT_EQ(sandbox.json_of({"versions", "list", "Mira"})["versions"].size(), 1U);
}

// The exit codes of a provider that costs money, over real HTTP.
class PaidProvider : public ::testing::Test {
 protected:
  void SetUp() override { sandbox.set("CASTBOARD_PROVIDER_URL", studio.url()); }

  [[nodiscard]] static std::vector<std::string> generation(
      const std::vector<std::string>& more = {}) {
    return with(with(picture_of("Mira"), {"--provider", "castboard"}), more);
  }

  [[nodiscard]] bool is_without_versions() const {
    return sandbox.json_of({"versions", "list", "Mira"})["versions"].empty();
  }

  Sandbox sandbox;
  StudioGenerator studio;
};

TEST_F(PaidProvider, a_refusal_is_exit_code_3) {
  studio.answer(400,
                R"({"success":false,"error":{"code":"content_refused","message":"no swords"}})");
  const auto error = sandbox.error_of(generation(), 3);
  EXPECT_EQ(error["code"], "refused");
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("no swords"));
  EXPECT_TRUE(is_without_versions());
}

TEST_F(PaidProvider, an_empty_account_is_exit_code_4) {
  studio.answer(402, R"({"success":false,"error":{"code":"out_of_credits","message":"empty"}})");
  EXPECT_EQ(sandbox.error_of(generation(), 4)["code"], "out_of_credit");
}

TEST_F(PaidProvider, more_than_the_given_limit_is_exit_code_4_and_nothing_is_sent) {
  studio.answer(500, "{}");
  const auto error = sandbox.error_of(generation({"--max-credits", "0"}), 4);
  EXPECT_EQ(error["code"], "out_of_credit");
  EXPECT_EQ(studio.requests(), 0);
}

TEST_F(PaidProvider, a_failure_is_exit_code_1) {
  studio.answer(400, R"({"success":false,"error":{"message":"no such template"}})");
  const auto error = sandbox.error_of(generation(), 1);
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("no such template"));
}

TEST_F(PaidProvider, no_answer_in_time_is_exit_code_5_with_the_job_s_id) {
  studio.stay_silent();
  sandbox.set("CASTBOARD_TOTAL_LIMIT", "1");
  const auto error = sandbox.error_of(generation(), 5);
  EXPECT_EQ(error["code"], "uncertain");
  const std::string id = error["job_id"];
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("castboard jobs check " + id));
  EXPECT_EQ(sandbox.json_of({"jobs", "show", id})["job"]["state"], "uncertain");
  EXPECT_EQ(studio.requests(), 1) << "what may have been billed is not sent again";
}

TEST_F(PaidProvider, a_picture_that_is_none_keeps_the_library_as_it_was) {
  studio.answer(200, R"({"success":true,"image":"bm90IGEgcGljdHVyZQ=="})");
  EXPECT_EQ(sandbox.run(generation()).exit_code, 1);
  EXPECT_TRUE(is_without_versions());
}

}  // namespace
}  // namespace castboard::testing
