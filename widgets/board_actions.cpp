// What the user does: the second half of Board.
#include <algorithm>
#include <utility>

#include "board.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr std::size_t kMaxToasts = 5;
constexpr std::size_t kMaxUndo = 100;

}  // namespace

// --- Choosing ------------------------------------------------------------------------------------

void Board::show_project(const ProjectId& id) {
  ++steps_;
  if (id != query_.project_id) open_project(id);
}

void Board::show_project_by_name(std::string name_or_id) {
  ++steps_;
  find_project_ticket_ = session_.find_project(std::move(name_or_id));
}

void Board::show_character(const CharacterId& id) {
  ++steps_;
  leave_files();
  open_character(id);
}

void Board::show_character_by_name(std::string name_or_id) {
  ++steps_;
  if (find_project_ticket_ || query_.project_id.empty()) {
    wanted_character_name_ = std::move(name_or_id);
    return;
  }
  find_character_ticket_ = session_.find_character(std::move(name_or_id), query_.project_id);
}

void Board::search(const std::string& text) {
  if (query_.text == text) return;
  query_.text = text;
  forget_cast_query();
}

void Board::show_cast(CastQuery query) {
  query.project_id = query_.project_id;
  if (query == query_) return;
  query_ = std::move(query);
  forget_cast_query();
}

void Board::choose_cell(int cell) {
  const Version* shown = viewed();
  if (shown == nullptr || !shown->is_sheet()) return;
  set_viewed(VersionId(shown->id), cell, single_);
}

void Board::show_cell(int cell) {
  const Version* shown = viewed();
  if (shown == nullptr || !shown->is_sheet()) return;
  set_viewed(VersionId(shown->id), cell == 0 ? cell_ : cell, cell != 0);
}

void Board::step_cell(int by) {
  const int next = cell_ == 0 ? (by > 0 ? 1 : kCellsPerSheet)
                              : (cell_ - 1 + by + kCellsPerSheet) % kCellsPerSheet + 1;
  choose_cell(next);
}

void Board::toggle_single() {
  show_cell(single_ ? 0 : std::max(cell_, 1));
}

// --- Editing -------------------------------------------------------------------------------------

void Board::activate(const VersionId& id) {
  count_edit(session_.activate(id));
}

void Board::set_status_of_shown(Status status) {
  const Version* shown = viewed();
  if (shown == nullptr) return;
  if (shown->is_sheet() && single_) {
    count_edit(session_.set_cell_status(shown->id, cell_, status));
  } else {
    set_status(shown->id, status);
  }
}

void Board::set_status_of_chosen(Status status) {
  const std::vector<VersionId> ids = targets();
  if (ids.size() > 1) {
    set_status(ids, status);
  } else {
    set_status_of_shown(status);
  }
}

void Board::set_status(const VersionId& id, Status status) {
  set_status(std::vector{id}, status);
}

void Board::set_cell_boxes(const VersionId& id, std::vector<PixelRect> boxes) {
  count_edit(session_.set_cell_boxes(id, std::move(boxes)));
}

void Board::set_cell_status(const VersionId& id, int cell, Status status) {
  count_edit(session_.set_cell_status(id, cell, status));
}

void Board::toggle_star(const VersionId& id) {
  toggle_star(std::vector{id});
}

void Board::rename_version(const VersionId& id, const std::string& name) {
  count_edit(session_.rename_version(id, name));
}

void Board::trash_version(const VersionId& id) {
  trash_versions({id});
}

void Board::trash_characters(const std::vector<CharacterId>& ids) {
  if (!ids.empty()) count_edit(session_.trash_characters(ids));
}

void Board::restore_characters(const std::vector<CharacterId>& ids) {
  if (!ids.empty()) count_edit(session_.restore_characters(ids));
}

void Board::undo_last() {
  if (undo_stack_.empty()) {
    say(text("toast.nothing_to_undo"));
    return;
  }
  if (undo_stack_.back().take_back) {
    undo_toast(std::uint64_t(undo_stack_.back().toast));
  } else {
    undo(Edit(undo_stack_.back().edit));
  }
}

