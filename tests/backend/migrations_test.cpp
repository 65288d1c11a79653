#include "library/migrations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "library/schema.h"
#include "library/store.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// A library as the Castboard of an earlier schema left it.
class OldLibrary : public ::testing::Test {
 protected:
  void make(int schema, const std::string& rows) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open((directory_.path() / "castboard.db").c_str(), &connection), SQLITE_OK);
    std::string sql = "PRAGMA journal_mode = WAL; BEGIN;";
    for (int i = 0; i < schema; ++i) sql += migrations()[static_cast<std::size_t>(i)];
    sql += rows;
    sql += fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT;",
                       kApplicationId, schema);
    const int code = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
    ASSERT_EQ(code, SQLITE_OK) << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }

  std::unique_ptr<Store> open() {
    return open_sqlite_store({.directory = directory_.path().string()});
  }

  testing::TemporaryDirectory directory_;
};

std::string job_row(const std::string& id, const std::string& state, int estimate) {
  return fmt::format(
      "INSERT INTO jobs (id, project_id, character_id, user_id, state, request, provider, "
      "provider_job_id, credit_estimate, owner, epoch, created_at, updated_at) VALUES ('{0}', 'p', "
      "'c', 'u', '{1}', '{{\"provider\":\"paint\",\"template_type\":\"portrait\"}}', 'paint', "
      "'remote-{0}', {2}, 'host/1/1', 1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');",
      id, state, estimate);
}

std::string version_row(const std::string& id, int number, const std::string& job, int credits) {
  return fmt::format(
      "INSERT INTO character_image_versions (id, character_id, project_id, user_id, version_name, "
      "version_number, image_url, credit_cost, provider_cost, provider_cost_unit, created_at, "
      "updated_at, job_id) VALUES ('{}', 'c', 'p', 'u', 'Portrait', {}, 'images/x.png', {}, 0.5, "
      "'USD', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', {});",
      id, number, credits, job.empty() ? "NULL" : "'" + job + "'");
}

const std::string kCast =
    "INSERT INTO users VALUES ('u', 'ada');"
    "INSERT INTO projects (id, name, name_key, credit_limit, purged_credits, created_at, "
    "updated_at) "
    "VALUES ('p', 'Demo', 'demo', 100, 5, '2026', '2026');"
    "INSERT INTO characters (id, project_id, name, name_key, last_version_number, created_at, "
    "updated_at) VALUES ('c', 'p', 'Mira', 'mira', 3, '2026', '2026');";

TEST_F(OldLibrary, of_the_first_schema_is_brought_forward_with_every_row) {
  make(1, kCast + job_row("j-done", "done", 4) + job_row("j-open", "running", 4) +
              job_row("j-queued", "queued", 4) + job_row("j-lost", "uncertain", 6) +
              job_row("j-bad", "failed", 4) + version_row("v1", 1, "j-done", 3) +
              version_row("v2", 2, "", 2));
  auto store = open();
  StoreReader& reader = store->reader();
  EXPECT_EQ(reader.schema_version(), newest_schema_version());
  EXPECT_THAT(reader.check_integrity(), IsEmpty());
  ASSERT_THAT(reader.jobs(true), SizeIs(5));
  EXPECT_THAT(reader.versions("c", false, "u"), SizeIs(2));

  const Job done = reader.job("j-done").value();
  EXPECT_EQ(done.billing, Billing::billed);
  EXPECT_EQ(done.credits, 3);
  EXPECT_EQ(done.provider_cost, 0.5);
  EXPECT_EQ(done.provider_cost_unit, "USD");
  EXPECT_EQ(done.idempotency_key, "j-done");
  EXPECT_EQ(reader.job("j-lost")->billing, Billing::uncertain);
  EXPECT_EQ(reader.job("j-lost")->credits, 6);
  EXPECT_EQ(reader.job("j-bad")->billing, Billing::not_billed);
  EXPECT_EQ(reader.job("j-open")->billing, Billing::open);
  EXPECT_TRUE(reader.job("j-open")->known_to_provider());
  EXPECT_EQ(reader.job("j-queued")->queue_position, 1);

  // 5 of purged versions, 3 of the job, 2 of the version without one, 6 perhaps.
  const Project project = reader.project("p").value();
  EXPECT_EQ(project.credit_limit, 100);
  EXPECT_EQ(project.credits_used, 16);
  EXPECT_EQ(project.credits_reserved, 8);
}

TEST_F(OldLibrary, stays_as_it_is_when_it_can_only_be_read) {
  make(1, kCast);
  try {
    open_sqlite_store(
        {.directory = directory_.path().string(), .create = false, .read_only = true});
    FAIL() << "an older schema cannot be read without writing";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().hint, ::testing::HasSubstr("Open it once where it may be written"));
  }
}

TEST_F(OldLibrary, of_every_schema_so_far_can_be_opened) {
  for (int schema = 1; schema <= newest_schema_version(); ++schema) {
    for (const char* file : {"castboard.db", "castboard.db-wal", "castboard.db-shm"})
      std::filesystem::remove(directory_.path() / file);
    make(schema, kCast);
    EXPECT_EQ(open()->reader().schema_version(), newest_schema_version());
  }
}

}  // namespace
}  // namespace castboard
