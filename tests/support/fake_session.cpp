#include "support/fake_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace castboard {
namespace fake {
namespace {

struct Record {
  std::vector<Call> calls;
  std::uint64_t tickets = 0;
  LastViewed marked;
  PictureRequest picture;
};

Record& record() {
  static Record only;
  return only;
}

std::uint64_t ask(std::string name, std::string argument = {}) {
  const std::uint64_t ticket = ++record().tickets;
  record().calls.push_back({std::move(name), std::move(argument), ticket});
  return ticket;
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ",") + id;
  return text;
}

}  // namespace

const std::vector<Call>& calls() {
  return record().calls;
}

void clear() {
  record().calls.clear();
}

int count(const std::string& name) {
  return static_cast<int>(std::count_if(calls().begin(), calls().end(),
                                        [&](const Call& call) { return call.name == name; }));
}

Call last(const std::string& name) {
  const auto found = std::find_if(calls().rbegin(), calls().rend(),
                                  [&](const Call& call) { return call.name == name; });
  if (found != calls().rend()) return *found;
  ADD_FAILURE() << "nobody asked for " << name;
  return {};
}

const LastViewed& last_marked() {
  return record().marked;
}

const PictureRequest& last_picture() {
  return record().picture;
}

}  // namespace fake

using fake::ask;

struct Session::Workers {};

Session::Session(SessionOptions) {}
Session::~Session() = default;

