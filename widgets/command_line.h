#pragma once

#include <string>

#include "castboard/model.h"

// What the screen does, as commands to paste into a shell.
namespace castboard {

// One word for a POSIX shell: quoted only where it must be.
std::string shell_word(const std::string& text);

// `castboard generate ...` that asks for this version again.
std::string generate_command(const Version& version, const std::string& character,
                             const std::string& project, const std::string& library);

// `castboard characters show ...`.
std::string character_command(const Character& character, const std::string& library);

}  // namespace castboard
