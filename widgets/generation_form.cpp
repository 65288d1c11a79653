#include "generation_form.h"

#include <algorithm>
#include <cmath>

#include "controls.h"
#include "drop_down.h"
#include "generation_form_layout.h"
#include "generation_form_parts.h"
#include "icons.h"
#include "scoped.h"
#include "text_field.h"

namespace castboard {
namespace {

using form_parts::Form;
using form_parts::label;
using form_parts::room_width;

void problems_at(const Form& form, DraftField field) {
  for (const DraftProblem& problem : form.problems) {
    if (problem.field != field) continue;
    field_problem(form.look(), problem.message);
    form.state.problem_in_sight |= ImGui::IsItemVisible();
  }
}

void note_text_item(const Form& form) {
  form.result.text_active |= ImGui::IsItemActive();
}

void version_name(const Form& form) {
  label(form, "Version name");
  GenerationDraft& draft = form.state.draft;
  if (form.state.focus_name) {
    ImGui::SetKeyboardFocusHere();
    form.state.focus_name = false;
  }
  const std::string suggested = suggested_version_name(form.catalogue(), draft.request);
  if (text_field("###version_name", suggested.c_str(), draft.request.version_name)) {
    draft.name_edited = true;
  }
  note_text_item(form);
  // An emptied name follows style and template again.
  if (draft.request.version_name.empty() && !ImGui::IsItemActive()) draft.name_edited = false;
  problems_at(form, DraftField::name);
}

bool template_tile(const Form& form, const Template& tile, ImVec2 size) {
  const Look& look = form.look();
  const bool chosen = form.request().template_type == tile.key;
  const bool pressed = ImGui::InvisibleButton(("###template_" + tile.key).c_str(), size);
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 fill = chosen    ? look.colour.selected
                     : hovered ? look.colour.line
                               : look.colour.raised;
  list->AddRectFilled(from, to, fill, look.control_radius());
  list->AddRect(from, to, chosen ? look.colour.accent : look.colour.line, look.control_radius());
  const ImU32 ink = chosen ? look.colour.text : look.colour.quiet;
  const char* icon = icon_text(look, find_icon(tile.icon));
  const ImVec2 icon_size = ImGui::CalcTextSize(icon);
  const float middle = (from.x + to.x) / 2;
  list->AddText({std::round(middle - icon_size.x / 2), from.y + (size.y - look.px(36)) / 2}, ink,
                icon);
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const std::string& title = tile.short_title.empty() ? tile.title : tile.short_title;
    const std::string shown = elided(title, size.x - look.px(1));
    const float width = ImGui::CalcTextSize(shown.c_str()).x;
    list->AddText(
        {std::round(middle - width / 2), to.y - ImGui::GetFontSize() - (size.y - look.px(38)) / 2},
        look.colour.text, shown.c_str());
  });
  item_tooltip(tile.title);
  return pressed;
}

void templates(const Form& form) {
  label(form, "Template");
  const auto& all = form.catalogue().templates;
  const Look& look = form.look();
  const float gap = look.px(6);
  const int columns = even_columns(static_cast<int>(all.size()), room_width(), look.px(46), gap);
  const ImVec2 size{column_width(columns, room_width(), gap), look.px(form.is_short ? 46 : 54)};
  std::string chosen;
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap)}}, [&] {
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
      if (i % columns != 0) ImGui::SameLine();
      if (template_tile(form, all[static_cast<std::size_t>(i)], size)) {
        chosen = all[static_cast<std::size_t>(i)].key;
      }
    }
  });
  if (!chosen.empty()) choose_template(form.state.draft, form.catalogue(), chosen);
}

void shots(const Form& form) {
  const Template* chosen = form.catalogue().find_template(form.request().template_type);
  if (chosen == nullptr || chosen->shots.empty()) return;
  label(form, chosen->shot_label.empty() ? "Shot" : chosen->shot_label.c_str());
  const Shot* shot = form.catalogue().find_shot(chosen->key, form.request().shot);
  drop_down(form.look(), "###shot", shot != nullptr ? shot->title : "Choose", room_width(), [&] {
    for (const Shot& each : chosen->shots) {
      const std::string name = each.title + "###shot_" + each.key;
      const bool is_chosen = each.key == form.request().shot;
      if (ImGui::Selectable(name.c_str(), is_chosen)) form.request().shot = each.key;
      if (is_chosen && ImGui::IsWindowAppearing()) ImGui::SetItemDefaultFocus();
    }
  });
}

