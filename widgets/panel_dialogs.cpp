// Modal windows of the panel: new or edited character, a version's name, the form on its own.
#include <algorithm>
#include <utility>

#include "controls.h"
#include "imgui_compat.h"
#include "panel_parts.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr const char* kCharacterDialog = "castboard_character";
constexpr const char* kRenameDialog = "castboard_rename";
constexpr const char* kKeysDialog = "castboard_keys";
constexpr const char* kGenerateDialog = "castboard_generate_dialog";

}  // namespace

void Panel::Parts::open_character_form(const Character* editing) {
  board.forget_character_error();
  character_form_was_saving = false;
  character_form_state =
      editing != nullptr ? edit_of(*editing) : new_character(board.query().project_id);
  popup_to_open = kCharacterDialog;
}

void Panel::Parts::open_rename(const Version& version) {
  renaming = version.id;
  new_version_name = version.version_name;
  popup_to_open = kRenameDialog;
}

void Panel::Parts::open_key_sheet() {
  key_sheet_state = {};
  popup_to_open = kKeysDialog;
}

void Panel::Parts::open_form_dialog() {
  generate_dialog = true;
  picking = false;  // a picker that never called back
}

// Each panel's own, where several are drawn outside of windows.
void Panel::Parts::draw_dialogs() {
  refresh_look();
  scoped::id(this, [&] { draw_open_dialogs(); });
}

void Panel::Parts::draw_open_dialogs() {
  draw_export_dialog();
  draw_redo_dialog();
  draw_missing_dialog();
  if (popup_to_open != nullptr) {
    ImGui::OpenPopup((std::string("###") + std::exchange(popup_to_open, nullptr)).c_str());
  }
  const std::string generate_title = labelled("composite.form", kGenerateDialog);
  if (generate_dialog && !picking && !ImGui::IsPopupOpen(generate_title.c_str())) {
    ImGui::OpenPopup(generate_title.c_str());
  }

  // As high as its rows: adding a trait makes it grow.
  ImGui::SetNextWindowSize({look.px(420), 0});
  const bool is_new = !character_form_state || character_form_state->editing.empty();
  const std::string title =
      labelled(is_new ? "dialog.new_character" : "dialog.edit_character", kCharacterDialog);
  dialog(title, nullptr, ImGuiWindowFlags_NoResize, [&] {
    if (!character_form_state) {
      ImGui::CloseCurrentPopup();
      return;
    }
    const bool busy = board.saving_character();
    const CharacterFormResult done =
        character_form("character", *character_form_state, look, busy, board.character_error());
    text_active |= done.text_active;
    if (done.save) {
      board.save_character(character_form_state->editing, *done.save);
      character_form_was_saving = true;
      return;
    }
    // Closed by its success, never before the library has answered.
    const bool saved = character_form_was_saving && !busy && board.character_error() == nullptr;
    if (!busy) character_form_was_saving = false;
    const bool left = ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !done.text_active;
    if (done.cancel || saved || left) {
      character_form_state.reset();
      ImGui::CloseCurrentPopup();
    }
  });

  const std::string rename_title = labelled("dialog.rename_version", kRenameDialog);
  dialog(rename_title, nullptr, ImGuiWindowFlags_AlwaysAutoResize, [&] {
    field_label(look, text("form.version_name"));
    if (ImGui::IsWindowAppearing()) compat::focus_next_item();
    const bool entered =
        text_field("##version_name", "", new_version_name, look.px(320),
                   ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    text_active |= ImGui::IsItemActive();
    const bool cancel =
        button(look, text("dialog.cancel")) || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::SameLine();
    const bool rename =
        button(look, text("dialog.rename"), ButtonKind::primary, "", {0, look.control_height()});
    if (rename || entered) board.rename_version(renaming, new_version_name);
    if (rename || entered || cancel) ImGui::CloseCurrentPopup();
  });

  ImGui::SetNextWindowSize({look.px(440), 0});
  const std::string limit_title = labelled("dialog.above_limit", kSoftLimitDialog);
  dialog(limit_title, nullptr, ImGuiWindowFlags_NoResize, [&] {
    ImGui::TextWrapped("%s", soft_limit_question.c_str());
    ImGui::Dummy({0, look.px(4)});
    const bool cancel =
        button(look, text("dialog.cancel")) || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::SameLine();
    const bool generate_it =
        button(look, labelled("dialog.generate_anyway", "generate_anyway").c_str(),
               ButtonKind::primary, "", {0, look.control_height()});
    if (generate_it && over_soft_limit) board.generate(*over_soft_limit);
    if (!generate_it && !cancel) return;
    over_soft_limit.reset();
    ImGui::CloseCurrentPopup();
  });

  draw_purge_question();
  draw_key_sheet();

  draw_batch_dialog();
  draw_history_dialog();

  const float tallest = ImGui::GetMainViewport()->WorkSize.y - look.px(32);
  ImGui::SetNextWindowSize({look.px(400), std::min(look.px(760), tallest)}, ImGuiCond_Appearing);
  bool open = true;
  dialog(generate_title, &open, 0, [&] { draw_form(true); });
  if (!open) generate_dialog = false;
}

void Panel::Parts::draw_key_sheet() {
  const ImVec2 screen = ImGui::GetMainViewport()->WorkSize;
  ImGui::SetNextWindowSize({std::min(look.px(760), screen.x - look.px(32)),
                            std::min(look.px(720), screen.y - look.px(32))},
                           ImGuiCond_Appearing);
  bool open = true;
  const std::string title = labelled("keys.title", kKeysDialog);
  dialog(title, &open, 0, [&] {
    const KeySheetResult done = key_sheet("keys", keymap, key_sheet_state, look);
    text_active |= done.text_active;
    if (done.close) ImGui::CloseCurrentPopup();
  });
}

}  // namespace castboard
