#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "castboard/request_rules.h"
#include "catalogue/utf8.h"
#include "providers/provider.h"

namespace castboard {

namespace {

constexpr std::size_t kMaxDescriptionLength = 20'000;  // characters
constexpr std::size_t kMaxPromptLength = 40'000;

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(ErrorCode::invalid_input, std::move(message), std::move(hint));
}

template <class Item>
std::vector<std::string> keys_of(const std::vector<Item>& items) {
  std::vector<std::string> keys;
  for (const Item& item : items) keys.push_back(item.key);
  return keys;
}

// Keys come from the command line: what is shown of them stays short and printable.
std::string shown(std::string_view text) {
  if (!is_utf8(text)) return "(not UTF-8)";
  return text.size() <= 60 ? std::string(text)
                           : std::string(text.substr(0, utf8_prefix(text, 57))) + "...";
}

[[noreturn]] void refuse_unknown(std::string_view what, std::string_view value,
                                 const std::vector<std::string>& known) {
  const std::string near = nearest(value, known);
  refuse(fmt::format("There is no {} \"{}\".", what, shown(value)),
         near.empty()
             ? fmt::format("Known: {}.", fmt::join(known, ", "))
             : fmt::format("Did you mean \"{}\"? Known: {}.", near, fmt::join(known, ", ")));
}

void check_text(std::string_view field, std::string_view text, std::size_t limit) {
  if (!is_utf8(text))
    refuse(fmt::format("The {} is not valid UTF-8.", field),
           "Type it again, or convert it to UTF-8.");
  const std::size_t length = utf8_length(text);
  if (length > limit)
    refuse(fmt::format("The {} has {} characters; {} is the limit.", field, length, limit),
           fmt::format("Shorten the {}.", field));
}

void check_version_name(const std::string& name) {
  check_text("version name", name, kMaxVersionNameLength);
  if (name.find_first_not_of(" \t\r\n") == std::string::npos)
    refuse("The version name is empty.", "Give the version a name, such as \"Anime Portrait\".");
}

void check_template(const Catalogue& catalogue, const GenerationRequest& request) {
  const Template* found = catalogue.find_template(request.template_type);
  if (!found) refuse_unknown("template", request.template_type, keys_of(catalogue.templates));
  if (found->shots.empty()) {
    const bool says_what =
        !request.prompt.empty() ||
        request.additional_description.find_first_not_of(" \t\r\n") != std::string::npos;
    if (!says_what)
      refuse(
          fmt::format("The {} template needs an additional description: it is the whole request.",
                      found->title),
          "Describe the picture.");
  } else if (!catalogue.find_shot(request.template_type, request.shot)) {
    refuse_unknown(fmt::format("shot of {}", found->key), request.shot, keys_of(found->shots));
  }
}

void check_reference(std::string_view which, const Reference& reference) {
  if (!reference || reference.kind == Reference::Kind::active) return;
  if (reference.text.empty())
    refuse(fmt::format("The {} reference is empty.", which), "Name a file, a URL or a version.");
  if (!is_utf8(reference.text) && reference.kind != Reference::Kind::file)
    refuse(fmt::format("The {} reference is not valid UTF-8.", which), "Type it again.");
  const bool web =
      reference.text.rfind("http://", 0) == 0 || reference.text.rfind("https://", 0) == 0;
  if (reference.kind == Reference::Kind::url && !web)
    refuse(fmt::format("The {} reference \"{}\" is not an http or https URL.", which,
                       shown(reference.text)),
           "Give an http:// or https:// URL, or the path of a file.");
}

void check_numbers(const GenerationRequest& request) {
  if (request.count < 1 || request.count > kMaxPicturesAtOnce)
    refuse(fmt::format("{} pictures at once cannot be asked for.", request.count),
           fmt::format("Ask for 1 to {}.", kMaxPicturesAtOnce));
  if (request.seed && *request.seed < 0)
    refuse(fmt::format("The seed {} is negative.", *request.seed),
           "Give a whole number from 0 on, or leave the seed out.");
  if (request.max_credits && *request.max_credits < 0)
    refuse("The credit limit is negative.", "Give a whole number from 0 on.");
}

}  // namespace

void check_request(const Catalogue& catalogue, const GenerationRequest& request) {
  check_version_name(request.version_name);
  check_text("additional description", request.additional_description, kMaxDescriptionLength);
  check_text("prompt", request.prompt, kMaxPromptLength);
  check_template(catalogue, request);
  if (!catalogue.find_style(request.art_style))
    refuse_unknown("art style", request.art_style, keys_of(catalogue.styles));
  if (!catalogue.find_size(request.aspect_ratio))
    refuse_unknown("image size", request.aspect_ratio, keys_of(catalogue.sizes));
  if (!catalogue.find_provider(request.provider)) {
    std::vector<std::string> names;
    for (const ProviderInfo& provider : catalogue.providers) names.push_back(provider.name);
    refuse_unknown("provider", request.provider, names);
  }
  check_reference("character", request.character_reference);
  check_reference("background", request.background_reference);
  check_numbers(request);
}

}  // namespace castboard
