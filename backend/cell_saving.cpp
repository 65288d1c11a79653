#include "cell_saving.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/files.h"

namespace castboard {
namespace {

constexpr int kMostNames = 10'000;

std::string slug(std::string_view name) {
  std::string result;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      result += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!result.empty() && result.back() != '_') {
      result += '_';
    }
  }
  while (!result.empty() && result.back() == '_') result.pop_back();
  return result.empty() ? "sheet" : result;
}

// Written under another name and linked to its own, which fails where something is already there;
// what others write meanwhile is never lost.
std::filesystem::path write_beside_others(const std::filesystem::path& directory,
                                          const std::string& stem,
                                          const std::vector<std::uint8_t>& bytes) {
  const std::filesystem::path temporary = directory / ("." + stem + ".castboard-new");
  write_file_atomically(temporary, bytes, Durability::durable);
  std::error_code failed;
  for (int number = 0; number < kMostNames; ++number) {
    const std::filesystem::path path =
        directory / (number == 0 ? stem + ".png" : fmt::format("{}-{}.png", stem, number));
    std::filesystem::create_hard_link(temporary, path, failed);
    if (failed == std::errc::file_exists) continue;
    // Where a file system knows no links, nothing better than looking first is left.
    if (failed && !std::filesystem::exists(path)) {
      failed.clear();
      std::filesystem::rename(temporary, path, failed);
      if (!failed) return path;
    } else if (failed) {
      continue;
    }
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    if (failed) break;
    return path;
  }
  throw Failure(ErrorCode::library,
                fmt::format("{} cannot be written into {}", stem, directory.string()),
                "Choose another directory, or check its permissions.", failed.message());
}

}  // namespace

std::string cell_file_stem(std::string_view sheet, int cell, std::string_view pose) {
  const std::string stem = fmt::format("{}_{:02}", slug(sheet), cell);
  return pose.empty() ? stem : stem + "_" + slug(pose);
}

SavedCells save_cells(const CellsToSave& wanted, const std::string& path) {
  const std::filesystem::path file(path);
  const std::filesystem::path directory =
      wanted.directory.empty() ? file.parent_path() : std::filesystem::path(wanted.directory);
  const Image sheet = decode_picture(read_file(path, kMaxPictureBytes));
  SavedCells saved;
  for (std::size_t i = 0; i < wanted.boxes.size(); ++i) {
    const std::string pose = i < wanted.poses.size() ? wanted.poses[i] : std::string();
    const std::string stem = cell_file_stem(file.stem().string(), static_cast<int>(i) + 1, pose);
    saved.paths.push_back(
        write_beside_others(directory, stem, encode_png(crop_picture(sheet, wanted.boxes[i])))
            .string());
  }
  return saved;
}

}  // namespace castboard