// A small button of a row of choices.
bool choice(const Form& form, const std::string& text, const std::string& id, bool chosen,
            ImVec2 size, const std::string& tooltip) {
  bool pressed = false;
  const Look& look = form.look();
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(3), 0)}}, [&] {
    scoped::font(look.caption_font, kCaptionScale, [&] {
      std::string shown = text;
      const float room = size.x - look.px(6);
      if (ImGui::CalcTextSize(shown.c_str()).x > room) shown = first_word(text);
      shown = elided(shown, room);
      pressed = button(look, (shown + "###" + id).c_str(),
                       chosen ? ButtonKind::selected : ButtonKind::normal, "", size);
    });
  });
  if (!tooltip.empty() && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ImGui::SetItemTooltip("%s", tooltip.c_str());
  }
  return pressed;
}

void styles(const Form& form) {
  label(form, "Art style");
  const auto& all = form.catalogue().styles;
  const Look& look = form.look();
  const float gap = look.px(6);
  const int columns = std::max(2, static_cast<int>((room_width() + gap) / (look.px(70) + gap)));
  const ImVec2 size{column_width(columns, room_width(), gap), look.px(27)};
  const auto chosen = std::find_if(all.begin(), all.end(), [&](const ArtStyle& style) {
    return style.key == form.request().art_style;
  });
  const int places = form.is_short ? columns : 2 * columns;
  const auto shown = shown_choices(static_cast<int>(all.size()), places,
                                   static_cast<int>(chosen - all.begin()), form.state.all_styles);
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap)}}, [&] {
    int place = 0;
    for (const int index : shown) {
      const ArtStyle& style = all[static_cast<std::size_t>(index)];
      if (place++ % columns != 0) ImGui::SameLine();
      if (choice(form, style.title, "style_" + style.key, style.key == form.request().art_style,
                 size, style.title)) {
        form.request().art_style = style.key;
      }
    }
    if (static_cast<int>(all.size()) <= places) return;
    if (place % columns != 0) ImGui::SameLine();
    const bool open = form.state.all_styles;
    if (choice(form, open ? "Fewer" : "More...", "more_styles", false, size,
               open ? "Show the first styles only" : "Show all styles")) {
      form.state.all_styles = !open;
    }
  });
}

void sizes(const Form& form) {
  label(form, "Image size");
  const auto& all = form.catalogue().sizes;
  const Look& look = form.look();
  const float gap = look.px(6);
  const int columns = even_columns(static_cast<int>(all.size()), room_width(), look.px(36), gap);
  const ImVec2 size{column_width(columns, room_width(), gap), look.px(28)};
  const ProviderInfo* provider = form.provider();
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap)}}, [&] {
    int place = 0;
    for (const ImageSize& each : all) {
      if (place++ % columns != 0) ImGui::SameLine();
      const std::string why_not = provider != nullptr ? why_not_size(*provider, each) : "";
      scoped::disabled(!why_not.empty(), [&] {
        if (choice(form, each.key, "size_" + each.key, each.key == form.request().aspect_ratio,
                   size, why_not.empty() ? each.title : why_not)) {
          form.request().aspect_ratio = each.key;
        }
      });
    }
  });
  problems_at(form, DraftField::size);
}

void reference(const Form& form, ReferenceSlot slot, ImVec2 size) {
  const bool is_character = slot == ReferenceSlot::character;
  const ProviderInfo* provider = form.provider();
  std::string why_not;
  if (provider != nullptr && provider->usable) {
    const int taken =
        is_character ? provider->max_character_references : provider->max_background_references;
    if (taken == 0) {
      why_not = provider->title + " takes no " + (is_character ? "character" : "background") +
                " reference";
    }
  }
  const ReferenceFieldInput input{.look = form.look(),
                                  .slot = slot,
                                  .versions = form.input.versions,
                                  .viewed = form.input.viewed,
                                  .active = form.input.active,
                                  .can_browse = form.input.can_browse,
                                  .disabled_reason = why_not,
                                  .thumbnail = form.input.thumbnail};
  const auto done = reference_field(
      is_character ? "character_reference" : "background_reference", input,
      is_character ? form.request().character_reference : form.request().background_reference,
      form.state.typed_reference, size);
  if (done.browse) form.result.browse = slot;
  form.result.text_active |= done.text_active;
}

