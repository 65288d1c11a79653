// The two pictures a new version may be made from.
#include <algorithm>

#include "generation_form_layout.h"
#include "generation_form_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard::form_parts {
namespace {

struct Slot {
  ReferenceSlot slot;
  const char* id;
  const char* kind;
  DraftField field;
};
constexpr Slot kCharacter{ReferenceSlot::character, "character_reference", "character",
                          DraftField::character_reference};
constexpr Slot kBackground{ReferenceSlot::background, "background_reference", "background",
                           DraftField::background_reference};

int most_of(const ModelLimits& limits, const Slot& slot) {
  return slot.slot == ReferenceSlot::character ? limits.max_character_references
                                               : limits.max_background_references;
}

Reference& reference_of(const Form& form, const Slot& slot) {
  return slot.slot == ReferenceSlot::character ? form.request().character_reference
                                               : form.request().background_reference;
}

std::string why_not(const Form& form, const Slot& slot) {
  const ProviderInfo* provider = form.provider();
  if (provider == nullptr) return {};
  const std::string& model = form.request().model;
  return why_not_reference(*provider, model, slot.kind, most_of(provider->limits_of(model), slot));
}

bool has_problem(const Form& form, DraftField field) {
  return std::any_of(form.problems.begin(), form.problems.end(),
                     [field](const DraftProblem& problem) { return problem.field == field; });
}

// A file dropped on the window belongs to the box under the pointer.
void take_dropped_file(const Form& form, const Slot& slot, ImVec2 from, ImVec2 size) {
  if (form.state.dropped_file.empty()) return;
  const ImVec2 to{from.x + size.x, from.y + size.y};
  if (!ImGui::IsMouseHoveringRect(from, to)) return;
  reference_of(form, slot) = {Reference::Kind::file, form.state.dropped_file};
  form.state.dropped_file.clear();
  form.state.dropped_into = slot.slot;
}

void draw_slot(const Form& form, const Slot& slot, ImVec2 size) {
  take_dropped_file(form, slot, ImGui::GetCursorScreenPos(), size);
  const ReferenceFieldInput input{.look = form.look(),
                                  .slot = slot.slot,
                                  .versions = form.input.versions,
                                  .viewed = form.input.viewed,
                                  .active = form.input.active,
                                  .can_browse = form.input.can_browse,
                                  .disabled_reason = why_not(form, slot),
                                  .has_problem = has_problem(form, slot.field),
                                  .thumbnail = form.input.thumbnail,
                                  .file_payload = form.input.file_payload};
  const ReferenceFieldResult done =
      reference_field(slot.id, input, reference_of(form, slot), form.state.typed_reference, size);
  if (done.browse) form.result.browse = slot.slot;
  form.result.text_active |= done.text_active;
}

// Where no other reference was chosen: whichever version is active when it is generated.
void active_version(const Form& form) {
  const Reference& reference = form.request().character_reference;
  bool on = reference.kind == Reference::Kind::active;
  const std::string reason = why_not(form, kCharacter);
  scoped::disabled(!reason.empty(), [&] {
    scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(form.look().px(2), form.look().px(2))}}, [&] {
      scoped::font(form.look().caption_font, kCaptionScale, [&] {
        const float room = room_width() - ImGui::GetFrameHeight() - form.look().px(6);
        const std::string shown = elided(text("form.active_reference"), room);
        if (ImGui::Checkbox((shown + "###active_reference").c_str(), &on)) {
          set_active_reference(form.state.draft, on);
        }
      });
    });
  });
  if (!reason.empty()) {
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
      ImGui::SetItemTooltip("%s", reason.c_str());
    }
    return;
  }
  const ReferenceWords words =
      reference_words({Reference::Kind::active, {}}, form.input.versions, form.input.active);
  item_tooltip(
      text("form.active_reference.hint",
           {form.input.active.empty() ? text("form.active_reference.none") : words.title.c_str()}));
}

}  // namespace

void references(const Form& form) {
  label(form, text("form.references"));
  const Look& look = form.look();
  const float gap = look.px(8);
  const bool beside = room_width() >= look.px(230);
  const ImVec2 size{beside ? column_width(2, room_width(), gap) : room_width(), look.px(54)};
  draw_slot(form, kCharacter, size);
  if (beside) ImGui::SameLine(0, gap);
  draw_slot(form, kBackground, size);
  // What fell beside both is most often meant as the character's.
  if (!form.state.dropped_file.empty()) {
    form.request().character_reference = {Reference::Kind::file, form.state.dropped_file};
    form.state.dropped_file.clear();
    form.state.dropped_into = ReferenceSlot::character;
  }
  active_version(form);
  problems_at(form, DraftField::character_reference);
  problems_at(form, DraftField::background_reference);
}

}  // namespace castboard::form_parts
