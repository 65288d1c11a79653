#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/image.h"

// Decoding, scaling, cutting and encoding of pictures. No files, no threads of its own; every
// function is pure and may run on any thread. Throws Failure (`bad_picture`).
namespace castboard {

enum class PictureFormat { png, jpeg, webp };
std::string_view extension_of(PictureFormat format);  // "png", "jpg", "webp"
std::string_view mime_type_of(PictureFormat format);  // "image/png"

// By magic bytes only; nullopt: none of the supported ones.
std::optional<PictureFormat> sniff_format(std::span<const std::uint8_t> bytes);
// A few words on what bytes are instead, for messages: "an HTML page", "a GIF picture", "no bytes".
std::string describe_bytes(std::span<const std::uint8_t> bytes);

struct PictureHeader {
  PictureFormat format = PictureFormat::png;
  int width = 0;
  int height = 0;
};
// Reads format and size without decoding and applies the limits of castboard/image.h.
PictureHeader read_picture_header(std::span<const std::uint8_t> bytes);

// Decodes all of it; truncated or damaged data is `bad_picture`, never a partial picture. The
// memory of decodes under way in the process is capped: a call waits for its share.
Image decode_picture(std::span<const std::uint8_t> bytes);

std::vector<std::uint8_t> encode_png(const Image& image);                // low effort, lossless
std::vector<std::uint8_t> encode_jpeg(const Image& image, int quality);  // drops alpha
bool is_opaque(const Image& image);

// Linear-light, alpha-weighted scaling; sizes of at least 1x1.
Image scale_picture(const Image& image, int width, int height);
// Scaled down to fit into the box, keeping the aspect ratio; never up. A box side of 0: unlimited.
Image scale_to_fit(const Image& image, int max_width, int max_height);
// Each pixel a block, none mixed with its neighbours; sizes of at least 1x1.
Image magnify_picture(const Image& image, int width, int height);
Image crop_picture(const Image& image, PixelRect box);  // clipped to the picture

// What differs between two pictures.
struct Difference {
  Image image;          // opaque, the size of the first picture
  float differing = 0;  // the part of the pixels, 0..1, that differ at all
};
// The absolute difference of each channel times `gain`, both pictures over black; where only the
// opacity differs, that of the opacity. `other` is scaled to fit into the size of `image`; around
// it, where the shapes differ, it counts as transparent.
Difference picture_difference(const Image& image, const Image& other, float gain);

// The nine boxes of a 3x3 sheet by exact thirds, row by row; they cover every pixel once.
std::vector<PixelRect> sheet_thirds(int width, int height);
// The largest centred box of the given ratio.
PixelRect centred_crop(int width, int height, int ratio_width, int ratio_height);

// 64-bit DCT perceptual hash; similar pictures differ in few bits.
std::uint64_t perceptual_hash(const Image& image);
int hash_distance(std::uint64_t a, std::uint64_t b);

}  // namespace castboard
