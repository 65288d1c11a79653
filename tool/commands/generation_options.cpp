#include "commands/generation_options.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "castboard/request_rules.h"
#include "commands/lookup.h"

namespace castboard {
namespace {

// Whichever version is active when the job is made.
constexpr std::string_view kActiveVersion = "active";

bool is_web_address(const std::string& text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

bool is_uuid(const std::string& text) {
  constexpr std::size_t kLength = 36;
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < kLength; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0)
      return false;
  }
  return true;
}

bool is_version_label(std::string_view text) {
  return text.size() > 1 && (text[0] == 'v' || text[0] == 'V') &&
         std::all_of(text.begin() + 1, text.end(),
                     [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

// The text a version is looked up by, or empty when this does not name one.
std::string version_words(const std::string& text, const CharacterId& character_id) {
  if (is_uuid(text)) return text;
  if (is_version_label(text))
    return character_id.empty() ? std::string() : character_id + '/' + text;
  const std::size_t slash = text.rfind('/');
  if (slash == std::string::npos || slash == 0) return {};
  return is_version_label(std::string_view(text).substr(slash + 1)) ? text : std::string();
}

// An address, a file that exists, a version, else a file that is missing.
Reference read_reference(Console& console, const char* option, const std::string& text,
                         const CharacterId& character_id) {
  using Kind = Reference::Kind;
  if (text.empty()) throw CommandFailure{wrong_usage(fmt::format("{} is empty", option))};
  if (is_web_address(text)) return {Kind::url, text};
  std::error_code problem;
  const auto file = std::filesystem::status(text, problem);
  if (!std::filesystem::exists(file)) {
    if (text == kActiveVersion) return {Kind::active, {}};
    if (const std::string words = version_words(text, character_id); !words.empty()) {
      // Without a character yet, the project may not be there either.
      const std::string project = character_id.empty() ? std::string() : console.options().project;
      return {Kind::version, console.get(console.session().find_version(words, project)).id};
    }
    throw CommandFailure{
        wrong_usage(fmt::format("{}: there is no file {}", option, text),
                    "Give a file, an http(s) address, CHARACTER/v003 or \"active\".")};
  }
  if (std::filesystem::is_directory(file)) {
    throw CommandFailure{
        wrong_usage(fmt::format("{}: {} is a directory", option, text), "Give a picture file.")};
  }
  if (::access(text.c_str(), R_OK) != 0) {
    throw CommandFailure{
        wrong_usage(fmt::format("{}: {} cannot be read", option, text), "Check its permissions.")};
  }
  return {Kind::file, std::filesystem::absolute(text).lexically_normal().string()};
}

ActivatePolicy policy_named(const std::string& word) {
  if (const auto policy = parse_activate_policy(word)) return *policy;
  const std::string near = nearest(word, {"unless_approved", "always", "never"});
  throw CommandFailure{wrong_usage(fmt::format("There is no policy \"{}\"", word),
                                   near.empty() ? "There are unless_approved, always and never."
                                                : fmt::format("Did you mean \"{}\"?", near))};
}

void choose_template(const Catalogue& catalogue, const GenerationOptions& options,
                     GenerationRequest& request) {
  if (options.template_type) {
    const bool other = request.template_type != *options.template_type;
    request.template_type = *options.template_type;
    const Template* chosen = catalogue.find_template(request.template_type);
    if (chosen != nullptr && (other || request.shot.empty())) request.shot = chosen->default_shot;
  }
  if (options.shot) request.shot = *options.shot;
}

}  // namespace

void add_generation_options(CLI::App& app, GenerationOptions& options) {
  app.add_option("--preset", options.preset, "Settings kept under this name (castboard presets)")
      ->type_name("PRESET");
  app.add_option("--template", options.template_type,
                 "portrait, expression_sheet, full_body, action_pose, scene, custom")
      ->type_name("T");
  app.add_option("--shot", options.shot, "Shot, pose or expression of the template")
      ->type_name("S");
  app.add_option("--style", options.style, "Art style, such as anime")->type_name("STYLE");
  app.add_option("--size", options.size, "1:1, 4:3, 3:4, 16:9 or 9:16")->type_name("SIZE");
  app.add_option("--reference", options.reference, "A picture of the character")
      ->type_name("FILE|URL|VERSION|active");
  app.add_option("--background", options.background, "A picture of the place")
      ->type_name("FILE|URL|VERSION|active");
  app.add_option("--describe", options.describe, "Additional description")->type_name("TEXT");
  app.add_option("--prompt", options.prompt, "Sent as it is in place of the prompt that is made")
      ->type_name("TEXT");
  app.add_option("--name", options.name, "The version's name")->type_name("NAME");
  app.add_option("--provider", options.provider, "Who makes it (castboard providers list)")
      ->type_name("P");
  app.add_option("--model", options.model, "The provider's model")->type_name("M");
  app.add_option("--seed", options.seed, "For the same picture again")->type_name("N");
  app.add_option("--count", options.count, "Versions asked for at once")->type_name("N");
  app.add_option("--activate", options.activate, "unless_approved (default), always or never")
      ->type_name("POLICY");
  app.add_option("--max-credits", options.max_credits, "Refuse when it would cost more")
      ->type_name("N");
  app.add_flag("--dry-run", options.dry_run, "Print prompt, cost and request; do nothing");
  app.add_flag("--yes", options.yes, "Do not ask when the project's soft limit is passed");
}

void apply_options(Console& console, const GenerationOptions& options,
                   const CharacterId& character_id, GenerationRequest& request) {
  const Catalogue& catalogue = *console.opened().catalogue;
  if (options.preset) {
    apply_preset(preset_named(console, *options.preset), request);
    const Template* chosen = catalogue.find_template(request.template_type);
    if (chosen != nullptr && request.shot.empty()) request.shot = chosen->default_shot;
  }
  choose_template(catalogue, options, request);
  if (options.style) request.art_style = *options.style;
  if (options.size) request.aspect_ratio = *options.size;
  if (options.describe) request.additional_description = *options.describe;
  if (options.prompt) request.prompt = *options.prompt;
  if (options.provider) {
    request.provider = *options.provider;
    request.model.clear();
  }
  if (options.model) request.model = *options.model;
  if (options.seed) request.seed = options.seed;
  if (options.count) request.count = *options.count;
  request.max_credits = options.max_credits;
  request.soft_limit_accepted = options.yes;
  if (options.activate) request.activate = policy_named(*options.activate);
  request.version_name = options.name.value_or(suggested_version_name(catalogue, request));
  // Unknown keys give no name to suggest; they, not the name, are what is wrong then.
  if (request.version_name.empty() && !options.name) request.version_name = "Version";
  if (const auto problem = problem_with_request(catalogue, request)) {
    throw CommandFailure{*problem};
  }
  if (options.reference) {
    request.character_reference =
        read_reference(console, "--reference", *options.reference, character_id);
  }
  if (options.background) {
    request.background_reference =
        read_reference(console, "--background", *options.background, character_id);
  }
}

}  // namespace castboard
