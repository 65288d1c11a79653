#include "sketch/look_words.h"

#include <algorithm>
#include <cctype>

namespace castboard::sketch {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0) {
      word += byte < 0x80 ? static_cast<char>(std::tolower(byte)) : c;
    } else if (c != '\'') {
      flush();
    }
  }
  flush();
  return words;
}

bool same_word(std::string_view word, std::string_view wanted) {
  if (word == wanted) return true;
  if (word.size() == wanted.size() + 1 && word.back() == 's') {
    return word.substr(0, wanted.size()) == wanted;
  }
  return word.size() == wanted.size() + 2 && word.ends_with("es") &&
         word.substr(0, wanted.size()) == wanted;
}

template <class T>
struct Word {
  std::string_view word;
  T meaning;
};

// The first entry of the table that is said; order in the table is precedence.
template <class T, std::size_t N>
std::optional<T> look_up(const Words& words, const Word<T> (&table)[N]) {
  for (const Word<T>& entry : table) {
    if (words.has(entry.word)) return entry.meaning;
  }
  return std::nullopt;
}

}  // namespace

Words::Words(std::string_view text) : words_(split(text)) {}

Words& Words::add(std::string_view text) {
  for (std::string& word : split(text)) words_.push_back(std::move(word));
  return *this;
}

bool Words::has(std::string_view phrase) const {
  const std::vector<std::string> wanted = split(phrase);
  if (wanted.empty() || wanted.size() > words_.size()) return false;
  for (std::size_t i = 0; i + wanted.size() <= words_.size(); ++i) {
    bool all_same = true;
    for (std::size_t k = 0; k < wanted.size() && all_same; ++k) {
      all_same = same_word(words_[i + k], wanted[k]);
    }
    if (all_same) return true;
  }
  return false;
}

bool Words::any(std::initializer_list<std::string_view> phrases) const {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return has(phrase); });
}

Words Words::around(std::initializer_list<std::string_view> subjects, int before, int after) const {
  Words out{""};
  const int count = static_cast<int>(words_.size());
  for (int i = 0; i < count; ++i) {
    const std::string& word = words_[static_cast<std::size_t>(i)];
    const bool hit = std::any_of(subjects.begin(), subjects.end(),
                                 [&](std::string_view s) { return same_word(word, s); });
    if (!hit) continue;
    for (int k = std::max(0, i - before); k < std::min(count, i + after + 1); ++k) {
      out.words_.push_back(words_[static_cast<std::size_t>(k)]);
    }
  }
  return out;
}

std::optional<Colour> find_colour(const Words& words) {
  static constexpr Word<std::uint32_t> kColours[] = {
      {"navy", 0x24345f},     {"teal", 0x2f7f7d},   {"turquoise", 0x35b3a8},
      {"cyan", 0x2fb5cf},     {"blue", 0x3468b8},   {"azure", 0x3f8fd8},
      {"emerald", 0x1f8f5c},  {"olive", 0x6f7338},  {"mint", 0x8fd4b0},
      {"lime", 0x97c93c},     {"green", 0x3f8a4d},  {"crimson", 0xa81e34},
      {"scarlet", 0xc62a2a},  {"maroon", 0x6e2230}, {"burgundy", 0x6b2136},
      {"red", 0xbf3434},      {"pink", 0xe88bac},   {"magenta", 0xc23a92},
      {"violet", 0x7650b8},   {"purple", 0x6d458f}, {"lavender", 0xa895d6},
      {"indigo", 0x3d3a86},   {"gold", 0xd8a531},   {"golden", 0xd8a531},
      {"amber", 0xd98e2b},    {"yellow", 0xe6c23d}, {"mustard", 0xc7942b},
      {"orange", 0xd9752b},   {"copper", 0xb5653a}, {"bronze", 0x9a6b3a},
      {"hazel", 0x8a6a34},    {"brown", 0x6f4a2f},  {"tan", 0xbd9468},
      {"beige", 0xcdb692},    {"khaki", 0xa39a6a},  {"cream", 0xefe4cb},
      {"silver", 0xb5bcc6},   {"grey", 0x858d98},   {"gray", 0x858d98},
      {"charcoal", 0x3a3f47}, {"white", 0xe9ebee},  {"black", 0x25272d},
      {"dark", 0x33363e}};
  const auto found = look_up(words, kColours);
  return found ? std::optional(rgb(*found)) : std::nullopt;
}

