#include "generation_draft.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace castboard {
namespace {

constexpr const char* kBlank = " \t\r\n";

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// What "last used" means: the look of a picture, nothing of one character or one picture.
void take_lasting_part(GenerationRequest& request, const GenerationRequest& from) {
  request.template_type = from.template_type;
  request.shot = from.shot;
  request.art_style = from.art_style;
  request.aspect_ratio = from.aspect_ratio;
  request.provider = from.provider;
  request.model = from.model;
  request.activate = from.activate;
}

std::string first_shot(const Template& from) {
  if (!from.default_shot.empty()) return from.default_shot;
  return from.shots.empty() ? std::string() : from.shots.front().key;
}

// A studio may have taken a style or provider away since it was last used.
void replace_unknown_keys(GenerationRequest& request, const Catalogue& catalogue) {
  const Template* chosen = catalogue.find_template(request.template_type);
  if (chosen == nullptr && !catalogue.templates.empty()) {
    chosen = &catalogue.templates.front();
    request.template_type = chosen->key;
  }
  if (chosen != nullptr && catalogue.find_shot(request.template_type, request.shot) == nullptr) {
    request.shot = first_shot(*chosen);
  }
  if (catalogue.find_style(request.art_style) == nullptr && !catalogue.styles.empty()) {
    request.art_style = catalogue.styles.front().key;
  }
  if (catalogue.find_size(request.aspect_ratio) == nullptr && !catalogue.sizes.empty()) {
    request.aspect_ratio = catalogue.sizes.front().key;
  }
  const ProviderInfo* provider = catalogue.find_provider(request.provider);
  if (provider == nullptr) {
    request.provider = catalogue.default_provider;
    request.model.clear();
    return;
  }
  const auto& models = provider->models;
  if (std::find(models.begin(), models.end(), request.model) == models.end()) request.model.clear();
}

std::string decoded_file_url(const std::string& url) {
  std::string path;
  for (std::size_t i = 0; i < url.size(); ++i) {
    int value = 0;
    const char* digits = url.data() + i + 1;
    if (url[i] == '%' && i + 2 < url.size() &&
        std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
      path.push_back(static_cast<char>(value));
      i += 2;
    } else {
      path.push_back(url[i]);
    }
  }
  return path;
}

DraftField field_of(const Error& error, const GenerationRequest& request) {
  const auto names = [&error](const std::string& words) {
    return !words.empty() && (error.message.find(words) != std::string::npos ||
                              error.detail.find(words) != std::string::npos);
  };
  if (names(request.character_reference.text)) return DraftField::character_reference;
  if (names(request.background_reference.text)) return DraftField::background_reference;
  if (error.code == ErrorCode::configuration) return DraftField::provider;
  return DraftField::whole;
}

void add_reference_problems(const GenerationRequest& request, const ProviderInfo& provider,
                            std::vector<DraftProblem>& problems) {
  if (request.character_reference && provider.max_character_references == 0) {
    problems.push_back({DraftField::character_reference,
                        provider.title + " takes no character reference: clear it, or choose "
                                         "another provider"});
  }
  if (request.background_reference && provider.max_background_references == 0) {
    problems.push_back({DraftField::background_reference,
                        provider.title + " takes no background reference: clear it, or choose "
                                         "another provider"});
  }
}

}  // namespace

GenerationRequest default_request(const Catalogue& catalogue) {
  GenerationRequest request;
  request.provider = catalogue.default_provider;
  replace_unknown_keys(request, catalogue);
  return request;
}

void settle_draft(GenerationDraft& draft, const Catalogue& catalogue,
                  const CharacterId& character) {
  GenerationRequest& request = draft.request;
  if (draft.fresh) {
    take_lasting_part(request, default_request(catalogue));
    const auto used = draft.last_used.find(draft.last_template);
    if (used != draft.last_used.end()) take_lasting_part(request, used->second);
    draft.fresh = false;
  }
  if (request.character_id != character) {
    // Another character's version is hardly ever meant as this one's reference.
    if (request.character_reference.kind == Reference::Kind::version) {
      request.character_reference = {};
    }
    request.character_id = character;
    request.remix_of.clear();
  }
  replace_unknown_keys(request, catalogue);
  if (!draft.name_edited) request.version_name = suggested_version_name(catalogue, request);
}

void choose_template(GenerationDraft& draft, const Catalogue& catalogue, const std::string& key) {
  const auto used = draft.last_used.find(key);
  if (used != draft.last_used.end()) {
    take_lasting_part(draft.request, used->second);
  } else {
    const Template* chosen = catalogue.find_template(key);
    draft.request.template_type = key;
    draft.request.shot = chosen != nullptr ? first_shot(*chosen) : std::string();
  }
  settle_draft(draft, catalogue, draft.request.character_id);
}

void remember_used(GenerationDraft& draft) {
  take_lasting_part(draft.last_used[draft.request.template_type], draft.request);
  draft.last_template = draft.request.template_type;
}

void reset_draft(GenerationDraft& draft, const Catalogue& catalogue) {
  draft.before_reset = draft.request;
  draft.before_reset_name_edited = draft.name_edited;
  const CharacterId character = draft.request.character_id;
  draft.request = default_request(catalogue);
  draft.request.character_id = character;
  draft.name_edited = false;
  draft.seed_text.clear();
  settle_draft(draft, catalogue, character);
}

