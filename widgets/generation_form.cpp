#include "generation_form.h"

#include <algorithm>

#include "controls.h"
#include "drop_down.h"
#include "generation_form_layout.h"
#include "generation_form_parts.h"
#include "icons.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

using form_parts::Form;
using form_parts::label;
using form_parts::problems_at;
using form_parts::room_width;

// Below this height fields with many choices show fewer, in design pixels.
constexpr float kShortForm = 600;

void note_text_item(const Form& form) {
  form.result.text_active |= ImGui::IsItemActive();
}

// Beside the first field: it costs no line of its own.
void presets(const Form& form, float width) {
  const PresetMenuInput input{.look = form.look(),
                              .presets = form.input.presets,
                              .request = form.request(),
                              .can_browse = form.input.can_browse};
  form.result.presets = preset_menu("presets", input, form.state.preset_menu, width);
  form.result.text_active |= form.result.presets.text_active;
  if (form.result.presets.apply) {
    use_preset(form.state.draft, form.catalogue(), *form.result.presets.apply);
  }
}

void version_name(const Form& form) {
  label(form, text("form.version_name"));
  const float presets_width = button_width(form.look(), text("presets.title"));
  const float gap = form.look().px(6);
  GenerationDraft& draft = form.state.draft;
  if (form.state.focus_name) {
    compat::focus_next_item();
    form.state.focus_name = false;
  }
  const std::string suggested = suggested_version_name(form.catalogue(), draft.request);
  if (text_field("###version_name", suggested.c_str(), draft.request.version_name,
                 room_width() - presets_width - gap)) {
    draft.name_edited = true;
  }
  note_text_item(form);
  // An emptied name follows style and template again.
  if (draft.request.version_name.empty() && !ImGui::IsItemActive()) draft.name_edited = false;
  ImGui::SameLine(0, gap);
  presets(form, presets_width);
  problems_at(form, DraftField::name);
}

void shots(const Form& form) {
  const Template* chosen = form.catalogue().find_template(form.request().template_type);
  if (chosen == nullptr || chosen->shots.empty()) return;
  label(form, chosen->shot_label.empty() ? text("form.shot") : chosen->shot_label.c_str());
  const Shot* shot = form.catalogue().find_shot(chosen->key, form.request().shot);
  drop_down(form.look(), "###shot", shot != nullptr ? shot->title : text("form.choose"),
            room_width(), [&] {
              for (const Shot& each : chosen->shots) {
                const std::string name = each.title + "###shot_" + each.key;
                const bool is_chosen = each.key == form.request().shot;
                if (ImGui::Selectable(name.c_str(), is_chosen)) form.request().shot = each.key;
                if (is_chosen && ImGui::IsWindowAppearing()) ImGui::SetItemDefaultFocus();
              }
            });
}

void description(const Form& form) {
  const Template* chosen = form.catalogue().find_template(form.request().template_type);
  const bool is_whole = chosen != nullptr && chosen->shots.empty();
  label(form, text(is_whole ? "form.description" : "form.additional_description"));
  std::string& words = form.request().additional_description;
  const float lines = is_whole ? 5 : 2.6F;
  const float height = ImGui::GetTextLineHeight() * lines + 2 * ImGui::GetStyle().FramePadding.y;
  // Enter is a new line here; Ctrl+Enter in the field generates like everywhere else.
  if (text_area("###description", words, {room_width(), height},
                ImGuiInputTextFlags_EnterReturnsTrue)) {
    form.result.generate = form.request();
  }
  note_text_item(form);
  problems_at(form, DraftField::description);
}

// The model is worth a word where there is a choice.
std::string provider_words(const ProviderInfo& provider, const std::string& model) {
  const std::string& shown = model.empty() ? provider.default_model : model;
  return provider.models.size() > 1 ? provider.title + ", " + shown : provider.title;
}

