// The pane of the cast: the grid, the shown character's description and traits, and what is done
// with several characters at once.
#include <algorithm>
#include <utility>

#include "command_line.h"
#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"

namespace castboard {

namespace {

constexpr const char* kBatchDialog = "castboard_batch";

}  // namespace

void Panel::Parts::draw_cast() {
  if (!is_composite) draw_top_bar();
  if (!board.is_open()) {
    draw_opening();
    return;
  }
  if (!has_project()) {
    const ProjectMenuResult named =
        first_project("first_project", project_menu_state, look, board.project_error());
    text_active |= named.text_active;
    if (!named.create.empty()) board.create_project(named.create);
    return;
  }
  if (!text_was_active) grid.search = board.query().text;  // another project, or Esc
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float details = character_details_height(look, character_details_state, room.y);
  const float grid_height = room.y - details - ImGui::GetStyle().ItemSpacing.y;
  // The outline of a tile at either edge needs a little room beside it.
  const float margin = look.px(4);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() - margin);
  scoped::child("grid", {room.x + 2 * margin, std::max(1.0F, grid_height)}, 0,
                ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse, [&] {
                  ImGui::Indent(margin);
                  draw_grid();
                  ImGui::Unindent(margin);
                });
  draw_character_details();
}

void Panel::Parts::draw_grid() {
  const CharacterGridInput input{
      .look = look,
      .cast = board.cast().get(),
      .query = board.query(),
      .catalogue = board.catalogue(),
      .shown = board.character_id(),
      .can_show_in_folder = bool(options.show_in_folder),
      .row = [this](const CharacterId& id) { return board.row(id); },
      .thumbnail = thumbnails(),
      .path_of = [this](const std::string& url) { return session.absolute_path(url); },
      .rename_error = [this](const CharacterId& id) { return board.edit_error(id); },
      .find_key = keymap.key_text(Action::find),
      .rename_key = keymap.key_text(Action::tile_rename),
      .trash_key = keymap.key_text(Action::trash)};
  const std::size_t chosen = grid.chosen.size();
  const CharacterGridResult done = character_grid("cast", input, grid);
  // What was drawn before the click does not know of it yet.
  if (grid.chosen.size() != chosen) ask_frame_in(0);
  tiles_submitted = done.submitted;
  grid_has_focus = done.has_focus;
  text_active |= done.text_active;
  if (done.query) board.show_cast(*done.query);
  if (!done.show.empty()) board.show_character(done.show);
  if (done.generate.size() == 1) {
    board.show_character(done.generate.front());
    open_form_dialog();
  } else if (!done.generate.empty()) {
    open_batch(done.generate);
  }
  if (!done.save_files.empty()) save_characters(done.save_files);
  if (!done.contact_sheet.empty()) open_contact_sheet(ContactOf::poses, done.contact_sheet);
  if (!done.trash.empty()) board.trash_characters(done.trash);
  if (!done.restore.empty()) board.restore_characters(done.restore);
  if (!done.forget_error.empty()) board.forget_edit_error(done.forget_error);
  if (done.rename) {
    if (const Character* row = board.row(done.rename->id)) {
      CharacterDraft draft = draft_of(*row);
      draft.name = done.rename->name;
      board.edit_character(row->id, draft);
    }
  }
  if (!done.copy_id.empty()) ImGui::SetClipboardText(done.copy_id.c_str());
  if (done.new_character) open_character_form(nullptr);
  if (!done.edit.empty()) {
    board.show_character(done.edit);
    character_details_state.open = character_details_state.take_keyboard = true;
  }
  if (!done.copy_command.empty()) {
    if (const Character* row = board.row(done.copy_command)) {
      ImGui::SetClipboardText(character_command(*row, library_option()).c_str());
    }
  }
  if (!done.show_in_folder.empty()) {
    if (const Character* row = board.row(done.show_in_folder)) show_in_folder(row->image_url);
  }
}

void Panel::Parts::draw_character_details() {
  const Character* shown = board.character();
  const bool is_renaming =
      shown != nullptr && (grid.rename.id == shown->id || grid.renamed == shown->id);
  // A refused name is said at the tile.
  const Error* error =
      shown != nullptr && !is_renaming ? board.edit_error(board.character_id()) : nullptr;
  const CharacterDetailsResult done =
      character_details("character", look, shown, error, character_details_state);
  text_active |= done.text_active;
  if (!done.save.empty()) board.edit_character(done.save, done.draft);
}

void Panel::Parts::open_batch(const std::vector<CharacterId>& ids) {
  const Catalogue* catalogue = board.catalogue();
  if (catalogue == nullptr) return;
  settle_draft(form.draft, *catalogue, board.character_id());
  static_cast<void>(read_seed(form.draft));
  const Reference& reference = form.draft.request.character_reference;
  // A version of the shown character is of no use to the others: each has its own.
  const bool is_own =
      reference.kind == Reference::Kind::version && board.find_version(reference.text) != nullptr;
  const bool is_active = reference.kind == Reference::Kind::active;
  batch = BatchRequest{form.draft.request, ids, is_own || is_active};
  if (is_active)
    batch->request.character_reference = {};  // said by the batch, with a box of its own
  batch->request.prompt.clear();              // written for one of them
  batch->request.soft_limit_accepted = false;
  board.quote_batch(*batch);
  popup_to_open = kBatchDialog;
}

void Panel::Parts::draw_batch_dialog() {
  ImGui::SetNextWindowSize({look.px(480), 0});
  dialog(std::string("###") + kBatchDialog, nullptr,
         ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoTitleBar, [&] {
           if (!batch || board.catalogue() == nullptr) {
             ImGui::CloseCurrentPopup();
             return;
           }
           const BatchQuote* quote = board.batch_quote();
           const BatchDialogResult done =
               batch_dialog("batch", {.look = look,
                                      .catalogue = *board.catalogue(),
                                      .batch = *batch,
                                      .quote = quote,
                                      .error = board.batch_error(),
                                      .credits_left = board.credits_left(),
                                      .own_prompt = !form.draft.request.prompt.empty()});
           if (done.active_as_reference) {
             batch->active_as_reference = *done.active_as_reference;
             board.quote_batch(*batch);
           }
           if (done.generate && quote != nullptr) {
             batch->request.soft_limit_accepted = !quote->ask.empty();
             batch->characters.clear();
             for (const BatchItem& item : quote->items) {
               if (!item.refused) batch->characters.push_back(item.character_id);
             }
             board.generate_batch(*batch);
             remember_used(form.draft);
             grid.chosen.clear();
           }
           if (!done.generate && !done.cancel) return;
           batch.reset();
           ImGui::CloseCurrentPopup();
         });
}

}  // namespace castboard
