#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"  // a static copy leaves most of it unused
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include "castboard/result.h"
#include "imaging/imaging.h"

namespace castboard {

namespace {

void append(void* context, void* data, int size) {
  auto* bytes = static_cast<std::vector<std::uint8_t>*>(context);
  const auto* begin = static_cast<const std::uint8_t*>(data);
  bytes->insert(bytes->end(), begin, begin + size);
}

}  // namespace

std::vector<std::uint8_t> encode_jpeg(const Image& image, int quality) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(image.byte_size() / 8);
  if (image.empty() || stbi_write_jpg_to_func(append, &bytes, image.width, image.height, 4,
                                              image.pixels.data(), quality) == 0)
    throw Failure(ErrorCode::internal, "a picture could not be encoded as JPEG");
  return bytes;
}

}  // namespace castboard
