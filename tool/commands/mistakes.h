#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castboard/result.h"

namespace CLI {
class App;
}

namespace castboard {

// What the words of a command line name, found before CLI11 reads them, because its own message
// for a mistyped word suggests nothing.
struct CommandWords {
  std::vector<std::string> path;  // "versions", "show"; empty: no command was named
  std::optional<Error> mistake;   // an unknown command or option, with the nearest one
};

// `fallback` is the command whose options count when none is named.
CommandWords read_command_words(CLI::App& app, const std::string& fallback,
                                const std::vector<std::string>& arguments);

}  // namespace castboard
