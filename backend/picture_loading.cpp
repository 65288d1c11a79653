#include "picture_loading.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/files.h"

namespace castboard {
namespace {

Image read_picture(const std::string& path) {
  return decode_picture(read_file(path, kMaxPictureBytes));
}

bool is_looked_at_closely(const PictureRequest& request) {
  return request.region.width > 0 || request.detail.width > 0 ||
         request.enlarging != Enlarging::never || !request.other_url.empty();
}

Image scaled(Image image, const PictureRequest& request) {
  if (request.enlarging != Enlarging::never) {
    if (std::int64_t{request.max_width} * request.max_height > kMaxPicturePixels)
      throw Failure(ErrorCode::internal, "a part of a picture was asked for too large");
    return request.enlarging == Enlarging::blocks
               ? magnify_picture(image, request.max_width, request.max_height)
               : scale_picture(image, request.max_width, request.max_height);
  }
  if (request.max_width <= 0 && request.max_height <= 0) return image;
  return scale_to_fit(image, request.max_width, request.max_height);
}

}  // namespace

PicturePtr PictureLoader::load(const PictureRequest& request, const std::string& path,
                               const std::string& other_path) {
  const bool keep = is_looked_at_closely(request);
  const Decoded whole = decoded(path, keep);
  auto picture = std::make_shared<Picture>();
  picture->full_width = whole->width;
  picture->full_height = whole->height;
  const auto part = [](const Image& image, const PixelRect& box) {
    return box.width > 0 ? crop_picture(image, box) : image;
  };
  if (!request.other_url.empty()) {
    const Decoded other = decoded(other_path, keep);
    Difference difference = picture_difference(part(*whole, request.region),
                                               part(*other, request.other_region), request.gain);
    picture->differing = difference.differing;
    picture->image = part(difference.image, request.detail);
  } else if (request.region.width > 0) {
    PixelRect box = request.region;
    if (request.detail.width > 0) {
      box = {box.x + request.detail.x, box.y + request.detail.y, request.detail.width,
             request.detail.height};
    }
    picture->image = crop_picture(*whole, box);
  } else {
    picture->image = part(*whole, request.detail);
  }
  picture->image = scaled(std::move(picture->image), request);
  picture->opaque = is_opaque(picture->image);
  return picture;
}

PictureLoader::Decoded PictureLoader::decoded(const std::string& path, bool keep) {
  std::error_code missing;  // reading it says so better
  const auto changed = std::filesystem::last_write_time(path, missing);
  std::optional<std::promise<Decoded>> promise;
  std::shared_future<Decoded> image;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(files_.begin(), files_.end(), [&](const Kept& file) {
      return file.path == path && file.changed == changed;
    });
    if (found != files_.end()) {
      files_.splice(files_.begin(), files_, found);
      image = found->image;
    } else if (keep) {
      promise.emplace();
      image = promise->get_future().share();
      files_.push_front({path, changed, image, 0});
    }
  }
  if (!image.valid()) return std::make_shared<const Image>(read_picture(path));
  if (!promise) return image.get();
  const auto is_this = [&](const Kept& file) {
    return file.path == path && file.changed == changed;
  };
  try {
    auto picture = std::make_shared<const Image>(read_picture(path));
    promise->set_value(picture);
    const std::lock_guard lock(mutex_);
    const auto file = std::find_if(files_.begin(), files_.end(), is_this);
    if (file != files_.end()) file->bytes = picture->byte_size();
    make_room();
    return picture;
  } catch (...) {
    promise->set_exception(std::current_exception());
    const std::lock_guard lock(mutex_);
    files_.remove_if(is_this);
    throw;
  }
}

void PictureLoader::make_room() {
  std::size_t bytes = 0;
  for (auto file = files_.begin(); file != files_.end();) {
    // Those under way are somebody's to finish; of the finished ones the last used stays.
    const bool fits = file->bytes == 0 || bytes == 0 || bytes + file->bytes <= kept_bytes_;
    bytes += fits ? file->bytes : 0;
    file = fits ? std::next(file) : files_.erase(file);
  }
}

std::size_t PictureLoader::kept() const {
  const std::lock_guard lock(mutex_);
  return files_.size();
}

}  // namespace castboard