void provider_entry(const Form& form, const ProviderInfo& provider, const std::string& model) {
  GenerationRequest& request = form.request();
  const std::string id = "###provider_" + provider.name + (model.empty() ? "" : "_" + model);
  const bool is_chosen = request.provider == provider.name &&
                         (model.empty() || model == request.model ||
                          (request.model.empty() && model == provider.default_model));
  std::string words = provider_words(provider, model);
  if (provider.free) words += std::string("  ") + text("form.free");
  const std::string lost = lost_with_model(provider, model, request);
  if (!lost.empty()) words += "  (" + lost + ")";
  if (ImGui::Selectable((words + id).c_str(), is_chosen)) {
    request.provider = provider.name;
    request.model = model == provider.default_model ? std::string() : model;
  }
  if (is_chosen && ImGui::IsWindowAppearing()) ImGui::SetItemDefaultFocus();
}

// What is not set up says what it lacks, once, whatever models it would have.
void unusable_entry(const Form& form, const ProviderInfo& provider) {
  scoped::disabled(
      true, [&] { ImGui::Selectable((provider.title + "###provider_" + provider.name).c_str()); });
  ImGui::Indent();
  caption(form.look(), provider.unusable_reason);
  ImGui::Unindent();
}

void providers(const Form& form, float width) {
  const ProviderInfo* chosen = form.provider();
  const std::string preview =
      chosen != nullptr ? provider_words(*chosen, form.request().model) : form.request().provider;
  drop_down(form.look(), "###provider", preview, width, [&] {
    for (const ProviderInfo& provider : form.catalogue().providers) {
      if (!provider.usable) continue;
      if (provider.models.size() < 2) {
        provider_entry(form, provider, {});
        continue;
      }
      for (const std::string& model : provider.models) provider_entry(form, provider, model);
    }
    for (const ProviderInfo& provider : form.catalogue().providers) {
      if (!provider.usable) unusable_entry(form, provider);
    }
  });
}

void seed(const Form& form, float width) {
  const ProviderInfo* provider = form.provider();
  const bool takes_seed = provider == nullptr || provider->takes_seed;
  scoped::disabled(!takes_seed, [&] {
    std::string none;
    text_field("###seed", text(takes_seed ? "form.seed" : "form.seed.none"),
               takes_seed ? form.state.draft.seed_text : none, width);
  });
  note_text_item(form);
  if (takes_seed) {
    item_tooltip(text("form.seed.hint"));
  } else if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ImGui::SetItemTooltip("%s", text("form.seed.not_taken", {provider->title}).c_str());
  }
}

void count(const Form& form, float width) {
  int& chosen = form.request().count;
  bool open = false;
  drop_down(form.look(), "###count", text("form.count.shown", {std::to_string(chosen)}), width,
            [&] {
              open = true;
              for (int i = 1; i <= kMostAtOnce; ++i) {
                const std::string label =
                    text("form.count.row", {std::to_string(i)}) + "###count_" + std::to_string(i);
                if (ImGui::Selectable(label.c_str(), i == chosen)) chosen = i;
              }
            });
  if (!open) item_tooltip(text("form.count.hint"));
}

void provider_and_seed(const Form& form) {
  label(form, text("form.provider_and_seed"));
  const Look& look = form.look();
  const float gap = look.px(6);
  const float seed_width = std::clamp(room_width() * 0.26F, look.px(68), look.px(130));
  const float count_width = look.px(58);
  providers(form, room_width() - seed_width - count_width - 2 * gap);
  ImGui::SameLine(0, gap);
  seed(form, seed_width);
  ImGui::SameLine(0, gap);
  count(form, count_width);
  problems_at(form, DraftField::provider);
  problems_at(form, DraftField::seed);
}

