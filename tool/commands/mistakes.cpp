#include "commands/mistakes.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "castboard/catalogue.h"

namespace castboard {
namespace {

bool is_option(const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return false;
  return !std::isdigit(static_cast<unsigned char>(word[1]));  // a negative number is a value
}

std::vector<const CLI::App*> with_parents(const CLI::App* app, const CLI::App* fallback) {
  std::vector<const CLI::App*> apps;
  if (app->get_parent() == nullptr) apps.push_back(fallback);
  for (; app != nullptr; app = app->get_parent()) apps.push_back(app);
  return apps;
}

const CLI::Option* find_option(const std::vector<const CLI::App*>& apps, const std::string& name) {
  for (const CLI::App* app : apps) {
    if (const CLI::Option* option = app->get_option_no_throw(name)) return option;
  }
  return nullptr;
}

std::vector<std::string> option_names(const std::vector<const CLI::App*>& apps) {
  std::vector<std::string> names;
  for (const CLI::App* app : apps) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  const auto found =
      app.get_subcommands([&name](const CLI::App* command) { return command->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

std::string full_name(const std::vector<std::string>& path) {
  return path.empty() ? "castboard" : fmt::format("castboard {}", fmt::join(path, " "));
}

Error unknown(std::string_view what, const std::string& word, const std::string& near,
              std::string hint) {
  std::string message = fmt::format("There is no {} \"{}\"", what, word);
  if (!near.empty()) message += fmt::format("; did you mean \"{}\"?", near);
  return {ErrorCode::invalid_input, std::move(message), std::move(hint), {}};
}

}  // namespace

CommandWords read_command_words(CLI::App& app, const std::string& fallback,
                                const std::vector<std::string>& arguments) {
  CommandWords words;
  const CLI::App* at = &app;
  const CLI::App* default_command = app.get_subcommand(fallback);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") break;
    if (is_option(word)) {
      const auto apps = with_parents(at, default_command);
      const bool is_long = word.starts_with("--");
      const std::string name = is_long ? word.substr(0, word.find('=')) : word.substr(0, 2);
      const CLI::Option* option = find_option(apps, name);
      if (option == nullptr) {
        const std::string command = full_name(words.path);
        words.mistake =
            unknown(fmt::format("option of {}", command), name, nearest(name, option_names(apps)),
                    fmt::format("{} --help lists them.", command));
        return words;
      }
      const bool value_follows = is_long ? word.find('=') == std::string::npos : word.size() == 2;
      if (option->get_items_expected_max() > 0 && value_follows) ++i;
      continue;
    }
    const std::vector<std::string> commands = command_names(*at);
    if (commands.empty()) continue;  // an argument of the command
    const CLI::App* command = command_named(*at, word);
    if (command == nullptr) {
      const std::string parent = full_name(words.path);
      words.mistake =
          unknown(words.path.empty() ? "command" : parent.substr(10) + " command", word,
                  nearest(word, commands), fmt::format("There are: {}", fmt::join(commands, ", ")));
      return words;
    }
    words.path.push_back(word);
    at = command;
  }
  const std::vector<std::string> missing = command_names(*at);
  const auto asks_for_help = [](const std::string& word) {
    return word == "--help" || word == "-h";
  };
  if (!words.path.empty() && !missing.empty() &&
      std::none_of(arguments.begin(), arguments.end(), asks_for_help)) {
    words.mistake = {
        ErrorCode::invalid_input,
        fmt::format("{} needs one of: {}", full_name(words.path), fmt::join(missing, ", ")),
        fmt::format("{} --help says what they do.", full_name(words.path)),
        {}};
  }
  return words;
}

}  // namespace castboard
