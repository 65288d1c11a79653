#include "library/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include "imaging/imaging.h"

namespace castboard {

namespace {

namespace fs = std::filesystem;

constexpr auto kCutOffAfter = std::chrono::hours(1);
constexpr PictureFormat kFormats[] = {PictureFormat::png, PictureFormat::jpeg, PictureFormat::webp};

// One run over the library. Lives for one call of `verify_library`, on its thread.
class Verification {
 public:
  Verification(StoreReader& reader, PictureFiles& files, const MoveThumbnail& move_thumbnail)
      : reader_(reader), files_(files), move_thumbnail_(move_thumbnail) {}

  VerifyReport run();

 private:
  void check_characters();
  void check_face(const Character& character);
  void check_version(const Version& version);
  bool check_original(const Version& version, const std::string& url);
  std::optional<Image> check_picture(const Version& version);
  std::optional<Image> cut_crop_again(const Version& version);
  void check_thumbnail(const Version& version, const std::optional<Image>& picture);
  void check_cell(const Version& version, const Cell& cell, const std::optional<Image>& picture);
  void check_reference(const std::string& url);
  void check_cut_off_files();

  [[nodiscard]] bool repairs() const { return static_cast<bool>(move_thumbnail_); }
  // Empty when the file is there and decodes, else what is wrong with it.
  std::string wrong_with(const std::string& url);
  [[nodiscard]] std::string name_of(const Version& version) const;
  void problem(std::string text) { report_.problems.push_back(std::move(text)); }
  void repaired(std::string text) { report_.repaired.push_back(std::move(text)); }