std::optional<Colour> find_skin(const Words& words) {
  static constexpr Word<std::uint32_t> kSkins[] = {
      {"very dark", 0x4f3020},  {"deep", 0x55341f},        {"ebony", 0x4a2c1e},
      {"dark brown", 0x6b4228}, {"light brown", 0xc08a5c}, {"dark", 0x70462d},
      {"black", 0x5f3b27},      {"brown", 0x94603c},       {"olive", 0xc79a68},
      {"tan", 0xcf9a68},        {"tanned", 0xcf9a68},      {"bronze", 0xb57c4a},
      {"golden", 0xdcaa72},     {"medium", 0xd3a074},      {"warm", 0xd9a27c},
      {"pale", 0xf8e0cf},       {"porcelain", 0xfbe6da},   {"ivory", 0xf9e3cd},
      {"fair", 0xf4d0b4},       {"light", 0xf2cba9},       {"white", 0xf6d9c4},
      {"rosy", 0xf1bfa4},       {"freckled", 0xf3c8a8},    {"grey", 0xaab6c0},
      {"gray", 0xaab6c0},       {"silver", 0xb7c2cc},      {"metal", 0xa9b5bf},
      {"steel", 0xa3b0bb},      {"green", 0x7fae6a},       {"blue", 0x7ba7cf},
      {"purple", 0x9d83bd},     {"red", 0xb9503f}};
  const auto found = look_up(words, kSkins);
  return found ? std::optional(rgb(*found)) : std::nullopt;
}

std::optional<Colour> find_hair_colour(const Words& words) {
  static constexpr Word<std::uint32_t> kHair[] = {
      {"platinum", 0xe6dcc4},   {"strawberry", 0xc98554},  {"auburn", 0x7a3320},
      {"chestnut", 0x5f3522},   {"ginger", 0xc8642a},      {"redhead", 0xc05a28},
      {"red", 0xb8451f},        {"copper", 0xb5602c},      {"blonde", 0xdcb765},
      {"blond", 0xdcb765},      {"golden", 0xd9a94c},      {"brunette", 0x4a2f22},
      {"dark brown", 0x38241c}, {"light brown", 0x8a6040}, {"brown", 0x573826},
      {"black", 0x1f2026},      {"raven", 0x1b1c24},       {"dark", 0x2a2424},
      {"white", 0xe4e5e6},      {"silver", 0xb6bcc4},      {"grey", 0xa3a8ae},
      {"gray", 0xa3a8ae},       {"blue", 0x2f4380},        {"navy", 0x2b3660}};
  if (const auto found = look_up(words, kHair)) return rgb(*found);
  return find_colour(words);
}

std::optional<HairShape> find_hair_shape(const Words& words) {
  using H = HairShape;
  static constexpr Word<H> kShapes[] = {{"bald", H::bald},
                                        {"hairless", H::bald},
                                        {"shaved head", H::bald},
                                        {"buzz", H::buzz},
                                        {"buzzcut", H::buzz},
                                        {"crew cut", H::buzz},
                                        {"mohawk", H::mohawk},
                                        {"undercut", H::undercut},
                                        {"dreadlock", H::locs},
                                        {"dreads", H::locs},
                                        {"locs", H::locs},
                                        {"braid", H::braids},
                                        {"braided", H::braids},
                                        {"pigtail", H::pigtails},
                                        {"twintail", H::pigtails},
                                        {"twin buns", H::twin_buns},
                                        {"space buns", H::twin_buns},
                                        {"buns", H::twin_buns},
                                        {"bun", H::bun},
                                        {"topknot", H::bun},
                                        {"ponytail", H::ponytail},
                                        {"pony tail", H::ponytail},
                                        {"afro", H::afro},
                                        {"curly", H::curly},
                                        {"curls", H::curly},
                                        {"wavy", H::wavy},
                                        {"spiky", H::spiky},
                                        {"spiked", H::spiky},
                                        {"messy", H::spiky},
                                        {"pixie", H::pixie},
                                        {"bob", H::bob},
                                        {"slicked", H::slick},
                                        {"slick", H::slick},
                                        {"side part", H::side_part},
                                        {"parted", H::side_part},
                                        {"long", H::straight},
                                        {"straight", H::straight},
                                        {"short", H::crop},
                                        {"cropped", H::crop}};
  return look_up(words, kShapes);
}