void references(const Form& form) {
  label(form, "References");
  const Look& look = form.look();
  const float gap = look.px(8);
  const bool beside = room_width() >= look.px(230);
  const ImVec2 size{beside ? column_width(2, room_width(), gap) : room_width(), look.px(54)};
  reference(form, ReferenceSlot::character, size);
  if (beside) ImGui::SameLine(0, gap);
  reference(form, ReferenceSlot::background, size);
  problems_at(form, DraftField::character_reference);
  problems_at(form, DraftField::background_reference);
}

void description(const Form& form) {
  const Template* chosen = form.catalogue().find_template(form.request().template_type);
  const bool is_whole = chosen != nullptr && chosen->shots.empty();
  label(form, is_whole ? "Description" : "Additional description");
  std::string& text = form.request().additional_description;
  const float lines = is_whole ? 5 : 2.6F;
  const float height = ImGui::GetTextLineHeight() * lines + 2 * ImGui::GetStyle().FramePadding.y;
  // Enter is a new line here; Ctrl+Enter in the field generates like everywhere else.
  if (text_area("###description", text, {room_width(), height},
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
  std::string text = provider_words(provider, model);
  if (provider.free) text += "  (free)";
  if (ImGui::Selectable((text + id).c_str(), is_chosen)) {
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

void provider_and_seed(const Form& form) {
  label(form, "Provider and seed");
  const Look& look = form.look();
  const float gap = look.px(8);
  const float seed_width = std::clamp(room_width() * 0.32F, look.px(78), look.px(130));
  providers(form, room_width() - seed_width - gap);
  ImGui::SameLine(0, gap);
  const ProviderInfo* provider = form.provider();
  const bool takes_seed = provider == nullptr || provider->takes_seed;
  scoped::disabled(!takes_seed, [&] {
    std::string none;
    text_field("###seed", takes_seed ? "random" : "no seed",
               takes_seed ? form.state.draft.seed_text : none, seed_width);
  });
  note_text_item(form);
  if (takes_seed) {
    item_tooltip(
        "The same seed and settings make the same picture where the provider keeps its "
        "word. Empty: a random one.");
  } else if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ImGui::SetItemTooltip("%s takes no seed", provider->title.c_str());
  }
  problems_at(form, DraftField::provider);
  problems_at(form, DraftField::seed);
}

struct PolicyWords {
  ActivatePolicy policy;
  const char* text;
  const char* explained;
};
constexpr PolicyWords kPolicies[] = {
    {ActivatePolicy::unless_approved, "Unless approved",
     "Becomes the active version, unless the active one is approved: that one stays until somebody "
     "changes it."},
    {ActivatePolicy::always, "Always", "Becomes the active version, whatever is active now."},
    {ActivatePolicy::never, "Never", "Only joins the versions; the active one stays."},
};

void set_active(const Form& form) {
  const Look& look = form.look();
  const char* text = "Set active when done";
  const float combo_width = look.px(148);
  const float text_width = ImGui::CalcTextSize(text).x;
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(text);
  if (text_width + combo_width + look.px(8) <= room_width()) {
    ImGui::SameLine();
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room_width() - combo_width);
  }
  const PolicyWords* now =
      std::find_if(std::begin(kPolicies), std::end(kPolicies),
                   [&](const PolicyWords& each) { return each.policy == form.request().activate; });
  bool open = false;
  drop_down(look, "###set_active", now->text, std::min(combo_width, room_width()), [&] {
    open = true;
    for (const PolicyWords& each : kPolicies) {
      const std::string id =
          std::string(each.text) + "###activate_" + std::string(to_string(each.policy));
      if (ImGui::Selectable(id.c_str(), now == &each)) form.request().activate = each.policy;
      item_tooltip(each.explained);
    }
  });
  if (!open) item_tooltip(now->explained);
}

void fields(const Form& form) {
  version_name(form);
  templates(form);
  shots(form);
  styles(form);
  sizes(form);
  references(form);
  description(form);
  provider_and_seed(form);
  set_active(form);
}

}  // namespace

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
    const float bottom = form_parts::footer_height(form);
    const float height = std::max(ImGui::GetContentRegionAvail().y - bottom, input.look.px(60));
    state.problem_in_sight = false;
    form.is_short = height < input.look.px(460);
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
