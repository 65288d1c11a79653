#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/composite.h"
#include "castboard/events.h"
#include "castboard/export.h"
#include "castboard/poses.h"
#include "castboard/sheet.h"

namespace castboard {

enum class LogLevel { debug, info, warning, error };

// Where a provider inside this process listens, and the token it wants.
struct LocalEndpoint {
  std::string base_url = {};  // "http://127.0.0.1:40123"
  std::string token = {};
};

// A provider inside this process. `start` is called on a worker when it is first needed and keeps
// what it started alive for as long as the function object lives.
struct LocalProvider {
  std::string name = {};
  std::function<LocalEndpoint()> start = {};
};

// A font for captions of contact sheets; `face` counts within a collection (.ttc).
struct CaptionFont {
  std::filesystem::path file = {};
  int face = 0;
};

struct SessionOptions {
  // The library's directory; created on first use. Empty: none (preview: pictures only).
  std::filesystem::path library = {};
  // Called from any thread when events wait; may be empty. Must not block or call the session.
  std::function<void()> wake = {};
  // Where templates, styles and providers are. Empty: found relative to the executable, then in
  // Castboard's sources, where those are part of the host's build.
#ifdef CASTBOARD_PACKAGED_ASSETS  // an installed package says where its own are
  std::filesystem::path assets = CASTBOARD_PACKAGED_ASSETS;
#else
  std::filesystem::path assets = {};
#endif
  std::string user = {};  // empty: CASTBOARD_USER, else the login name
  // Secrets by name before environment, files and secret commands are asked. Any thread.
  std::function<std::string(std::string_view name)> secret = {};
  // What time goes on record with projects, characters and versions; empty: the system's. Jobs,
  // limits of a day and pushes keep the system's, on which processes and bills agree. Any thread.
  std::function<std::chrono::system_clock::time_point()> clock = {};
  // Any thread. Empty: nothing is logged.
  std::function<void(LogLevel, std::string_view)> log = {};
  int generation_slots = 4;
  std::chrono::milliseconds connect_limit{10'000};
  std::chrono::milliseconds first_byte_limit{0};  // 0: only the total limit
  std::chrono::milliseconds total_limit{0};       // 0: the descriptor's (600 s by default)
  bool create_library = true;
  bool allow_network_library = false;
  bool read_only = false;
  bool run_jobs = true;  // false: queued jobs stay for another process
  // Jobs that ended processes left at their provider go on here by themselves. False: only those
  // that `resume` or `check` name.
  bool resume_left_jobs = true;
  bool send_pushes = true;
  // Providers that live in this process, such as `sketch_provider()` of <castboard/sketch.h>.
  std::vector<LocalProvider> local_providers = {};
  // In the order they are asked for a glyph. Empty: contact sheets are written without captions.
  std::vector<CaptionFont> caption_fonts = {};
  // Draws the small pictures of templates and styles ("template/portrait", "style/anime"): square,
  // about `side` pixels; an empty one where there is none. Called on workers. `sketch_tile` of
  // <castboard/sketch.h>; without it the form shows icons and words.
  std::function<Image(std::string_view what, int side)> draw_tile = {};
  // Replies are kept until `wait` takes them: for the command line and tests. Off, a reply goes to
  // subscriptions only.
  bool keep_replies = false;
};

// A place where events wait for one reader. Destroy before its session: debug builds assert.
class Subscription {
 public:
  Subscription();
  ~Subscription();
  Subscription(Subscription&&) noexcept;
  Subscription& operator=(Subscription&&) noexcept;

  // All events since the last call, oldest first. Never waits for work.
  [[nodiscard]] std::vector<Event> take_all();
  // Its session is gone; no event comes any more.
  [[nodiscard]] bool closed() const;

 private:
  friend class Session;
  struct State;
  std::shared_ptr<State> state_;
};

// One library with its workers: the store's writer and reader, the generation pool, the file pool,
// the push sender. Everything is asked for by a request that returns a Ticket at once; the answer
// comes as a `Reply` to every subscription. All functions are safe from any thread, none blocks
// (but `wait*` and the destructor, which stops and joins the workers). Nothing throws; a library
// that cannot be opened answers every request with the reason.
class Session {
 public:
  explicit Session(SessionOptions options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] Subscription subscribe();

  // Opening starts with the constructor; every request waits for it by itself.
  [[nodiscard]] Ticket<Opened> open();
  // nullptr until opened.
  [[nodiscard]] std::shared_ptr<const Catalogue> catalogue() const;

