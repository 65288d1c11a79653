#pragma once

#include "imaging/imaging.h"

// The decoder of each format, behind decode_picture(). Input is sniffed, within the limits and
// structurally whole. Throws Failure (`bad_picture`).
namespace castboard {

// The size a JPEG's frame header says.
PictureHeader read_jpeg_header(std::span<const std::uint8_t> bytes);
PictureHeader read_webp_header(std::span<const std::uint8_t> bytes);

Image decode_png_or_jpeg(std::span<const std::uint8_t> bytes, const PictureHeader& header);
Image decode_webp(std::span<const std::uint8_t> bytes, const PictureHeader& header);

}  // namespace castboard
