#include "board.h"

#include "texts.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace castboard {
namespace {

const Version* row_of(const VersionListPtr& list, const VersionId& id) {
  if (list == nullptr || id.empty()) return nullptr;
  const auto& all = list->versions;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Version& v) { return v.id == id; });
  return found == all.end() ? nullptr : &*found;
}

template <class Id, class Items>
bool contains_id(const Items& items, const Id& id) {
  return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
}

}  // namespace

Board::Board(Session& session) : session_(session), open_ticket_(session.open()) {}

void Board::apply(const Event& event) {
  std::visit(
      [this](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, Reply>) apply_reply(value);
        if constexpr (std::is_same_v<T, LibraryChanged>) apply_changes(value);
        if constexpr (std::is_same_v<T, JobsChanged>) apply_jobs(value);
        if constexpr (std::is_same_v<T, JobFinished>) apply_finished(value);
        if constexpr (std::is_same_v<T, PushChanged>) push_ = value.summary;
      },
      event);
  refresh_strip();
}

void Board::ask() {
  if (!is_open()) return;
  if (projects_stale_ && !projects_ticket_) {
    projects_stale_ = false;
    projects_ticket_ = session_.list_projects();
  }
  if (cast_stale_ && !cast_ticket_ && !query_.project_id.empty()) {
    cast_stale_ = false;
    cast_ticket_ = session_.query_cast(query_);
  }
  if (versions_stale_ && !versions_ticket_ && !character_id_.empty()) {
    versions_stale_ = false;
    versions_ticket_ = session_.list_versions(character_id_);
  }
  if (history_stale_ && !history_ticket_ && history_query_) {
    history_stale_ = false;
    history_ticket_ = session_.job_history(*history_query_);
  }
  if (trash_stale_ && !trash_ticket_ && in_trash_ && !character_id_.empty()) {
    trash_stale_ = false;
    trash_ticket_ = session_.list_versions(character_id_, true);
  }
  if (presets_stale_ && !presets_ticket_) {
    presets_stale_ = false;
    presets_ticket_ = session_.list_presets();
  }
  rows_.ask(session_);
  refresh_strip();
}

void Board::apply_reply(const Reply& reply) {
  if (rows_.apply(reply)) return;
  // A reply that nobody here waits for any more is stale: dropped.
  const bool taken = take_opened(reply) || take_projects(reply) || take_cast(reply) ||
                     take_versions(reply) || take_trash(reply) || take_found(reply) ||
                     take_edits(reply) || take_saves(reply) || take_batch(reply) ||
                     take_generating(reply) || take_presets(reply);
  static_cast<void>(taken);
}

bool Board::take_opened(const Reply& reply) {
  const auto* result = reply.to(open_ticket_);
  if (result == nullptr) return false;
  open_ticket_ = {};
  if (!*result) {
    open_error_ = result->error();
    return true;
  }
  library_ = (*result)->library;
  opened_ = (*result)->catalogue;
  const LastViewed& last = library_.last_viewed;
  if (!last.character_id.empty()) last_viewed_[last.character_id] = last;
  for (const Error& warning : (*result)->warnings) say_error(warning, "");
  return true;
}

bool Board::take_projects(const Reply& reply) {
  const auto* result = reply.to(projects_ticket_);
  if (result == nullptr) return false;
  projects_ticket_ = {};
  if (!*result) {
    say_error(result->error(), text("toast.projects_unreadable"));
    return true;
  }
  projects_ = **result;
  projects_known_ = true;
  choose_project();
  return true;
}

void Board::choose_project() {
  if (contains_id(projects_, query_.project_id) || find_project_ticket_) return;
  if (contains_id(projects_, library_.last_viewed.project_id)) {
    open_project(library_.last_viewed.project_id);
  } else if (!projects_.empty()) {
    open_project(projects_.front().id);
  }
}

