#include "sketch/sketch_picture.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "imaging/imaging.h"

namespace castboard::sketch {
namespace {

const std::vector<std::string> kPoses = {"happy",   "sad",     "angry", "surprised", "fear",
                                         "disgust", "neutral", "smirk", "laugh"};
const std::vector<std::string> kStyles = {
    "cinematic_realistic", "anime",      "ghibli",     "pixar_3d",     "disney",
    "cyberpunk",           "comic_book", "watercolor", "oil_painting", "concept_art",
    "pixel_art",           "line_art",   "claymation", "noir"};
const std::map<std::string, std::vector<std::string>> kShots = {
    {"portrait", {"headshot", "medium_shot", "full_body_standing", "over_the_shoulder"}},
    {"full_body", {"front", "three_quarter", "side", "back", "a_pose", "t_pose"}},
    {"action_pose",
     {"walking", "running", "fighting_stance", "sitting", "jumping", "falling", "kneeling",
      "pointing", "arms_crossed"}},
    {"scene",
     {"hero_shot", "villain_reveal", "emotional_breakdown", "victory_pose", "defeated_exhausted"}}};

SketchRequest tile(const std::string& name, int side = 192) {
  SketchRequest request;
  request.character_name = name;
  request.width = request.height = side;
  request.seed = 7;
  return request;
}

SketchRequest cell(const std::string& name, const std::string& pose) {
  SketchRequest request = tile(name);
  request.template_type = "expression_sheet";
  request.shot = pose;
  return request;
}

// Mean difference of a channel, 0..255.
double difference(const Image& a, const Image& b) {
  EXPECT_EQ(a.byte_size(), b.byte_size());
  double sum = 0;
  for (std::size_t i = 0; i < std::min(a.byte_size(), b.byte_size()); ++i) {
    sum += std::abs(int{a.pixels[i]} - int{b.pixels[i]});
  }
  return sum / static_cast<double>(a.byte_size()) * 4 / 3;
}

int hash_distance_of(const Image& a, const Image& b) {
  return hash_distance(perceptual_hash(a), perceptual_hash(b));
}

TEST(SketchPictures, of_the_same_request_are_the_same_bytes) {
  for (const std::string& style : kStyles) {
    SketchRequest request = tile("Mira Voss", 96);
    request.art_style = style;
    EXPECT_EQ(sketch_picture(request).pixels, sketch_picture(request).pixels) << style;
  }
}

TEST(SketchPictures, of_another_seed_are_other_bytes_and_the_same_character) {
  SketchRequest request = tile("Mira Voss");
  const Image first = sketch_picture(request);
  request.seed = 8;
  const Image second = sketch_picture(request);
  request.character_name = "Old Bram";
  request.traits = {{"hair", "white"}, {"beard", "full"}};
  const Image other = sketch_picture(request);
  EXPECT_NE(first.pixels, second.pixels);
  EXPECT_LT(difference(first, second), difference(first, other));
}

TEST(SketchPictures, of_one_character_are_nearer_to_each_other_than_to_others) {
  const std::vector<std::string> names = {"Mira Voss", "Kaito", "Bram",
                                          "Sari Dewi", "Elin",  "Juno"};
  std::vector<Image> first;
  std::vector<Image> second;
  for (const std::string& name : names) {
    first.push_back(sketch_picture(cell(name, "neutral")));
    SketchRequest again = cell(name, "neutral");
    again.seed = 99;
    second.push_back(sketch_picture(again));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const int own = hash_distance_of(first[i], second[i]);
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (k == i) continue;
      EXPECT_GT(hash_distance_of(first[i], second[k]), own) << names[i] << " / " << names[k];
    }
  }
}

TEST(SketchPictures, show_nine_different_expressions) {
  std::vector<Image> cells;
  for (const std::string& pose : kPoses) {
    SketchRequest request = cell("Elin", pose);
    // The face itself, without backdrop and shoulders, is where they differ.
    request.width = request.height = 320;
    cells.push_back(crop_picture(sketch_picture(request), {105, 118, 110, 114}));
  }
  for (std::size_t a = 0; a < cells.size(); ++a) {
    for (std::size_t b = a + 1; b < cells.size(); ++b) {
      EXPECT_GE(hash_distance_of(cells[a], cells[b]), 4) << kPoses[a] << " / " << kPoses[b];
      EXPECT_GT(difference(cells[a], cells[b]), 3) << kPoses[a] << " / " << kPoses[b];
    }
  }
}

TEST(SketchPictures, of_every_shot_are_different) {
  std::vector<std::pair<std::string, Image>> pictures;
  for (const auto& [template_type, shots] : kShots) {
    for (const std::string& shot : shots) {
      SketchRequest request = tile("Elin");
      request.template_type = template_type;
      request.shot = shot;
      pictures.emplace_back(template_type + " " + shot, sketch_picture(request));
    }
  }
  for (std::size_t a = 0; a < pictures.size(); ++a) {
    for (std::size_t b = a + 1; b < pictures.size(); ++b) {
      EXPECT_GT(difference(pictures[a].second, pictures[b].second), 1.5)
          << pictures[a].first << " / " << pictures[b].first;
    }
  }
}

TEST(SketchPictures, of_every_style_are_different) {
  std::vector<Image> pictures;
  for (const std::string& style : kStyles) {
    SketchRequest request = tile("Elin");
    request.art_style = style;
    pictures.push_back(sketch_picture(request));
  }
  for (std::size_t a = 0; a < pictures.size(); ++a) {
    for (std::size_t b = a + 1; b < pictures.size(); ++b) {
      EXPECT_GT(difference(pictures[a], pictures[b]), 6) << kStyles[a] << " / " << kStyles[b];
    }
  }
}

TEST(SketchPictures, of_an_unknown_style_shot_or_template_are_still_drawn) {
  SketchRequest request = tile("Elin", 64);
  request.template_type = "our_own";
  request.shot = "our_shot";
  request.art_style = "our_style";
  EXPECT_FALSE(sketch_picture(request).empty());
}

TEST(SketchPictures, have_the_shape_of_the_aspect_ratio) {
  const std::map<std::string, std::pair<int, int>> ratios = {
      {"1:1", {1, 1}}, {"4:3", {4, 3}}, {"3:4", {3, 4}}, {"16:9", {16, 9}}, {"9:16", {9, 16}}};
  for (const auto& [key, ratio] : ratios) {
    for (const bool sheet : {false, true}) {
      const PictureSize size = picture_size(key, sheet);
      EXPECT_EQ(size.width * ratio.second, size.height * ratio.first) << key;
      EXPECT_GE(size.width * size.height, 720 * 1024) << key;
    }
    SketchRequest request;
    request.character_name = "Elin";
    request.aspect_ratio = key;
    const Image picture = sketch_picture(request);
    EXPECT_EQ(picture.width, picture_size(key, false).width);
    EXPECT_EQ(picture.height, picture_size(key, false).height);
    EXPECT_TRUE(is_opaque(picture));
  }
}

TEST(SketchPictures, take_a_picture_as_the_backdrop) {
  SketchRequest request = tile("Elin");
  const Image without = sketch_picture(request);
  request.background_reference = {
      .width = 2,
      .height = 2,
      .pixels = {255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255}};
  const Image with = sketch_picture(request);
  EXPECT_GT(with.pixels[0], 180);  // the corner is red now
  EXPECT_LT(with.pixels[1], 60);
  EXPECT_GT(difference(without, with), 10);
}

SketchRequest sheet_request() {
  SketchRequest request = tile("Elin", 384);
  request.template_type = "expression_sheet";
  request.shot = "all";
  return request;
}

std::uint32_t pixel(const Image& image, int x, int y) {
  const std::size_t at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                          static_cast<std::size_t>(x)) *
                         4;
  return static_cast<std::uint32_t>(image.pixels[at] << 16 | image.pixels[at + 1] << 8 |
                                    image.pixels[at + 2]);
}

