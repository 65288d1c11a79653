#include "library/sqlite_writer.h"

#include "library/text_rules.h"
#include "os/processes.h"

namespace castboard {

SqliteWriter::SqliteWriter(std::unique_ptr<Database> database, WallClock clock)
    : database_(std::move(database)), clock_(std::move(clock)) {}

void SqliteWriter::begin() {
  database_->run("BEGIN IMMEDIATE");
  in_group_ = true;
}

// After a full disk SQLite rolls back the whole group by itself: edits that follow must not be
// committed one by one as if nothing had happened.
void SqliteWriter::require_group() {
  if (!in_group_ || database_->in_transaction()) return;
  throw Failure(database_->last_error());
}

void SqliteWriter::commit() {
  require_group();
  database_->run("COMMIT");
  in_group_ = false;
}

void SqliteWriter::rollback() {
  in_group_ = false;
  if (database_->in_transaction()) database_->run("ROLLBACK");
}

void SqliteWriter::savepoint() {
  require_group();
  database_->run("SAVEPOINT one_of_group");
}

void SqliteWriter::release_savepoint() {
  require_group();
  database_->run("RELEASE one_of_group");
}

void SqliteWriter::rollback_to_savepoint() {
  require_group();
  database_->run("ROLLBACK TO one_of_group");
  database_->run("RELEASE one_of_group");
}

void SqliteWriter::note(std::string_view kind, std::string_view id) {
  database_->run("INSERT INTO changes (kind, id) VALUES (?, ?)", kind, id);
}

void SqliteWriter::ensure_user(const UserId& id, std::string_view name) {
  if (database_->number("SELECT count(*) FROM users WHERE id = ?", id) > 0) return;
  check_text("user's name", name);
  require_group();
  EditScope scope(*database_);
  database_->run("INSERT INTO users (id, name) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id,
                 name);
  note("user", id);
  scope.finish();
}

void SqliteWriter::mark_viewed(const UserId& user, const LastViewed& view) {
  require_group();
  EditScope scope(*database_);
  // The last view is found by its time: it must be later than all others of this user.
  const std::string newest =
      database_->text("SELECT max(viewed_at) FROM user_views WHERE user_id = ?", user);
  std::string now = clock_.now();
  if (now <= newest) now = one_millisecond_after(newest);
  database_->run(
      "INSERT INTO user_views (user_id, project_id, character_id, version_id, cell, viewed_at) "
      "VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (user_id, project_id, ifnull(character_id, ''), ifnull(version_id, '')) "
      "DO UPDATE SET cell = excluded.cell, viewed_at = excluded.viewed_at",
      user, view.project_id, OrNull{view.character_id}, OrNull{view.version_id}, view.cell, now);
  note("view", !view.version_id.empty()     ? view.version_id
               : !view.character_id.empty() ? view.character_id
                                            : view.project_id);
  scope.finish();
}

}  // namespace castboard
