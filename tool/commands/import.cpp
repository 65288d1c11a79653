#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/lookup.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string character;
  PictureImport wish;
};

int import_pictures(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const Character character = character_named(console, options.character);
  PictureImport wish = options.wish;
  wish.character_id = character.id;
  const Template* chosen = console.opened().catalogue->find_template(wish.template_type);
  if (chosen != nullptr && wish.shot.empty()) wish.shot = chosen->default_shot;
  Json document = json_document();
  document["versions"] = Json::array();
  // What is no picture keeps none of the others.
  std::optional<Error> problem;
  for (const std::string& file : options.files) {
    wish.file = std::filesystem::absolute(file).lexically_normal().string();
    const Result<Version> version = console.wait(session.import_picture(wish));
    if (!version) {
      console.complain(error_text(version.error()));
      if (!problem) problem = version.error();
      continue;
    }
    document["versions"].push_back(to_json(*version, character.name, session));
    if (console.json()) continue;
    console.print(fmt::format("{}/{}  {}\n", character.name, version_label(version->version_number),
                              session.absolute_path(version->image_url)));
  }
  if (problem) document["error"] = json_error(*problem)["error"];
  if (console.json()) console.print_json(document);
  return problem ? exit_code(problem->code) : kDone;
}

}  // namespace

void add_import_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("import", "Make versions of picture files");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "Pictures, one version each")->required()->take_all();
  command->add_option("--character", options->character, "Whose versions they become")
      ->required()
      ->type_name("CHARACTER");
  command
      ->add_option("--template", options->wish.template_type,
                   "What they show; an expression_sheet is cut into its nine cells")
      ->type_name("T");
  command->add_option("--shot", options->wish.shot, "Shot, pose or expression of the template")
      ->type_name("S");
  command->add_option("--style", options->wish.art_style, "Art style, such as anime")
      ->type_name("STYLE");
  command->add_option("--name", options->wish.version_name, "The versions' name (else the file's)")
      ->type_name("NAME");
  command->callback([&action, options] {
    action = [options](Console& console) { return import_pictures(console, *options); };
  });
}

}  // namespace castboard
