// Save as files and redo one cell: their dialogs, and what of a panel they are about.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

std::string first_directory() {
  const char* home = std::getenv("HOME");
  return home != nullptr && *home != '\0' ? std::string(home) + "/castboard" : std::string();
}

}  // namespace

void Panel::Parts::open_export(ExportDialogState state) {
  if (state.choices.empty()) return;
  if (pictures.export_directory.empty()) pictures.export_directory = first_directory();
  state.request.directory = pictures.export_directory;
  pictures.export_dialog = std::move(state);
  pictures.work.forget_preview();
  pictures.export_open = true;
}

void Panel::Parts::save_characters(const std::vector<CharacterId>& ids) {
  if (ids.empty()) return;
  ExportDialogState state;
  const Character* only = ids.size() == 1 ? board.row(ids.front()) : nullptr;
  state.subject = only != nullptr
                      ? only->name
                      : counted("board.characters", static_cast<std::int64_t>(ids.size()));
  state.choices = {
      {text(ids.size() == 1 ? "export.active" : "export.actives"), ExportWhat::active, {}},
      {text("export.poses"), ExportWhat::poses, {}},
      {text(ids.size() == 1 ? "export.sheet" : "export.sheets"), ExportWhat::sheet, {}},
      {text("export.cells"), ExportWhat::cells, {}},
      {text("export.contact_poses"), ExportWhat::contact_sheet, ContactOf::poses},
      {text(ids.size() == 1 ? "export.contact_versions" : "export.contact_actives"),
       ExportWhat::contact_sheet, ids.size() == 1 ? ContactOf::versions : ContactOf::active}};
  state.request.characters = ids;
  open_export(std::move(state));
}

void Panel::Parts::save_versions(const std::vector<VersionId>& ids, int cell) {
  if (ids.empty()) return;
  const Version* only = ids.size() == 1 ? board.find_version(ids.front()) : nullptr;
  const Character* character = board.character();
  ExportDialogState state;
  if (only != nullptr) {
    state.subject = (character != nullptr ? character->name + "  " : std::string()) +
                    version_label(only->version_number);
  } else {
    state.subject = counted("board.versions", static_cast<std::int64_t>(ids.size()));
  }
  const bool sheets = std::any_of(ids.begin(), ids.end(), [this](const VersionId& id) {
    const Version* version = board.find_version(id);
    return version != nullptr && version->is_sheet();
  });
  if (only != nullptr && only->is_sheet() && cell > 0) {
    state.choices.push_back({text("export.cell", {std::to_string(cell)}), ExportWhat::cells, {}});
    state.request.cells = {cell};
  } else {
    state.choices.push_back(
        {text(ids.size() == 1 ? "export.picture" : "export.pictures"), ExportWhat::active, {}});
    if (sheets) state.choices.push_back({text("export.cells"), ExportWhat::cells, {}});
    state.choices.push_back({text("export.contact"), ExportWhat::contact_sheet,
                             sheets && ids.size() == 1 ? ContactOf::cells : ContactOf::versions});
  }
  state.request.versions = ids;
  open_export(std::move(state));
}

void Panel::Parts::save_board_cell(const BoardCell& cell) {
  if (cell.pose.empty()) {
    save_characters({cell.character_id});
    return;
  }
  ExportDialogState state;
  const Character* character = board.row(cell.character_id);
  state.subject = character != nullptr ? character->name : std::string();
  state.choices.push_back({text("export.this_pose"), ExportWhat::poses, {}});
  state.request.characters = {cell.character_id};
  state.request.poses = {cell.pose};
  if (pictures.source == PoseSource::viewed && cell.picture && cell.picture->cell > 0) {
    state.choices.front().what = ExportWhat::cells;
    state.request.versions = {cell.picture->version_id};
  }
  open_export(std::move(state));
}

void Panel::Parts::save_contact_sheet(const std::vector<CharacterId>& who) {
  ExportDialogState state;
  state.subject = counted("board.characters", static_cast<std::int64_t>(who.size()));
  state.choices.push_back({text("export.contact"), ExportWhat::contact_sheet, pictures.contact.of});
  state.request.characters = who;
  if (pictures.contact.of == ContactOf::versions)
    state.request.versions = pictures.contact.versions;
  state.request.contact_sheet = pictures.contact_sheet.options;
  if (pictures.contact.of == ContactOf::poses) {
    for (const PoseSet::Column& column :
         pictures.sets[static_cast<std::size_t>(pictures.set)].columns) {
      state.request.poses.push_back(column.pose);
    }
  }
  open_export(std::move(state));
}

