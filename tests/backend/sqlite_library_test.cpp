#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "library/schema.h"
#include "store_support.h"
#include "support/other_user.h"
#include "support/small_disk.h"

// What is SQLite's own about the library: its file, schema, locks and damage.
namespace castboard {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

class SqliteLibrary : public ::testing::Test {
 protected:
  std::unique_ptr<Store> open() { return open_sqlite_store({.directory = directory()}); }
  std::unique_ptr<Store> open_read_only() {
    return open_sqlite_store({.directory = directory(), .create = false, .read_only = true});
  }
  [[nodiscard]] std::string directory() const { return (scratch_.path() / "library").string(); }
  [[nodiscard]] fs::path file() const { return fs::path(directory()) / "castboard.db"; }

  // A connection of another program.
  void execute(const std::string& sql) { ASSERT_EQ(try_to_execute(sql), "ok"); }
  std::string try_to_execute(const std::string& sql) {
    sqlite3* connection = nullptr;
    EXPECT_EQ(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    const int code = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
    const std::string said = code == SQLITE_OK ? "ok" : sqlite3_errmsg(connection);
    sqlite3_close(connection);
    return said;
  }
  std::string bytes() {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write_bytes(const std::string& content) {
    fs::create_directories(directory());
    std::ofstream(file(), std::ios::binary) << content;
  }
  testing::TemporaryDirectory scratch_;
  const UserId user_ = "00000000-0000-5000-8000-000000000001";
};

TEST_F(SqliteLibrary, is_created_on_first_use_with_the_tables_of_the_contract) {
  auto store = open();
  EXPECT_EQ(store->reader().schema_version(), newest_schema_version());
  EXPECT_THAT(store->reader().check_integrity(), IsEmpty());
  EXPECT_TRUE(fs::exists(file()));
  for (const char* sql :
       {"SELECT id, name FROM projects", "SELECT id, name FROM users",
        "SELECT id, project_id, name, description, traits, image_url, image_poses, "
        "last_version_number, created_at, updated_at FROM characters",
        "SELECT id, character_id, project_id, user_id, version_name, version_number, is_active, "
        "image_url, thumbnail_url, drive_file_id, art_style, template_type, aspect_ratio, "
        "prompt_used, character_ref_url, background_ref_url, additional_description, credit_cost, "
        "model_used, created_at, updated_at FROM character_image_versions",
        "SELECT user_id, character_id, version_id, cell, viewed_at FROM user_views",
        "SELECT user_id, version_id FROM stars",
        "SELECT version_id, cell, pose, x, y, width, height, image_url, status, "
        "source_version_id, source_cell FROM version_cells",
        "SELECT owner, epoch, state, lease_until, provider_job_id, continuation, billing, credits, "
        "queue_rank FROM jobs",
        "SELECT seq, character_id FROM outbox", "SELECT seq, kind, id FROM changes",
        "SELECT 1 FROM character_image_versions INDEXED BY idx_char_versions_char_id "
        "WHERE character_id = 'x'",
        "SELECT 1 FROM character_image_versions INDEXED BY idx_char_versions_active "
        "WHERE character_id = 'x' AND is_active = 1"})
    EXPECT_EQ(try_to_execute(sql), "ok") << sql;
}

TEST_F(SqliteLibrary, opening_it_again_changes_nothing) {
  open()->writer().add_project("Demo");
  const std::string before = bytes();
  EXPECT_THAT(open()->reader().projects(), SizeIs(1));
  EXPECT_EQ(bytes(), before);
}

TEST_F(SqliteLibrary, uses_a_write_ahead_log_or_a_rollback_journal_as_told) {
  auto store = open();
  EXPECT_TRUE(fs::exists(file().string() + "-wal"));
  store.reset();
  store = open_sqlite_store({.directory = directory(), .rollback_journal = true});
  store->writer().add_project("Demo");
  EXPECT_FALSE(fs::exists(file().string() + "-wal"));
}

TEST_F(SqliteLibrary, a_newer_schema_is_refused_and_left_byte_for_byte) {
  open().reset();
  execute("PRAGMA user_version = 7; PRAGMA journal_mode = DELETE;");
  const std::string before = bytes();
  for (const auto& opening :
       {std::function<void()>([&] { open(); }), std::function<void()>([&] { open_read_only(); })}) {
    const Error error = error_of(opening);
    EXPECT_EQ(error.code, ErrorCode::library);
    EXPECT_THAT(error.message, HasSubstr("newer Castboard (schema 7; this one knows up to 3)"));
    EXPECT_THAT(error.message, HasSubstr(directory()));
    EXPECT_THAT(error.hint, HasSubstr("Update Castboard"));
    EXPECT_EQ(bytes(), before);
    EXPECT_FALSE(fs::exists(file().string() + "-wal"));
  }
}

TEST_F(SqliteLibrary, a_newer_schema_keeps_the_log_a_crash_left_behind) {
  open().reset();
  const pid_t child = fork();
  if (child == 0) {
    sqlite3* connection = nullptr;
    sqlite3_open(file().c_str(), &connection);
    sqlite3_exec(connection, "PRAGMA user_version = 7", nullptr, nullptr, nullptr);
    _exit(0);  // without closing: the change is in the log only
  }
  int status = 0;
  waitpid(child, &status, 0);
  const std::string before = bytes();
  const auto log_size = fs::file_size(file().string() + "-wal");
  ASSERT_GT(log_size, 0u);
  EXPECT_THAT(error_of([&] { open(); }).message, HasSubstr("newer Castboard"));
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(fs::file_size(file().string() + "-wal"), log_size);
}

TEST_F(SqliteLibrary, an_empty_file_becomes_a_library) {
  write_bytes("");
  EXPECT_EQ(open()->reader().schema_version(), newest_schema_version());
}

TEST_F(SqliteLibrary, what_is_not_a_database_is_refused_with_the_path_and_a_way_out) {
  const std::string junk(8192, 'j');
  write_bytes(junk);
  const Error error = error_of([&] { open(); });
  EXPECT_EQ(error.code, ErrorCode::library);
  EXPECT_THAT(error.message, HasSubstr(directory()));
  EXPECT_THAT(error.message, HasSubstr("not a database"));
  EXPECT_THAT(error.hint, HasSubstr("backup"));
  EXPECT_EQ(bytes(), junk);
  EXPECT_EQ(error_of([&] { open_read_only(); }).code, ErrorCode::library);
}

TEST_F(SqliteLibrary, a_database_of_another_program_is_refused_and_left_alone) {
  fs::create_directories(directory());
  execute("CREATE TABLE songs (title)");
  const std::string before = bytes();
  const Error error = error_of([&] { open(); });
  EXPECT_THAT(error.message, HasSubstr("another program"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(SqliteLibrary, a_damaged_file_is_named_when_it_is_opened_or_checked) {
  {
    auto store = open();
    const Project project = store->writer().add_project("Demo");
    store->writer().begin();
    for (int i = 0; i < 500; ++i)
      store->writer().add_character({project.id, fmt::format("Character {}", i), {}, {}});
    store->writer().commit();
  }
  std::string content = bytes();
  for (std::size_t at = 8192; at < content.size(); ++at) content[at] = static_cast<char>(at * 7);
  write_bytes(content);
  std::vector<std::string> problems;
  const Error error = error_of([&] { problems = open()->reader().check_integrity(); });
  if (error.message == "nothing thrown") {
    EXPECT_THAT(problems, ::testing::Not(IsEmpty()));
  } else {
    EXPECT_EQ(error.code, ErrorCode::library);
    EXPECT_THAT(error.message, HasSubstr("damaged"));
  }
}

TEST_F(SqliteLibrary, a_missing_library_is_made_only_when_asked_for) {
  const Error error =
      error_of([&] { open_sqlite_store({.directory = directory(), .create = false}); });
  EXPECT_EQ(error.code, ErrorCode::library);
  EXPECT_THAT(error.message, HasSubstr("no Castboard library"));
  EXPECT_FALSE(fs::exists(directory()));
  EXPECT_EQ(error_of([&] { open_read_only(); }).code, ErrorCode::library);
}

TEST_F(SqliteLibrary, odd_directory_names_work) {
  const std::string odd = (scratch_.path() / "50% of ?mode=memory#x&y 猫").string();
  open_sqlite_store({.directory = odd})->writer().add_project("Demo");
  EXPECT_TRUE(fs::exists(fs::path(odd) / "castboard.db"));
  EXPECT_THAT(open_sqlite_store({.directory = odd})->reader().projects(), SizeIs(1));
}

TEST_F(SqliteLibrary, opened_read_only_it_can_be_read_and_not_written) {
  open()->writer().add_project("Demo");
  auto store = open_read_only();
  EXPECT_THAT(store->reader().projects(), SizeIs(1));
  const Error error = error_of([&] { store->writer().add_project("Other"); });
  EXPECT_EQ(error.code, ErrorCode::read_only);
  EXPECT_THAT(error.message, HasSubstr(directory()));
}

TEST_F(SqliteLibrary, in_a_directory_of_somebody_else_writing_is_refused_and_reading_works) {
  if (getuid() != 0) GTEST_SKIP() << "needs root to become another user";
  open()->writer().add_project("Demo");
  fs::permissions(scratch_.path(), fs::perms(0755));
  fs::permissions(directory(), fs::perms(0755));
  EXPECT_TRUE(testing::as_other_user([&] {
    if (error_of([&] { open(); }).code != ErrorCode::read_only) return false;
    auto store = open_read_only();
    const std::string below = directory() + "/below";
    return store->reader().projects().size() == 1 &&
           error_of([&] { store->writer().add_project("O"); }).code == ErrorCode::read_only &&
           error_of([&] { open_sqlite_store({.directory = below}); }).code == ErrorCode::read_only;
  }));
}

TEST_F(SqliteLibrary, a_full_disk_is_named_and_nothing_saved_before_is_lost) {
  const auto good = testing::on_a_small_disk(directory(), [&] {
    auto store = open();
    StoreWriter& writer = store->writer();
    const Project project = writer.add_project("Demo");
    const std::string text(20'000, 'x');
    std::size_t saved = 0;
    Error error;
    while (saved < 1'000) {
      error = error_of([&] {
        writer.add_character({project.id, fmt::format("Extra {}", saved), text, {}});
      });
      if (error.message != "nothing thrown") break;
      ++saved;
    }
    // A group that the disk ends is undone as a whole, and every edit of it learns why.
    Error of_group;
    Error of_next;
    writer.begin();
    for (int i = 0; i < 1'000 && of_group.code != ErrorCode::disk_full; ++i)
      of_group = error_of([&] {
        writer.add_character({project.id, fmt::format("More {}", i), text, {}});
      });
    of_next = error_of([&] { writer.commit(); });
    error_of([&] { writer.rollback(); });
    return error.code == ErrorCode::disk_full && of_group.code == ErrorCode::disk_full &&
           of_next.message != "" && store->reader().cast({}).ids.size() == saved &&
           store->reader().check_integrity().empty();
  });
  if (!good) GTEST_SKIP() << "needs the right to mount";
  EXPECT_TRUE(*good);
}

TEST_F(SqliteLibrary, two_stores_see_each_others_changes) {
  auto one = open();
  auto two = open();
  (void)two->reader().changed_elsewhere();
  EXPECT_FALSE(two->reader().changed_elsewhere());
  const std::int64_t seen = two->reader().last_change();
  const Project project = one->writer().add_project("Demo");
  EXPECT_TRUE(two->reader().changed_elsewhere());
  EXPECT_FALSE(two->reader().changed_elsewhere());
  const auto changes = two->reader().changes_after(seen, 100);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].kind, "project");
  EXPECT_EQ(changes[0].id, project.id);
}

TEST_F(SqliteLibrary, many_writers_at_once_lose_nothing_and_give_no_number_twice) {
  constexpr int kWriters = 4;
  constexpr int kVersions = 25;
  CharacterId mira;
  {
    auto store = open();
    store->writer().ensure_user(user_, "ada");
    const Project project = store->writer().add_project("Demo");
    mira = store->writer().add_character({project.id, "Mira", {}, {}}).id;
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < kWriters; ++i)
    threads.emplace_back([&] {
      auto store = open();
      for (int n = 0; n < kVersions; ++n) {
        NewVersion added;
        added.version.character_id = mira;
        added.version.user_id = user_;
        added.version.version_name = "Portrait";
        added.version.image_url = "images/x.png";
        store->writer().add_version(added, {}, true);
      }
    });
  for (std::thread& thread : threads) thread.join();
  auto store = open();
  EXPECT_THAT(store->reader().versions(mira, false, user_), SizeIs(kWriters * kVersions));
  EXPECT_EQ(store->reader().characters({mira}, user_)[0].last_version_number, kWriters * kVersions);
  EXPECT_THAT(store->reader().outbox(), SizeIs(1));
}

TEST_F(SqliteLibrary, processes_that_create_it_at_the_same_time_do_not_disturb_each_other) {
  constexpr int kProcesses = 6;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      int code = 1;
      try {
        open()->writer().add_project(fmt::format("Project {}", i));
        code = 0;
      } catch (...) {
      }
      _exit(code);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT_THAT(open()->reader().projects(), SizeIs(kProcesses));
}

TEST_F(SqliteLibrary, the_database_itself_refuses_a_second_active_version_of_one_character) {
  CharacterId mira;
  {
    auto store = open();
    store->writer().ensure_user(user_, "ada");
    const Project project = store->writer().add_project("Demo");
    mira = store->writer().add_character({project.id, "Mira", {}, {}}).id;
    NewVersion added;
    added.version.character_id = mira;
    added.version.user_id = user_;
    added.version.version_name = "Portrait";
    added.version.image_url = "images/x.png";
    store->writer().add_version(added, {}, false);
    store->writer().add_version(added, {}, false);
  }
  EXPECT_THAT(try_to_execute("UPDATE character_image_versions SET is_active = 1"),
              HasSubstr("UNIQUE constraint failed"));
  EXPECT_THAT(try_to_execute("UPDATE character_image_versions SET deleted_at = 'x'"),
              HasSubstr("CHECK constraint failed"));
  EXPECT_THAT(try_to_execute("UPDATE character_image_versions SET version_number = 1"),
              HasSubstr("UNIQUE constraint failed"));
}

TEST_F(SqliteLibrary, finds_rows_that_name_rows_that_are_not_there) {
  open().reset();
  execute("INSERT INTO stars VALUES ('nobody', 'nothing')");
  EXPECT_THAT(open()->reader().check_integrity(), Contains(HasSubstr("stars")));
}

TEST_F(SqliteLibrary, json_that_cannot_be_read_is_reported_with_its_row) {
  auto store = open();
  const Project project = store->writer().add_project("Demo");
  const auto mira = store->writer().add_character({project.id, "Mira", {}, {}}).id;
  execute("UPDATE characters SET traits = '{broken'");
  const Error error = error_of([&] { (void)store->reader().characters({mira}, user_); });
  EXPECT_EQ(error.code, ErrorCode::library);
  EXPECT_THAT(error.message, HasSubstr("character Mira"));
}

TEST_F(SqliteLibrary, triggers_of_a_strangers_library_do_not_run) {
  open().reset();
  execute(
      "CREATE TRIGGER bad AFTER INSERT ON projects BEGIN "
      "UPDATE projects SET name = 'hacked'; END");
  auto store = open();
  store->writer().add_project("Demo");
  EXPECT_EQ(store->reader().projects()[0].name, "Demo");
}

TEST_F(SqliteLibrary, a_query_under_way_ends_when_it_is_interrupted) {
  auto store = open();
  const Project project = store->writer().add_project("Demo");
  store->writer().begin();
  for (int i = 0; i < 3'000; ++i)
    store->writer().add_character({project.id, fmt::format("Extra {}", i), {}, {}});
  store->writer().commit();
  std::atomic<bool> over{false};
  std::thread interrupting([&] {
    while (!over) store->reader().interrupt();
  });
  Error error;
  do {
    error = error_of([&] {
      CastQuery query;
      query.text = "extra";
      (void)store->reader().cast(query);
    });
  } while (error.message == "nothing thrown");
  over = true;
  interrupting.join();
  EXPECT_EQ(error.code, ErrorCode::cancelled);
  EXPECT_THAT(store->reader().cast({}).ids, SizeIs(3'000));
}

}  // namespace castboard
