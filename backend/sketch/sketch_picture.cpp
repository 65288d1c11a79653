#include "sketch/sketch_picture.h"

#include <algorithm>

#include "sketch/pixels.h"
#include "sketch/sheet.h"
#include "sketch/stage.h"

namespace castboard::sketch {
namespace {

constexpr int kSmallestSide = 16;
constexpr int kLargestSide = 4096;

Image to_image(cairo_surface_t* surface) {
  const Pixels pixels(surface);
  Image image;
  image.width = pixels.width();
  image.height = pixels.height();
  image.pixels.resize(static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height) * 4);
  std::uint8_t* out = image.pixels.data();
  for (int y = 0; y < image.height; ++y) {
    const unsigned char* p = pixels.at(0, y);
    for (int x = 0; x < image.width; ++x, p += 4, out += 4) {
      out[0] = p[2];
      out[1] = p[1];
      out[2] = p[0];
      out[3] = 255;
    }
  }
  return image;
}

SurfacePtr to_surface(const Image& image) {
  SurfacePtr surface = make_surface(image.width, image.height);
  const Pixels pixels(surface.get());
  const std::uint8_t* from = image.pixels.data();
  for (int y = 0; y < image.height; ++y) {
    unsigned char* p = pixels.at(0, y);
    for (int x = 0; x < image.width; ++x, p += 4, from += 4) {
      const int alpha = from[3];
      p[0] = static_cast<unsigned char>(from[2] * alpha / 255);
      p[1] = static_cast<unsigned char>(from[1] * alpha / 255);
      p[2] = static_cast<unsigned char>(from[0] * alpha / 255);
      p[3] = from[3];
    }
  }
  return surface;
}

TraitWords words_of(const std::vector<Trait>& traits) {
  TraitWords words;
  for (const Trait& trait : traits) words.emplace_back(trait.key, trait.value);
  return words;
}

}  // namespace

PictureSize picture_size(std::string_view ratio, bool sheet) {
  PictureSize size{1024, 1024};
  if (ratio == "4:3") size = {1152, 864};
  if (ratio == "3:4") size = {864, 1152};
  if (ratio == "16:9") size = {1280, 720};
  if (ratio == "9:16") size = {720, 1280};
  if (sheet) size = {size.width * 3 / 2, size.height * 3 / 2};
  return size;
}

bool is_sheet(const SketchRequest& request) {
  return request.template_type == "expression_sheet" &&
         (request.shot.empty() || request.shot == "all");
}

Image sketch_picture(const SketchRequest& request) {
  const bool sheet = is_sheet(request);
  PictureSize size = picture_size(request.aspect_ratio, sheet);
  if (request.width > 0 && request.height > 0) {
    size = {std::clamp(request.width, kSmallestSide, kLargestSide),
            std::clamp(request.height, kSmallestSide, kLargestSide)};
  }
  CharacterLook look =
      make_look(request.character_name, words_of(request.traits), request.character_description);
  dress_for(look, request.additional_description);
  SurfacePtr backdrop{nullptr, &cairo_surface_destroy};
  if (!request.background_reference.empty()) backdrop = to_surface(request.background_reference);
  const Staging staging{.style = &find_drawing_style(request.art_style),
                        .template_type = request.template_type,
                        .shot = request.shot,
                        .words = request.additional_description,
                        .backdrop_picture = backdrop.get(),
                        .seed = request.seed};
  const SurfacePtr picture = sheet
                                 ? draw_sheet(look, staging, request.flaws, size.width, size.height)
                                 : stage_picture(look, staging, size.width, size.height);
  return to_image(picture.get());
}

}  // namespace castboard::sketch