void Board::open_project(const ProjectId& id) {
  CastQuery everybody;
  everybody.project_id = id;
  everybody.sort = query_.sort;
  query_ = std::move(everybody);
  cast_.reset();
  forget_character();
  forget_cast_query();
  if (!wanted_character_name_.empty()) {
    find_character_ticket_ =
        session_.find_character(std::exchange(wanted_character_name_, {}), query_.project_id);
  }
}

void Board::forget_cast_query() {
  if (cast_ticket_) session_.forget(std::exchange(cast_ticket_, {}));
  cast_stale_ = true;
}

bool Board::take_cast(const Reply& reply) {
  const auto* result = reply.to(cast_ticket_);
  if (result == nullptr) return false;
  cast_ticket_ = {};
  if (!*result) {
    say_error(result->error(), text("toast.cast_unreadable"));
    return true;
  }
  cast_ = **result;
  choose_character();
  return true;
}

void Board::choose_character() {
  if (!character_id_.empty() || find_character_ticket_ || cast_->ids.empty()) return;
  const LastViewed& last = library_.last_viewed;
  const bool remembered =
      last.project_id == query_.project_id &&
      std::find(cast_->ids.begin(), cast_->ids.end(), last.character_id) != cast_->ids.end();
  open_character(remembered ? last.character_id : cast_->ids.front());
}

void Board::open_character(const CharacterId& id) {
  if (id == character_id_) return;
  forget_character();
  character_id_ = id;
  versions_stale_ = true;
  if (const auto last = last_viewed_.find(id); last != last_viewed_.end()) {
    wanted_version_ = last->second.version_id;
    cell_ = last->second.cell;
    single_ = cell_ != 0;
  }
}

void Board::forget_character() {
  character_id_.clear();
  versions_.reset();
  versions_ticket_ = {};
  versions_stale_ = false;
  viewed_.clear();
  viewed_next_.clear();
  wanted_version_.clear();
  show_trash(false);
  chosen_.clear();
  cell_ = 0;
  single_ = false;
  lineage_.update(nullptr);
  refresh_strip();
}

bool Board::take_versions(const Reply& reply) {
  const auto* result = reply.to(versions_ticket_);
  if (result == nullptr) return false;
  versions_ticket_ = {};
  if (!*result) {
    say_error(result->error(), text("toast.versions_unreadable"));
    return true;
  }
  if ((**result)->character_id != character_id_) return true;
  const VersionListPtr before = std::exchange(versions_, **result);
  lineage_.update(versions_);
  choose_viewed(before);
  return true;
}

void Board::choose_viewed(const VersionListPtr& before) {
  if (!wanted_version_.empty() && row_of(versions_, wanted_version_) != nullptr) {
    set_viewed(std::exchange(wanted_version_, {}), cell_, single_);
    return;
  }
  if (row_of(versions_, viewed_) != nullptr) return;
  if (row_of(versions_, viewed_next_) != nullptr) {
    set_viewed(std::exchange(viewed_next_, {}), cell_, single_);
    return;
  }
  if (versions_->versions.empty()) {
    viewed_.clear();
    return;
  }
  const Version* next = active();
  if (before != nullptr && !viewed_.empty()) {
    // The viewed one is gone (trashed): its neighbour is nearer to what the user was doing.
    const auto& old = before->versions;
    const auto gone =
        std::find_if(old.begin(), old.end(), [this](const Version& v) { return v.id == viewed_; });
    const int number = gone == old.end() ? 0 : gone->version_number;
    for (const Version& version : versions_->versions) {
      if (next == nullptr || version.version_number <= number) next = &version;
    }
  }
  if (next == nullptr) next = &versions_->versions.back();
  set_viewed(next->id, cell_, single_);
}

