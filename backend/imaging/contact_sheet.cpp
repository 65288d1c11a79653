#include "imaging/contact_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castboard/result.h"
#include "imaging/imaging.h"

namespace castboard {

namespace {

constexpr float kCaptionOfTile = 0.065F;  // em of the captions
constexpr float kMinCaption = 11;
constexpr float kMaxCaption = 48;
constexpr float kGapOfTile = 0.06F;
constexpr float kMinGap = 6;

// The status colours of the look, on the dark box of a badge.
struct Badge {
  const char* text;
  std::uint32_t colour;
};
constexpr std::uint32_t kBadgeFill = 0x14161a;

Badge badge_of(Status status) {
  switch (status) {
    case Status::pending:
      return {"● RVW", 0xffcd19};
    case Status::approved:
      return {"✓ APP", 0x08f094};
    case Status::omitted:
      return {"✗ OMT", 0xff6b6b};
    case Status::none:
      break;
  }
  return {"", 0};
}

bool is_light(std::uint32_t colour) {
  const double red = (colour >> 16U & 0xFFU) * 0.299;
  const double green = (colour >> 8U & 0xFFU) * 0.587;
  return red + green + (colour & 0xFFU) * 0.114 > 140;
}

void fill(Image& image, int left, int top, int width, int height, std::uint32_t colour) {
  const int right = std::min(image.width, left + width);
  const int bottom = std::min(image.height, top + height);
  for (int y = std::max(0, top); y < bottom; ++y) {
    for (int x = std::max(0, left); x < right; ++x) {
      std::uint8_t* pixel = image.pixels.data() +
                            (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                             static_cast<std::size_t>(x)) *
                                4;
      pixel[0] = static_cast<std::uint8_t>(colour >> 16U & 0xFFU);
      pixel[1] = static_cast<std::uint8_t>(colour >> 8U & 0xFFU);
      pixel[2] = static_cast<std::uint8_t>(colour & 0xFFU);
      pixel[3] = 255;
    }
  }
}

// Straight alpha over what is there, which is opaque.
void lay_over(Image& sheet, const Image& picture, int left, int top) {
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* from =
          picture.pixels.data() +
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
           static_cast<std::size_t>(x)) *
              4;
      std::uint8_t* to = sheet.pixels.data() + (static_cast<std::size_t>(top + y) *
                                                    static_cast<std::size_t>(sheet.width) +
                                                static_cast<std::size_t>(left + x)) *
                                                   4;
      const unsigned alpha = from[3];
      for (int channel = 0; channel < 3; ++channel)
        to[channel] = static_cast<std::uint8_t>(
            (from[channel] * alpha + to[channel] * (255U - alpha) + 127U) / 255U);
    }
  }
}

class Sheet {
 public:
  explicit Sheet(const ContactSheetDrawing& drawing)
      : drawing_(drawing),
        tile_(std::clamp(drawing.options.tile_side, kMinContactTile, kMaxContactTile)),
        writer_(drawing.fonts,
                std::clamp(static_cast<float>(tile_) * kCaptionOfTile, kMinCaption, kMaxCaption)),
        captions_(drawing.options.captions && writer_.has_font()) {
    const bool light = is_light(drawing.options.background);
    text_ = light ? 0x14161a : 0xe9ebee;
    quiet_ = light ? 0x4a5360 : 0x9aa4b2;
  }

  Image draw() {
    const auto count = static_cast<int>(drawing_.tiles.size());
    const float gap = std::max(kMinGap, std::round(static_cast<float>(tile_) * kGapOfTile));
    const float caption = captions_ ? 2 * writer_.line_height() + std::round(gap / 2) : 0;
    const ContactSheetLayout layout =
        lay_out_contact_sheet(count, contact_columns(count, drawing_.options.columns),
                              static_cast<float>(tile_), caption, gap);
    sheet_ = empty_sheet(layout);
    for (int i = 0; i < count; ++i) draw_tile(layout, i);
    return std::move(sheet_);
  }

 private:
  Image empty_sheet(const ContactSheetLayout& layout) const {
    const auto width = static_cast<std::int64_t>(std::ceil(layout.width));
    const auto height = static_cast<std::int64_t>(std::ceil(layout.height));
    if (width > kMaxPictureSide || height > kMaxPictureSide || width * height > kMaxPicturePixels)
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("The contact sheet would have {} x {} pixels; {} a side and {} "
                                "megapixels are the limit.",
                                width, height, kMaxPictureSide, kMaxPicturePixels / 1'000'000),
                    "Choose smaller tiles, other columns or fewer pictures.");
    Image sheet{static_cast<int>(width), static_cast<int>(height), {}};
    sheet.pixels.resize(static_cast<std::size_t>(width * height) * 4);
    fill(sheet, 0, 0, sheet.width, sheet.height, drawing_.options.background);
    return sheet;
  }

  void draw_tile(const ContactSheetLayout& layout, int index) {
    const ContactTile& tile = drawing_.tiles[static_cast<std::size_t>(index)];
    const ContactBox box = layout.picture(index);
    const int left = static_cast<int>(box.x);
    const int top = static_cast<int>(box.y);
    std::string failure;
    try {
      const Image picture = scale_to_fit(drawing_.picture(tile.url), tile_, tile_);
      lay_over(sheet_, picture, left + (tile_ - picture.width) / 2,
               top + (tile_ - picture.height) / 2);
    } catch (const Failure& failed) {
      failure = failed.error().message;
      fill(sheet_, left, top, tile_, tile_, kBadgeFill);
    }
    if (!captions_) return;
    const float line = writer_.line_height();
    if (!failure.empty())
      writer_.draw(sheet_, box.x + line / 2, box.y + line / 2, 0xff6b6b,
                   writer_.elided(failure, box.width - line));
    draw_badge(box, tile.status);
    const ContactBox caption = layout.caption(index);
    const float first = caption.y + std::round(layout.gap / 4);
    writer_.draw(sheet_, caption.x, first, text_, writer_.elided(tile.title, caption.width));
    writer_.draw(sheet_, caption.x, first + line, quiet_, writer_.elided(tile.note, caption.width));
  }

  void draw_badge(const ContactBox& box, Status status) {
    const Badge badge = badge_of(status);
    if (badge.text[0] == '\0') return;
    const float line = writer_.line_height();
    const float inset = std::round(line / 3);
    const float width = std::ceil(writer_.width(badge.text)) + 2 * inset;
    if (width > box.width) return;
    const float left = box.x + box.width - width - inset;
    fill(sheet_, static_cast<int>(left), static_cast<int>(box.y + inset), static_cast<int>(width),
         static_cast<int>(line), kBadgeFill);
    writer_.draw(sheet_, left + inset, box.y + inset, badge.colour, badge.text);
  }

  const ContactSheetDrawing& drawing_;
  int tile_;
  TextWriter writer_;
  bool captions_;
  std::uint32_t text_ = 0;
  std::uint32_t quiet_ = 0;
  Image sheet_;
};

}  // namespace

Image draw_contact_sheet(const ContactSheetDrawing& drawing) {
  return Sheet(drawing).draw();
}

}  // namespace castboard
