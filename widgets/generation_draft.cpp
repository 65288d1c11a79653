#include "generation_draft.h"

#include "texts.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <utility>

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
  request.seed = from.seed;
  request.count = from.count;
}

bool is_chosen_by_hand(const Reference& reference) {
  return reference && reference.kind != Reference::Kind::active;
}

void note_change(GenerationDraft& draft, std::string what) {
  draft.change = {std::move(what), draft.request, draft.name_edited, std::nullopt};
}

void put_request(GenerationDraft& draft, const GenerationRequest& request) {
  draft.request = request;
  draft.seed_text = request.seed ? std::to_string(*request.seed) : std::string();
  draft.fresh = false;
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
  if (error.message.starts_with("The prompt ")) return DraftField::prompt;
  return DraftField::whole;
}

void add_reference_problems(const GenerationRequest& request, const ProviderInfo& provider,
                            std::vector<DraftProblem>& problems) {
  const ModelLimits limits = provider.limits_of(request.model);
  const auto add = [&](const Reference& reference, DraftField field, const char* kind, int most) {
    // The active version is a wish: where it cannot be taken it is left out.
    if (!is_chosen_by_hand(reference) || most > 0) return;
    const std::string why = why_not_reference(provider, request.model, kind, most);
    problems.push_back({field, text("form.problem.reference", {why})});
  };
  add(request.character_reference, DraftField::character_reference, "character",
      limits.max_character_references);
  add(request.background_reference, DraftField::background_reference, "background",
      limits.max_background_references);
}

// The models that take more than this one, for a hint; empty when there are none.
template <class Takes>
std::string other_model(const ProviderInfo& provider, Takes takes) {
  for (const ModelLimits& limits : provider.model_limits) {
    if (takes(limits)) return limits.model;
  }
  return {};
}

std::string named(const ProviderInfo& provider, const std::string& model) {
  if (provider.models.size() < 2) return provider.title;
  return provider.title + ", " + (model.empty() ? provider.default_model : model);
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
    if (used != draft.last_used.end()) {
      take_lasting_part(request, used->second);
      draft.seed_text = request.seed ? std::to_string(*request.seed) : std::string();
    }
    draft.fresh = false;
    if (!is_chosen_by_hand(request.character_reference)) {
      set_active_reference(draft, wants_active_reference(draft, catalogue));
    }
  }
  if (request.character_id != character) {
    // Another character's version is hardly ever meant as this one's reference.
    if (request.character_reference.kind == Reference::Kind::version) {
      set_active_reference(draft, wants_active_reference(draft, catalogue));
    }
    // A prompt names the character it was written for.
    if (!request.character_id.empty()) request.prompt.clear();
    request.character_id = character;
    request.remix_of.clear();
  }
  replace_unknown_keys(request, catalogue);
  if (!draft.name_edited) request.version_name = suggested_version_name(catalogue, request);
  if (draft.change && !draft.change->after) draft.change->after = request;
}

void choose_template(GenerationDraft& draft, const Catalogue& catalogue, const std::string& key) {
  const auto used = draft.last_used.find(key);
  if (used != draft.last_used.end()) {
    take_lasting_part(draft.request, used->second);
    draft.seed_text = draft.request.seed ? std::to_string(*draft.request.seed) : std::string();
  } else {
    const Template* chosen = catalogue.find_template(key);
    draft.request.template_type = key;
    draft.request.shot = chosen != nullptr ? first_shot(*chosen) : std::string();
  }
  if (!is_chosen_by_hand(draft.request.character_reference)) {
    set_active_reference(draft, wants_active_reference(draft, catalogue));
  }
  settle_draft(draft, catalogue, draft.request.character_id);
}

void remember_used(GenerationDraft& draft) {
  GenerationRequest& used = draft.last_used[draft.request.template_type];
  take_lasting_part(used, draft.request);
  // A reference chosen by hand says nothing about the next time.
  if (!is_chosen_by_hand(draft.request.character_reference)) {
    used.character_reference = draft.request.character_reference;
    draft.reference_kept.insert(draft.request.template_type);
  }
  draft.last_template = draft.request.template_type;
}

void reset_draft(GenerationDraft& draft, const Catalogue& catalogue) {
  note_change(draft, text("form.changed.reset"));
  const CharacterId character = draft.request.character_id;
  put_request(draft, default_request(catalogue));
  draft.request.character_id = character;
  draft.name_edited = false;
  settle_draft(draft, catalogue, character);
}

void use_settings(GenerationDraft& draft, const GenerationRequest& request,
                  const std::string& what) {
  note_change(draft, what);
  put_request(draft, request);
  draft.name_edited = !request.version_name.empty();
}

void use_preset(GenerationDraft& draft, const Catalogue& catalogue, const Preset& preset) {
  note_change(draft, text("form.changed.preset", {preset.name}));
  GenerationRequest request = draft.request;
  apply_preset(preset, request);
  put_request(draft, request);
  settle_draft(draft, catalogue, request.character_id);
}

const GenerationDraft::Change* undoable_change(const GenerationDraft& draft) {
  if (!draft.change || draft.change->what.empty() || !draft.change->after) return nullptr;
  return *draft.change->after == draft.request ? &*draft.change : nullptr;
}

void undo_change(GenerationDraft& draft) {
  if (!draft.change) return;
  const GenerationDraft::Change change = *draft.change;
  put_request(draft, change.before);
  draft.name_edited = change.name_was_edited;
  draft.change.reset();
}

bool wants_active_reference(const GenerationDraft& draft, const Catalogue& catalogue) {
  const std::string& key = draft.request.template_type;
  const auto used = draft.last_used.find(key);
  if (used != draft.last_used.end() && draft.reference_kept.contains(key)) {
    return used->second.character_reference.kind == Reference::Kind::active;
  }
  const Template* chosen = catalogue.find_template(key);
  const Shot* shot = chosen != nullptr ? catalogue.find_shot(key, chosen->default_shot) : nullptr;
  return shot != nullptr && shot->cells > 1;
}