Ticket<Opened> Session::open() {
  return {ask("open")};
}
Ticket<std::vector<CharacterPoses>> Session::load_poses(std::vector<CharacterId> ids, PoseSource) {
  return {ask("load_poses", fake::joined(ids))};
}
Ticket<PoseGapsPtr> Session::query_pose_gaps(CastQuery query, std::vector<std::string> poses,
                                             PoseSource) {
  return {ask("query_pose_gaps", query.text + ":" + fake::joined(poses))};
}
Ticket<Version> Session::make_composite(CompositeRequest request) {
  return {ask("make_composite", request.base)};
}
Ticket<ExportReport> Session::export_pictures(ExportRequest request) {
  return {ask(request.dry_run ? "preview_export" : "export_pictures", request.directory)};
}
Ticket<RedoOffer> Session::offer_redo(VersionId sheet, int cell, bool new_seed) {
  return {ask("offer_redo", sheet + ":" + std::to_string(cell) + (new_seed ? ":new" : ""))};
}
Ticket<std::vector<Project>> Session::list_projects() {
  return {ask("list_projects")};
}
Ticket<Project> Session::find_project(std::string name) {
  return {ask("find_project", name)};
}
Ticket<CastPtr> Session::query_cast(CastQuery query) {
  return {ask("query_cast", query.project_id + ":" + query.text)};
}
void Session::forget(Ticket<CastPtr> ticket) {
  ask("forget_cast", std::to_string(ticket.number));
}
Ticket<std::vector<Character>> Session::load_characters(std::vector<CharacterId> ids) {
  return {ask("load_characters", fake::joined(ids))};
}
Ticket<Character> Session::find_character(std::string name, std::string) {
  return {ask("find_character", name)};
}
Ticket<VersionListPtr> Session::list_versions(CharacterId character, bool trashed) {
  return {ask(trashed ? "list_trash" : "list_versions", character)};
}
Ticket<Version> Session::find_version(std::string text, std::string) {
  return {ask("find_version", text)};
}
Ticket<Project> Session::create_project(std::string name) {
  return {ask("create_project", name)};
}
Ticket<Project> Session::rename_project(ProjectId id, std::string) {
  return {ask("rename_project", id)};
}
Ticket<Character> Session::create_character(CharacterDraft draft) {
  return {ask("create_character", draft.name)};
}
Ticket<Edit> Session::edit_character(CharacterId id, CharacterDraft) {
  return {ask("edit_character", id)};
}
Ticket<Edit> Session::trash_characters(std::vector<CharacterId> ids) {
  return {ask("trash_characters", fake::joined(ids))};
}
Ticket<Edit> Session::restore_characters(std::vector<CharacterId> ids) {
  return {ask("restore_characters", fake::joined(ids))};
}
Ticket<Edit> Session::activate(VersionId id) {
  return {ask("activate", id)};
}
Ticket<Edit> Session::set_status(std::vector<VersionId> ids, Status status) {
  return {ask("set_status", fake::joined(ids) + "=" + std::string(to_string(status)))};
}
Ticket<Edit> Session::set_cell_status(VersionId id, int cell, Status status) {
  return {ask("set_cell_status",
              id + "#" + std::to_string(cell) + "=" + std::string(to_string(status)))};
}
Ticket<Edit> Session::set_cell_boxes(VersionId id, std::vector<PixelRect> boxes) {
  std::string argument = id + "=";
  for (const PixelRect& box : boxes)
    argument += std::to_string(box.x) + "," + std::to_string(box.y) + "," +
                std::to_string(box.width) + "," + std::to_string(box.height) + ";";
  return {ask("set_cell_boxes", argument)};
}
Ticket<SheetReport> Session::split_sheet(VersionId id) {
  return {ask("split_sheet", id)};
}
Ticket<SheetReport> Session::split_file(std::string path) {
  return {ask("split_file", path)};
}
Ticket<Edit> Session::set_star(std::vector<VersionId> ids, bool starred) {
  return {ask(starred ? "star" : "unstar", fake::joined(ids))};
}
Ticket<Edit> Session::rename_version(VersionId id, std::string) {
  return {ask("rename_version", id)};
}
Ticket<Edit> Session::trash_versions(std::vector<VersionId> ids) {
  return {ask("trash_versions", fake::joined(ids))};
}
Ticket<Edit> Session::restore_versions(std::vector<VersionId> ids) {
  return {ask("restore_versions", fake::joined(ids))};
}
Ticket<Edit> Session::purge_versions(std::vector<VersionId> ids) {
  return {ask("purge_versions", fake::joined(ids))};
}
Ticket<Edit> Session::undo(Edit edit) {
  return {ask("undo", edit.message)};
}
Ticket<PresetListPtr> Session::list_presets() {
  return {ask("list_presets")};
}
Ticket<Edit> Session::save_preset(Preset preset, bool overwrite) {
  return {ask(overwrite ? "overwrite_preset" : "save_preset", preset.name)};
}
Ticket<Edit> Session::delete_preset(std::string name) {
  return {ask("delete_preset", name)};
}
Ticket<Edit> Session::import_preset(std::string path, bool) {
  return {ask("import_preset", path)};
}
Ticket<Nothing> Session::mark_viewed(LastViewed view) {
  fake::record().marked = view;
  return {ask("mark_viewed", view.version_id)};
}
Ticket<PicturePtr> Session::load_picture(PictureRequest request) {
  fake::record().picture = request;
  return {ask("load_picture", request.url)};
}
void Session::forget(Ticket<PicturePtr> ticket) {
  ask("forget_picture", std::to_string(ticket.number));
}
Ticket<GenerationQuote> Session::quote(GenerationRequest request) {
  return {ask("quote", request.character_id)};
}
Ticket<std::vector<Job>> Session::generate(GenerationRequest request) {
  return {ask("generate", request.character_id)};
}
Ticket<BatchQuote> Session::quote_batch(BatchRequest batch) {
  return {ask("quote_batch", fake::joined(batch.characters))};
}
Ticket<std::vector<Job>> Session::generate_batch(BatchRequest batch) {
  return {ask("generate_batch", fake::joined(batch.characters))};
}
Ticket<Job> Session::cancel(JobId id) {
  return {ask("cancel", id)};
}
Ticket<std::vector<Job>> Session::cancel_queued() {
  return {ask("cancel_queued", "")};
}
Ticket<std::vector<Job>> Session::cancel_all() {
  return {ask("cancel_all", "")};
}
Ticket<std::vector<Job>> Session::job_history(JobHistoryQuery query) {
  return {ask("job_history", query.text)};
}
Ticket<GenerationQuote> Session::quote_again(JobId id) {
  return {ask("quote_again", id)};
}
Ticket<Job> Session::submit_again(JobId id, bool soft_limit_accepted) {
  return {ask("submit_again", soft_limit_accepted ? id + " over its limit" : id)};
}
Ticket<std::vector<Job>> Session::move_job(JobId id, QueueMove) {
  return {ask("move_job", id)};
}
Ticket<std::vector<Job>> Session::move_job_to(JobId id, JobId) {
  return {ask("move_job_to", id)};
}
Ticket<QueueState> Session::pause_queue(bool paused) {
  return {ask("pause_queue", paused ? "true" : "false")};
}
Ticket<QueueState> Session::start_provider(std::string name) {
  return {ask("start_provider", name)};
}
Ticket<Job> Session::check(JobId id) {
  return {ask("check", id)};
}
Ticket<Job> Session::resume(JobId id) {
  return {ask("resume", id)};
}
Ticket<std::vector<PushItem>> Session::push(bool, bool) {
  return {ask("push")};
}

}  // namespace castboard
