#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "catalogue/placeholders.h"
#include "providers/provider.h"

namespace castboard {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Line breaks and runs of blanks become one blank; none at the ends.
std::string tidy(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (!is_space(c))
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

bool ends_like_a_sentence(std::string_view text) {
  constexpr std::array<std::string_view, 10> ends{".",  "!",  "?", "…", "。",
                                                  "！", "？", ":", "]", ")"};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
  });
}

std::string sentence(std::string_view text) {
  std::string result = tidy(text);
  if (!result.empty() && !ends_like_a_sentence(result)) result += '.';
  return result;
}

std::string traits_sentence(const Character& character) {
  std::string list;
  for (const Trait& trait : character.traits) {
    const std::string key = tidy(trait.key);
    const std::string value = tidy(trait.value);
    if (key.empty() && value.empty()) continue;
    if (!list.empty()) list += "; ";
    list += key.empty() || value.empty() ? key + value : key + ": " + value;
  }
  return list.empty() ? std::string() : sentence("Traits: " + list);
}

std::string references_sentences(const GenerationRequest& request) {
  std::string text;
  if (request.character_reference)
    text +=
        "Keep the face, hair, build and clothes of the character exactly as in the character "
        "reference picture.";
  if (request.background_reference) {
    if (!text.empty()) text += ' ';
    text += request.character_reference
                ? "The last reference picture shows the background: place the character in it."
                : "The reference picture shows the background: place the character in it.";
  }
  return text;
}

}  // namespace

std::string build_prompt(const Catalogue& catalogue, const GenerationRequest& request,
                         const Character& character) {
  check_request(catalogue, request);
  const Template& chosen = *catalogue.find_template(request.template_type);
  const Shot* shot = catalogue.find_shot(request.template_type, request.shot);
  const ArtStyle& style = *catalogue.find_style(request.art_style);
  const auto value_of = [&](const std::string& name) -> std::optional<std::string> {
    if (name == "character") return tidy(character.name);
    if (name == "description") return sentence(character.description);
    if (name == "traits") return traits_sentence(character);
    if (name == "shot") return shot ? sentence(shot->prompt) : std::string();
    if (name == "style") return sentence(style.prompt);
    if (name == "references") return references_sentences(request);
    return sentence(request.additional_description);
  };
  return tidy(*fill_placeholders(chosen.prompt, value_of));
}

}  // namespace castboard