void set_active_reference(GenerationDraft& draft, bool on) {
  draft.request.character_reference = {on ? Reference::Kind::active : Reference::Kind::none, {}};
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
    problems.push_back({DraftField::character, text("form.problem.no_character")});
  }
  if (code_points(request.version_name) > kMaxVersionNameLength) {
    problems.push_back({DraftField::name,
                        text("form.problem.long_name", {std::to_string(kMaxVersionNameLength)})});
  }
  const Template* chosen = catalogue.find_template(request.template_type);
  if (chosen != nullptr && chosen->shots.empty() &&
      trimmed(request.additional_description).empty() && trimmed(request.prompt).empty()) {
    problems.push_back({DraftField::description, text("form.problem.no_description")});
  }
  const ProviderInfo* provider = catalogue.find_provider(request.provider);
  if (provider == nullptr) {
    problems.push_back({DraftField::provider, text("form.problem.no_provider")});
  } else if (!provider->usable) {
    problems.push_back({DraftField::provider, provider->unusable_reason});
  } else {
    const ImageSize* size = catalogue.find_size(request.aspect_ratio);
    std::string size_problem =
        size != nullptr ? why_not_size(*provider, request.model, *size) : std::string();
    if (!size_problem.empty()) problems.push_back({DraftField::size, std::move(size_problem)});
    add_reference_problems(request, *provider, problems);
  }
  GenerationDraft copy = draft;
  if ((provider == nullptr || provider->takes_seed) && !read_seed(copy)) {
    problems.push_back({DraftField::seed, text("form.problem.seed")});
  }
  if (error != nullptr && problems.empty()) {
    std::string message = error->message;
    if (!error->hint.empty()) message += ". " + error->hint;
    problems.push_back({field_of(*error, request), std::move(message)});
  }
  return problems;
}

std::string why_not_size(const ProviderInfo& provider, const std::string& model,
                         const ImageSize& size) {
  const auto makes = [&](const ModelLimits& limits) {
    const auto& sizes = limits.sizes;
    return sizes.empty() || std::find(sizes.begin(), sizes.end(), size.key) != sizes.end();
  };
  if (makes(provider.limits_of(model))) return {};
  const std::string other = other_model(provider, makes);
  return text(other.empty() ? "form.no_size" : "form.no_size.but",
              {named(provider, model), size.key, other});
}

std::string why_not_reference(const ProviderInfo& provider, const std::string& model,
                              const std::string& kind, int most) {
  if (most > 0) return {};
  const bool is_character = kind == "character";
  const std::string other = other_model(provider, [&](const ModelLimits& limits) {
    return (is_character ? limits.max_character_references : limits.max_background_references) > 0;
  });
  const std::pair<const char*, const char*> keys =
      is_character ? std::pair{"form.no_character_reference", "form.no_character_reference.but"}
                   : std::pair{"form.no_background_reference", "form.no_background_reference.but"};
  return text(other.empty() ? keys.first : keys.second, {named(provider, model), other});
}

std::string lost_with_model(const ProviderInfo& provider, const std::string& model,
                            const GenerationRequest& request) {
  const ModelLimits limits = provider.limits_of(model);
  std::string lost;
  const auto add = [&lost](const std::string& what) { lost += (lost.empty() ? "" : ", ") + what; };
  const auto& sizes = limits.sizes;
  if (!sizes.empty() && std::find(sizes.begin(), sizes.end(), request.aspect_ratio) == sizes.end())
    add(text("form.lost.size", {request.aspect_ratio}));
  if (request.character_reference && limits.max_character_references == 0)
    add(text("form.lost.character_reference"));
  if (request.background_reference && limits.max_background_references == 0)
    add(text("form.lost.background_reference"));
  return lost;
}

std::string credits_text(std::int64_t credits) {
  return credits == 0 ? text("form.credits.free") : counted("form.credits", credits);
}

Reference read_reference(const std::string& typed) {
  std::string text = trimmed(typed);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front()) {
    text = trimmed(text.substr(1, text.size() - 2));
  }
  if (text.empty()) return {};
  // A dragged or copied list of files has one address a line; the first is meant.
  text = trimmed(text.substr(0, text.find('\n')));
  if (text.starts_with("~/")) {
    const char* home = std::getenv("HOME");
    if (home != nullptr) text = home + text.substr(1);
  }
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

std::optional<std::int64_t> read_number(const std::string& value) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc{} || stop != end || number < 0) return std::nullopt;
  return number;
}

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
    text.append("\tactivate=").append(to_string(request.activate));
    if (request.seed) text.append("\tseed=").append(std::to_string(*request.seed));
    if (request.count > 1) text.append("\tcount=").append(std::to_string(request.count));
    if (draft.reference_kept.contains(key)) {
      const bool active = request.character_reference.kind == Reference::Kind::active;
      text.append("\treference=").append(active ? "active" : "none");
    }
    text.append("\n");
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
    bool reference_kept = false;
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
      if (name == "seed") request.seed = read_number(value);
      if (name == "count") {
        request.count = static_cast<int>(
            std::clamp<std::int64_t>(read_number(value).value_or(1), 1, kMostAtOnce));
      }
      if (name == "reference") {
        reference_kept = true;
        if (value == "active") request.character_reference.kind = Reference::Kind::active;
      }
    }
    if (reference_kept) draft.reference_kept.insert(request.template_type);
    draft.last_used[request.template_type] = request;
    if (word == "last") draft.last_template = request.template_type;
  }
}

}  // namespace castboard
