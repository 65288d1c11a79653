#include "library/picture_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/digest.h"
#include "os/files.h"

namespace castboard {

namespace fs = std::filesystem;

namespace {

constexpr int kThumbnailQuality = 88;

// Hashes and extensions become file names; nothing else may.
void check_name_part(std::string_view part, std::size_t shortest) {
  const bool plain = std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  });
  if (!plain || part.size() < shortest)
    throw Failure(ErrorCode::internal, fmt::format("'{}' cannot name a picture file", part));
}

// "images/cells/ab/abcd..._5.png": folders by the hash's first two digits keep directories short.
std::string sharded(std::string_view folder, std::string_view hash, std::string_view rest) {
  check_name_part(hash, 2);
  return fmt::format("{}/{}/{}{}", folder, hash.substr(0, 2), hash, rest);
}

std::string with_extension(std::string_view folder, std::string_view hash,
                           std::string_view extension) {
  check_name_part(extension, 1);
  return sharded(folder, hash, fmt::format(".{}", extension));
}

bool holds(const fs::path& path, std::span<const std::uint8_t> bytes) {
  std::error_code error;
  if (fs::file_size(path, error) != bytes.size() || error) return false;
  const std::vector<std::uint8_t> there = read_file(path, bytes.size());
  return std::equal(there.begin(), there.end(), bytes.begin(), bytes.end());
}

// A file that is there may be another process's, renamed a moment ago and not yet synced; our row
// must not be committed before it is. One that differs from its own hash was damaged.
void store_durably(const fs::path& path, std::span<const std::uint8_t> bytes) {
  if (holds(path, bytes))
    make_durable(path);
  else
    write_file_atomically(path, bytes, Durability::durable);
}

}  // namespace

PictureFiles::PictureFiles(fs::path library) : library_(std::move(library)) {}

std::string PictureFiles::content_hash(std::span<const std::uint8_t> bytes) {
  return lower_hex(sha256(bytes));
}

std::string PictureFiles::original_url(std::string_view hash, std::string_view extension) {
  return with_extension("images", hash, extension);
}

std::string PictureFiles::store_original(std::span<const std::uint8_t> bytes, std::string_view hash,
                                         std::string_view extension) {
  std::string url = original_url(hash, extension);
  store_durably(path_of(url), bytes);
  return url;
}

std::string PictureFiles::store_reference(std::span<const std::uint8_t> bytes,
                                          std::string_view hash, std::string_view extension) {
  std::string url = with_extension("images/references", hash, extension);
  store_durably(path_of(url), bytes);
  return url;
}

std::string PictureFiles::store_crop(const Image& image, std::string_view original_hash) {
  // Versions may share an original and crop it differently, so the crop's own hash is in the name.
  const std::vector<std::uint8_t> png = encode_png(image);
  std::string url = sharded("images", original_hash,
                            fmt::format("_crop_{}.png", content_hash(png).substr(0, 12)));
  store_durably(path_of(url), png);
  return url;
}

void PictureFiles::store_cells(const Image& sheet, std::string_view original_hash,
                               std::vector<Cell>& cells) {
  for (Cell& cell : cells) {
    // With the box in the name a cell whose borders are moved later gets a file of its own.
    cell.image_url = sharded("images/cells", original_hash,
                             fmt::format("_{}_{}_{}_{}_{}.png", cell.number, cell.box.x, cell.box.y,
                                         cell.box.width, cell.box.height));
    write_file_atomically(path_of(cell.image_url), encode_png(crop_picture(sheet, cell.box)),
                          Durability::derived);
  }
}

std::string PictureFiles::store_thumbnail(const Image& image, std::string_view original_hash) {
  const Image small = scale_to_fit(image, kThumbnailSide, kThumbnailSide);
  const bool opaque = is_opaque(small);
  // The picture's size tells the thumbnail of a crop from that of its original.
  std::string url =
      sharded("thumbs", original_hash,
              fmt::format("_{}x{}.{}", image.width, image.height,
                          extension_of(opaque ? PictureFormat::jpeg : PictureFormat::png)));
  write_file_atomically(path_of(url),
                        opaque ? encode_jpeg(small, kThumbnailQuality) : encode_png(small),
                        Durability::derived);
  return url;
}

fs::path PictureFiles::path_of(std::string_view url) const {
  const fs::path relative(url);
  const bool climbs = std::find(relative.begin(), relative.end(), "..") != relative.end();
  if (url.empty() || relative.is_absolute() || climbs ||
      url.find("://") != std::string_view::npos || url.find('\0') != std::string_view::npos)
    throw Failure(ErrorCode::library, fmt::format("'{}' does not lie in the library", url),
                  "run castboard library verify");
  return library_ / relative;
}

bool PictureFiles::exists(std::string_view url) const {
  std::error_code error;
  return fs::is_regular_file(path_of(url), error);
}

std::vector<std::uint8_t> PictureFiles::read(std::string_view url, std::size_t limit) const {
  try {
    return read_file(path_of(url), limit);
  } catch (const Failure& failure) {
    if (failure.error().code != ErrorCode::invalid_input) throw;
    throw Failure(ErrorCode::bad_picture, failure.error().message, "save the picture smaller");
  }
}

}  // namespace castboard