  StoreReader& reader_;
  PictureFiles& files_;
  const MoveThumbnail& move_thumbnail_;
  std::map<CharacterId, std::string> character_names_;
  std::set<std::string> named_;  // URLs in rows
  std::set<std::string> seen_;   // files looked at
  VerifyReport report_;
};

VerifyReport Verification::run() {
  report_.problems = reader_.check_integrity();
  if (!report_.problems.empty()) return std::move(report_);  // rows of a damaged file mean nothing
  for (std::string& url : reader_.referenced_files()) named_.insert(std::move(url));
  check_characters();
  for (const Version& version : reader_.all_versions()) check_version(version);
  for (const std::string& url : named_)
    if (url.starts_with("images/references/")) check_reference(url);
  check_cut_off_files();
  report_.files = static_cast<int>(seen_.size());
  return std::move(report_);
}

std::string Verification::name_of(const Version& version) const {
  const auto found = character_names_.find(version.character_id);
  return fmt::format("{} of {}{}", version_label(version.version_number),
                     found == character_names_.end() ? version.character_id : found->second,
                     version.trashed() ? " (in the trash)" : "");
}

void Verification::check_characters() {
  CastQuery all;
  for (const bool trashed : {false, true}) {
    all.trashed = trashed;
    for (const Character& character : reader_.characters(reader_.cast(all).ids, {})) {
      character_names_[character.id] = character.name;
      check_face(character);
    }
  }
}

// What the production sees of a character must be pictures of versions; whether those are sound is
// found with the versions.
void Verification::check_face(const Character& character) {
  const auto check = [&](const std::string& url, std::string_view what) {
    if (url.empty() || named_.contains(url)) return;
    problem(fmt::format("{}: {} is {}, a picture no version has; set a version active again",
                        character.name, what, url));
  };
  check(character.image_url, "image_url");
  for (const auto& [pose, url] : character.image_poses) check(url, "the pose " + pose);
}

std::string Verification::wrong_with(const std::string& url) {
  try {
    seen_.insert(url);
    if (!files_.exists(url)) return "is missing";
    (void)decode_picture(files_.read(url, kMaxPictureBytes));
    return {};
  } catch (const Failure& failure) {
    return fmt::format("cannot be used ({})", failure.error().message);
  }
}

// The bytes as received: only these can not be made again.
bool Verification::check_original(const Version& version, const std::string& url) {
  const auto lost = [&](std::string_view what) {
    problem(
        fmt::format("{}: the picture {} {}; restore the file from a backup, or trash the "
                    "version and generate it again",
                    name_of(version), url, what));
    return false;
  };
  try {
    seen_.insert(url);
    if (!files_.exists(url)) return lost("is missing");
    const auto bytes = files_.read(url, kMaxPictureBytes);
    if (!version.content_hash.empty() && PictureFiles::content_hash(bytes) != version.content_hash)
      return lost("is not the one that was saved (its hash differs)");
    return true;
  } catch (const Failure& failure) {
    return lost(fmt::format("cannot be read ({})", failure.error().message));
  }
}

std::optional<Image> Verification::cut_crop_again(const Version& version) {
  try {
    const Image original = decode_picture(files_.read(version.original_url, kMaxPictureBytes));
    Image image = crop_picture(original, *version.crop);
    if (files_.store_crop(image, version.content_hash) == version.image_url) {
      repaired(fmt::format("{}: {} cut again", name_of(version), version.image_url));
      return image;
    }
  } catch (const Failure& failure) {
    if (failure.error().code != ErrorCode::bad_picture) throw;
  }
  return std::nullopt;
}

// The picture of a version, decoded, when it is sound (now).
std::optional<Image> Verification::check_picture(const Version& version) {
  const bool cropped = !version.original_url.empty();
  const bool original_is_sound =
      check_original(version, cropped ? version.original_url : version.image_url);
  if (!cropped && !original_is_sound) return std::nullopt;
  std::string wrong = "is missing";
  try {
    seen_.insert(version.image_url);
    if (files_.exists(version.image_url)) {
      Image image = decode_picture(files_.read(version.image_url, kMaxPictureBytes));
      if (version.width == 0 || (image.width == version.width && image.height == version.height))
        return image;
      wrong = fmt::format("has {} x {} pixels instead of {} x {}", image.width, image.height,
                          version.width, version.height);
    }
  } catch (const Failure& failure) {
    wrong = fmt::format("cannot be used ({})", failure.error().message);
  }
  if (repairs() && original_is_sound && version.crop)
    if (auto image = cut_crop_again(version)) return image;
  problem(fmt::format("{}: the picture {} {}; {}", name_of(version), version.image_url, wrong,
                      version.crop && original_is_sound && !repairs()
                          ? "`castboard library verify --repair` cuts it again"
                          : "restore the file from a backup, or trash the version and generate it "
                            "again"));
  return std::nullopt;
}

void Verification::check_thumbnail(const Version& version, const std::optional<Image>& picture) {
  const std::string wrong =
      version.thumbnail_url.empty() ? "is missing" : wrong_with(version.thumbnail_url);
  if (wrong.empty()) return;
  if (repairs() && picture && !version.content_hash.empty()) {
    const std::string url = files_.store_thumbnail(*picture, version.content_hash);
    if (url != version.thumbnail_url) move_thumbnail_(version.id, url);
    repaired(fmt::format("{}: thumbnail {}", name_of(version), url));
    return;
  }
  problem(fmt::format("{}: the thumbnail {} {}; `castboard library verify --repair` makes it again",
                      name_of(version), version.thumbnail_url, wrong));
}

void Verification::check_cell(const Version& version, const Cell& cell,
                              const std::optional<Image>& picture) {
  const std::string wrong = wrong_with(cell.image_url);
  if (wrong.empty()) return;
  if (repairs() && picture && !version.content_hash.empty()) {
    std::vector<Cell> again{cell};
    files_.store_cells(*picture, version.content_hash, again);
    if (again.front().image_url == cell.image_url) {
      repaired(fmt::format("{}: cell {} ({}) {}", name_of(version), cell.number, cell.pose,
                           cell.image_url));
      return;
    }
  }
  problem(fmt::format("{}: the file {} of cell {} ({}) {}; {}", name_of(version), cell.image_url,
                      cell.number, cell.pose, wrong,
                      repairs() ? "restore it from a backup"
                                : "`castboard library verify --repair` makes it again"));
}

void Verification::check_version(const Version& version) {
  ++report_.versions;
  const std::optional<Image> picture = check_picture(version);
  check_thumbnail(version, picture);
  for (const Cell& cell : version.cells) check_cell(version, cell, picture);
}

// Rows know a reference by its hash; the format gives the rest of the name.
void Verification::check_reference(const std::string& url) {
  for (const PictureFormat format : kFormats) {
    const std::string file = fmt::format("{}.{}", url, extension_of(format));
    if (!files_.exists(file)) continue;
    seen_.insert(file);
    const std::string hash = fs::path(url).filename().string();
    if (PictureFiles::content_hash(files_.read(file, kMaxPictureBytes)) != hash)
      problem(
          fmt::format("the reference {} is not the one that was used (its hash differs); "
                      "restore the file from a backup",
                      file));
    return;
  }
  problem(
      fmt::format("the reference {} (png, jpg or webp) is missing; restore the file from a "
                  "backup, or give the reference again",
                  url));
}

void Verification::check_cut_off_files() {
  const auto now = fs::file_time_type::clock::now();
  for (const char* folder : {"images", "thumbs"}) {
    std::error_code error;
    fs::recursive_directory_iterator at(files_.path_of(folder), error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      const fs::path& path = at->path();
      const std::string name = path.filename().string();
      if (!name.starts_with(".") || !name.ends_with(".tmp")) continue;
      std::error_code gone;
      const auto written = fs::last_write_time(path, gone);
      if (gone || now - written < kCutOffAfter) continue;
      if (repairs() && fs::remove(path, gone)) {
        repaired(fmt::format("{} (cut off while being written) removed", path.string()));
      } else {
        problem(
            fmt::format("{} was cut off while being written; nothing needs it: `castboard "
                        "library verify --repair` removes it",
                        path.string()));
      }
    }
  }
}

}  // namespace

VerifyReport verify_library(StoreReader& reader, PictureFiles& files,
                            const MoveThumbnail& move_thumbnail) {
  return Verification(reader, files, move_thumbnail).run();
}

}  // namespace castboard