void undo_reset(GenerationDraft& draft) {
  if (!draft.before_reset) return;
  use_settings(draft, *draft.before_reset);
  draft.name_edited = draft.before_reset_name_edited;
  draft.before_reset.reset();
}

void use_settings(GenerationDraft& draft, const GenerationRequest& request) {
  draft.request = request;
  draft.seed_text = request.seed ? std::to_string(*request.seed) : std::string();
  draft.name_edited = !request.version_name.empty();
  draft.fresh = false;
}

bool read_seed(GenerationDraft& draft) {
  const std::string text = trimmed(draft.seed_text);
  draft.request.seed.reset();
  if (text.empty()) return true;
  std::int64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc{} || end != text.data() + text.size() || seed < 0) return false;
  draft.request.seed = seed;
  return true;
}

std::vector<DraftProblem> draft_problems(const GenerationDraft& draft, const Catalogue& catalogue,
                                         const Error* error) {
  const GenerationRequest& request = draft.request;
  std::vector<DraftProblem> problems;
  if (request.character_id.empty()) {
    problems.push_back({DraftField::character, "Pick a character first, or make one"});
  }
  if (code_points(request.version_name) > kMaxVersionNameLength) {
    problems.push_back({DraftField::name, "Longer than 255 characters: shorten it"});
  }
  const Template* chosen = catalogue.find_template(request.template_type);
  if (chosen != nullptr && chosen->shots.empty() &&
      trimmed(request.additional_description).empty() && trimmed(request.prompt).empty()) {
    problems.push_back({DraftField::description, "Say what to draw: it is the whole request"});
  }
  const ProviderInfo* provider = catalogue.find_provider(request.provider);
  if (provider == nullptr) {
    problems.push_back({DraftField::provider, "There is no provider: see castboard doctor"});
  } else if (!provider->usable) {
    problems.push_back({DraftField::provider, provider->unusable_reason});
  } else {
    const ImageSize* size = catalogue.find_size(request.aspect_ratio);
    std::string size_problem = size != nullptr ? why_not_size(*provider, *size) : std::string();
    if (!size_problem.empty()) problems.push_back({DraftField::size, std::move(size_problem)});
    add_reference_problems(request, *provider, problems);
  }
  GenerationDraft copy = draft;
  if ((provider == nullptr || provider->takes_seed) && !read_seed(copy)) {
    problems.push_back({DraftField::seed, "A whole number from 0, or nothing for a random one"});
  }
  if (error != nullptr && problems.empty()) {
    std::string message = error->message;
    if (!error->hint.empty()) message += ". " + error->hint;
    problems.push_back({field_of(*error, request), std::move(message)});
  }
  return problems;
}

std::string why_not_size(const ProviderInfo& provider, const ImageSize& size) {
  const auto& sizes = provider.sizes;
  if (sizes.empty() || std::find(sizes.begin(), sizes.end(), size.key) != sizes.end()) return {};
  return provider.title + " cannot make " + size.key + ": choose another size or provider";
}

std::string credits_text(std::int64_t credits) {
  if (credits == 0) return "free";
  return std::to_string(credits) + (credits == 1 ? " credit" : " credits");
}

Reference read_reference(const std::string& typed) {
  std::string text = trimmed(typed);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front()) {
    text = trimmed(text.substr(1, text.size() - 2));
  }
  if (text.empty()) return {};
  if (text.starts_with("file://")) {
    return {Reference::Kind::file, decoded_file_url(text.substr(std::string("file://").size()))};
  }
  const bool is_url = text.starts_with("http://") || text.starts_with("https://");
  return {is_url ? Reference::Kind::url : Reference::Kind::file, text};
}

namespace {

// Everything of a draft that outlives the window, once: saving and reading cannot drift apart.
struct SavedText {
  const char* name;
  std::string GenerationRequest::*member;
};
constexpr SavedText kSaved[] = {
    {"template", &GenerationRequest::template_type}, {"shot", &GenerationRequest::shot},
    {"style", &GenerationRequest::art_style},        {"size", &GenerationRequest::aspect_ratio},
    {"provider", &GenerationRequest::provider},      {"model", &GenerationRequest::model},
};

}  // namespace

std::string save_draft(const GenerationDraft& draft) {
  std::string text;
  for (const auto& [key, request] : draft.last_used) {
    text += key == draft.last_template ? "last" : "used";
    for (const SavedText& saved : kSaved) {
      text.append("\t").append(saved.name).append("=").append(request.*saved.member);
    }
    text.append("\tactivate=").append(to_string(request.activate)).append("\n");
  }
  return text;
}

void restore_draft(GenerationDraft& draft, const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string word;
    std::getline(fields, word, '\t');
    if (word != "last" && word != "used") continue;
    GenerationRequest request;
    for (std::string field; std::getline(fields, field, '\t');) {
      const auto equals = field.find('=');
      if (equals == std::string::npos) continue;
      const std::string name = field.substr(0, equals);
      const std::string value = field.substr(equals + 1);
      for (const SavedText& saved : kSaved) {
        if (name == saved.name) request.*saved.member = value;
      }
      if (name == "activate") {
        request.activate = parse_activate_policy(value).value_or(request.activate);
      }
    }
    draft.last_used[request.template_type] = request;
    if (word == "last") draft.last_template = request.template_type;
  }
}

}  // namespace castboard
