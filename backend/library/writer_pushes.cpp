#include "library/sqlite_writer.h"
#include "os/processes.h"

namespace castboard {

// Only the newest row of a character counts: it stands for the state as it is when it is sent.
void SqliteWriter::queue_push(const CharacterId& character) {
  require_group();
  EditScope scope(*database_);
  database_->run("DELETE FROM outbox WHERE character_id = ?", character);
  database_->run(
      "INSERT INTO outbox (character_id, version_id, queued_at) "
      "SELECT c.id, v.id, ?2 FROM characters c LEFT JOIN character_image_versions v "
      "ON v.character_id = c.id AND v.is_active = 1 WHERE c.id = ?1",
      character, timestamp_now());
  note("outbox", character);
  scope.finish();
}

void SqliteWriter::queue_push_of_all() {
  require_group();
  EditScope scope(*database_);
  std::vector<CharacterId> characters;
  {
    Statement row = database_->prepare(
        "SELECT c.id FROM characters c WHERE c.deleted_at IS NULL AND EXISTS "
        "(SELECT 1 FROM character_image_versions v WHERE v.character_id = c.id "
        " AND v.is_active = 1) ORDER BY c.project_id, c.name_key, c.id");
    while (row.step()) characters.push_back(row.text(0));
  }
  for (const CharacterId& character : characters) queue_push(character);
  scope.finish();
}

void SqliteWriter::push_done(const CharacterId& character, std::int64_t seq) {
  require_group();
  EditScope scope(*database_);
  database_->run("DELETE FROM outbox WHERE character_id = ? AND seq <= ?", character, seq);
  if (database_->changed_rows() > 0) note("outbox", character);
  scope.finish();
}

void SqliteWriter::push_failed(std::int64_t seq, std::string_view error,
                               std::string_view next_attempt_at) {
  require_group();
  EditScope scope(*database_);
  database_->run(
      "UPDATE outbox SET attempts = attempts + 1, last_error = ?, next_attempt_at = ? "
      "WHERE seq = ?",
      OrNull{error}, OrNull{next_attempt_at}, seq);
  // Replaced meanwhile by a newer row: that one is tried at once.
  if (database_->changed_rows() > 0)
    note("outbox", database_->text("SELECT character_id FROM outbox WHERE seq = ?", seq));
  scope.finish();
}

}  // namespace castboard