void Board::set_viewed(const VersionId& id, int cell, bool single) {
  const Version* version = row_of(versions_, id);
  const bool live = version != nullptr;
  if (!live && in_trash_) version = row_of(trash_, id);
  if (version == nullptr) return;
  (live ? viewed_ : viewed_in_trash_) = id;
  if (live == !in_trash_ && chosen_.size() < 2) chosen_.choose_only(id);
  if (version->is_sheet()) {
    cell_ = std::clamp(cell, 0, kCellsPerSheet);
    single_ = single && cell_ != 0;
  }
  // Looking into the trash is nobody's last view.
  if (!live) return;
  remember_view();
  if (version->viewed) return;
  // The mark goes at once; the library's own list follows.
  auto patched = std::make_shared<VersionList>(*versions_);
  for (Version& each : patched->versions) each.viewed = each.viewed || each.id == id;
  versions_ = std::move(patched);
  rows_.mark_stale(character_id_);
}

void Board::remember_view() {
  const Version* version = row_of(versions_, viewed_);
  if (version == nullptr) return;
  const LastViewed view{query_.project_id, character_id_, viewed_,
                        version->is_sheet() && single_ ? cell_ : 0};
  LastViewed& last = last_viewed_[character_id_];
  if (last == view && library_.last_viewed == view && version->viewed) return;
  last = view;
  library_.last_viewed = view;
  if (!library_.read_only) static_cast<void>(session_.mark_viewed(view));
}

bool Board::take_found(const Reply& reply) {
  if (const auto* project = reply.to(find_project_ticket_)) {
    find_project_ticket_ = {};
    if (*project) {
      open_project((*project)->id);
    } else {
      say_error(project->error(), text("toast.project_not_found"));
      choose_project();
    }
    return true;
  }
  if (const auto* version = reply.to(find_version_ticket_)) {
    find_version_ticket_ = {};
    if (*version) {
      if ((*version)->project_id != query_.project_id) open_project((*version)->project_id);
      show_version((*version)->character_id, (*version)->id);
      if ((*version)->trashed()) {
        show_trash(true);
        viewed_next_ = (*version)->id;
      }
    } else {
      say_error(version->error(), "");
    }
    return true;
  }
  if (const auto* character = reply.to(find_character_ticket_)) {
    find_character_ticket_ = {};
    if (*character) {
      if ((*character)->project_id != query_.project_id) open_project((*character)->project_id);
      rows_.put(**character);
      open_character((*character)->id);
    } else {
      say_error(character->error(), text("toast.character_not_found"));
      if (cast_) choose_character();
    }
    return true;
  }
  return false;
}

void Board::apply_changes(const LibraryChanged& changed) {
  // Who is in the cast, and where, depends on pictures too.
  const bool by_versions = query_.status || query_.without_picture || !query_.lacks_pose.empty() ||
                           query_.sort == CastQuery::Sort::missing;
  for (const Change& change : changed.changes) {
    if (change.kind == "project") projects_stale_ = true;
    if (change.kind == "character") {
      rows_.mark_stale(change.id);
      cast_stale_ = projects_stale_ = true;
      // Its active version may have changed with it.
      if (change.id == character_id_) versions_stale_ = true;
    }
    if (change.kind == "version") {
      // A version nobody here has seen may be of any character on screen.
      if (find_version(change.id) != nullptr) {
        rows_.mark_stale(character_id_);
      } else {
        rows_.mark_all_stale();
        cast_stale_ = true;
      }
      versions_stale_ = trash_stale_ = true;
      cast_stale_ |= by_versions;
    }
    if (change.kind == "view") rows_.mark_stale(character_id_);
  }
}

void Board::apply_jobs(const JobsChanged& changed) {
  if (changed.jobs) jobs_ = *changed.jobs;
  queue_ = changed.queue;
}

