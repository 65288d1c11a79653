#include "sketch/look.h"

#include <gtest/gtest.h>

#include <set>

#include "sketch/look_words.h"

namespace castboard::sketch {
namespace {

bool bluish(Colour c) {
  return c.b > c.r + 0.1 && c.b > c.g;
}

TEST(CharacterLook, follows_traits) {
  const CharacterLook look = make_look("Tomas",
                                       {{"hair", "blue, curly"},
                                        {"skin", "dark"},
                                        {"eyes", "green"},
                                        {"beard", "yes"},
                                        {"glasses", "square glasses"},
                                        {"age", "70"},
                                        {"shirt", "red"},
                                        {"hat", "beanie"}},
                                       "");
  EXPECT_TRUE(bluish(look.hair));
  EXPECT_EQ(look.hair_shape, HairShape::curly);
  EXPECT_LT(luminance(look.skin), 0.4);
  EXPECT_GT(look.iris.g, look.iris.r);
  EXPECT_EQ(look.beard, Beard::full);
  EXPECT_EQ(look.glasses, Glasses::square);
  EXPECT_EQ(look.age, Age::old);
  EXPECT_GT(look.outfit.r, look.outfit.g * 2);
  EXPECT_EQ(look.headwear, Headwear::beanie);
}

TEST(CharacterLook, follows_a_description) {
  const CharacterLook look =
      make_look("K", {}, "A young woman with long red hair, green eyes and a scar, in plate armor");
  EXPECT_TRUE(look.feminine);
  EXPECT_EQ(look.age, Age::young);
  EXPECT_EQ(look.hair_shape, HairShape::straight);
  EXPECT_GT(look.hair.r, look.hair.b * 2);
  EXPECT_TRUE(look.scar);
  EXPECT_EQ(look.clothes, Outfit::armour);
}

TEST(CharacterLook, takes_no_for_an_answer) {
  for (int i = 0; i < 40; ++i) {
    const CharacterLook look =
        make_look("Man " + std::to_string(i), {{"beard", "no"}, {"glasses", "none"}}, "a man");
    EXPECT_EQ(look.beard, Beard::none);
    EXPECT_EQ(look.glasses, Glasses::none);
  }
}

TEST(CharacterLook, knows_other_beings) {
  EXPECT_EQ(make_look("Unit K-7", {}, "").being, Being::robot);
  EXPECT_EQ(make_look("Grum", {{"species", "orc"}}, "").being, Being::orc);
  EXPECT_EQ(make_look("Lys", {}, "an elf mage").being, Being::elf);
}

TEST(CharacterLook, of_many_names_is_varied) {
  std::set<HairShape> shapes;
  std::set<Outfit> outfits;
  std::set<Nose> noses;
  for (int i = 0; i < 80; ++i) {
    const CharacterLook look = make_look("Name " + std::to_string(i), {}, "");
    shapes.insert(look.hair_shape);
    outfits.insert(look.clothes);
    noses.insert(look.nose);
  }
  EXPECT_GE(shapes.size(), 12u);
  EXPECT_GE(outfits.size(), 8u);
  EXPECT_EQ(noses.size(), 5u);
}

TEST(CharacterLook, of_a_picture_changes_clothes_and_never_the_face) {
  const CharacterLook usual = make_look("Mira Voss", {{"hair", "blue bob"}}, "");
  CharacterLook dressed = usual;
  dress_for(dressed, "wearing battle armor, dramatic sunset light");
  EXPECT_EQ(dressed.clothes, Outfit::armour);
  EXPECT_EQ(dressed.hair, usual.hair);
  EXPECT_EQ(dressed.hair_shape, usual.hair_shape);
  EXPECT_EQ(dressed.skin, usual.skin);
}

TEST(LookWords, find_words_next_to_others) {
  const Words words("She has Long blue hair and two swords");
  EXPECT_TRUE(words.has("sword"));
  EXPECT_TRUE(words.has("blue hair"));
  EXPECT_FALSE(words.has("red"));
  EXPECT_TRUE(words.around({"hair"}, 2, 0).has("long"));
  EXPECT_FALSE(words.around({"hair"}, 1, 0).has("long"));
}

}  // namespace
}  // namespace castboard::sketch
