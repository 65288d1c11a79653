#pragma once

#include <string>
#include <vector>

#include "castboard/model.h"
#include "castboard/preset.h"
#include "commands/console.h"

// What names on the command line mean. All throw CommandFailure (exit 2) with the candidates.
namespace castboard {

// --project, else the only project there is.
Project project_of_command(Console& console);
Character character_named(Console& console, const std::string& name_or_id);
Version version_named(Console& console, const std::string& text);
std::vector<Version> versions_named(Console& console, const std::vector<std::string>& texts);
// Again, after a change.
Version version_again(Console& console, const VersionId& id);
Preset preset_named(Console& console, const std::string& name);
// Empty when it is not there any more.
std::string character_name(Console& console, const CharacterId& id);

// "warrior=yes" as a trait.
Trait parse_trait(const std::string& text);

Error wrong_usage(std::string message, std::string hint = {});

// "2026-01-31 12:00" for tables.
std::string short_time(const std::string& timestamp);

}  // namespace castboard
