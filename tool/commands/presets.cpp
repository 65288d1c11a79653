#include <filesystem>
#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "castboard/request_rules.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/generation_options.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::string name;
  std::string version;
  std::vector<std::string> files;
  bool overwrite = false;
  bool yes = false;
  GenerationOptions generation;
};

int list_presets(Console& console, const Options&) {
  console.open(Access::configuration);
  const PresetListPtr list = console.get(console.session().list_presets());
  if (console.json()) {
    Json document = json_document();
    document["presets"] = Json::array();
    for (const Preset& preset : list->presets) document["presets"].push_back(to_json(preset));
    console.print_json(document);
    return kDone;
  }
  Table table({"PRESET", "TEMPLATE", "STYLE", "SIZE", "PROVIDER", "FROM"});
  for (const Preset& preset : list->presets) {
    table.add({preset.name, preset.template_type, preset.art_style, preset.aspect_ratio,
               preset.provider, preset.layer});
  }
  console.print(table.text());
  if (list->presets.empty()) console.note("no presets");
  return kDone;
}

int show_preset(Console& console, const Options& options) {
  console.open(Access::configuration);
  const Preset preset = preset_named(console, options.name);
  if (console.json()) {
    Json document = json_document();
    document["preset"] = to_json(preset);
    console.print_json(document);
    return kDone;
  }
  std::ifstream file(preset.file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  console.print(text);
  console.note(fmt::format("{} ({})", preset.file, preset.layer));
  return kDone;
}

int finish(Console& console, const Edit& edit, const std::string& name) {
  if (!console.json()) {
    console.print(edit.message + '\n');
    return kDone;
  }
  Json document = json_document();
  document["message"] = edit.message;
  const PresetListPtr list = console.get(console.session().list_presets());
  const Preset* preset = list->find(name);
  document["preset"] = preset != nullptr ? to_json(*preset) : Json();
  console.print_json(document);
  return kDone;
}

// What --from recalls, else the defaults, with the options laid over it.
int save_preset(Console& console, const Options& options) {
  const bool recalls = !options.version.empty();
  console.open(recalls ? Access::read : Access::configuration);
  const Catalogue& catalogue = *console.opened().catalogue;
  GenerationRequest request;
  request.provider = catalogue.default_provider;
  if (recalls) request = request_of(version_named(console, options.version), catalogue);
  apply_options(console, options.generation, request.character_id, request);
  using Kind = Reference::Kind;
  if ((options.generation.reference && request.character_reference.kind == Kind::version) ||
      (options.generation.background && request.background_reference.kind == Kind::version)) {
    throw CommandFailure{wrong_usage("A preset cannot name a version: it is one character's",
                                     "Say active for whichever is active.")};
  }
  const Edit edit = console.get(
      console.session().save_preset(preset_of(request, options.name), options.overwrite));
  return finish(console, edit, options.name);
}

int import_presets(Console& console, const Options& options) {
  console.open(Access::configuration);
  for (const std::string& file : options.files) {
    const std::string path = std::filesystem::absolute(file).lexically_normal().string();
    const Edit edit = console.get(console.session().import_preset(path, options.overwrite));
    console.print(edit.message + '\n');
  }
  return kDone;
}

int delete_preset(Console& console, const Options& options) {
  console.open(Access::configuration);
  if (!options.yes && !console.confirm(fmt::format("Delete the preset \"{}\"?", options.name))) {
    throw CommandFailure{wrong_usage("Nothing was deleted", "--yes deletes it.")};
  }
  return finish(console, console.get(console.session().delete_preset(options.name)), options.name);
}

}  // namespace

void add_presets_command(CLI::App& app, Action& action) {
  CLI::App* presets =
      app.add_subcommand("presets", "Settings under a name: list, show, save, import, delete");
  const auto options = std::make_shared<Options>();
  using Run = int (*)(Console&, const Options&);
  const auto add_command = [&](const char* name, const char* help, Run run) {
    CLI::App* command = presets->add_subcommand(name, help);
    command->callback([&action, options, run] {
      action = [options, run](Console& console) { return run(console, *options); };
    });
    return command;
  };
  const auto take_name = [&](CLI::App* command) {
    command->add_option("PRESET", options->name, "Its name")->required();
    return command;
  };
  const auto take_overwrite = [&](CLI::App* command) {
    command->add_flag("--overwrite", options->overwrite, "In the place of one of the same name");
    return command;
  };
  add_command("list", "All presets and where they come from", list_presets);
  take_name(add_command("show", "A preset's file", show_preset));
  CLI::App* save = take_overwrite(
      take_name(add_command("save", "Keep options of generate under a name", save_preset)));
  save->add_option("--from", options->version, "Begin with the settings of this version")
      ->type_name("VERSION");
  add_generation_options(*save, options->generation);
  take_overwrite(add_command("import", "Take over presets from files", import_presets))
      ->add_option("FILE", options->files, "Preset files")
      ->required()
      ->take_all();
  take_name(add_command("delete", "Remove one of your own", delete_preset))
      ->add_flag("--yes", options->yes, "Do not ask");
}

}  // namespace castboard
