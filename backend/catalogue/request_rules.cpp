#include "castboard/request_rules.h"

#include <cctype>

#include "library/text_rules.h"
#include "providers/provider.h"

namespace castboard {

std::optional<Error> problem_with_name(std::string_view whose, std::string_view name) {
  try {
    (void)checked_name(whose, name);
    return std::nullopt;
  } catch (const Failure& failure) {
    return failure.error();
  }
}

std::optional<Error> problem_with_request(const Catalogue& catalogue,
                                          const GenerationRequest& request) {
  try {
    check_request(catalogue, request);
    return std::nullopt;
  } catch (const Failure& failure) {
    return failure.error();
  }
}

std::string suggested_version_name(const Catalogue& catalogue, const GenerationRequest& request) {
  const ArtStyle* style = catalogue.find_style(request.art_style);
  const Template* chosen = catalogue.find_template(request.template_type);
  const Shot* shot = catalogue.find_shot(request.template_type, request.shot);
  std::string name = style != nullptr ? style->title : std::string();
  if (chosen == nullptr) return name;
  if (!name.empty()) name += ' ';
  const Shot* whole = catalogue.find_shot(request.template_type, chosen->default_shot);
  const bool one_of_a_sheet =
      shot != nullptr && whole != nullptr && whole->cells > 1 && shot->cells == 1;
  return name + (one_of_a_sheet ? shot->title + " Expression" : chosen->title);
}

namespace {

bool is_uuid(std::string_view text) {
  constexpr std::size_t kLength = 36;
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < kLength; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0)
      return false;
  }
  return true;
}

Reference reference_of_words(const std::string& words) {
  if (words.empty()) return {};
  if (words.starts_with("http://") || words.starts_with("https://"))
    return {Reference::Kind::url, words};
  return {is_uuid(words) ? Reference::Kind::version : Reference::Kind::file, words};
}

}  // namespace

GenerationRequest request_of(const Version& version, const Catalogue& catalogue) {
  GenerationRequest request;
  request.character_id = version.character_id;
  request.version_name = version.version_name;
  request.template_type = version.template_type;
  request.shot = version.shot;
  request.art_style = version.art_style;
  request.aspect_ratio = version.aspect_ratio;
  request.character_reference = reference_of_words(version.character_ref_url);
  request.background_reference = reference_of_words(version.background_ref_url);
  request.additional_description = version.additional_description;
  if (version.prompt_edited) request.prompt = version.prompt_used;
  request.provider = catalogue.default_provider;
  if (catalogue.find_provider(version.provider) != nullptr) {
    request.provider = version.provider;
    request.model = version.model_used;
  }
  request.remix_of = version.id;
  return request;
}

}  // namespace castboard