void Board::undo(Edit edit) {
  // Taken from the stack at once: pressing twice undoes two edits, not one edit twice.
  const auto same = [&edit](const Edit& other) {
    const auto id = [](const VersionFields& fields) { return fields.id; };
    return other.message == edit.message && other.files == edit.files &&
           other.before.size() == edit.before.size() &&
           std::equal(other.before.begin(), other.before.end(), edit.before.begin(),
                      [&id](const auto& a, const auto& b) { return id(a) == id(b); });
  };
  const auto found =
      std::find_if(undo_stack_.rbegin(), undo_stack_.rend(),
                   [&same](const UndoStep& step) { return !step.take_back && same(step.edit); });
  if (found != undo_stack_.rend()) undo_stack_.erase(std::next(found).base());
  std::erase_if(toasts_, [&same](const Toast& toast) { return toast.undo && same(*toast.undo); });
  const Ticket<Edit> ticket = session_.undo(std::move(edit));
  edits_.insert(ticket.number);
  undos_.insert(ticket.number);
}

void Board::undo_toast(std::uint64_t id) {
  const auto found = std::find_if(undo_stack_.begin(), undo_stack_.end(),
                                  [id](const UndoStep& s) { return s.take_back && s.toast == id; });
  if (found == undo_stack_.end()) return;
  const auto take_back = std::move(found->take_back);
  undo_stack_.erase(found);
  close_toast(id);
  take_back();
}

void Board::push_undo(UndoStep step) {
  undo_stack_.push_back(std::move(step));
  if (undo_stack_.size() > kMaxUndo) undo_stack_.erase(undo_stack_.begin());
}

bool Board::take_edits(const Reply& reply) {
  if (edits_.erase(reply.ticket) == 0) return false;
  const bool was_undo = undos_.erase(reply.ticket) != 0;
  const bool was_form = edit_ticket_.number == reply.ticket;
  if (was_form) edit_ticket_ = {};
  const auto in_place = in_place_edits_.find(reply.ticket);
  const CharacterId edited = in_place == in_place_edits_.end() ? CharacterId() : in_place->second;
  if (in_place != in_place_edits_.end()) in_place_edits_.erase(in_place);
  const auto* result = reply.value.as<Edit>();
  if (result == nullptr) return true;
  if (!*result) {
    if (was_form) {
      character_error_ = result->error();
    } else if (!edited.empty()) {
      edit_errors_[edited] = result->error();
    } else {
      say_error(result->error(), "");
    }
    return true;
  }
  const Edit& edit = **result;
  if (!edit.files.empty()) presets_stale_ = true;
  rows_.mark_stale(edit.character_id);
  if (edit.character_id == character_id_) versions_stale_ = trash_stale_ = true;
  if (!edit.characters_before.empty()) cast_stale_ = projects_stale_ = true;
  for (const Character& changed : edit.characters_after) rows_.mark_stale(changed.id);
  if (!was_undo) leave_trashed(edit);
  // Who brings one back from the trash wants to see it, whether a character or a version.
  if (was_undo && edit.characters_after.size() == 1 &&
      edit.characters_after[0].deleted_at.empty() &&
      !edit.characters_before[0].deleted_at.empty()) {
    open_character(edit.characters_after[0].id);
  }
  if (was_undo && edit.before.size() == 1 && !edit.before[0].deleted_at.empty() &&
      edit.character_id == character_id_) {
    wanted_version_ = edit.before[0].id;
  }
  const bool undoable = edit.undoable() && !was_undo;
  if (undoable) push_undo({edit, {}, 0});
  if (!edit.message.empty()) {
    // A cell that is moved pixel by pixel says so once; Ctrl+Z still has each step.
    if (!toasts_.empty() && toasts_.back().undo && toasts_.back().message == edit.message) {
      toasts_.pop_back();
    }
    Toast& toast = add_toast({});
    toast.message = edit.message;
    if (undoable) toast.undo = edit;
  }
  return true;
}

// The next in the cast is nearer to what the user was doing than the first.
void Board::leave_trashed(const Edit& edit) {
  std::set<CharacterId> gone;
  for (const Character& after : edit.characters_after) {
    if (!after.deleted_at.empty()) gone.insert(after.id);
  }
  if (!gone.contains(character_id_)) return;
  CharacterId next;
  if (cast_ != nullptr && !query_.trashed) {
    bool is_after = false;
    for (const CharacterId& id : cast_->ids) {
      is_after = is_after || id == character_id_;
      if (gone.contains(id)) continue;
      next = id;
      if (is_after) break;
    }
  }
  forget_character();
  if (!next.empty()) open_character(next);
}

