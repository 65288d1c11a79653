#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// RFC 4648.
namespace castboard {

std::string encode_base64(std::span<const std::uint8_t> bytes);
// As providers write it: a data-URL prefix, white space, missing padding and the URL-safe alphabet
// are fine. nullopt for anything else.
std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text);

}  // namespace castboard
