#include "castboard/request_rules.h"

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

}  // namespace castboard
