#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/edits.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

constexpr int kNameWidth = 32;

struct Options {
  std::string character;
  std::string name;
  std::optional<std::string> description;
  std::vector<std::string> traits;
  std::vector<std::string> removed_traits;
  std::string find;
  std::string sort = "name";
  std::string status;
  bool without_picture = false;
  std::string lacks_pose;
  bool trashed = false;
};
using OptionsPtr = std::shared_ptr<Options>;

CastQuery::Sort sort_order(const std::string& word) {
  if (word == "newest") return CastQuery::Sort::newest;
  if (word == "updated") return CastQuery::Sort::updated;
  if (word == "missing") return CastQuery::Sort::missing;
  return CastQuery::Sort::name;
}

void print_character(Console& console, const Character& character) {
  if (!console.json()) {
    console.print(fmt::format("{}  {}\n", character.id, character.name));
    return;
  }
  Json document = json_document();
  document["character"] = to_json(character, console.session());
  console.print_json(document);
}

std::string active_text(const Character& character) {
  if (character.active_version_number == 0) return "-";
  std::string text = version_label(character.active_version_number);
  if (character.active_status != Status::none) {
    text += fmt::format(" {}", to_string(character.active_status));
  }
  return text;
}

// A pose nobody can have would list everybody.
void check_pose(Console& console, const std::string& pose) {
  const std::shared_ptr<const Catalogue> catalogue =
      console.get(console.session().open()).catalogue;
  std::vector<std::string> poses;
  for (const Template& each : catalogue->templates) {
    for (const Shot& shot : each.shots) {
      if (shot.cells == 1) poses.push_back(shot.key);
    }
  }
  if (std::find(poses.begin(), poses.end(), pose) != poses.end()) return;
  const std::string near = nearest(pose, poses);
  throw CommandFailure{wrong_usage(
      fmt::format("There is no pose \"{}\"", pose),
      near.empty() ? "Poses are the shots of the templates, such as surprised or walking."
                   : fmt::format("Did you mean \"{}\"?", near))};
}

int list_characters(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  if (!options.lacks_pose.empty()) check_pose(console, options.lacks_pose);
  std::vector<Project> projects;
  if (console.options().project.empty()) {
    projects = console.get(session.list_projects());
  } else {
    projects.push_back(console.get(session.find_project(console.options().project)));
  }
  Json list = Json::array();
  Table table({"CHARACTER", "PROJECT", ">VERSIONS", ">NEW", "ACTIVE", "ID"});
  for (const Project& project : projects) {
    CastQuery query{.project_id = project.id,
                    .text = options.find,
                    .sort = sort_order(options.sort),
                    .trashed = options.trashed,
                    .status = parse_status(options.status),
                    .without_picture = options.without_picture,
                    .lacks_pose = options.lacks_pose};
    const CastPtr cast = console.get(session.query_cast(std::move(query)));
    for (const Character& character : console.get(session.load_characters(cast->ids))) {
      if (console.json()) {
        list.push_back(to_json(character, session));
      } else {
        table.add({shortened(character.name, kNameWidth), shortened(project.name, kNameWidth),
                   fmt::to_string(character.version_count), fmt::to_string(character.new_count),
                   active_text(character), character.id});
      }
    }
  }
  if (console.json()) {
    Json document = json_document();
    document["characters"] = std::move(list);
    console.print_json(document);
    return kDone;
  }
  console.print(table.text());
  if (table.empty()) console.note("no characters");
  return kDone;
}

int add_character(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  CharacterDraft draft;
  draft.project_id = project_of_command(console).id;
  draft.name = options.name;
  draft.description = options.description.value_or("");
  for (const std::string& trait : options.traits) draft.traits.push_back(parse_trait(trait));
  print_character(console, console.get(session.create_character(draft)));
  return kDone;
}

int show_character(Console& console, const Options& options) {
  console.open(Access::read);
  const Character character = character_named(console, options.character);
  if (console.json()) {
    print_character(console, character);
    return kDone;
  }
  std::string text =
      fmt::format("name         {}\nid           {}\n", character.name, character.id);
  if (!character.description.empty())
    text += fmt::format("description  {}\n", character.description);
  for (const Trait& trait : character.traits) {
    text += fmt::format("trait        {}={}\n", trait.key, trait.value);
  }
  text += fmt::format("versions     {}\nactive       {}\n", character.version_count,
                      active_text(character));
  if (!character.image_url.empty()) {
    text += fmt::format("picture      {}\n", console.session().absolute_path(character.image_url));
  }
  for (const auto& [pose, url] : character.image_poses) {
    text += fmt::format("pose         {}  {}\n", pose, console.session().absolute_path(url));
  }
  if (!character.deleted_at.empty()) text += "trashed      yes\n";
  console.print(text);
  return kDone;
}