  // --- Reading -----------------------------------------------------------------------------
  Ticket<std::vector<Project>> list_projects();
  // By name or id. Unknown: not_found with the nearest; several: ambiguous with candidates.
  Ticket<Project> find_project(std::string name_or_id);
  Ticket<CastPtr> query_cast(CastQuery query);
  // Stops a search whose answer nobody wants any more; no reply comes then.
  void forget(Ticket<CastPtr> ticket);
  // In the order asked; unknown ids are left out.
  Ticket<std::vector<Character>> load_characters(std::vector<CharacterId> ids);
  // `project` empty: in all projects.
  Ticket<Character> find_character(std::string name_or_id, std::string project = {});
  Ticket<VersionListPtr> list_versions(CharacterId character, bool trashed = false);
  // An id or `CHARACTER/v003`; trashed ones are found too.
  Ticket<Version> find_version(std::string text, std::string project = {});

  // Which pictures characters have of their poses, in the order asked.
  Ticket<std::vector<CharacterPoses>> load_poses(std::vector<CharacterId> ids, PoseSource source);
  // Who of the cast lacks which of these poses.
  Ticket<PoseGapsPtr> query_pose_gaps(CastQuery query, std::vector<std::string> poses,
                                      PoseSource source);

  // --- Editing (one transaction each; the Edit undoes it) ------------------------------------
  Ticket<Project> create_project(std::string name);
  Ticket<Project> rename_project(ProjectId id, std::string name);
  Ticket<Project> set_credit_limits(ProjectId id, CreditLimits limits);
  Ticket<Character> create_character(CharacterDraft draft);
  Ticket<Edit> edit_character(CharacterId id, CharacterDraft draft);  // draft.project_id is ignored
  Ticket<Edit> trash_character(CharacterId id);
  Ticket<Edit> restore_character(CharacterId id);
  // All or none of them, undone by one Edit.
  Ticket<Edit> trash_characters(std::vector<CharacterId> ids);
  Ticket<Edit> restore_characters(std::vector<CharacterId> ids);
  Ticket<Edit> activate(VersionId id);
  Ticket<Edit> set_status(std::vector<VersionId> ids, Status status);
  Ticket<Edit> set_cell_status(VersionId id, int cell, Status status);
  // Moves the borders of a sheet's nine cells (pixels of its picture): cells that changed are cut
  // again into files of their own, `image_poses` follows. The picture itself stays as it is.
  Ticket<Edit> set_cell_boxes(VersionId id, std::vector<PixelRect> boxes);
  Ticket<Edit> set_star(std::vector<VersionId> ids, bool starred);
  Ticket<Edit> rename_version(VersionId id, std::string name);
  Ticket<Edit> trash_versions(std::vector<VersionId> ids);
  Ticket<Edit> restore_versions(std::vector<VersionId> ids);
  Ticket<Edit> purge_versions(std::vector<VersionId> ids);  // trashed ones only; for good
  // Puts the fields back; refused when they were changed again since by somebody else.
  Ticket<Edit> undo(Edit edit);
  // A picture from elsewhere as a new version: its bytes kept as they are, never active by itself,
  // provider "import". `bad_picture` where it is none; nothing is written then.
  Ticket<Version> import_picture(PictureImport wish);
  // Remembers what this user looks at, and takes away the NEW mark.
  Ticket<Nothing> mark_viewed(LastViewed view);

  // --- Pictures ------------------------------------------------------------------------------
  // Decoded and scaled on the file pool; newest request first. "tile:style/anime" as a URL is what
  // `SessionOptions::draw_tile` draws.
  Ticket<PicturePtr> load_picture(PictureRequest request);
  // The cells of a sheet, found and checked. Changes nothing. `split_file` needs no library.
  Ticket<SheetReport> split_sheet(VersionId id);
  Ticket<SheetReport> split_file(std::string path);
  [[nodiscard]] bool draws_tiles() const;
  // Lets a waiting picture request go; no reply comes then.
  void forget(Ticket<PicturePtr> ticket);
  // As PNG files, on the file pool; nothing is overwritten. Needs no library.
  Ticket<SavedCells> save_cells(CellsToSave cells);

  // A new version of cells of several; see castboard/composite.h.
  Ticket<Version> make_composite(CompositeRequest request);
  // Pictures as files outside of the library; see castboard/export.h. One at a time, in the order
  // asked.
  Ticket<ExportReport> export_pictures(ExportRequest request);

