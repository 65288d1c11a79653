#pragma once

#include <string>
#include <vector>

#include "controls.h"
#include "generation_form.h"

// What the files of the generation form share; of no use to anybody else.
namespace castboard::form_parts {

// One frame of the form: what every part of it reads and writes.
struct Form {
  const GenerationFormInput& input;
  GenerationFormState& state;
  const std::vector<DraftProblem>& problems;
  GenerationFormResult& result;
  bool is_short = false;  // little height: fields with many choices show fewer

  [[nodiscard]] const Look& look() const { return input.look; }
  [[nodiscard]] const Catalogue& catalogue() const { return input.catalogue; }
  [[nodiscard]] GenerationRequest& request() const { return state.draft.request; }
  [[nodiscard]] const ProviderInfo* provider() const {
    return input.catalogue.find_provider(state.draft.request.provider);
  }
};

inline float room_width() {
  return ImGui::GetContentRegionAvail().x;
}

// A label and its field stand closer together than two fields.
inline void label(const Form& form, const char* text) {
  field_label(form.look(), text);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y +
                       form.look().px(3));
}

// A line of explanation under a field.
void hint(const Form& form, const std::string& text);
// What is wrong with a field, under it.
void problems_at(const Form& form, DraftField field);

// generation_form_choices.cpp
void templates(const Form& form);
void styles(const Form& form);
void sizes(const Form& form);

// generation_form_references.cpp
void references(const Form& form);

// generation_form_prompt.cpp
void prompt(const Form& form);

// What it costs, what is in the way, the buttons; and how high all that is.
float footer_height(const Form& form);
void footer(const Form& form, bool ctrl_enter);

}  // namespace castboard::form_parts
