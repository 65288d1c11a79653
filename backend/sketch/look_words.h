#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/look.h"

// The common words by which traits and descriptions say what a character looks like.
namespace castboard::sketch {

// Lower-case words of a text; anything but letters, digits and non-ASCII separates them.
class Words {
 public:
  explicit Words(std::string_view text);

  // `phrase` is one word or several in a row; a plural or possessive s is let through.
  [[nodiscard]] bool has(std::string_view phrase) const;
  [[nodiscard]] bool any(std::initializer_list<std::string_view> phrases) const;
  // The words within `reach` before a word of the list, then those after: "long blue hair".
  [[nodiscard]] Words around(std::initializer_list<std::string_view> subjects, int before,
                             int after) const;
  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] const std::vector<std::string>& all() const { return words_; }
  Words& add(std::string_view text);

 private:
  std::vector<std::string> words_;
};

std::optional<Colour> find_colour(const Words& words);  // cloth, iris, dyed hair
std::optional<Colour> find_skin(const Words& words);
std::optional<Colour> find_hair_colour(const Words& words);  // "auburn", "blonde", then any colour
std::optional<HairShape> find_hair_shape(const Words& words);
std::optional<Outfit> find_outfit(const Words& words);
std::optional<Headwear> find_headwear(const Words& words);
std::optional<Beard> find_beard(const Words& words);
std::optional<Glasses> find_glasses(const Words& words);
std::optional<Being> find_being(const Words& words);
std::optional<Age> find_age(const Words& words);

}  // namespace castboard::sketch
