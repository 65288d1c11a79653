#pragma once

#include <functional>
#include <map>
#include <vector>

#include "library/activation.h"
#include "library/database.h"
#include "library/store.h"
#include "os/wall_clock.h"

namespace castboard {

// The writing half of the SQLite store, with a connection of its own. Each edit is one transaction,
// or a savepoint within the group that `begin` opened, and appends to `changes` what it touched.
// Owned by the store, used by one thread at a time. Split by word: writer_characters.cpp,
// writer_versions.cpp, writer_trash.cpp, writer_undo.cpp, writer_jobs.cpp, writer_pushes.cpp.
class SqliteWriter final : public StoreWriter {
 public:
  explicit SqliteWriter(std::unique_ptr<Database> database, WallClock clock = WallClock());

  void begin() override;
  void commit() override;
  void rollback() override;
  void savepoint() override;
  void release_savepoint() override;
  void rollback_to_savepoint() override;

  void ensure_user(const UserId& id, std::string_view name) override;
  Project add_project(std::string_view name) override;
  Project rename_project(const ProjectId& id, std::string_view name) override;
  Project set_credit_limits(const ProjectId& id, const CreditLimits& limits) override;
  Character add_character(const CharacterDraft& draft) override;
  Edit edit_character(const CharacterId& id, const CharacterDraft& draft) override;
  Edit trash_characters(const std::vector<CharacterId>& ids) override;
  Edit restore_characters(const std::vector<CharacterId>& ids) override;

  Version add_version(const NewVersion& version, const JobOwner& owner, bool push) override;
  Edit activate(const VersionId& id, bool push) override;
  Edit set_status(const std::vector<VersionId>& ids, Status status, bool push) override;
  Edit set_cell_status(const VersionId& id, int cell, Status status) override;
  Edit set_cell_boxes(const VersionId& id, const std::vector<Cell>& cells, bool push) override;
  Edit set_star(const UserId& user, const std::vector<VersionId>& ids, bool starred) override;
  Edit rename_version(const VersionId& id, std::string_view name) override;
  Edit trash_versions(const std::vector<VersionId>& ids, bool push) override;
  Edit restore_versions(const std::vector<VersionId>& ids, bool push) override;
  Edit purge_versions(const std::vector<VersionId>& ids,
                      std::vector<std::string>& removed_files) override;
  Edit undo(const Edit& edit, const UserId& user, bool push) override;
  void mark_viewed(const UserId& user, const LastViewed& view) override;
  void set_thumbnail(const VersionId& id, std::string_view url) override;

  void add_job(const Job& job) override;
  CreditUse credit_use(const ProjectId& project, std::string_view since) override;
  Job job(const JobId& id) override;
  std::vector<Job> jobs_of_batch(std::string_view batch_id) override;
  Project project(const ProjectId& id) override;
  void update_job(const Job& job, const JobOwner& owner) override;
  Job take_over_job(const JobId& id, std::string_view new_owner, int expected_epoch,
                    std::string_view lease_until) override;
  void renew_leases(std::string_view owner, const std::vector<JobId>& ids,
                    std::string_view lease_until) override;
  void move_job(const JobId& id, QueueMove move) override;
  void move_job_to(const JobId& id, const JobId& place_of) override;
  void set_waiting_reason(std::string_view owner, std::string_view provider,
                          const Error& reason) override;

  void queue_push(const CharacterId& character) override;
  void queue_push_of_all() override;
  void push_done(const CharacterId& character, std::int64_t seq) override;
  void push_failed(std::int64_t seq, std::string_view error,
                   std::string_view next_attempt_at) override;

 private:
  // What messages and edits need to know of a version.
  struct Known {
    VersionId id;
    CharacterId character_id;
    std::string character_name;
    std::string label;  // "v003"
    bool is_active = false;
    bool trashed = false;
  };
  using Faces = std::map<CharacterId, CharacterFace>;

  // writer_versions.cpp
  Known find_version(const VersionId& id);
  std::vector<Known> find_versions(const std::vector<VersionId>& ids);
  // "v003", "3 versions"
  static std::string say_which(const std::vector<Known>& versions);
  void notice_face(Faces& faces, const CharacterId& character);
  // Writes image_url and image_poses of the characters noticed before, and queues a push for each
  // whose active version, its status or poses changed.
  void settle_faces(const Faces& before, bool push);
  // "; v002 is active now", for every character of `before` whose active version changed.
  std::string say_active(const Faces& before);
  std::optional<Version> earlier_output(const Version& version);
  void check_job_of(const Version& version, const JobOwner& owner);

  // writer_jobs.cpp
  using QueueSpot = std::vector<JobId>::iterator;
  // Gives the queued jobs of this one's owner the order that `rearrange` makes of them, handed to
  // it with the place of `id`.
  void rearrange_queue(const JobId& id,
                       const std::function<void(std::vector<JobId>&, QueueSpot)>& rearrange);

  // writer_characters.cpp
  void check_character_name(const ProjectId& project, const std::string& name,
                            const CharacterId& except);
  void write_character(const Character& character, std::string_view now);
  Edit move_characters(const std::vector<CharacterId>& ids, bool to_trash);

  // writer_undo.cpp
  void put_back_version(const VersionFields& before, const VersionFields& after, const UserId& user,
                        std::string_view now);

  void note(std::string_view kind, std::string_view id);  // appends to `changes`
  void require_group();

  std::unique_ptr<Database> database_;
  WallClock clock_;
  bool in_group_ = false;  // between begin and commit or rollback
};

}  // namespace castboard
