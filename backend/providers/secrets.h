#pragma once

#include <string>
#include <vector>

namespace castboard {

// `text` with every secret replaced by "***".
std::string mask_secrets(std::string text, const std::vector<std::string>& secrets);

}  // namespace castboard