void Board::apply_finished(const JobFinished& finished) {
  history_stale_ = history_query_.has_value();
  const Job& job = finished.outcome.job;
  const auto watch = watched_.find(job.id);
  if (watch == watched_.end() && !presses_.empty()) {
    early_.push_back(finished.outcome);
    return;
  }
  const std::string what = text("jobs.title", {job.character_name, job.request.version_name});
  const std::uint64_t batch = watch == watched_.end() ? 0 : watch->second.batch;
  if (job.state == JobState::done && !finished.outcome.versions.empty()) {
    const Version& version = finished.outcome.versions.back();
    const bool stayed = watch != watched_.end() && watch->second.steps == steps_ &&
                        watch->second.character == character_id_;
    if (stayed) {
      follow(version.character_id, version.id);
    } else if (batch == 0) {
      Toast& toast = add_toast({});
      toast.message =
          text("toast.saved", {version_label(version.version_number), job.character_name});
      toast.show_character = version.character_id;
      toast.show_version = version.id;
    }
    rows_.mark_stale(version.character_id);
    if (version.character_id == character_id_) versions_stale_ = true;
    projects_stale_ = true;
  } else if (job.state == JobState::failed || job.state == JobState::uncertain) {
    Error error;
    error.message = job.message;
    error.hint = job.hint;
    say_error(error, what);
    toasts_.back().stays = false;  // its card stays
  }
  if (watch != watched_.end()) watched_.erase(watch);
  if (batch != 0) count_of_batch(batch, job.state == JobState::done);
}

void Board::follow(const CharacterId& character, const VersionId& version) {
  if (character != character_id_) return;
  if (row_of(versions_, version) != nullptr) {
    set_viewed(version, 0, false);
    return;
  }
  cell_ = 0;
  single_ = false;
  wanted_version_ = version;
  versions_stale_ = true;
}

const Project* Board::project() const {
  const auto found = std::find_if(projects_.begin(), projects_.end(),
                                  [this](const Project& p) { return p.id == query_.project_id; });
  return found == projects_.end() ? nullptr : &*found;
}

const Version* Board::find_version(const VersionId& id) const {
  const Version* version = row_of(versions_, id);
  return version == nullptr && in_trash_ ? row_of(trash_, id) : version;
}

bool Board::single() const {
  if (!single_) return false;
  const Version* shown = viewed();
  return shown != nullptr && shown->is_sheet();
}

const Version* Board::viewed() const {
  return in_trash_ ? row_of(trash_, viewed_in_trash_) : row_of(versions_, viewed_);
}

const Version* Board::active() const {
  if (versions_ == nullptr) return nullptr;
  const auto& all = versions_->versions;
  const auto found =
      std::find_if(all.begin(), all.end(), [](const Version& v) { return v.is_active; });
  return found == all.end() ? nullptr : &*found;
}

int Board::jobs_under_way() const {
  return static_cast<int>(std::count_if(jobs_.begin(), jobs_.end(), [](const Job& job) {
    return !is_final(job.state) && !job.elsewhere;
  }));
}

std::string Board::save_text() const {
  if (!is_open()) return text(open_error_ ? "saving.not_open" : "saving.opening");
  if (library_.read_only) return text("saving.read_only");
  const bool writing = !edits_.empty() || create_ticket_ || project_ticket_;
  return text(writing ? "saving.writing" : "saving.saved");
}

std::string Board::push_text() const {
  switch (push_.state) {
    case PushState::off:
      return text("push.off");
    case PushState::idle:
      return text("push.done");
    case PushState::held:
      return counted("push.held", push_.pending);
    case PushState::failing:
      return counted("push.failing", push_.pending);
    case PushState::pending:
      break;
  }
  return counted("push.pending", push_.pending);
}

std::optional<std::int64_t> Board::credits_left() const {
  const Project* shown = project();
  if (shown == nullptr || !shown->credit_limit) return std::nullopt;
  return *shown->credit_limit - shown->credits_used - shown->credits_reserved;
}

bool Board::waiting() const {
  if (open_error_) return false;
  return !is_open() || projects_stale_ || cast_stale_ || versions_stale_ || projects_ticket_ ||
         cast_ticket_ || versions_ticket_ || trash_ticket_ || find_version_ticket_ ||
         (in_trash_ && trash_stale_) || find_project_ticket_ || find_character_ticket_ ||
         project_ticket_ || create_ticket_ || !edits_.empty() || !presses_.empty() ||
         quote_ticket_ || batch_quote_ticket_ || history_ticket_ || rows_.waiting() ||
         !wanted_character_name_.empty();
}

}  // namespace castboard
