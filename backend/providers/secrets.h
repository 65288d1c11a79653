#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace castboard {

// `text` with every secret replaced by "***", also where its characters are written as JSON, HTML
// and URLs escape them.
std::string mask_secrets(std::string_view text, const std::vector<std::string>& secrets);

// The first `most` bytes of `text`, masked. A secret across the cut is masked as a whole.
std::string masked_start(std::string_view text, std::size_t most,
                         const std::vector<std::string>& secrets);

// For what is written down and used again: the secrets stand in it by their place in the list, and
// are put back where the list is known. Text that only looks like such a stand-in comes back as the
// text it was.
std::string hide_secrets(std::string_view text, const std::vector<std::string>& secrets);
std::string restore_secrets(std::string_view text, const std::vector<std::string>& secrets);

}  // namespace castboard
