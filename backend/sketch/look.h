#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sketch/colour.h"

// Who a character is, in pictures: everything that stays the same from one picture to the next.
// A pure function of name, traits and description; the seed of a picture has no part in it.
namespace castboard::sketch {

enum class Age { child, young, adult, old };
enum class Being { human, robot, elf, demon, orc, alien, vampire, cat };
enum class FaceShape { oval, round, square, heart, slender };
enum class HairShape {
  bald,
  buzz,
  crop,
  side_part,
  spiky,
  pixie,
  bob,
  straight,
  wavy,
  curly,
  afro,
  bun,
  twin_buns,
  ponytail,
  pigtails,
  braids,
  mohawk,
  slick,
  undercut,
  locs
};
enum class Fringe { none, straight, swept, curtain, tousled };
enum class Nose { button, straight, broad, hooked, pointed };
enum class Brows { soft, arched, thick, flat };
enum class Beard { none, stubble, moustache, goatee, full, braided };
enum class Glasses { none, round, square, dark, patch };
enum class Headwear { none, cap, beanie, brim, crown, hood, band, wizard, helmet };
enum class Outfit {
  tee,
  vneck,
  shirt,
  hoodie,
  jacket,
  turtleneck,
  suit,
  armour,
  robe,
  dress,
  coat,
  tank,
  kimono,
  overalls,
  uniform
};

struct CharacterLook {
  Being being = Being::human;
  Age age = Age::adult;
  bool feminine = false;  // lashes, lips, jaw, figure; traits decide, else the name

  Colour skin, hair, iris, lips;
  Colour outfit, outfit_accent, trousers, shoes, headwear_colour;
  Colour backdrop;
  bool greying = false;

  FaceShape face = FaceShape::oval;
  HairShape hair_shape = HairShape::crop;
  Fringe fringe = Fringe::none;
  bool part_left = true;
  Nose nose = Nose::straight;
  Brows brows = Brows::soft;
  Beard beard = Beard::none;
  Glasses glasses = Glasses::none;
  Headwear headwear = Headwear::none;
  Outfit clothes = Outfit::tee;
  bool skirt = false;
  bool boots = false;
  bool cape = false;
  bool scarf = false;
  bool earrings = false;
  bool freckles = false;
  bool scar = false;
  bool mole = false;
  bool tattoo = false;

  double face_width = 1;  // 0.92 .. 1.08
  double face_length = 1;
  double eye_size = 1;
  double eye_gap = 1;
  double eye_tilt = 0;  // degrees, outer corners up
  double nose_size = 1;
  double mouth_width = 1;
  double ear_size = 1;
  double hair_volume = 1;
  double build = 1;  // shoulders and limbs, 0.85 slim .. 1.25 broad
  double height = 1;
};

using TraitWords = std::vector<std::pair<std::string, std::string>>;

CharacterLook make_look(std::string_view name, const TraitWords& traits,
                        std::string_view description);

// Words for one picture ("wearing battle armor") change clothes and things worn, never the face.
void dress_for(CharacterLook& look, std::string_view additional_description);

}  // namespace castboard::sketch
