#include "imaging/sheet_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "imaging/imaging.h"
#include "sketch/sketch_picture.h"
#include "support/pictures.h"

namespace castboard {

namespace {

using testing::filled;

sketch::SketchRequest sheet_request(const std::string& name) {
  sketch::SketchRequest request;
  request.character_name = name;
  request.template_type = "expression_sheet";
  request.shot = "all";
  request.width = request.height = 768;
  return request;
}

std::vector<SheetFinding> findings_of(const Image& sheet) {
  const SheetSplit split = split_sheet(sheet);
  return check_sheet(sheet, split, split.cells);
}

std::vector<SheetFinding> of_kind(const std::vector<SheetFinding>& findings,
                                  SheetFindingKind kind) {
  std::vector<SheetFinding> found;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(found),
               [kind](const SheetFinding& finding) { return finding.kind == kind; });
  return found;
}

// Different figures before one plain ground, with a head of its own height in each cell.
Image sheet_of_heads(int side, int cut_off_cell) {
  Image sheet = filled(side, side, 220, 220, 220);
  const int cell = side / 3;
  for (int number = 1; number <= 9; ++number) {
    const int left = (number - 1) % 3 * cell;
    const int top = (number - 1) / 3 * cell;
    const int head_top = number == cut_off_cell ? 0 : cell / 6;
    const int half = cell / 6 + number * 2;
    for (int y = top + head_top; y < top + cell; ++y)
      for (int x = left + cell / 2 - half; x < left + cell / 2 + half; ++x) {
        auto* to =
            sheet.pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                                   static_cast<std::size_t>(x)) *
                                      4;
        to[0] = static_cast<std::uint8_t>(20 * number);
        to[1] = static_cast<std::uint8_t>(30 + (y - top) / 4);
        to[2] = 60;
      }
  }
  return sheet;
}

std::vector<SheetFinding> check_thirds(const Image& sheet) {
  const SheetSplit thirds = split_by_thirds(sheet.width, sheet.height);
  return check_sheet(sheet, thirds, thirds.cells);
}

}  // namespace

TEST(SheetCheck, finds_nothing_wrong_with_sound_sheets) {
  int false_alarms = 0;
  for (const char* style : {"cinematic_realistic", "anime", "watercolor", "line_art", "pixel_art",
                            "comic_book", "oil_painting", "ghibli"}) {
    sketch::SketchRequest request = sheet_request(std::string("Sound ") + style);
    request.art_style = style;
    for (const SheetFinding& finding : findings_of(sketch_picture(request))) {
      ++false_alarms;
      std::printf("%s: %s\n", style, finding.message.c_str());
    }
  }
  EXPECT_LE(false_alarms, 1);
}

TEST(SheetCheck, names_the_empty_cell) {
  sketch::SketchRequest request = sheet_request("Mira");
  request.flaws.missing = 5;
  const Image sheet = sketch_picture(request);
  const SheetSplit split = split_by_thirds(sheet.width, sheet.height);
  const std::vector<std::string> names{"happy",   "sad",     "angry", "surprised", "fear",
                                       "disgust", "neutral", "smirk", "laugh"};
  const auto found =
      of_kind(check_sheet(sheet, split, split.cells, names), SheetFindingKind::empty_cell);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].cells, std::vector<int>{5});
  EXPECT_EQ(found[0].message, "Cell 5 (fear) is empty: one flat colour");
}

TEST(SheetCheck, says_that_a_blank_sheet_is_empty_once) {
  const auto found =
      of_kind(check_thirds(filled(300, 300, 255, 255, 255)), SheetFindingKind::empty_cell);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].cells.empty());
}

TEST(SheetCheck, tells_twins_from_expressions_of_one_face) {
  Image sheet = sketch_picture(sheet_request("Elin"));
  EXPECT_TRUE(of_kind(findings_of(sheet), SheetFindingKind::twins).empty());
  const auto thirds = sheet_thirds(sheet.width, sheet.height);
  // The second cell becomes a copy of the eighth.
  for (int y = 0; y < thirds[1].height; ++y)
    std::copy_n(testing::pixel(sheet, thirds[7].x, thirds[7].y + y),
                static_cast<std::size_t>(thirds[1].width) * 4,
                sheet.pixels.begin() +
                    (static_cast<std::ptrdiff_t>(thirds[1].y + y) * sheet.width + thirds[1].x) * 4);
  const auto found = of_kind(check_thirds(sheet), SheetFindingKind::twins);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].cells, (std::vector<int>{2, 8}));
}

TEST(SheetCheck, finds_the_head_that_meets_the_upper_border) {
  EXPECT_TRUE(of_kind(check_thirds(sheet_of_heads(600, 0)), SheetFindingKind::cut_off).empty());
  const auto found = of_kind(check_thirds(sheet_of_heads(600, 6)), SheetFindingKind::cut_off);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].cells, std::vector<int>{6});
}

TEST(SheetCheck, says_which_seam_is_elsewhere_and_by_how_much) {
  sketch::SketchRequest request = sheet_request("Ilse");
  request.flaws.off_centre = 0.03;
  const auto found =
      of_kind(findings_of(sketch_picture(request)), SheetFindingKind::seam_elsewhere);
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].message, ::testing::HasSubstr("seam between columns 1 and 2"));
  EXPECT_THAT(found[0].message, ::testing::HasSubstr("right of the third"));
}

TEST(SheetCheck, notes_a_size_that_has_no_thirds) {
  EXPECT_EQ(of_kind(check_thirds(testing::drawing(301, 300)), SheetFindingKind::odd_size).size(),
            1U);
  EXPECT_TRUE(
      of_kind(check_thirds(testing::drawing(300, 300)), SheetFindingKind::odd_size).empty());
}

}  // namespace castboard