void Panel::Parts::draw_export_dialog() {
  const std::string title = labelled("export.title", "castboard_export");
  if (std::exchange(pictures.export_open, false)) ImGui::OpenPopup(title.c_str());
  ImGui::SetNextWindowSize({look.px(460), 0});
  bool is_open = false;
  dialog(title, nullptr, ImGuiWindowFlags_NoResize, [&] {
    is_open = true;
    ExportDialogState& state = pictures.export_dialog;
    const ExportDialogResult done = export_dialog("export",
                                                  {.look = look,
                                                   .report = pictures.work.previewed(),
                                                   .error = pictures.work.preview_error(),
                                                   .can_browse = bool(options.pick_folder),
                                                   .busy = pictures.work.writing()},
                                                  state);
    text_active |= done.text_active;
    if (done.browse) browse_folder();
    if (!done.text_active || pictures.work.previewed() == nullptr) {
      pictures.work.preview(state.request);
    }
    if (done.save) {
      pictures.export_directory = state.request.directory;
      pictures.work.write(state.request);
    }
    if (done.save || done.cancel) ImGui::CloseCurrentPopup();
  });
  if (!is_open) pictures.work.forget_preview();
}

void Panel::Parts::browse_folder() {
  if (!options.pick_folder) return;
  options.pick_folder([this, still_here = std::weak_ptr(alive)](const std::string& path) {
    if (still_here.expired()) return;
    if (!path.empty()) pictures.export_dialog.request.directory = path;
    // A picker that is a window of Dear ImGui's closes those that are open.
    pictures.export_open = true;
  });
}

void Panel::Parts::open_redo(const VersionId& version, int cell) {
  pictures.redo_version = version;
  pictures.redo_cell = cell;
  pictures.redo_open = true;
  pictures.work.ask_redo(version, cell, false);
}

// What it would cost, before anything is sent.
void Panel::Parts::draw_redo_dialog() {
  const std::string title = labelled("redo.dialog", "castboard_redo");
  if (std::exchange(pictures.redo_open, false)) ImGui::OpenPopup(title.c_str());
  ImGui::SetNextWindowSize({look.px(440), 0});
  bool is_open = false;
  dialog(title, nullptr, ImGuiWindowFlags_NoResize, [&] {
    is_open = true;
    const RedoOffer* offer = pictures.work.offer();
    const Error* error = pictures.work.offer_error();
    if (error != nullptr) {
      ImGui::TextWrapped("%s", error->message.c_str());
      caption(look, error->hint);
    } else if (offer == nullptr) {
      caption(look, text("redo.waiting"));
    } else {
      const std::string cost = offer->quote.credits == 0
                                   ? std::string(text("redo.free"))
                                   : counted("redo.credits", offer->quote.credits);
      ImGui::TextWrapped(
          "%s",
          text("redo.what", {offer->request.version_name, offer->request.provider, cost}).c_str());
      ImGui::TextWrapped("%s", text("redo.stays"));
      if (!offer->quote.ask.empty()) ImGui::TextWrapped("%s", offer->quote.ask.c_str());
      bool new_seed = !offer->request.seed.has_value();
      if (ImGui::Checkbox(text("redo.new_seed"), &new_seed)) {
        pictures.work.ask_redo(pictures.redo_version, pictures.redo_cell, new_seed);
        offer = nullptr;
      }
    }
    ImGui::Dummy({0, look.px(4)});
    const std::string cancel = labelled("export.cancel", "redo_cancel");
    const std::string redo = labelled("redo.generate", "redo_generate");
    const bool left = button(look, cancel.c_str()) || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::SameLine();
    bool go = false;
    scoped::disabled(offer == nullptr, [&] {
      go = button(look, redo.c_str(), ButtonKind::primary, "", {0, look.control_height()});
    });
    if (go && offer != nullptr) {
      GenerationRequest request = offer->request;
      request.soft_limit_accepted = true;  // the question was shown
      board.generate(request);
    }
    if (go || left) ImGui::CloseCurrentPopup();
  });
  if (!is_open && pictures.work.redo_asked()) pictures.work.forget_offer();
}

}  // namespace castboard