struct PolicyWords {
  ActivatePolicy policy;
  const char* key;  // of the catalogue of texts
  const char* hint;
};
constexpr PolicyWords kPolicies[] = {
    {ActivatePolicy::unless_approved, "form.activate.unless_approved",
     "form.activate.unless_approved.hint"},
    {ActivatePolicy::always, "form.activate.always", "form.activate.always.hint"},
    {ActivatePolicy::never, "form.activate.never", "form.activate.never.hint"},
};

void set_active(const Form& form) {
  const Look& look = form.look();
  const char* words = text("form.set_active");
  const float combo_width = look.px(148);
  const float text_width = ImGui::CalcTextSize(words).x;
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(words);
  if (text_width + combo_width + look.px(8) <= room_width()) {
    ImGui::SameLine();
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room_width() - combo_width);
  }
  const PolicyWords* now =
      std::find_if(std::begin(kPolicies), std::end(kPolicies),
                   [&](const PolicyWords& each) { return each.policy == form.request().activate; });
  bool open = false;
  drop_down(look, "###set_active", text(now->key), std::min(combo_width, room_width()), [&] {
    open = true;
    for (const PolicyWords& each : kPolicies) {
      const std::string name = "activate_" + std::string(to_string(each.policy));
      if (ImGui::Selectable(labelled(each.key, name).c_str(), now == &each))
        form.request().activate = each.policy;
      item_tooltip(text(each.hint));
    }
  });
  if (!open) item_tooltip(text(now->hint));
}

void fields(const Form& form) {
  version_name(form);
  form_parts::templates(form);
  shots(form);
  form_parts::styles(form);
  form_parts::sizes(form);
  form_parts::references(form);
  description(form);
  provider_and_seed(form);
  set_active(form);
  form_parts::prompt(form);
}

}  // namespace

namespace form_parts {

void hint(const Form& form, const std::string& text) {
  const Look& look = form.look();
  scoped::font(look.caption_font, kCaptionScale, [&] {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
      ImGui::PushTextWrapPos(0);
      ImGui::TextUnformatted(text.c_str());
      ImGui::PopTextWrapPos();
    });
  });
}

void problems_at(const Form& form, DraftField field) {
  for (const DraftProblem& problem : form.problems) {
    if (problem.field != field) continue;
    field_problem(form.look(), problem.message);
    form.state.problem_in_sight |= ImGui::IsItemVisible();
  }
}

}  // namespace form_parts

GenerationFormResult generation_form(const char* id, const GenerationFormInput& input,
                                     GenerationFormState& state, bool ctrl_enter) {
  GenerationFormResult result;
  GenerationDraft& draft = state.draft;
  settle_draft(draft, input.catalogue,
               input.character != nullptr ? input.character->id : CharacterId());
  read_seed(draft);
  const bool is_quoted = state.quoted == draft.request && !input.quote_pending;
  const auto problems =
      draft_problems(draft, input.catalogue, is_quoted ? input.quote_error : nullptr);
  Form form{input, state, problems, result};
  scoped::id(id, [&] {
    form.is_short = ImGui::GetContentRegionAvail().y < input.look.px(kShortForm);
    const float bottom = form_parts::footer_height(form);
    const float height = std::max(ImGui::GetContentRegionAvail().y - bottom, input.look.px(60));
    state.problem_in_sight = false;
    scoped::child("fields", {0, height}, [&] { fields(form); });
    form_parts::footer(form, ctrl_enter);
  });
  if (result.generate) {
    std::string& name = result.generate->version_name;
    if (name.empty()) name = suggested_version_name(input.catalogue, *result.generate);
    remember_used(draft);
  }
  if (!draft.request.character_id.empty() && !result.text_active && state.quoted != draft.request) {
    state.quoted = draft.request;
    result.quote_wanted = draft.request;
  }
  return result;
}

void set_reference(GenerationFormState& state, ReferenceSlot slot, Reference reference) {
  GenerationRequest& request = state.draft.request;
  (slot == ReferenceSlot::character ? request.character_reference : request.background_reference) =
      std::move(reference);
}

}  // namespace castboard
