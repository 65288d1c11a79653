#include "font_metrics.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.h"

namespace castboard {
namespace {

class FontMetrics : public ::testing::Test {
 protected:
  void u16(int value) {
    bytes += static_cast<char>(value >> 8 & 255);
    bytes += static_cast<char>(value & 255);
  }
  void u32(int value) {
    u16(value >> 16 & 0xFFFF);
    u16(value & 0xFFFF);
  }
  void entry(const char* tag, int offset) {
    bytes += tag;
    u32(0);
    u32(offset);
    u32(0);
  }
  // A font with `head` and `hhea` only, all that is asked of it, beginning at `start`.
  void font(int start, int em, int ascender, int descender) {
    u32(0x00010000);
    u16(2);
    for (int i = 0; i < 3; ++i) u16(0);
    entry("head", start + 44);
    entry("hhea", start + 64);
    bytes.append(18, '\0');
    u16(em);
    u32(0);
    u16(ascender);
    u16(descender);
    u32(0);
  }
  FontFile saved(int face = 0) {
    const auto path = directory.path() / "font";
    std::ofstream(path, std::ios::binary) << bytes;
    return {path.string(), face};
  }

  testing::TemporaryDirectory directory;
  std::string bytes;
};

TEST_F(FontMetrics, divides_ascender_to_descender_by_the_em) {
  font(0, 1000, 900, -300);
  EXPECT_FLOAT_EQ(line_height_in_em(saved()).value_or(0), 1.2F);
}

TEST_F(FontMetrics, reads_the_asked_face_of_a_collection) {
  bytes = "ttcf";
  u32(0x00010000);
  u32(2);
  u32(20);
  u32(20 + 72);
  font(20, 1000, 900, -300);
  bytes.resize(20 + 72);
  font(20 + 72, 2000, 2000, -900);
  EXPECT_FLOAT_EQ(line_height_in_em(saved(0)).value_or(0), 1.2F);
  EXPECT_FLOAT_EQ(line_height_in_em(saved(1)).value_or(0), 1.45F);
}

TEST_F(FontMetrics, gives_no_answer_for_what_is_no_font) {
  bytes = "not a font at all";
  EXPECT_FALSE(line_height_in_em(saved()).has_value());
  EXPECT_FALSE(line_height_in_em({"/nowhere/font.ttf", 0}).has_value());
}

}  // namespace
}  // namespace castboard
