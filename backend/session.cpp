#include "castboard/session.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "castboard/result.h"
#include "cell_saving.h"
#include "imaging/imaging.h"
#include "jobs/imported_pictures.h"
#include "library/lookup.h"
#include "library/verify.h"
#include "os/files.h"
#include "providers/provider_trial.h"
#include "session_doctor.h"
#include "session_presets.h"
#include "session_sheets.h"
#include "session_workers.h"

namespace castboard {

Subscription::Subscription() = default;
Subscription::~Subscription() = default;
Subscription::Subscription(Subscription&&) noexcept = default;
Subscription& Subscription::operator=(Subscription&&) noexcept = default;

std::vector<Event> Subscription::take_all() {
  return state_ ? state_->mailbox.take_all() : std::vector<Event>();
}

bool Subscription::closed() const {
  return !state_ || state_->closed;
}

Session::Session(SessionOptions options)
    : workers_(std::make_unique<Workers>(std::move(options))) {}

Session::~Session() = default;

Subscription Session::subscribe() {
  Subscription subscription;
  subscription.state_ = std::make_shared<Subscription::State>();
  const std::lock_guard lock(workers_->event_mutex);
  workers_->subscribers.push_back(subscription.state_);
  return subscription;
}

Ticket<Opened> Session::open() {
  Workers* workers = workers_.get();
  const Ticket<Opened> ticket{workers->next_ticket()};
  workers->when_open([workers, ticket](OpenLibrary* library, const Error& error) {
    if (!library)
      return workers->deliver_reply(ticket.number, Result<Opened>(tl::unexpected(error)));
    workers->deliver_reply(ticket.number, Result<Opened>(library->opened));
    // Who asks now knows nothing of what was told before.
    workers->deliver(PushChanged{library->push->summary()});
    library->library->post_read([workers](StoreReader&) { workers->deliver_jobs(); });
  });
  return ticket;
}

std::shared_ptr<const Catalogue> Session::catalogue() const {
  const std::lock_guard lock(workers_->open_mutex);
  return workers_->open ? workers_->open->opened.catalogue : nullptr;
}

ReplyValue Session::wait_for_reply(std::uint64_t ticket) {
  return workers_->wait_for_reply(ticket);
}

void Session::log(LogLevel level, std::string_view text) const {
  workers_->log(level, text);
}

std::string Session::absolute_path(std::string_view url) const {
  const std::filesystem::path path(url);
  if (url.empty() || path.is_absolute()) return std::string(url);
  return (std::filesystem::absolute(workers_->options.library) / path).string();
}

// --- Reading -----------------------------------------------------------------------------------

Ticket<std::vector<Project>> Session::list_projects() {
  return workers_->ask_reader<std::vector<Project>>(
      [](OpenLibrary&, StoreReader& reader) { return reader.projects(); });
}

Ticket<Project> Session::find_project(std::string name_or_id) {
  return workers_->ask_reader<Project>([name_or_id](OpenLibrary&, StoreReader& reader) {
    return castboard::find_project(reader, name_or_id);
  });
}

Ticket<CastPtr> Session::query_cast(CastQuery query) {
  Workers* workers = workers_.get();
  const Ticket<CastPtr> ticket{workers->next_ticket()};
  workers->when_open([workers, ticket, query](OpenLibrary* library, const Error& error) {
    if (!library)
      return workers->deliver_reply(ticket.number, Result<CastPtr>(tl::unexpected(error)));
    library->library->post_read([workers, ticket, query](StoreReader& reader) {
      {
        const std::lock_guard lock(workers->search_mutex);
        if (workers->stale_searches.erase(ticket.number) > 0) return;
        workers->running_search = ticket.number;
      }
      Result<CastPtr> result =
          result_of<CastPtr>([&] { return std::make_shared<const Cast>(reader.cast(query)); });
      {
        const std::lock_guard lock(workers->search_mutex);
        workers->running_search = 0;
        if (workers->stale_searches.erase(ticket.number) > 0) return;
      }
      workers->deliver_reply(ticket.number, std::move(result));
    });
  });
  return ticket;
}

void Session::forget(Ticket<CastPtr> ticket) {
  if (!ticket) return;
  Workers* workers = workers_.get();
  workers->when_open([workers, ticket](OpenLibrary* library, const Error&) {
    if (!library) return;
    const std::lock_guard lock(workers->search_mutex);
    workers->stale_searches.insert(ticket.number);
    if (workers->running_search == ticket.number)
      library->library->interruptible_reader().interrupt();
  });
}

Ticket<std::vector<Character>> Session::load_characters(std::vector<CharacterId> ids) {
  return workers_->ask_reader<std::vector<Character>>(
      [ids = std::move(ids)](OpenLibrary& library, StoreReader& reader) {
        return reader.characters(ids, library.opened.library.user_id);
      });
}

Ticket<Character> Session::find_character(std::string name_or_id, std::string project) {
  return workers_->ask_reader<Character>([name_or_id, project](OpenLibrary& library,
                                                               StoreReader& reader) {
    return castboard::find_character(reader, name_or_id, project, library.opened.library.user_id);
  });
}

Ticket<VersionListPtr> Session::list_versions(CharacterId character, bool trashed) {
  return workers_->ask_reader<VersionListPtr>([character, trashed](OpenLibrary& library,
                                                                   StoreReader& reader) {
    return std::make_shared<const VersionList>(VersionList{
        character, trashed, reader.versions(character, trashed, library.opened.library.user_id)});
  });
}

Ticket<Version> Session::find_version(std::string text, std::string project) {
  return workers_->ask_reader<Version>([text, project](OpenLibrary& library, StoreReader& reader) {
    return castboard::find_version(reader, text, project, library.opened.library.user_id);
  });
}

// --- Editing -----------------------------------------------------------------------------------

namespace {

bool pushes(const OpenLibrary& library) {
  return !library.settings.api_url.empty();
}

}  // namespace

Ticket<Project> Session::create_project(std::string name) {
  return workers_->ask_writer<Project>(
      [name](OpenLibrary&, StoreWriter& writer) { return writer.add_project(name); });
}

Ticket<Project> Session::rename_project(ProjectId id, std::string name) {
  return workers_->ask_writer<Project>(
      [id, name](OpenLibrary&, StoreWriter& writer) { return writer.rename_project(id, name); });
}

Ticket<Project> Session::set_credit_limits(ProjectId id, CreditLimits limits) {
  return workers_->ask_writer<Project>([id, limits](OpenLibrary&, StoreWriter& writer) {
    return writer.set_credit_limits(id, limits);
  });
}

Ticket<Character> Session::create_character(CharacterDraft draft) {
  return workers_->ask_writer<Character>(
      [draft](OpenLibrary&, StoreWriter& writer) { return writer.add_character(draft); });
}

Ticket<Edit> Session::edit_character(CharacterId id, CharacterDraft draft) {
  return workers_->ask_writer<Edit>(
      [id, draft](OpenLibrary&, StoreWriter& writer) { return writer.edit_character(id, draft); });
}

Ticket<Edit> Session::trash_character(CharacterId id) {
  return workers_->ask_writer<Edit>(
      [id](OpenLibrary&, StoreWriter& writer) { return writer.trash_character(id); });
}

Ticket<Edit> Session::restore_character(CharacterId id) {
  return workers_->ask_writer<Edit>(
      [id](OpenLibrary&, StoreWriter& writer) { return writer.restore_character(id); });
}

Ticket<Edit> Session::trash_characters(std::vector<CharacterId> ids) {
  return workers_->ask_writer<Edit>(
      [ids](OpenLibrary&, StoreWriter& writer) { return writer.trash_characters(ids); });
}

Ticket<Edit> Session::restore_characters(std::vector<CharacterId> ids) {
  return workers_->ask_writer<Edit>(
      [ids](OpenLibrary&, StoreWriter& writer) { return writer.restore_characters(ids); });
}

Ticket<Edit> Session::activate(VersionId id) {
  return workers_->ask_writer<Edit>([id](OpenLibrary& library, StoreWriter& writer) {
    return writer.activate(id, pushes(library));
  });
}

Ticket<Edit> Session::set_status(std::vector<VersionId> ids, Status status) {
  return workers_->ask_writer<Edit>([ids, status](OpenLibrary& library, StoreWriter& writer) {
    return writer.set_status(ids, status, pushes(library));
  });
}

Ticket<Edit> Session::set_cell_status(VersionId id, int cell, Status status) {
  return workers_->ask_writer<Edit>([id, cell, status](OpenLibrary&, StoreWriter& writer) {
    return writer.set_cell_status(id, cell, status);
  });
}

Ticket<Edit> Session::set_cell_boxes(VersionId id, std::vector<PixelRect> boxes) {
  return workers_->ask_worker<Edit>(workers_->file_pool, [id, boxes](OpenLibrary& library) {
    return move_cell_boxes(*library.library, id, boxes, library.opened.library.user_id,
                           pushes(library));
  });
}

Ticket<Edit> Session::set_star(std::vector<VersionId> ids, bool starred) {
  return workers_->ask_writer<Edit>([ids, starred](OpenLibrary& library, StoreWriter& writer) {
    return writer.set_star(library.opened.library.user_id, ids, starred);
  });
}

Ticket<Edit> Session::rename_version(VersionId id, std::string name) {
  return workers_->ask_writer<Edit>(
      [id, name](OpenLibrary&, StoreWriter& writer) { return writer.rename_version(id, name); });
}

Ticket<Edit> Session::trash_versions(std::vector<VersionId> ids) {
  return workers_->ask_writer<Edit>([ids](OpenLibrary& library, StoreWriter& writer) {
    return writer.trash_versions(ids, pushes(library));
  });
}

Ticket<Edit> Session::restore_versions(std::vector<VersionId> ids) {
  return workers_->ask_writer<Edit>([ids](OpenLibrary& library, StoreWriter& writer) {
    return writer.restore_versions(ids, pushes(library));
  });
}

Ticket<Edit> Session::purge_versions(std::vector<VersionId> ids) {
  // The files stay for `gc`: other rows may name the same picture.
  return workers_->ask_writer<Edit>([ids](OpenLibrary&, StoreWriter& writer) {
    std::vector<std::string> garbage;
    return writer.purge_versions(ids, garbage);
  });
}

Ticket<Edit> Session::undo(Edit edit) {
  if (!edit.files.empty())
    return workers_->ask_worker<Edit>(workers_->file_pool,
                                      [edit](OpenLibrary&) { return undo_file_changes(edit); });
  return workers_->ask_writer<Edit>([edit](OpenLibrary& library, StoreWriter& writer) {
    return writer.undo(edit, library.opened.library.user_id, pushes(library));
  });
}

Ticket<Version> Session::import_picture(PictureImport wish) {
  return workers_->ask_worker<Version>(workers_->file_pool, [wish](OpenLibrary& library) {
    const NewVersion made = imported_picture(*library.library, library.configuration.catalogue,
                                             wish, library.opened.library.user_id);
    return library.library->write(
        [&](StoreWriter& writer) { return writer.add_version(made, JobOwner{}, pushes(library)); });
  });
}

Ticket<Nothing> Session::mark_viewed(LastViewed view) {
  return workers_->ask_writer<Nothing>([view](OpenLibrary& library, StoreWriter& writer) {
    writer.mark_viewed(library.opened.library.user_id, view);
    return Nothing{};
  });
}

// --- Pictures ----------------------------------------------------------------------------------

namespace {

constexpr std::string_view kTileScheme = "tile:";

PicturePtr draw_tile(const SessionOptions& options, const PictureRequest& request) {
  const int side = std::max({request.max_width, request.max_height, 1});
  const Image image =
      options.draw_tile ? options.draw_tile(request.url.substr(kTileScheme.size()), side) : Image();
  if (image.empty()) throw Failure(ErrorCode::not_found, "There is no picture of this");
  auto picture = std::make_shared<Picture>();
  picture->full_width = image.width;
  picture->full_height = image.height;
  picture->image = scale_to_fit(image, side, side);
  return picture;
}

}  // namespace

Ticket<PicturePtr> Session::load_picture(PictureRequest request) {
  Workers* workers = workers_.get();
  const Ticket<PicturePtr> ticket{workers->next_ticket()};
  const bool is_tile = request.url.starts_with(kTileScheme);
  workers->file_pool.post_newest_first(ticket.number, [workers, ticket, request, is_tile,
                                                       path = is_tile ? std::string()
                                                                      : absolute_path(request.url),
                                                       other = absolute_path(request.other_url)] {
    workers->deliver_reply(ticket.number, result_of<PicturePtr>([&] {
                             return is_tile
                                        ? draw_tile(workers->options, request)
                                        : PicturePtr(workers->pictures.load(request, path, other));
                           }));
  });
  return ticket;
}

Ticket<SheetReport> Session::split_sheet(VersionId id) {
  return workers_->ask_worker<SheetReport>(workers_->file_pool, [id](OpenLibrary& library) {
    return split_version(*library.library, id, library.opened.library.user_id);
  });
}

Ticket<SheetReport> Session::split_file(std::string path) {
  Workers* workers = workers_.get();
  const Ticket<SheetReport> ticket{workers->next_ticket()};
  workers->file_pool.post([workers, ticket, path] {
    workers->deliver_reply(ticket.number,
                           result_of<SheetReport>([&] { return split_picture_file(path); }));
  });
  return ticket;
}

bool Session::draws_tiles() const {
  return static_cast<bool>(workers_->options.draw_tile);
}

void Session::forget(Ticket<PicturePtr> ticket) {
  if (ticket) workers_->file_pool.drop(ticket.number);
}

Ticket<SavedCells> Session::save_cells(CellsToSave cells) {
  Workers* workers = workers_.get();
  const Ticket<SavedCells> ticket{workers->next_ticket()};
  workers->file_pool.post([workers, ticket, cells, path = absolute_path(cells.url)] {
    workers->deliver_reply(
        ticket.number, result_of<SavedCells>([&] { return castboard::save_cells(cells, path); }));
  });
  return ticket;
}

// --- Studio push, upkeep -----------------------------------------------------------------------

Ticket<std::vector<PushItem>> Session::push(bool all, bool dry_run) {
  return workers_->ask_worker<std::vector<PushItem>>(
      workers_->errands,
      [all, dry_run](OpenLibrary& library) { return library.push->push(all, dry_run); });
}

Ticket<VerifyReport> Session::verify_library(bool repair) {
  return workers_->ask_worker<VerifyReport>(workers_->errands, [repair](OpenLibrary& library) {
    Library& opened = *library.library;
    MoveThumbnail move_thumbnail;
    if (repair)
      move_thumbnail = [&opened](const VersionId& id, const std::string& url) {
        opened.write([&](StoreWriter& writer) { writer.set_thumbnail(id, url); });
      };
    return opened.read([&](StoreReader& reader) {
      return castboard::verify_library(reader, opened.files(), move_thumbnail);
    });
  });
}

Ticket<std::vector<ProviderReport>> Session::check_providers(std::string name) {
  return workers_->ask_worker<std::vector<ProviderReport>>(
      workers_->errands, [name](OpenLibrary& library) { return provider_reports(library, name); });
}

Ticket<ProviderTrial> Session::try_provider(std::string name, bool live) {
  Cancellation* cancel = &workers_->errand_cancel;
  return workers_->ask_worker<ProviderTrial>(
      workers_->errands, [name, live, cancel](OpenLibrary& library) {
        const Provider* provider = library.configuration.find_provider(name);
        if (!provider)
          throw Failure(ErrorCode::not_found, "There is no provider \"" + name + "\"",
                        "`castboard providers list` lists them.");
        return castboard::try_provider(library.configuration.catalogue, *provider, live,
                                       state_home() / "trials", *cancel);
      });
}

Ticket<std::vector<DoctorFinding>> Session::doctor() {
  return workers_->ask_worker<std::vector<DoctorFinding>>(
      workers_->errands, [](OpenLibrary& library) { return examine(library); });
}

Ticket<Nothing> Session::replay_changes(std::int64_t after_seq) {
  Workers* workers = workers_.get();
  return workers->ask_reader<Nothing>([workers, after_seq](OpenLibrary&, StoreReader& reader) {
    constexpr int kAtOnce = 1000;
    std::int64_t after = after_seq;
    while (true) {
      std::vector<Change> changes = reader.changes_after(after, kAtOnce);
      if (changes.empty()) return Nothing{};
      after = changes.back().seq;
      workers->deliver(LibraryChanged{std::move(changes)});
    }
  });
}

}  // namespace castboard