std::optional<Outfit> find_outfit(const Words& words) {
  using O = Outfit;
  static constexpr Word<O> kOutfits[] = {{"armor", O::armour},       {"armour", O::armour},
                                         {"plate", O::armour},       {"knight", O::armour},
                                         {"paladin", O::armour},     {"warrior", O::armour},
                                         {"hoodie", O::hoodie},      {"kimono", O::kimono},
                                         {"samurai", O::kimono},     {"robe", O::robe},
                                         {"wizard", O::robe},        {"mage", O::robe},
                                         {"witch", O::robe},         {"priest", O::robe},
                                         {"monk", O::robe},          {"dress", O::dress},
                                         {"gown", O::dress},         {"princess", O::dress},
                                         {"queen", O::dress},        {"suit", O::suit},
                                         {"tuxedo", O::suit},        {"tie", O::suit},
                                         {"agent", O::suit},         {"butler", O::suit},
                                         {"lab coat", O::coat},      {"trench coat", O::coat},
                                         {"coat", O::coat},          {"doctor", O::coat},
                                         {"detective", O::coat},     {"scientist", O::coat},
                                         {"jacket", O::jacket},      {"leather", O::jacket},
                                         {"pilot", O::jacket},       {"turtleneck", O::turtleneck},
                                         {"sweater", O::turtleneck}, {"jumper", O::turtleneck},
                                         {"overalls", O::overalls},  {"dungarees", O::overalls},
                                         {"farmer", O::overalls},    {"mechanic", O::overalls},
                                         {"uniform", O::uniform},    {"captain", O::uniform},
                                         {"soldier", O::uniform},    {"officer", O::uniform},
                                         {"guard", O::uniform},      {"warden", O::uniform},
                                         {"tank top", O::tank},      {"vest", O::tank},
                                         {"blouse", O::shirt},       {"button", O::shirt},
                                         {"shirt", O::shirt},        {"tee", O::tee},
                                         {"t shirt", O::tee},        {"tunic", O::vneck}};
  return look_up(words, kOutfits);
}

std::optional<Headwear> find_headwear(const Words& words) {
  using W = Headwear;
  static constexpr Word<W> kHats[] = {
      {"no hat", W::none},        {"wizard hat", W::wizard}, {"witch hat", W::wizard},
      {"pointed hat", W::wizard}, {"wizard", W::wizard},     {"witch", W::wizard},
      {"crown", W::crown},        {"tiara", W::crown},       {"king", W::crown},
      {"queen", W::crown},        {"helmet", W::helmet},     {"helm", W::helmet},
      {"hood", W::hood},          {"hooded", W::hood},       {"beanie", W::beanie},
      {"headband", W::band},      {"bandana", W::band},      {"cowboy", W::brim},
      {"fedora", W::brim},        {"detective", W::brim},    {"straw hat", W::brim},
      {"hat", W::brim},           {"cap", W::cap},           {"baseball", W::cap}};
  return look_up(words, kHats);
}

std::optional<Beard> find_beard(const Words& words) {
  using B = Beard;
  static constexpr Word<B> kBeards[] = {
      {"no beard", B::none},       {"beardless", B::none},     {"clean shaven", B::none},
      {"beard no", B::none},       {"beard none", B::none},    {"braided beard", B::braided},
      {"dwarf", B::braided},       {"stubble", B::stubble},    {"goatee", B::goatee},
      {"moustache", B::moustache}, {"mustache", B::moustache}, {"beard", B::full},
      {"bearded", B::full}};
  return look_up(words, kBeards);
}

std::optional<Glasses> find_glasses(const Words& words) {
  using G = Glasses;
  static constexpr Word<G> kGlasses[] = {
      {"no glasses", G::none},       {"glasses no", G::none},     {"eyepatch", G::patch},
      {"eye patch", G::patch},       {"sunglasses", G::dark},     {"shades", G::dark},
      {"square glasses", G::square}, {"round glasses", G::round}, {"spectacle", G::square},
      {"glasses", G::round},         {"monocle", G::round}};
  return look_up(words, kGlasses);
}

std::optional<Being> find_being(const Words& words) {
  using B = Being;
  static constexpr Word<B> kBeings[] = {
      {"robot", B::robot}, {"android", B::robot}, {"cyborg", B::robot},    {"droid", B::robot},
      {"unit", B::robot},  {"machine", B::robot}, {"elf", B::elf},         {"elven", B::elf},
      {"fairy", B::elf},   {"demon", B::demon},   {"devil", B::demon},     {"tiefling", B::demon},
      {"orc", B::orc},     {"goblin", B::orc},    {"troll", B::orc},       {"ogre", B::orc},
      {"alien", B::alien}, {"martian", B::alien}, {"vampire", B::vampire}, {"catgirl", B::cat},
      {"catboy", B::cat},  {"cat ear", B::cat},   {"neko", B::cat}};
  return look_up(words, kBeings);
}

std::optional<Age> find_age(const Words& words) {
  static constexpr Word<Age> kAges[] = {
      {"child", Age::child},       {"kid", Age::child},        {"toddler", Age::child},
      {"little girl", Age::child}, {"little boy", Age::child}, {"elderly", Age::old},
      {"old", Age::old},           {"aged", Age::old},         {"grandfather", Age::old},
      {"grandmother", Age::old},   {"grandma", Age::old},      {"grandpa", Age::old},
      {"veteran", Age::old},       {"retired", Age::old},      {"elder", Age::old},
      {"teen", Age::young},        {"teenager", Age::young},   {"young", Age::young},
      {"girl", Age::young},        {"boy", Age::young},        {"student", Age::young},
      {"middle aged", Age::adult}, {"adult", Age::adult}};
  return look_up(words, kAges);
}

}  // namespace castboard::sketch
