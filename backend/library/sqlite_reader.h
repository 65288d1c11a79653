#pragma once

#include "library/database.h"
#include "library/store.h"

namespace castboard {

// The reading half of the SQLite store: a connection of its own that never writes. Owned by the
// store, used by one thread at a time, `interrupt` by any.
class SqliteReader final : public StoreReader {
 public:
  explicit SqliteReader(std::unique_ptr<Database> database);

  std::vector<Project> projects() override;
  std::optional<Project> project(const ProjectId& id) override;
  Cast cast(const CastQuery& query) override;
  std::map<CharacterId, VersionId> active_versions() override;
  std::vector<Character> characters(const std::vector<CharacterId>& ids,
                                    const UserId& user) override;
  std::vector<Character> characters_named(std::string_view name_or_id, const ProjectId& project,
                                          const UserId& user) override;
  std::vector<std::string> character_names(const ProjectId& project) override;
  std::vector<Version> versions(const CharacterId& character, bool trashed,
                                const UserId& user) override;
  std::optional<Version> version(const VersionId& id, const UserId& user) override;
  std::optional<Version> version_numbered(const CharacterId& character, int number,
                                          const UserId& user) override;
  std::vector<CharacterPoses> poses(const std::vector<CharacterId>& ids, PoseSource source,
                                    const UserId& user) override;
  PoseGaps pose_gaps(const CastQuery& query, const std::vector<std::string>& poses,
                     PoseSource source, const UserId& user) override;
  LastViewed last_viewed(const UserId& user) override;
  std::vector<Job> jobs(bool with_final) override;
  std::vector<Job> jobs_over(const JobHistoryQuery& query) override;
  std::vector<Job> jobs_in_doubt(std::string_view since) override;
  std::optional<Job> job(const JobId& id) override;
  std::vector<Job> jobs_starting_with(std::string_view id_prefix) override;
  std::vector<Job> jobs_of_batch(std::string_view batch_id) override;
  std::int64_t usual_time_ms(std::string_view provider, std::string_view template_type) override;
  CreditUse credit_use(const ProjectId& project, std::string_view since) override;
  std::vector<LedgerEntry> ledger_entries(const LedgerQuery& query) override;
  std::vector<OutboxRow> outbox() override;
  std::vector<std::string> referenced_files() override;
  std::vector<Version> all_versions() override;
  std::vector<Change> changes_after(std::int64_t seq, int limit) override;
  std::int64_t last_change() override;
  bool changed_elsewhere() override;
  std::vector<std::string> check_integrity() override;
  int schema_version() override;
  void interrupt() override { database_->interrupt(); }

 private:
  std::unique_ptr<Database> database_;
  std::int64_t data_version_ = 0;
};

}  // namespace castboard
