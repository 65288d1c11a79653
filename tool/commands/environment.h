#pragma once

#include <filesystem>
#include <string>

// Where things are, by the XDG base directory specification (relative values are ignored).
namespace castboard {

std::string environment(const char* name);
std::filesystem::path user_data_directory();
std::filesystem::path user_state_directory();

}  // namespace castboard
