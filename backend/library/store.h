#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/events.h"
#include "castboard/model.h"
#include "castboard/poses.h"
#include "os/wall_clock.h"

// Where the library's rows live, split into a reader and a writer so that each has its own thread
// and connection. All functions are synchronous, used by one thread at a time, and throw `Failure`.
// SQL lives behind this interface only; another database is another implementation, tested by the
// same contract tests.
namespace castboard {

struct OutboxRow {
  std::int64_t seq = 0;
  CharacterId character_id;
  VersionId version_id;  // empty: the character has no active version any more
  int attempts = 0;
  std::string next_attempt_at;
  std::string last_error;
};

// A finished picture on its way into the library; files exist already (see picture_files.h).
struct NewVersion {
  Version
      version;  // id, urls, hashes, sizes, cells set; number, is_active and times are given here
  ActivatePolicy activate = ActivatePolicy::unless_approved;
};

// What the runner of a job claims to be when it writes.
struct JobOwner {
  std::string owner;
  int epoch = 0;
};

// What a project spent, for its limits: billed or uncertain, and promised to jobs under way.
struct CreditUse {
  std::int64_t used = 0;
  std::int64_t reserved = 0;
  std::int64_t used_since = 0;  // since the time asked for
  std::int64_t reserved_since = 0;
};

class StoreReader {
 public:
  virtual ~StoreReader() = default;

  virtual std::vector<Project> projects() = 0;
  virtual std::optional<Project> project(const ProjectId& id) = 0;
  virtual Cast cast(const CastQuery& query) = 0;
  virtual std::vector<Character> characters(const std::vector<CharacterId>& ids,
                                            const UserId& user) = 0;
  // The active version of every character that has one.
  virtual std::map<CharacterId, VersionId> active_versions() = 0;
  // All with this id or, ignoring case, this name; trashed ones last.
  virtual std::vector<Character> characters_named(std::string_view name_or_id,
                                                  const ProjectId& project, const UserId& user) = 0;
  // Names in `project` (all projects when empty), for suggestions.
  virtual std::vector<std::string> character_names(const ProjectId& project) = 0;
  virtual std::vector<Version> versions(const CharacterId& character, bool trashed,
                                        const UserId& user) = 0;
  virtual std::optional<Version> version(const VersionId& id, const UserId& user) = 0;
  virtual std::optional<Version> version_numbered(const CharacterId& character, int number,
                                                  const UserId& user) = 0;
  // In the order asked; a character without pictures has an empty row.
  virtual std::vector<CharacterPoses> poses(const std::vector<CharacterId>& ids, PoseSource source,
                                            const UserId& user) = 0;
  // Of the cast that the query finds.
  virtual PoseGaps pose_gaps(const CastQuery& query, const std::vector<std::string>& poses,
                             PoseSource source, const UserId& user) = 0;
  virtual LastViewed last_viewed(const UserId& user) = 0;
  virtual std::vector<Job> jobs(bool with_final) = 0;
  // Final ones, the last to end first.
  virtual std::vector<Job> jobs_over(const JobHistoryQuery& query) = 0;
  // Uncertain ones that ended at `since` or later and were not submitted again.
  virtual std::vector<Job> jobs_in_doubt(std::string_view since) = 0;
  virtual std::optional<Job> job(const JobId& id) = 0;
  virtual std::vector<Job> jobs_starting_with(std::string_view id_prefix) = 0;
  // Of one request or wish, over or not.
  virtual std::vector<Job> jobs_of_batch(std::string_view batch_id) = 0;
  // Median time of the last versions this provider made of this template; 0: none yet.
  virtual std::int64_t usual_time_ms(std::string_view provider, std::string_view template_type) = 0;
  // `since`: what was sent from then on, and what waits to be sent, whenever it was asked for.
  virtual CreditUse credit_use(const ProjectId& project, std::string_view since) = 0;
  virtual std::vector<LedgerEntry> ledger_entries(const LedgerQuery& query) = 0;
  virtual std::vector<OutboxRow> outbox() = 0;  // newest per character, in order
  // Every file the rows name (pictures, thumbnails, cells, references), for verify and gc. Rows
  // know references by hash: those URLs come without the file's extension.
  virtual std::vector<std::string> referenced_files() = 0;
  virtual std::vector<Version> all_versions() = 0;
  virtual std::vector<Change> changes_after(std::int64_t seq, int limit) = 0;
  virtual std::int64_t last_change() = 0;
  // True when another connection committed since the last call (PRAGMA data_version).
  virtual bool changed_elsewhere() = 0;
  // Problems found by integrity_check and foreign_key_check; empty: sound.
  virtual std::vector<std::string> check_integrity() = 0;
  virtual int schema_version() = 0;
  // From any thread: makes the query under way end with ErrorCode::cancelled.
  virtual void interrupt() = 0;
};

class StoreWriter {
 public:
  virtual ~StoreWriter() = default;

  // A transaction around everything until commit; nested savepoints keep one failed edit of a
  // group from taking the others down.
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;
  virtual void savepoint() = 0;
  virtual void release_savepoint() = 0;
  virtual void rollback_to_savepoint() = 0;

