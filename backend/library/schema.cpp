#include "library/schema.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "library/migrations.h"

namespace castboard {

namespace {

constexpr int kJournalAttempts = 250;
constexpr int kJournalPauseMs = 20;

int user_version(Database& database) {
  return static_cast<int>(database.number("PRAGMA user_version"));
}

void refuse_foreign(Database& database) {
  const int version = user_version(database);
  if (version > newest_schema_version())
    throw Failure(ErrorCode::library,
                  fmt::format("The library {} was made by a newer Castboard (schema {}; this one "
                              "knows up to {}). It was left as it is.",
                              database.library(), version, newest_schema_version()),
                  "Update Castboard, or choose another library with --library.");
  const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (version == 0 && empty) return;
  // Read again: another process may have created it since.
  if (database.number("PRAGMA application_id") == kApplicationId && user_version(database) > 0)
    return;
  throw Failure(ErrorCode::library,
                fmt::format("castboard.db of {} is a database of another program, not a Castboard "
                            "library. It was left as it is.",
                            database.library()),
                "Choose another directory with --library.");
}

// Switching the journal needs the file for itself and does not wait by the busy timeout.
void set_journal_mode(Database& database, std::string_view mode) {
  const std::string sql = fmt::format("PRAGMA journal_mode={}", mode);
  for (int attempt = 1;; ++attempt) {
    try {
      const std::string now = database.text(sql);
      if (now == mode) return;
      if (attempt == kJournalAttempts)
        throw Failure(ErrorCode::library,
                      fmt::format("The library {} cannot use the journal mode {} (it has {}).",
                                  database.library(), mode, now),
                      "Close other programs that use castboard.db, then try again.");
    } catch (const Failure& failure) {
      const bool busy = failure.error().detail.starts_with("SQLite 5:") ||
                        failure.error().detail.starts_with("SQLite 261:");
      if (!busy || attempt == kJournalAttempts) throw;
    }
    sqlite3_sleep(kJournalPauseMs);
  }
}

void migrate(Database& database) {
  while (user_version(database) < newest_schema_version()) {
    EditScope step(database);
    // Somebody else may have been here while we waited for the lock.
    refuse_foreign(database);
    const int version = user_version(database);
    if (version < newest_schema_version()) {
      database.run_script(migrations()[static_cast<std::size_t>(version)]);
      database.run_script(fmt::format("PRAGMA application_id={}; PRAGMA user_version={};",
                                      kApplicationId, version + 1)
                              .c_str());
    }
    step.finish();
  }
}

}  // namespace

int newest_schema_version() {
  return static_cast<int>(migrations().size());
}

void prepare_schema(Database& database, bool in_memory, bool rollback_journal) {
  database.keep_log_on_close(true);
  refuse_foreign(database);
  if (database.is_read_only())
    throw Failure(explain_sqlite_error(SQLITE_READONLY, 0, "castboard.db is write-protected",
                                       database.library()));
  database.keep_log_on_close(false);
  if (!in_memory) set_journal_mode(database, rollback_journal ? "delete" : "wal");
  database.run_script("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
  migrate(database);
}

void require_newest_schema(Database& database) {
  refuse_foreign(database);
  const int version = user_version(database);
  if (version == newest_schema_version()) return;
  throw Failure(ErrorCode::library,
                fmt::format("The library {} has the older schema {} and cannot be brought to {} "
                            "without writing.",
                            database.library(), version, newest_schema_version()),
                "Open it once where it may be written.");
}

}  // namespace castboard
