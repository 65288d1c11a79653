#include <cstdio>
#include <memory>
#include <optional>

#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "castboard/request_rules.h"
#include "commands/commands.h"
#include "commands/composite.h"
#include "commands/console.h"
#include "commands/edits.h"
#include "commands/generation_options.h"
#include "commands/generation_run.h"
#include "commands/lookup.h"
#include "commands/version_lines.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::string character;
  std::string version;
  std::vector<std::string> versions;
  std::string name;
  int cell = 0;
  bool off = false;
  bool trashed = false;
  bool yes = false;
  GenerationOptions generation;
};

std::vector<VersionId> ids_of(const std::vector<Version>& versions) {
  std::vector<VersionId> ids;
  for (const Version& version : versions) ids.push_back(version.id);
  return ids;
}

int list_versions(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  const Character character = character_named(console, options.character);
  const VersionListPtr list = console.get(session.list_versions(character.id, options.trashed));
  if (!console.json()) {
    console.print(version_table(list->versions));
    if (list->versions.empty()) console.note("no versions");
    return kDone;
  }
  Json document = json_document();
  document["versions"] = Json::array();
  for (const Version& version : list->versions) {
    document["versions"].push_back(to_json(version, character.name, session));
  }
  console.print_json(document);
  return kDone;
}

int show_version(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  const Version version = version_named(console, options.version);
  const std::string name = character_name(console, version.character_id);
  if (!console.json()) {
    console.print(version_lines(version, name, session));
    return kDone;
  }
  Json document = json_document();
  document["version"] = to_json(version, name, session);
  console.print_json(document);
  return kDone;
}

int activate_version(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const VersionId id = version_named(console, options.version).id;
  return finish_edit(console, console.get(session.activate(id)), {id});
}

int set_status(Console& console, const Options& options, Status status) {
  if (options.cell != 0 && options.versions.size() != 1) {
    throw CommandFailure{wrong_usage("--cell goes with one version")};
  }
  Session& session = console.open(Access::edit);
  const std::vector<Version> versions = versions_named(console, options.versions);
  const std::vector<VersionId> ids = ids_of(versions);
  if (options.off) status = Status::none;
  if (options.cell == 0) {
    return finish_edit(console, console.get(session.set_status(ids, status)), ids);
  }
  if (!versions.front().is_sheet()) {
    throw CommandFailure{
        wrong_usage(fmt::format("{} is not a sheet: it has no cells", options.versions.front()))};
  }
  const auto edit = console.get(session.set_cell_status(ids.front(), options.cell, status));
  return finish_edit(console, edit, ids);
}

int star_versions(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const std::vector<VersionId> ids = ids_of(versions_named(console, options.versions));
  return finish_edit(console, console.get(session.set_star(ids, !options.off)), ids);
}

int rename_version(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const VersionId id = version_named(console, options.version).id;
  return finish_edit(console, console.get(session.rename_version(id, options.name)), {id});
}

int trash_versions(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const std::vector<VersionId> ids = ids_of(versions_named(console, options.versions));
  return finish_edit(console, console.get(session.trash_versions(ids)), ids);
}

int restore_versions(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const std::vector<VersionId> ids = ids_of(versions_named(console, options.versions));
  return finish_edit(console, console.get(session.restore_versions(ids)), ids);
}

int purge_versions(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const std::vector<Version> versions = versions_named(console, options.versions);
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (versions[i].trashed()) continue;
    throw CommandFailure{
        wrong_usage(fmt::format("{} is not in the trash", options.versions[i]),
                    fmt::format("castboard versions trash {}", options.versions[i]))};
  }
  if (!options.yes &&
      !console.confirm(fmt::format("Remove {} version(s) for good?", versions.size()))) {
    throw CommandFailure{wrong_usage("Nothing was purged", "--yes removes them for good.")};
  }
  return finish_edit(console, console.get(session.purge_versions(ids_of(versions))), {});
}

// References are recalled by the user's own words for them.
GenerationOptions with_references_of(const Version& version, GenerationOptions options) {
  if (!options.reference && !version.character_ref_url.empty()) {
    options.reference = version.character_ref_url;
  }
  if (!options.background && !version.background_ref_url.empty()) {
    options.background = version.background_ref_url;
  }
  if (!options.name) options.name = version.version_name;
  return options;
}

int remix_version(Console& console, const Options& options) {
  console.open(Access::edit, [](SessionOptions& session) { session.run_jobs = true; });
  const Version version = version_named(console, options.version);
  GenerationRequest request = request_of(version, *console.opened().catalogue);
  apply_options(console, with_references_of(version, options.generation), version.character_id,
                request);
  if (options.generation.dry_run) return print_quote(console, request, {});
  return run_generation(console, request);
}

}  // namespace

void add_versions_command(CLI::App& app, Action& action) {
  CLI::App* versions =
      app.add_subcommand("versions",
                         "A character's pictures: list, show, activate, approve, "
                         "omit, pending, star, rename, remix, redo, composite, trash, "
                         "restore, purge");
  const auto options = std::make_shared<Options>();
  using Run = std::function<int(Console&, const Options&)>;
  const auto add_command = [&](const char* name, const char* help, Run run) {
    CLI::App* command = versions->add_subcommand(name, help);
    command->callback([&action, options, run] {
      action = [options, run](Console& console) { return run(console, *options); };
    });
    return command;
  };
  const auto take_one = [&](CLI::App* command) {
    command->add_option("VERSION", options->version, "An id, or CHARACTER/v003")->required();
    return command;
  };
  const auto take_several = [&](CLI::App* command) {
    command->add_option("VERSION", options->versions, "Ids, or CHARACTER/v003")
        ->required()
        ->take_all();
    return command;
  };

  CLI::App* list = add_command("list", "A character's versions, oldest first", list_versions);
  list->add_option("CHARACTER", options->character, "Name or id")->required();
  list->add_flag("--trashed", options->trashed, "Those in the trash");
  take_one(add_command("show", "Everything about one version", show_version));
  take_one(add_command("activate", "The one the production uses now", activate_version));

  const auto add_status = [&](const char* name, const char* help, Status status) {
    CLI::App* command =
        take_several(add_command(name, help, [status](Console& console, const Options& o) {
          return set_status(console, o, status);
        }));
    command->add_option("--cell", options->cell, "Only this cell of a sheet, 1 to 9")
        ->check(CLI::Range(1, kCellsPerSheet))
        ->type_name("N");
    command->add_flag("--off", options->off, "Take the status away");
  };
  add_status("approve", "Status approved (APP)", Status::approved);
  add_status("omit", "Status omitted (OMT)", Status::omitted);
  add_status("pending", "Status pending review (RVW)", Status::pending);

  CLI::App* star = take_several(add_command("star", "Your own mark", star_versions));
  star->add_flag("--off", options->off, "Take the star away");
  CLI::App* rename = take_one(add_command("rename", "Another name for a version", rename_version));
  rename->add_option("NAME", options->name, "The new name")->required();
  CLI::App* remix = take_one(
      add_command("remix", "Generate again with its settings and a new seed", remix_version));
  add_generation_options(*remix, options->generation);
  take_several(add_command("trash", "Put versions into the trash", trash_versions));
  take_several(add_command("restore", "Take them out of the trash", restore_versions));
  CLI::App* purge =
      take_several(add_command("purge", "Remove trashed versions for good", purge_versions));
  purge->add_flag("--yes", options->yes, "Do not ask");
  add_cell_commands(*versions, action);
}

}  // namespace castboard
