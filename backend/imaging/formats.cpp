#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "imaging/imaging.h"

namespace castboard {

namespace {

using Bytes = std::span<const std::uint8_t>;

std::string_view as_text(Bytes bytes, std::size_t from, std::size_t most) {
  if (from >= bytes.size()) return {};
  const Bytes part = bytes.subspan(from, std::min(most, bytes.size() - from));
  return {reinterpret_cast<const char*>(part.data()), part.size()};
}

struct Signature {
  std::string_view begin;
  std::string_view name;
};

constexpr std::array<Signature, 13> kSignatures{{{"GIF8", "a GIF picture"},
                                                 {"BM", "a BMP picture"},
                                                 {"II*", "a TIFF picture"},
                                                 {"MM", "a TIFF picture"},
                                                 {"8BPS", "a Photoshop document"},
                                                 {"#?RADIANCE", "an HDR picture"},
                                                 {"v/1\x01", "an OpenEXR picture"},
                                                 {"%PDF", "a PDF document"},
                                                 {"PK\x03\x04", "a ZIP archive"},
                                                 {"\x1f\x8b", "gzip-compressed data"},
                                                 {"\xff\x0a", "a JPEG XL picture"},
                                                 {"DDS ", "a DDS texture"},
                                                 {"qoif", "a QOI picture"}}};

// ISO base media files name their brand after "ftyp".
std::string_view describe_iso_media(std::string_view brand) {
  if (brand.starts_with("avi")) return "an AVIF picture";
  if (brand.starts_with("hei") || brand.starts_with("mif")) return "an HEIC picture";
  return "a video";
}

bool starts_with_ignoring_case(std::string_view text, std::string_view begin) {
  return text.size() >= begin.size() &&
         std::equal(begin.begin(), begin.end(), text.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

bool is_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t';
  });
}

std::string_view describe_text(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
    text.remove_prefix(1);
  if (starts_with_ignoring_case(text, "<!doctype html") || starts_with_ignoring_case(text, "<html"))
    return "an HTML page";
  if (text.find("<svg") != std::string_view::npos) return "an SVG drawing";
  if (text.starts_with("<")) return "an XML document";
  if (text.starts_with("{") || text.starts_with("[")) return "a JSON document";
  if (text.starts_with("data:image/")) return "a data: URL, not the picture's bytes";
  return "plain text";
}

}  // namespace

std::string_view extension_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return "png";
    case PictureFormat::jpeg:
      return "jpg";
    case PictureFormat::webp:
      return "webp";
  }
  return {};
}

std::string_view mime_type_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return "image/png";
    case PictureFormat::jpeg:
      return "image/jpeg";
    case PictureFormat::webp:
      return "image/webp";
  }
  return {};
}

std::optional<PictureFormat> sniff_format(Bytes bytes) {
  const std::string_view text = as_text(bytes, 0, 16);
  if (text.starts_with("\x89PNG\r\n\x1a\n")) return PictureFormat::png;
  if (text.starts_with("\xff\xd8\xff")) return PictureFormat::jpeg;
  if (text.starts_with("RIFF") && as_text(bytes, 8, 4) == "WEBP") return PictureFormat::webp;
  return std::nullopt;
}

std::string describe_bytes(Bytes bytes) {
  if (bytes.empty()) return "no bytes";
  if (const std::optional<PictureFormat> format = sniff_format(bytes)) {
    switch (*format) {
      case PictureFormat::png:
        return "a PNG picture";
      case PictureFormat::jpeg:
        return "a JPEG picture";
      case PictureFormat::webp:
        return "a WebP picture";
    }
  }
  const std::string_view begin = as_text(bytes, 0, 512);
  for (const Signature& signature : kSignatures)
    if (begin.starts_with(signature.begin)) return std::string(signature.name);
  if (as_text(bytes, 4, 4) == "ftyp") return std::string(describe_iso_media(as_text(bytes, 8, 4)));
  if (is_text(begin)) return std::string(describe_text(begin));
  return fmt::format("{} bytes of unknown data", bytes.size());
}

}  // namespace castboard
