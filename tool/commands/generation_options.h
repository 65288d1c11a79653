#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "commands/console.h"

namespace CLI {
class App;
}

namespace castboard {

// The options of `generate` and `versions remix` as typed; what is not there keeps the default, or
// what the remixed version had.
struct GenerationOptions {
  std::optional<std::string> template_type, shot, style, size;
  std::optional<std::string> reference, background, describe, prompt, name, provider, model;
  std::optional<std::string> preset;  // laid over the rest before the other options
  std::optional<std::int64_t> seed, max_credits;
  std::optional<int> count;
  std::optional<std::string> activate;
  bool dry_run = false;
  bool yes = false;  // to the question of a soft limit
};

void add_generation_options(CLI::App& app, GenerationOptions& options);

// Lays the options over `request`. References are resolved and files looked for, but nothing is
// done. `character_id` (empty: not there yet) is for "v003" alone as a reference. Throws
// CommandFailure.
void apply_options(Console& console, const GenerationOptions& options,
                   const CharacterId& character_id, GenerationRequest& request);

}  // namespace castboard
