#include "sketch/look.h"

#include <algorithm>
#include <cstdlib>

#include "sketch/look_words.h"

namespace castboard::sketch {
namespace {

template <class T, std::size_t N>
T pick(Dice& dice, const T (&list)[N]) {
  return list[static_cast<std::size_t>(dice.below(static_cast<int>(N)))];
}

Colour pick_colour(Dice& dice, std::initializer_list<std::uint32_t> list) {
  return rgb(*(list.begin() + dice.below(static_cast<int>(list.size()))));
}

// Everything said about a character, and the parts of it that speak of one feature.
struct Said {
  Words all{""};
  Words hair{""}, skin{""}, eyes{""}, clothes{""};
  bool hair_trait = false;
};

Said gather(std::string_view name, const TraitWords& traits, std::string_view description) {
  Said said;
  const Words text(description);
  said.hair = text.around({"hair", "haired", "hairstyle"}, 3, 0);
  said.skin = text.around({"skin", "skinned", "complexion"}, 2, 0);
  said.eyes = text.around({"eye", "eyed"}, 2, 0);
  said.clothes = text.around({"shirt", "coat", "jacket", "dress", "armor", "armour", "robe",
                              "hoodie", "suit", "uniform", "sweater", "tunic", "kimono", "scarf"},
                             2, 0);
  said.all = text;
  for (const auto& [key, value] : traits) {
    const Words key_words(key);
    const bool denied = Words(value).any({"no", "none", "false"});
    const std::string phrase = denied ? "no " + key : key + " " + value;
    if (key_words.any({"hair", "hairstyle", "haircut"})) {
      said.hair.add(value);
      said.hair_trait = true;
    } else if (key_words.any({"skin", "complexion"})) {
      said.skin.add(value);
    } else if (key_words.any({"eye", "iris"})) {
      said.eyes.add(value);
    } else if (key_words.any({"outfit", "shirt", "clothes", "clothing", "top", "wear", "dress",
                              "coat", "armor", "armour", "jacket"})) {
      said.clothes.add(key).add(value);
    } else {
      said.all.add(phrase);
    }
  }
  said.all.add(name);
  return said;
}

bool decide_feminine(const Said& said, std::string_view name, std::uint64_t seed) {
  if (said.all.any({"woman", "female", "girl", "she", "her", "lady", "queen", "princess", "mother",
                    "witch", "grandmother", "sister", "daughter", "actress", "heroine",
                    "feminine"})) {
    return true;
  }
  if (said.all.any({"man", "male", "boy", "he", "his", "him", "king", "prince", "father",
                    "grandfather", "brother", "son", "masculine", "bearded", "moustache"})) {
    return false;
  }
  if (find_beard(said.all).value_or(Beard::none) != Beard::none) return false;
  const Words words(name);
  const std::string first = words.empty() ? "" : words.all().front();
  Dice dice(seed, "feminine");
  if (first.ends_with("a") || first.ends_with("elle") || first.ends_with("ine") ||
      first.ends_with("lin") || first.ends_with("ie") || first.ends_with("ari")) {
    return true;
  }
  if (first.ends_with("o") || first.ends_with("us") || first.ends_with("er")) {
    return first == "juno" || first == "cleo";
  }
  return dice.chance(0.4);
}

void decide_being_and_age(CharacterLook& look, const Said& said, std::uint64_t seed) {
  look.being = find_being(said.all).value_or(Being::human);
  Dice dice(seed, "age");
  const double roll = dice.unit();
  look.age = roll < 0.3 ? Age::young : roll < 0.9 ? Age::adult : Age::old;
  if (const auto age = find_age(said.all)) look.age = *age;
  for (const std::string& word : said.all.all()) {
    const int years = std::atoi(word.c_str());
    if (years < 3 || years > 120 || !said.all.any({"age", "years", "year"})) continue;
    look.age = years < 12   ? Age::child
               : years < 26 ? Age::young
               : years < 60 ? Age::adult
                            : Age::old;
  }
}

void decide_colours(CharacterLook& look, const Said& said, std::uint64_t seed) {
  Dice dice(seed, "colours");
  look.skin = pick_colour(dice, {0xf6d5bd, 0xf0c49f, 0xe8b48a, 0xd79c6c, 0xc4855a, 0xa8693f,
                                 0x8a5433, 0x6b4029, 0x54311f});
  const double depth = luminance(look.skin);
  look.hair = depth < 0.5 && dice.chance(0.8)
                  ? pick_colour(dice, {0x1d1a1c, 0x2a1d18, 0x3a251b, 0x1a1a24})
                  : pick_colour(dice, {0x23232b, 0x3b271d, 0x5b3925, 0x7c4a2a, 0xb4652d, 0xd8b05f,
                                       0x8c2f24, 0x2d3a66, 0x34514c, 0x6a3d6e, 0xc9c3b8});
  look.iris = pick_colour(
      dice, {0x3f8fb0, 0x5b8a4a, 0x6a4526, 0x8a6a34, 0x3d6aa8, 0x4a3a2c, 0x7f97a6, 0x6b5aa0});
  switch (look.being) {  // others have the colours of people
    case Being::robot:
      look.skin = pick_colour(dice, {0xa9b5bf, 0xbcc6cd, 0xc9b49a, 0x8fa3b5});
      look.iris = pick_colour(dice, {0x2fd0e8, 0x5ae08a, 0xffa63d});
      look.hair = pick_colour(dice, {0x4f5a66, 0x5a646e, 0x39424d});
      break;
    case Being::orc:
      look.skin = pick_colour(dice, {0x86a55e, 0x6f9160, 0x9aa86a});
      break;
    case Being::alien:
      look.skin = pick_colour(dice, {0x7fb4c9, 0x9d8fcb, 0x86c7a4});
      break;
    case Being::demon:
      look.skin = pick_colour(dice, {0xb5493c, 0x8a3f63, 0x9c4b4b});
      look.iris = rgb(0xf0b52c);
      break;
    case Being::vampire:
      look.skin = rgb(0xe9dfe0);
      look.iris = rgb(0xb51f2c);
      break;
    default:
      break;
  }
  if (look.age == Age::old) {
    look.greying = true;
    look.hair = pick_colour(dice, {0xc4c6c8, 0xdedfdf, 0xa3a8ae, 0x8d8c8c});
  }
  if (const auto skin = find_skin(said.skin)) look.skin = *skin;
  if (const auto hair = find_hair_colour(said.hair)) look.hair = *hair;
  if (said.all.any({"redhead", "ginger"})) look.hair = rgb(0xc25f2a);
  if (said.all.any({"blonde", "blond"})) look.hair = rgb(0xdcb765);
  if (said.all.has("brunette")) look.hair = rgb(0x4a2f22);
  if (const auto iris = find_colour(said.eyes)) look.iris = *iris;
  look.lips =
      mix(look.skin, look.feminine ? rgb(0xb8323f) : rgb(0x8a3f38), look.feminine ? 0.55 : 0.32);
  if (look.being == Being::robot) look.lips = shadow_of(look.skin, 0.3);
}

void decide_clothes(CharacterLook& look, const Said& said, std::uint64_t seed) {
  Dice dice(seed, "clothes");
  look.outfit =
      pick_colour(dice, {0x3a6b6e, 0x8c3a36, 0x5a4a3a, 0xc2823a, 0x333d52, 0x4a5e94, 0x74406e,
                         0x41694a, 0xa85a66, 0x2d4f6e, 0xb7a27a, 0x5c6470, 0xcf9d3e, 0x2f3138});
  look.outfit_accent =
      pick_colour(dice, {0xe8d9b8, 0xf0efe9, 0xd9a441, 0x2b2f3a, 0xbfd3da, 0xc9604a, 0x9fb88a});
  look.trousers = pick_colour(dice, {0x2f3a52, 0x3c3a3a, 0x5b4a3c, 0x4a5560, 0x2b2e38, 0x6c6a58});
  look.shoes = pick_colour(dice, {0x3a2a22, 0x24262c, 0x6b4528, 0xd9d6cd, 0x8a3030});
  look.headwear_colour = pick_colour(dice, {0x8a3b35, 0x35507a, 0x4a4038, 0x3d6650, 0x2c2e36});
  constexpr Outfit kAny[] = {Outfit::tee,    Outfit::vneck,      Outfit::shirt, Outfit::hoodie,
                             Outfit::jacket, Outfit::turtleneck, Outfit::suit,  Outfit::coat,
                             Outfit::tank,   Outfit::overalls};
  look.clothes = pick(dice, kAny);
  if (look.feminine && dice.chance(0.2)) look.clothes = Outfit::dress;
  look.skirt = look.feminine && dice.chance(0.25);
  look.boots = dice.chance(0.4);
  look.scarf = dice.chance(0.08);
  if (look.being == Being::robot) {
    look.clothes = Outfit::armour;
    look.outfit = pick_colour(dice, {0x2f6f94, 0xa8553a, 0x55616e});
  }
  // Colours are what the clothes trait says first; a bare colour ("red") keeps the cut.
  if (const auto outfit = find_outfit(said.all)) look.clothes = *outfit;
  if (const auto outfit = find_outfit(said.clothes)) look.clothes = *outfit;
  if (const auto colour = find_colour(said.clothes)) look.outfit = *colour;
  if (look.clothes == Outfit::armour && !find_colour(said.clothes) && look.being != Being::robot) {
    look.outfit = rgb(0x8d97a3);
  }
  Words worn = said.all;
  for (const std::string& word : said.clothes.all()) worn.add(word);
  look.scarf = look.scarf || worn.has("scarf");
  look.cape = worn.any({"cape", "cloak", "superhero", "hero", "king", "queen"});
  look.skirt = look.skirt || worn.has("skirt");
  look.boots = look.boots || worn.has("boots");
  if (worn.any({"lab coat", "doctor", "scientist"})) look.outfit = rgb(0xe6eaec);
  if (const auto hat = find_headwear(worn)) look.headwear = *hat;
  if (const auto colour = find_colour(worn.around({"hat", "cap", "beanie", "hood"}, 2, 1))) {
    look.headwear_colour = *colour;
  }
}

void decide_hair(CharacterLook& look, const Said& said, std::uint64_t seed) {
  Dice dice(seed, "hair");
  using H = HairShape;
  constexpr H kFeminine[] = {H::bob,   H::straight,  H::wavy,     H::curly,     H::bun,
                             H::pixie, H::ponytail,  H::braids,   H::twin_buns, H::pigtails,
                             H::afro,  H::side_part, H::undercut, H::straight,  H::bob};
  constexpr H kMasculine[] = {H::crop,  H::side_part, H::spiky,  H::buzz, H::curly,
                              H::slick, H::undercut,  H::mohawk, H::locs, H::crop,
                              H::bun,   H::bald,      H::spiky,  H::wavy, H::afro};
  look.hair_shape = look.feminine ? pick(dice, kFeminine) : pick(dice, kMasculine);
  constexpr Fringe kFringes[] = {Fringe::straight, Fringe::swept, Fringe::curtain, Fringe::tousled,
                                 Fringe::none};
  look.fringe = pick(dice, kFringes);
  look.part_left = dice.chance(0.5);
  look.hair_volume = dice.between(0.85, 1.2);
  if (look.age == Age::old && !look.feminine && dice.chance(0.35)) look.hair_shape = H::slick;
  if (look.being == Being::robot) {
    constexpr H kRobot[] = {H::bob, H::bald, H::crop, H::mohawk};
    look.hair_shape = pick(dice, kRobot);
  }
  if (said.all.any({"bald", "hairless", "shaved head"})) look.hair_shape = H::bald;
  if (const auto shape = find_hair_shape(said.hair)) look.hair_shape = *shape;
  for (const char* word : {"ponytail", "braids", "mohawk", "afro", "bun", "curls", "dreadlocks",
                           "pigtails", "topknot"}) {
    if (said.all.has(word)) look.hair_shape = find_hair_shape(Words(word)).value();
  }
  if (said.hair.has("wavy") && said.hair.has("short")) look.hair_shape = H::pixie;
  if (said.hair.any({"bangs", "fringe"}) || said.all.has("bangs")) look.fringe = Fringe::straight;
  if (find_hair_colour(said.hair) && said.hair_trait && look.hair_shape == H::bald &&
      !said.hair.has("bald") && !said.all.has("bald")) {
    look.hair_shape = H::crop;  // whoever has hair of a colour has hair
  }
}

void decide_face(CharacterLook& look, const Said& said, std::uint64_t seed) {
  Dice dice(seed, "face");
  constexpr FaceShape kFeminine[] = {FaceShape::oval, FaceShape::round, FaceShape::heart,
                                     FaceShape::slender};
  constexpr FaceShape kMasculine[] = {FaceShape::oval, FaceShape::square, FaceShape::square,
                                      FaceShape::slender, FaceShape::round};
  look.face = look.feminine ? pick(dice, kFeminine) : pick(dice, kMasculine);
  if (look.age == Age::child) look.face = FaceShape::round;
  constexpr Nose kNoses[] = {Nose::button, Nose::straight, Nose::broad, Nose::hooked,
                             Nose::pointed};
  look.nose = look.age == Age::child ? Nose::button : pick(dice, kNoses);
  constexpr Brows kBrows[] = {Brows::soft, Brows::arched, Brows::thick, Brows::flat};
  look.brows = pick(dice, kBrows);
  if (!look.feminine && look.brows == Brows::arched) look.brows = Brows::thick;
  look.face_width = dice.between(0.94, 1.07);
  look.face_length = dice.between(0.95, 1.07);
  look.eye_size = dice.between(0.88, 1.14) * (look.age == Age::child ? 1.2 : 1);
  look.eye_gap = dice.between(0.93, 1.08);
  look.eye_tilt = dice.between(-3, 8);
  look.nose_size = dice.between(0.85, 1.2) * (look.age == Age::old ? 1.12 : 1);
  look.mouth_width = dice.between(0.88, 1.15);
  look.ear_size = dice.between(0.85, 1.2) * (look.age == Age::old ? 1.1 : 1);
  look.build = dice.between(0.9, 1.08) * (look.feminine ? 0.93 : 1.08);
  look.height = look.age == Age::child ? 0.8 : dice.between(0.95, 1.06);
  if (said.all.any({"strong", "muscular", "burly", "broad", "heavy", "big", "stocky"})) {
    look.build *= 1.2;
  }
  if (said.all.any({"slim", "thin", "slender", "lanky", "skinny", "petite"})) look.build *= 0.88;
  if (said.all.has("tall")) look.height = 1.1;
  if (said.all.any({"short man", "short woman", "dwarf", "tiny"})) look.height = 0.86;
}

void decide_marks(CharacterLook& look, const Said& said, std::uint64_t seed) {
  Dice dice(seed, "marks");
  constexpr Beard kBeards[] = {Beard::stubble, Beard::moustache, Beard::goatee, Beard::full};
  const bool grown = look.age == Age::adult || look.age == Age::old;
  const double beard_roll = dice.unit();
  const Beard beard = pick(dice, kBeards);
  if (!look.feminine && grown && look.being == Being::human && beard_roll < 0.42) {
    look.beard = beard;
  }
  constexpr Glasses kGlasses[] = {Glasses::round, Glasses::square};
  if (dice.chance(0.13) && look.being == Being::human) look.glasses = pick(dice, kGlasses);
  look.freckles = dice.chance(luminance(look.skin) > 0.6 ? 0.22 : 0.05);
  look.mole = dice.chance(0.15);
  look.earrings = dice.chance(look.feminine ? 0.45 : 0.1);
  look.scar = said.all.any({"scar", "scarred"}) && !said.all.has("no scar");
  look.tattoo = said.all.any({"tattoo", "tattooed"});
  look.freckles = look.freckles || said.all.any({"freckle", "freckled"});
  look.earrings = look.earrings || said.all.any({"earring", "hoops"});
  if (look.being == Being::robot) look.freckles = look.mole = look.earrings = false;
  if (const auto said_beard = find_beard(said.all)) look.beard = *said_beard;
  if (const auto glasses = find_glasses(said.all)) look.glasses = *glasses;
}

}  // namespace

CharacterLook make_look(std::string_view name, const TraitWords& traits,
                        std::string_view description) {
  const std::uint64_t seed = hash_text(name, 0xca57b0a4d);
  const Said said = gather(name, traits, description);
  CharacterLook look;
  look.feminine = decide_feminine(said, name, seed);
  decide_being_and_age(look, said, seed);
  decide_colours(look, said, seed);
  decide_clothes(look, said, seed);
  decide_hair(look, said, seed);
  decide_face(look, said, seed);
  decide_marks(look, said, seed);
  Dice dice(seed, "backdrop");
  look.backdrop = pick_colour(dice, {0xc9d6e0, 0xd9d2c3, 0xc2cab9, 0xe5d2bb, 0xb3b6c6, 0xd4dfd2,
                                     0xdccfe0, 0xbfd8d6, 0xe6c9c2, 0xe2dcb4});
  return look;
}

void dress_for(CharacterLook& look, std::string_view additional_description) {
  const Words words(additional_description);
  if (words.empty()) return;
  if (const auto outfit = find_outfit(words)) {
    look.clothes = *outfit;
    const Words near = words.around({"armor", "armour", "coat", "jacket", "dress", "shirt", "robe",
                                     "suit", "hoodie", "kimono", "uniform", "gown", "sweater"},
                                    2, 0);
    if (const auto colour = find_colour(near)) {
      look.outfit = *colour;
    } else if (*outfit == Outfit::armour) {
      look.outfit = rgb(0x8d97a3);
    }
  }
  if (const auto hat = find_headwear(words)) look.headwear = *hat;
  if (const auto glasses = find_glasses(words)) look.glasses = *glasses;
  look.cape = look.cape || words.any({"cape", "cloak"});
  look.scarf = look.scarf || words.has("scarf");
}

}  // namespace castboard::sketch