void Board::edit_character(const CharacterId& id, const CharacterDraft& draft) {
  edit_errors_.erase(id);
  const Ticket<Edit> ticket = session_.edit_character(id, draft);
  in_place_edits_[ticket.number] = id;
  count_edit(ticket);
}

const Error* Board::edit_error(const CharacterId& id) const {
  const auto found = edit_errors_.find(id);
  return found == edit_errors_.end() ? nullptr : &found->second;
}

void Board::create_project(const std::string& name) {
  project_error_.reset();
  project_created_ = true;
  project_ticket_ = session_.create_project(name);
}

void Board::rename_project(const ProjectId& id, const std::string& name) {
  project_error_.reset();
  project_created_ = false;
  project_ticket_ = session_.rename_project(id, name);
}

void Board::save_character(const CharacterId& editing, const CharacterDraft& draft) {
  character_error_.reset();
  if (editing.empty()) {
    CharacterDraft in_project = draft;
    if (in_project.project_id.empty()) in_project.project_id = query_.project_id;
    create_ticket_ = session_.create_character(std::move(in_project));
  } else {
    edit_ticket_ = session_.edit_character(editing, draft);
    count_edit(edit_ticket_);
  }
}

bool Board::take_saves(const Reply& reply) {
  if (const auto* project = reply.to(project_ticket_)) {
    project_ticket_ = {};
    projects_stale_ = true;
    if (!*project) {
      project_error_ = project->error();
      say_error(project->error(), "");
    } else if (project_created_) {
      // Known at once, or the list read before it would choose another.
      projects_.push_back(**project);
      show_project((*project)->id);
    }
    return true;
  }
  if (const auto* character = reply.to(create_ticket_)) {
    create_ticket_ = {};
    if (!*character) {
      character_error_ = character->error();
      return true;
    }
    rows_.put(**character);
    cast_stale_ = projects_stale_ = true;
    show_character((*character)->id);
    return true;
  }
  return false;
}

// --- Presets -------------------------------------------------------------------------------------

void Board::save_preset(const Preset& preset, bool overwrite) {
  count_edit(session_.save_preset(preset, overwrite));
}

void Board::delete_preset(const std::string& name) {
  count_edit(session_.delete_preset(name));
}

void Board::import_preset(const std::string& path) {
  count_edit(session_.import_preset(path, false));
}

bool Board::take_presets(const Reply& reply) {
  const auto* result = reply.to(presets_ticket_);
  if (result == nullptr) return false;
  presets_ticket_ = {};
  if (*result) {
    presets_ = **result;
  } else {
    say_error(result->error(), text("toast.presets_unreadable"));
  }
  return true;
}

// --- Toasts --------------------------------------------------------------------------------------

Toast& Board::add_toast(Toast toast) {
  toast.id = ++last_toast_;
  // Ten jobs that fail for one reason are one message.
  if (!toasts_.empty() && toast.is_error && toasts_.back().is_error &&
      toasts_.back().message == toast.message && toasts_.back().hint == toast.hint) {
    toast.times = toasts_.back().times + 1;
    toasts_.pop_back();
  }
  if (toasts_.size() >= kMaxToasts) toasts_.erase(toasts_.begin());
  toasts_.push_back(std::move(toast));
  return toasts_.back();
}

void Board::say(std::string message) {
  Toast toast;
  toast.message = std::move(message);
  add_toast(std::move(toast));
}

void Board::say_undoable(std::string message, std::function<void()> take_back) {
  Toast toast;
  toast.message = std::move(message);
  toast.take_back = std::move(take_back);
  const Toast& added = add_toast(std::move(toast));
  push_undo({{}, added.take_back, added.id});
}

void Board::say_saved_files(std::string message, std::string file) {
  Toast toast;
  toast.message = std::move(message);
  toast.show_file = std::move(file);
  add_toast(std::move(toast));
}

void Board::say_error(const Error& error, const std::string& what) {
  Toast toast;
  toast.is_error = toast.stays = true;
  toast.message = what.empty()            ? error.message
                  : error.message.empty() ? what
                                          : text("toast.failed", {what, error.message});
  toast.hint = error.hint;
  toast.detail = error.detail;
  add_toast(std::move(toast));
}

void Board::close_toast(std::uint64_t id) {
  std::erase_if(toasts_, [id](const Toast& toast) { return toast.id == id; });
}

}  // namespace castboard
