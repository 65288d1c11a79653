#include "jobs/imported_pictures.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <vector>

#include "imaging/imaging.h"
#include "jobs/received_pictures.h"
#include "library/lookup.h"
#include "os/files.h"

namespace castboard {

namespace {

constexpr const char* kProvider = "import";
// Pictures come cropped by hand: this near it is that size.
constexpr double kRatioTolerance = 0.05;

// The catalogue's size of that shape; empty when there is none.
std::string size_of(const Catalogue& catalogue, int width, int height) {
  const double ratio = static_cast<double>(width) / height;
  for (const ImageSize& size : catalogue.sizes)
    if (std::abs(ratio * size.ratio_height / size.ratio_width - 1) <= kRatioTolerance)
      return size.key;
  return {};
}

void check_keys(const Catalogue& catalogue, const PictureImport& wish) {
  const auto refuse = [](const std::string& what, const std::string& key) {
    throw Failure(ErrorCode::invalid_input, fmt::format("There is no {} \"{}\"", what, key),
                  "They are called as for `castboard generate`.");
  };
  if (!wish.template_type.empty() && !catalogue.find_template(wish.template_type))
    refuse("template", wish.template_type);
  if (!wish.shot.empty() && !catalogue.find_shot(wish.template_type, wish.shot))
    refuse(fmt::format("shot of {}", wish.template_type), wish.shot);
  if (!wish.art_style.empty() && !catalogue.find_style(wish.art_style))
    refuse("art style", wish.art_style);
}

}  // namespace

NewVersion imported_picture(Library& library, const Catalogue& catalogue, const PictureImport& wish,
                            const UserId& user) {
  check_keys(catalogue, wish);
  const Character character = library.read(
      [&](StoreReader& reader) { return find_character(reader, wish.character_id, {}, user); });
  if (!character.deleted_at.empty())
    throw Failure(ErrorCode::invalid_input, fmt::format("{} is in the trash", character.name),
                  "Restore it first.");
  Job job;
  job.character_id = character.id;
  job.project_id = character.project_id;
  job.user_id = user;
  job.request.version_name = wish.version_name.empty()
                                 ? std::filesystem::path(wish.file).stem().string()
                                 : wish.version_name;
  job.request.template_type = wish.template_type;
  job.request.shot = wish.shot;
  job.request.art_style = wish.art_style;
  job.request.aspect_ratio.clear();
  job.request.provider = kProvider;
  job.request.activate = ActivatePolicy::never;
  try {
    const std::vector<std::uint8_t> bytes = read_file(wish.file, kMaxPictureBytes);
    NewVersion made = store_picture(library, catalogue, job, character, bytes, 0, false, {});
    made.version.aspect_ratio = size_of(catalogue, made.version.width, made.version.height);
    return made;
  } catch (const Failure& failure) {
    Error error = failure.error();
    if (error.message.find(wish.file) == std::string::npos)
      error.message = fmt::format("{}: {}", wish.file, error.message);
    throw Failure(std::move(error));
  }
}

}  // namespace castboard
