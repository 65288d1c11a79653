#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

struct DocumentedCommand {
  int line;
  std::string command;
  int exit_code;
};

// Lines beginning with "$ " of the ```console blocks; "# exit 2" at the end says how it ends.
std::vector<DocumentedCommand> documented_commands() {
  std::vector<DocumentedCommand> commands;
  std::ifstream document(CASTBOARD_SOURCE_DIR "/docs/cli.md");
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(document, line);) {
    ++number;
    if (line.rfind("```", 0) == 0) inside = line == "```console";
    if (!inside || line.rfind("$ ", 0) != 0) continue;
    const std::size_t mark = line.find("# exit ");
    const int exit_code = mark == std::string::npos ? 0 : std::stoi(line.substr(mark + 7));
    commands.push_back(
        {number, line.substr(2, mark == std::string::npos ? mark : mark - 2), exit_code});
  }
  return commands;
}

// All of them, in their order, in one home directory, by the shell a reader would use.
TEST(CliDocument, every_command_runs_as_written_and_ends_as_it_says) {
  Sandbox sandbox;
  const std::filesystem::path program = castboard_program();
  std::filesystem::create_directory(sandbox.home() / "bin");
  std::filesystem::create_symlink(program, sandbox.home() / "bin" / "castboard");
  sandbox.set("PATH", (sandbox.home() / "bin").string() + ":/usr/bin:/bin");
  const auto commands = documented_commands();
  EXPECT_GT(commands.size(), 20U);
  for (const DocumentedCommand& documented : commands) {
    const Outcome outcome = sandbox.run_program({"sh", "-c", documented.command});
    EXPECT_EQ(outcome.exit_code, documented.exit_code)
        << "docs/cli.md:" << documented.line << ": " << documented.command << "\n"
        << outcome;
  }
}

// Keys listed in the document are what is printed, and the other way round.
TEST(CliDocument, lists_the_keys_of_a_version) {
  const Sandbox sandbox;
  const auto document = sandbox.json_of({"generate", "--create", "--project", "Demo", "--character",
                                         "Mira", "--template", "expression_sheet"});
  std::stringstream text;
  text << std::ifstream(CASTBOARD_SOURCE_DIR "/docs/cli.md").rdbuf();
  const auto expect_keys = [&](const nlohmann::json& object) {
    for (const auto& [key, value] : object.items()) {
      EXPECT_NE(text.str().find('`' + key + '`'), std::string::npos)
          << "docs/cli.md does not list " << key;
    }
  };
  expect_keys(document);
  expect_keys(document["version"]);
  expect_keys(document["version"]["cells"][0]);
  expect_keys(document["jobs"][0]);
  expect_keys(document["jobs"][0]["request"]);
  expect_keys(sandbox.json_of({"characters", "show", "Mira"})["character"]);
  expect_keys(sandbox.json_of({"projects", "show", "Demo"})["project"]);
  expect_keys(sandbox.json_of({"providers", "check", "sketch"})["providers"][0]);
  expect_keys(sandbox.json_of({"library", "verify"}));
  const auto credits = sandbox.json_of({"credits"});
  expect_keys(credits);
  expect_keys(credits["total"]);
  expect_keys(credits["entries"][0]);
  expect_keys(sandbox.json_of({"generate", "--character", "Mira", "--dry-run"})["quote"]);
}

}  // namespace
}  // namespace castboard::testing
