#pragma once

#include <zlib.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace castboard::testing {

using Bytes = std::vector<std::uint8_t>;

inline void append_32(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

// The length of the chunk at `at`.
inline std::size_t big_endian_length(const Bytes& png, std::size_t at) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length = (length << 8) | png[at + i];
  return length;
}

// A chunk with a right checksum, whatever it says.
inline void append_chunk(Bytes& png, std::string_view type, const Bytes& data) {
  append_32(png, static_cast<std::uint32_t>(data.size()));
  Bytes covered(type.begin(), type.end());
  covered.insert(covered.end(), data.begin(), data.end());
  png.insert(png.end(), covered.begin(), covered.end());
  append_32(png, static_cast<std::uint32_t>(
                     ::crc32(0, covered.data(), static_cast<unsigned int>(covered.size()))));
}

// A PNG that says it has this size and holds `rows` as compressed data: 8 bits of grey, or of what
// another colour type of PNG's says.
inline Bytes png_claiming(std::uint32_t width, std::uint32_t height, const Bytes& rows,
                          std::uint8_t colour_type = 0) {
  Bytes png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  Bytes header;
  append_32(header, width);
  append_32(header, height);
  header.insert(header.end(), {8, colour_type, 0, 0, 0});
  append_chunk(png, "IHDR", header);
  uLongf size = ::compressBound(static_cast<uLong>(rows.size()));
  Bytes data(size);
  ::compress2(data.data(), &size, rows.data(), static_cast<uLong>(rows.size()), 6);
  data.resize(size);
  append_chunk(png, "IDAT", data);
  append_chunk(png, "IEND", {});
  return png;
}

}  // namespace castboard::testing
