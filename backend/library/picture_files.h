#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/image.h"
#include "castboard/model.h"

// Pictures of the library on disk: `images/` (originals and crops, by content hash),
// `images/cells`, `images/references`, `thumbs/`. Written by temporary name, fsync, rename, fsync
// of the directory (decision 4); derived files without fsync. Synchronous; any thread; throws
// Failure (`disk_full`, `read_only`, `library`).
namespace castboard {

class PictureFiles {
 public:
  explicit PictureFiles(std::filesystem::path library);

  // SHA-256 of `bytes`, lower-case hex: names the file before it exists.
  static std::string content_hash(std::span<const std::uint8_t> bytes);
  // "images/ab/abcdef....png"; the extension is the sniffed format's.
  static std::string original_url(std::string_view hash, std::string_view extension);

  // Stores the bytes as received and returns the URL. Already there with the same content: nothing
  // is written.
  std::string store_original(std::span<const std::uint8_t> bytes, std::string_view hash,
                             std::string_view extension);
  std::string store_reference(std::span<const std::uint8_t> bytes, std::string_view hash,
                              std::string_view extension);
  // A crop beside the original (fsynced: image_url points to it): "<hash>_crop_<own hash>.png".
  std::string store_crop(const Image& image, std::string_view original_hash);
  // A file for each box, "<hash>_<number>_<x>_<y>_<width>_<height>.png"; fills image_url of each
  // cell.
  void store_cells(const Image& sheet, std::string_view original_hash, std::vector<Cell>& cells);
  // Longest side kThumbnailSide; JPEG when opaque, else PNG: "<hash>_<width>x<height>.jpg", with
  // the size of `image`.
  std::string store_thumbnail(const Image& image, std::string_view original_hash);

  [[nodiscard]] std::filesystem::path path_of(std::string_view url) const;
  [[nodiscard]] bool exists(std::string_view url) const;
  // Reads a file whole; throws `not_found` or, above `limit`, `bad_picture`.
  [[nodiscard]] std::vector<std::uint8_t> read(std::string_view url, std::size_t limit) const;

 private:
  std::filesystem::path library_;
};

inline constexpr int kThumbnailSide = 384;  // pixels: a tile at 200 %

}  // namespace castboard
