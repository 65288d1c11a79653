#include "imaging/contact_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/files.h"
#include "support/pictures.h"

namespace castboard {
namespace {

using testing::failure_of;
using testing::filled;
using ::testing::HasSubstr;
using testing::pixel;

constexpr const char* kLatinFont = "/usr/share/fonts/opentype/inter/Inter-Regular.otf";
constexpr const char* kCjkFont = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

std::vector<FontBytes> fonts(std::initializer_list<const char*> files) {
  std::vector<FontBytes> found;
  for (const char* file : files) {
    std::error_code missing;
    if (std::filesystem::exists(file, missing)) found.push_back({read_file(file, 1U << 26U), 0});
  }
  return found;
}

ContactSheetDrawing drawing_of(int count) {
  ContactSheetDrawing drawing;
  drawing.options.tile_side = 40;
  drawing.options.captions = false;
  for (int i = 0; i < count; ++i)
    drawing.tiles.push_back({std::to_string(i), 0, 0, "Mira", "v001", Status::none});
  drawing.picture = [](const std::string&) { return filled(40, 40, 200, 10, 10); };
  return drawing;
}

TEST(ContactSheet, places_tiles_row_by_row_with_a_gap_around) {
  const ContactSheetLayout layout = lay_out_contact_sheet(7, 3, 100, 30, 10);
  EXPECT_EQ(layout.rows, 3);
  EXPECT_EQ(layout.width, 10 + 3 * 110);
  EXPECT_EQ(layout.height, 10 + 3 * 140);
  EXPECT_EQ(layout.picture(4).x, 120);
  EXPECT_EQ(layout.picture(4).y, 150);
  EXPECT_EQ(layout.caption(4).y, 250);
}

TEST(ContactSheet, is_about_square_and_never_wider_than_its_pictures) {
  EXPECT_EQ(contact_columns(9, 0), 3);
  EXPECT_EQ(contact_columns(10, 0), 4);
  EXPECT_EQ(contact_columns(1, 0), 1);
  EXPECT_EQ(contact_columns(100, 7), 7);
  EXPECT_EQ(lay_out_contact_sheet(2, 9, 100, 0, 10).width, 10 + 2 * 110);
}

TEST(ContactSheet, knows_which_tiles_a_scrolled_window_shows) {
  const ContactSheetLayout layout = lay_out_contact_sheet(1000, 5, 100, 0, 10);
  const auto range = layout.visible(1100, 1330, 1000);
  EXPECT_EQ(range.first, 45);
  EXPECT_EQ(range.second, 60);
  EXPECT_EQ(layout.visible(0, 1, 0).second, 0);
}

TEST(ContactSheet, has_pictures_on_its_background) {
  ContactSheetDrawing drawing = drawing_of(4);
  drawing.options.background = 0x0000ff;
  const Image sheet = draw_contact_sheet(drawing);
  ASSERT_EQ(sheet.width, 2 * 40 + 3 * 6);
  ASSERT_EQ(sheet.height, sheet.width);
  EXPECT_EQ(pixel(sheet, 2, 2)[2], 255);
  EXPECT_EQ(pixel(sheet, 6, 6)[0], 200);
  EXPECT_EQ(pixel(sheet, 45, 45)[0], 200);
  EXPECT_EQ(pixel(sheet, 48, 48)[2], 255);  // between them
  EXPECT_TRUE(is_opaque(sheet));
}

TEST(ContactSheet, never_stretches_and_centres_what_is_not_square) {
  ContactSheetDrawing drawing = drawing_of(1);
  drawing.picture = [](const std::string&) { return filled(80, 40, 200, 10, 10); };
  const Image sheet = draw_contact_sheet(drawing);
  EXPECT_EQ(pixel(sheet, 26, 8)[0], 0x14);
  EXPECT_EQ(pixel(sheet, 26, 26)[0], 200);
}

TEST(ContactSheet, marks_the_place_of_a_picture_that_cannot_be_read) {
  ContactSheetDrawing drawing = drawing_of(2);
  drawing.options.background = 0xffffff;
  drawing.picture = [](const std::string& url) {
    if (url == "0") throw Failure(ErrorCode::bad_picture, "it is damaged");
    return filled(40, 40, 200, 10, 10);
  };
  const Image sheet = draw_contact_sheet(drawing);
  EXPECT_EQ(pixel(sheet, 20, 20)[0], 0x14);
  EXPECT_EQ(pixel(sheet, 70, 20)[0], 200);
}

TEST(ContactSheet, refuses_one_larger_than_a_picture_may_be) {
  ContactSheetDrawing drawing = drawing_of(400);
  drawing.options.tile_side = 2048;
  const Error error = failure_of([&] { draw_contact_sheet(drawing); });
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_THAT(error.message, HasSubstr("16384"));
}

TEST(ContactSheet, writes_names_of_any_script_under_the_pictures) {
  auto files = fonts({kLatinFont, kCjkFont});
  if (files.size() < 2) GTEST_SKIP() << "needs Inter and Noto CJK";
  ContactSheetDrawing drawing = drawing_of(1);
  drawing.options.tile_side = 200;
  drawing.options.captions = true;
  drawing.fonts = files;
  drawing.tiles[0].title = "Kaito";
  const Image latin = draw_contact_sheet(drawing);
  drawing.tiles[0].title = "Kaito 海斗";
  const Image both = draw_contact_sheet(drawing);
  drawing.tiles[0].title = "Kaito ##";
  EXPECT_NE(latin.pixels, both.pixels);
  EXPECT_NE(draw_contact_sheet(drawing).pixels, both.pixels);
  EXPECT_GT(latin.height, 200 + 2 * 12);
}

TEST(TextWriter, measures_shortens_and_falls_back_between_fonts) {
  auto files = fonts({kLatinFont, kCjkFont});
  if (files.size() < 2) GTEST_SKIP() << "needs Inter and Noto CJK";
  const TextWriter both(files, 20);
  ASSERT_TRUE(both.has_font());
  EXPECT_NEAR(both.width("海斗"), 40, 1);  // full-width characters are one em wide
  EXPECT_GT(both.width("Mira"), 20);
  EXPECT_EQ(both.elided("Mira", 500), "Mira");
  const std::string shortened = both.elided("Wilhelmina of Northwind", 100);
  EXPECT_THAT(shortened, ::testing::EndsWith("..."));
  EXPECT_LE(both.width(shortened), 100);
  const TextWriter latin({files[0]}, 20);
  EXPECT_GT(latin.width("海"), 0);  // a box stands for what no font has
}

TEST(TextWriter, survives_what_is_no_font_and_no_utf8) {
  std::vector<FontBytes> bad{{{1, 2, 3}, 0}, {std::vector<std::uint8_t>(64, 7), 0}};
  const TextWriter writer(std::move(bad), 20);
  EXPECT_FALSE(writer.has_font());
  Image image = filled(10, 10, 0, 0, 0);
  writer.draw(image, 0, 0, 0xffffff, "\xFF\xE6\xB5");
  EXPECT_EQ(image.pixels, filled(10, 10, 0, 0, 0).pixels);
}

}  // namespace
}  // namespace castboard
