#include "providers/reference_fitting.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "castboard/result.h"

namespace castboard {

namespace {

constexpr int kJpegQuality = 92;
constexpr double kShrinkStep = 0.8;
constexpr int kShortestSide = 64;  // below it a reference shows nothing

bool takes(const ReferenceLimits& limits, PictureFormat format) {
  return std::find(limits.formats.begin(), limits.formats.end(), format) != limits.formats.end();
}

// How much smaller it has to be for the limits in pixels; 1: it fits.
double needed_scale(const ReferenceLimits& limits, int width, int height) {
  double scale = 1;
  if (limits.max_side > 0)
    scale = std::min(scale, static_cast<double>(limits.max_side) / std::max(width, height));
  const double pixels = static_cast<double>(width) * height;
  if (limits.max_pixels > 0)
    scale = std::min(scale, std::sqrt(static_cast<double>(limits.max_pixels) / pixels));
  return scale;
}

// Transparency is kept where the provider takes what can hold it.
ReferenceImage encoded(const ReferenceLimits& limits, const Image& image) {
  ReferenceImage result;
  const bool as_png = takes(limits, PictureFormat::png) &&
                      (!is_opaque(image) || !takes(limits, PictureFormat::jpeg));
  result.format = as_png ? PictureFormat::png : PictureFormat::jpeg;
  result.bytes = as_png ? encode_png(image) : encode_jpeg(image, kJpegQuality);
  return result;
}

ReferenceImage fitted(const ReferenceImage& reference, const ReferenceLimits& limits,
                      std::size_t max_bytes, const std::string& title) {
  const PictureHeader header = read_picture_header(reference.bytes);
  double scale = needed_scale(limits, header.width, header.height);
  if (scale >= 1 && takes(limits, header.format) && reference.bytes.size() <= max_bytes)
    return reference;
  if (!takes(limits, PictureFormat::png) && !takes(limits, PictureFormat::jpeg))
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("{} takes the reference only as WebP.", title),
                  "Give it as a WebP picture within its limits.");
  const Image image = decode_picture(reference.bytes);
  const double first_side = std::min(header.width, header.height) * scale;
  for (;; scale *= kShrinkStep) {
    const int width = std::max(1, static_cast<int>(std::floor(header.width * scale)));
    const int height = std::max(1, static_cast<int>(std::floor(header.height * scale)));
    if (std::min(width, height) < std::min<double>(kShortestSide, std::floor(first_side)))
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("{} takes references of at most {:.1f} MiB; this one cannot be "
                                "made small enough.",
                                title, static_cast<double>(max_bytes) / (1024 * 1024)),
                    "Give a smaller picture.");
    ReferenceImage result =
        encoded(limits, scale < 1 ? scale_picture(image, width, height) : image);
    result.url = reference.url;
    if (result.bytes.size() <= max_bytes) return result;
  }
}

}  // namespace

ProviderRequest fit_references(const ProviderRequest& request, const ReferenceLimits& limits,
                               const std::string& provider_title) {
  ProviderRequest result = request;
  const std::size_t count =
      request.character_references.size() + request.background_references.size();
  std::size_t max_bytes = limits.max_bytes;
  if (limits.max_total_bytes > 0 && count > 0)
    max_bytes = std::min(max_bytes, limits.max_total_bytes / count);
  for (auto* references : {&result.character_references, &result.background_references})
    for (ReferenceImage& reference : *references) {
      if (!limits.url_only) {
        reference = fitted(reference, limits, max_bytes, provider_title);
      } else if (reference.url.empty()) {
        throw Failure(ErrorCode::invalid_input,
                      fmt::format("{} takes references only by URL.", provider_title),
                      "Give the reference as an http or https URL that it can reach.");
      }
    }
  return result;
}

}  // namespace castboard
