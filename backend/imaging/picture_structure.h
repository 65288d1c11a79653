#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// Checks that a picture's container is whole from first to last byte. stb_image looks at neither a
// PNG's checksums nor its end, and fills the rest of a JPEG that was cut off with grey. Throws
// Failure (`bad_picture`) that says what is missing and where.
namespace castboard {

// Every chunk's length and CRC, from the signature through IEND (PNG specification, section 5).
// Bytes after IEND are allowed.
void check_png_structure(std::span<const std::uint8_t> bytes);

// Every segment from SOI through EOI (ITU-T T.81, annex B), the tables each scan needs, a scan of
// each component. Bytes after EOI are allowed. JPEG has no checksums: damage inside a scan may stay
// unseen.
void check_jpeg_structure(std::span<const std::uint8_t> bytes);

// The RIFF size covers only bytes that are there.
void check_webp_structure(std::span<const std::uint8_t> bytes);

// "the PNG picture is cut off after 1234 bytes"
[[noreturn]] void throw_cut_off(std::string_view format, std::size_t size, std::string_view detail);

std::uint32_t big_endian_32(std::span<const std::uint8_t> bytes, std::size_t at);

}  // namespace castboard
