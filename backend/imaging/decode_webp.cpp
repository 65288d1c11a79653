#include <fmt/format.h>
#include <webp/decode.h>

#include "castboard/result.h"
#include "imaging/decoders.h"

namespace castboard {

namespace {

constexpr int kChannels = 4;

[[noreturn]] void throw_undecodable(std::string_view reason) {
  throw Failure(ErrorCode::bad_picture,
                fmt::format("the WebP picture cannot be decoded: {}", reason),
                "download or save it again");
}

std::string_view reason_of(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
      return "it is cut off";
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return "it uses an unsupported feature";
    case VP8_STATUS_OUT_OF_MEMORY:
      return "out of memory";
    default:
      return "it is damaged";
  }
}

}  // namespace

PictureHeader read_webp_header(std::span<const std::uint8_t> bytes) {
  WebPBitstreamFeatures features;
  const VP8StatusCode status = WebPGetFeatures(bytes.data(), bytes.size(), &features);
  if (status != VP8_STATUS_OK) throw_undecodable(reason_of(status));
  if (features.has_animation != 0)
    throw Failure(ErrorCode::bad_picture, "the WebP file is an animation, not a picture",
                  "save one frame of it");
  return {PictureFormat::webp, features.width, features.height};
}

Image decode_webp(std::span<const std::uint8_t> bytes, const PictureHeader& header) {
  const int stride = header.width * kChannels;
  Image image{header.width, header.height, {}};
  image.pixels.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(header.height));
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) throw_undecodable("libwebp is another version");
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {image.pixels.data(), stride, image.pixels.size()};
  const VP8StatusCode status = WebPDecode(bytes.data(), bytes.size(), &config);
  if (status != VP8_STATUS_OK) throw_undecodable(reason_of(status));
  return image;
}

}  // namespace castboard