TEST(SketchSheets, have_gutters_on_the_thirds) {
  const Image sheet = sketch_picture(sheet_request());
  for (int i = 0; i < sheet.width; i += 7) {
    for (const int third : {0, 128, 256}) {
      EXPECT_EQ(pixel(sheet, third, i), 0xffffffu);
      EXPECT_EQ(pixel(sheet, i, third), 0xffffffu);
    }
  }
}

TEST(SketchSheets, hold_the_same_nine_pictures_as_single_expressions) {
  const Image sheet = sketch_picture(sheet_request());
  const auto boxes = sheet_thirds(sheet.width, sheet.height);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    SketchRequest single = cell("Elin", kPoses[i]);
    single.width = single.height = boxes[i].width;
    EXPECT_LT(hash_distance_of(crop_picture(sheet, boxes[i]), sketch_picture(single)), 16)
        << kPoses[i];
  }
}

TEST(SketchSheets, show_the_flaws_that_are_asked_for) {
  const Image clean = sketch_picture(sheet_request());
  const std::vector<SheetFlaws> all = {
      {.uneven = 0.15},           {.off_centre = 0.04}, {.rotated = 2},
      {.captions = true},         {.missing = 5},       {.gutter_width = 0},
      {.gutter_colour = 0xff0000}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    SketchRequest request = sheet_request();
    request.flaws = all[i];
    EXPECT_GT(difference(clean, sketch_picture(request)), 0.3) << i;
  }
  SketchRequest missing = sheet_request();
  missing.flaws.missing = 5;
  EXPECT_EQ(pixel(sketch_picture(missing), 192, 192), 0xffffffu);
  SketchRequest red = sheet_request();
  red.flaws.gutter_colour = 0xff0000;
  EXPECT_EQ(pixel(sketch_picture(red), 128, 60), 0xff0000u);
}

}  // namespace
}  // namespace castboard::sketch
