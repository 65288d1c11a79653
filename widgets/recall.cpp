#include "recall.h"

#include <algorithm>

#include "texts.h"

namespace castboard {
namespace {

Reference reference_of(const Version& version, const std::string& words) {
  const auto& parents = version.parent_ids;
  if (std::find(parents.begin(), parents.end(), words) != parents.end()) {
    return {Reference::Kind::version, words};
  }
  return read_reference(words);
}

Recalled recall_seed(GenerationDraft& draft, const Version& version) {
  const std::string label = version_label(version.version_number);
  if (!version.seed) return {false, text("recall.no_seed", {label})};
  draft.request.seed = version.seed;
  draft.seed_text = std::to_string(*version.seed);
  return {true, text("recall.seed_done", {draft.seed_text, label})};
}

Recalled recall_prompt(GenerationDraft& draft, const Version& version) {
  const std::string label = version_label(version.version_number);
  draft.request.additional_description = version.additional_description;
  return {true, text("recall.prompt_done", {label})};
}

}  // namespace

GenerationRequest settings_of(const Version& version, const Catalogue& catalogue) {
  GenerationRequest request = default_request(catalogue);
  request.character_id = version.character_id;
  request.version_name = version.version_name;
  request.template_type = version.template_type;
  request.shot = version.shot;
  request.art_style = version.art_style;
  request.aspect_ratio = version.aspect_ratio;
  request.character_reference = reference_of(version, version.character_ref_url);
  request.background_reference = reference_of(version, version.background_ref_url);
  request.additional_description = version.additional_description;
  if (catalogue.find_provider(version.provider) != nullptr) {
    request.provider = version.provider;
    request.model = version.model_used;
  }
  request.seed = version.seed;
  request.remix_of = version.id;
  return request;
}

Recalled recall(GenerationDraft& draft, const Version& version, const Catalogue& catalogue,
                Recall what) {
  if (what == Recall::seed) return recall_seed(draft, version);
  if (what == Recall::prompt) return recall_prompt(draft, version);
  GenerationRequest request = settings_of(version, catalogue);
  // How many, and what becomes of them, is no setting of one picture.
  request.count = draft.request.count;
  request.activate = draft.request.activate;
  if (what == Recall::remix) request.seed.reset();
  use_settings(draft, request);
  const std::string label = version_label(version.version_number);
  Recalled done{true,
                text(what == Recall::remix ? "recall.remix_done" : "recall.all_done", {label})};
  if (!version.provider.empty() && request.provider != version.provider) {
    done.message += ". " + text("recall.no_provider", {version.provider, request.provider});
  } else if (what == Recall::all && !version.seed) {
    done.message += ". " + text("recall.no_seed", {label});
  }
  return done;
}

DraftBefore before_recall(const GenerationDraft& draft) {
  return {draft.request, draft.name_edited, draft.seed_text};
}

void put_back(GenerationDraft& draft, const DraftBefore& before) {
  draft.request = before.request;
  draft.name_edited = before.name_edited;
  draft.seed_text = before.seed_text;
}

}  // namespace castboard
