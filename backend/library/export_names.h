#pragma once

#include <string>
#include <string_view>

// How pictures are called outside of the library (product.md, Files and metadata). Pure; any
// thread.
namespace castboard {

// "Zoë O'Neill 海斗" is "zoe_o_neill": lower-case ASCII letters and digits, everything else a
// single
// "_" between them; Latin letters lose their marks. `otherwise` where nothing is left.
std::string ascii_slug(std::string_view name, std::string_view otherwise);

// "mira_voss_expression_sheet_v003"
std::string picture_stem(std::string_view character, std::string_view character_id,
                         std::string_view template_type, int version_number);
// "mira_voss_expression_sheet_v003_05_fear"
std::string cell_stem(std::string_view sheet_stem, int cell, std::string_view pose);

// "stem.png", "stem-1.png", "stem-2.png" for attempt 0, 1, 2.
std::string numbered_name(std::string_view stem, int attempt, std::string_view extension);

}  // namespace castboard
