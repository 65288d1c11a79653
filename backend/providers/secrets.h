#pragma once

#include <string>
#include <vector>

namespace castboard {

// `text` with every secret replaced by "***".
std::string mask_secrets(std::string text, const std::vector<std::string>& secrets);

// For what is written down and used again: the secrets stand in it by their place in the list, and
// are put back where the list is known.
std::string hide_secrets(std::string text, const std::vector<std::string>& secrets);
std::string restore_secrets(std::string text, const std::vector<std::string>& secrets);

}  // namespace castboard