  virtual void ensure_user(const UserId& id, std::string_view name) = 0;
  virtual Project add_project(std::string_view name) = 0;
  virtual Project rename_project(const ProjectId& id, std::string_view name) = 0;
  virtual Project set_credit_limits(const ProjectId& id, const CreditLimits& limits) = 0;
  virtual Character add_character(const CharacterDraft& draft) = 0;
  virtual Edit edit_character(const CharacterId& id, const CharacterDraft& draft) = 0;
  virtual Edit trash_characters(const std::vector<CharacterId>& ids) = 0;
  virtual Edit restore_characters(const std::vector<CharacterId>& ids) = 0;
  Edit trash_character(const CharacterId& id) { return trash_characters({id}); }
  Edit restore_character(const CharacterId& id) { return restore_characters({id}); }

  // The transaction of product.md, The flow, 5: gives the number, inserts version and cells,
  // activates by policy, updates image_url and image_poses, queues the push (when `push`).
  // Requires the job's owner and epoch unchanged when the version has a job_id. Done twice for one
  // (job_id, output_index) it answers with the version that is there.
  virtual Version add_version(const NewVersion& version, const JobOwner& owner, bool push) = 0;
  virtual Edit activate(const VersionId& id, bool push) = 0;
  virtual Edit set_status(const std::vector<VersionId>& ids, Status status, bool push) = 0;
  virtual Edit set_cell_status(const VersionId& id, int cell, Status status) = 0;
  // Puts boxes and files of these cells in place of those that the version has.
  virtual Edit set_cell_boxes(const VersionId& id, const std::vector<Cell>& cells, bool push) = 0;
  virtual Edit set_star(const UserId& user, const std::vector<VersionId>& ids, bool starred) = 0;
  virtual Edit rename_version(const VersionId& id, std::string_view name) = 0;
  virtual Edit trash_versions(const std::vector<VersionId>& ids, bool push) = 0;
  // Never activates, but poses may come back.
  virtual Edit restore_versions(const std::vector<VersionId>& ids, bool push) = 0;
  // Removes trashed rows for good. Files become garbage; `removed_files` lists them.
  virtual Edit purge_versions(const std::vector<VersionId>& ids,
                              std::vector<std::string>& removed_files) = 0;
  virtual Edit undo(const Edit& edit, const UserId& user, bool push) = 0;
  virtual void mark_viewed(const UserId& user, const LastViewed& view) = 0;
  // A derived file was made again at another place (thumbnail, cell).
  virtual void set_thumbnail(const VersionId& id, std::string_view url) = 0;

  virtual void add_job(const Job& job) = 0;
  // As the reader's, within the transaction: a limit holds across processes.
  virtual CreditUse credit_use(const ProjectId& project, std::string_view since) = 0;
  virtual Project project(const ProjectId& id) = 0;
  virtual Job job(const JobId& id) = 0;
  // As the reader's, within the transaction: of two processes one finds the other's.
  virtual std::vector<Job> jobs_of_batch(std::string_view batch_id) = 0;
  // Writes the changeable fields. Throws `cancelled` when owner or epoch differ from the row's.
  virtual void update_job(const Job& job, const JobOwner& owner) = 0;
  // Takes over a job of a dead owner: new owner, epoch + 1, a lease of its own. The job as it is
  // now. Throws `cancelled` when somebody else was faster.
  virtual Job take_over_job(const JobId& id, std::string_view new_owner, int expected_epoch,
                            std::string_view lease_until) = 0;
  // Of the jobs that are still this owner's and not over. Not part of the change feed.
  virtual void renew_leases(std::string_view owner, const std::vector<JobId>& ids,
                            std::string_view lease_until) = 0;
  // Moves a queued job among those of its owner.
  virtual void move_job(const JobId& id, QueueMove move) = 0;
  // To the place of another one of the same owner; those between make room.
  virtual void move_job_to(const JobId& id, const JobId& place_of) = 0;
  // Why the queued jobs of an owner and provider wait; an error without a message: no more.
  virtual void set_waiting_reason(std::string_view owner, std::string_view provider,
                                  const Error& reason) = 0;

  virtual void queue_push(const CharacterId& character) = 0;
  virtual void queue_push_of_all() = 0;
  // Removes rows of this character up to and including `seq`.
  virtual void push_done(const CharacterId& character, std::int64_t seq) = 0;
  virtual void push_failed(std::int64_t seq, std::string_view error,
                           std::string_view next_attempt_at) = 0;
};

struct StoreOptions {
  std::string directory;  // of the library; ":memory:" for tests (reader and writer share it)
  bool create = true;
  bool read_only = false;
  bool rollback_journal = false;  // allowed network file system: no WAL
  WallClock clock;                // of created_at, updated_at and the like
};

// Reader and writer over `castboard.db` of the library; migrated on opening.
// Throws Failure: `library` (newer schema, corrupt, not a library), `read_only`, `disk_full`.
class Store {
 public:
  virtual ~Store() = default;
  virtual StoreReader& reader() = 0;
  virtual StoreWriter& writer() = 0;
};

std::unique_ptr<Store> open_sqlite_store(const StoreOptions& options);

}  // namespace castboard