  // --- Generating ----------------------------------------------------------------------------
  // Checks, prompt, cost and the exact request, without doing anything.
  Ticket<GenerationQuote> quote(GenerationRequest request);
  // What making cell 1..9 of a sheet again would ask for and cost; `generate` the offer's request.
  Ticket<RedoOffer> offer_redo(VersionId sheet, int cell, bool new_seed = false);
  // Answers when the jobs (one per `count`) are on disk; for a `wish` some may be those of before,
  // in any state, and need `resume` where they are `elsewhere`.
  Ticket<std::vector<Job>> generate(GenerationRequest request);
  // The same for several characters at once. A character the provider refuses is an item with the
  // reason; what is wrong with the settings themselves refuses the whole.
  Ticket<BatchQuote> quote_batch(BatchRequest batch);
  // Nothing is generated unless every character is accepted and the sum is within the limits.
  Ticket<std::vector<Job>> generate_batch(BatchRequest batch);
  // Answers when the job reached a final state; or, still queued, when its provider has no credit
  // left and it waits for the user (`error_code` out_of_credit).
  Ticket<JobOutcome> finish(JobId id);
  Ticket<std::vector<Job>> list_jobs(bool all);                 // all: with those that are over
  Ticket<std::vector<Job>> job_history(JobHistoryQuery query);  // newest first
  Ticket<Job> find_job(JobId id);                               // an id or its unique beginning
  Ticket<Job> cancel(JobId id);
  // Of this process: what is not sent yet; or everything that is not over. The jobs it concerns;
  // one that cannot be cancelled keeps none of the others.
  Ticket<std::vector<Job>> cancel_queued();
  Ticket<std::vector<Job>> cancel_all();
  // Finds out what became of a job: of an uncertain one, or of one whose process is gone. Asks the
  // provider where that is possible (the job is running again then) and never sends it again.
  Ticket<Job> check(JobId id);
  // Puts a job to work here that a dead process left, queued or at its provider, or that waits
  // because its provider had no credit.
  Ticket<Job> resume(JobId id);
  Ticket<std::vector<Job>> resume_all();
  // What making a job again would cost, and in `ask` the question of its project's soft limit;
  // refused where a hard one is in the way.
  Ticket<GenerationQuote> quote_again(JobId id);
  // For an uncertain job, on the user's word only: makes a new job of the same request. It may be
  // billed twice; say so before. Refused with the question of a soft limit unless that is accepted.
  Ticket<Job> submit_again(JobId id, bool soft_limit_accepted = false);
  // The queue of this process after the move, in order.
  Ticket<std::vector<Job>> move_job(JobId id, QueueMove move);
  // To the place of another queued one; those between make room.
  Ticket<std::vector<Job>> move_job_to(JobId id, JobId place_of);
  // Paused, nothing more is sent; what is at a provider goes on.
  Ticket<QueueState> pause_queue(bool paused);
  // Takes up the queue of a provider that had no credit left, or that asked to wait.
  Ticket<QueueState> start_provider(std::string name);

  // --- Presets (files of the configuration layers; the user's own can be written) --------------
  Ticket<PresetListPtr> list_presets();
  // Into the user's directory. Where the user has one of that name already: `ambiguous`, unless it
  // may be written over.
  Ticket<Edit> save_preset(Preset preset, bool overwrite);
  // The user's own only; one of a studio or library is refused with where its file is.
  Ticket<Edit> delete_preset(std::string name);
  // A preset's file from anywhere, into the user's directory.
  Ticket<Edit> import_preset(std::string path, bool overwrite);

  // --- Credits -------------------------------------------------------------------------------
  Ticket<LedgerPtr> ledger(LedgerQuery query);

  // --- Studio push ---------------------------------------------------------------------------
  Ticket<std::vector<PushItem>> push(bool all, bool dry_run);

  // --- Upkeep --------------------------------------------------------------------------------
  Ticket<VerifyReport> verify_library(bool repair);
  Ticket<std::vector<ProviderReport>> check_providers(std::string name);  // empty: all
  // Shows what a provider would be sent; `live`: sends the cheapest such request, which is billed.
  Ticket<ProviderTrial> try_provider(std::string name, bool live);
  Ticket<std::vector<DoctorFinding>> doctor();
  // Changes after `seq` as they come are LibraryChanged events; this asks for those before.
  Ticket<Nothing> replay_changes(std::int64_t after_seq);

  // Waits for the answer. Needs `keep_replies`; once per ticket; never on the drawing thread.
  template <class T>
  [[nodiscard]] Result<T> wait(Ticket<T> ticket) {
    return *wait_for_reply(ticket.number).template as<T>();
  }

  // Where a URL of the library lies on disk (relative ones) or the URL itself.
  [[nodiscard]] std::string absolute_path(std::string_view url) const;

  // For what uses a session in a host: writes to `SessionOptions::log`.
  void log(LogLevel level, std::string_view text) const;

 private:
  [[nodiscard]] ReplyValue wait_for_reply(std::uint64_t ticket);

  struct Workers;
  std::unique_ptr<Workers> workers_;
};

}  // namespace castboard