// The character's fields with the options' changes.
CharacterDraft edited_draft(const Character& character, const Options& options) {
  CharacterDraft draft{character.project_id, character.name, character.description,
                       character.traits};
  if (options.description) draft.description = *options.description;
  const auto with_key = [](const std::string& key) {
    return [key](const Trait& trait) { return trait.key == key; };
  };
  for (const std::string& text : options.traits) {
    Trait trait = parse_trait(text);
    const auto found = std::find_if(draft.traits.begin(), draft.traits.end(), with_key(trait.key));
    if (found != draft.traits.end()) {
      found->value = std::move(trait.value);
    } else {
      draft.traits.push_back(std::move(trait));
    }
  }
  for (const std::string& key : options.removed_traits) {
    if (std::erase_if(draft.traits, with_key(key)) > 0) continue;
    std::vector<std::string> keys;
    for (const Trait& trait : character.traits) keys.push_back(trait.key);
    const std::string near = nearest(key, keys);
    throw CommandFailure{
        wrong_usage(fmt::format("{} has no trait \"{}\"", character.name, key),
                    near.empty() ? std::string() : fmt::format("Did you mean \"{}\"?", near))};
  }
  return draft;
}

int edit_character(Console& console, const Options& options) {
  if (!options.description && options.traits.empty() && options.removed_traits.empty()) {
    throw CommandFailure{
        wrong_usage("Nothing to edit", "Give --description, --trait or --remove-trait.")};
  }
  Session& session = console.open(Access::edit);
  const Character character = character_named(console, options.character);
  const Edit edit =
      console.get(session.edit_character(character.id, edited_draft(character, options)));
  return finish_character_edit(console, edit);
}

int rename_character(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const Character character = character_named(console, options.character);
  CharacterDraft draft = edited_draft(character, {});
  draft.name = options.name;
  return finish_character_edit(console, console.get(session.edit_character(character.id, draft)));
}

int trash_character(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const CharacterId id = character_named(console, options.character).id;
  return finish_character_edit(console, console.get(session.trash_character(id)));
}

int restore_character(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const CharacterId id = character_named(console, options.character).id;
  return finish_character_edit(console, console.get(session.restore_character(id)));
}

CLI::Option* add_list_option(CLI::App& app, const std::string& name,
                             std::vector<std::string>& values, const std::string& help) {
  return app.add_option(name, values, help)->allow_extra_args(false)->take_all();
}

}  // namespace

void add_characters_command(CLI::App& app, Action& action) {
  CLI::App* characters =
      app.add_subcommand("characters", "The cast: list, add, show, edit, rename, trash, restore");
  const auto options = std::make_shared<Options>();
  using Run = int (*)(Console&, const Options&);
  const auto add_command = [&](const char* name, const char* help, Run run) {
    CLI::App* command = characters->add_subcommand(name, help);
    command->callback([&action, options, run] {
      action = [options, run](Console& console) { return run(console, *options); };
    });
    return command;
  };
  const auto take_character = [&](CLI::App* command) {
    command->add_option("CHARACTER", options->character, "Name or id")->required();
  };
  const auto take_details = [&](CLI::App* command) {
    command->add_option("--description", options->description, "What the character is like")
        ->type_name("TEXT");
    add_list_option(*command, "--trait", options->traits,
                    "A trait, such as hair=silver; repeatable")
        ->type_name("KEY=VALUE");
  };

  CLI::App* list = add_command("list", "Characters of one project, or of all", list_characters);
  list->add_option("--find", options->find, "Only those with these words")->type_name("TEXT");
  list->add_option("--sort", options->sort,
                   "name, newest, updated or missing (fewest pictures first)")
      ->check(CLI::IsMember({"name", "newest", "updated", "missing"}))
      ->type_name("ORDER");
  list->add_option("--status", options->status, "Of the active version")
      ->check(CLI::IsMember({"none", "pending", "approved", "omitted"}))
      ->type_name("STATUS");
  list->add_flag("--without-picture", options->without_picture, "Those without a single version");
  list->add_option("--lacks", options->lacks_pose,
                   "Those without this pose, or whose picture of it is omitted")
      ->type_name("POSE");
  list->add_flag("--trashed", options->trashed, "Those in the trash");

  CLI::App* add = add_command("add", "A new character", add_character);
  add->add_option("NAME", options->name, "Its name")->required();
  take_details(add);

  take_character(add_command("show", "One character with its poses", show_character));

  CLI::App* edit = add_command("edit", "Change description and traits", edit_character);
  take_character(edit);
  take_details(edit);
  add_list_option(*edit, "--remove-trait", options->removed_traits, "Take a trait away; repeatable")
      ->type_name("KEY");

  CLI::App* rename = add_command("rename", "Another name for a character", rename_character);
  take_character(rename);
  rename->add_option("NAME", options->name, "The new name")->required();

  take_character(add_command("trash", "Put a character into the trash", trash_character));
  take_character(add_command("restore", "Take it out of the trash", restore_character));
}

}  // namespace castboard
