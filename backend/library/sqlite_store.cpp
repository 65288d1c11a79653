#include <fmt/format.h>
#include <sqlite3.h>

#include <atomic>
#include <filesystem>

#include "library/schema.h"
#include "library/sqlite_reader.h"
#include "library/sqlite_writer.h"
#include "os/processes.h"

namespace castboard {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kInMemory = ":memory:";
constexpr std::string_view kDatabaseFile = "castboard.db";

// Reader and writer on two connections. Destroyed reader first: the writer, closing last, empties
// the write-ahead log.
class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<Database> writing, std::unique_ptr<Database> reading,
              const WallClock& clock = WallClock())
      : writer_(std::move(writing), clock), reader_(std::move(reading)) {}

  StoreReader& reader() override { return reader_; }
  StoreWriter& writer() override { return writer_; }

 private:
  SqliteWriter writer_;
  SqliteReader reader_;
};

void create_directory(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!error) return;
  const bool full = error == std::errc::no_space_on_device;
  throw Failure(full ? ErrorCode::disk_full
                : error == std::errc::permission_denied || error == std::errc::read_only_file_system
                    ? ErrorCode::read_only
                    : ErrorCode::library,
                fmt::format("The directory {} for a library cannot be made.", directory),
                full ? "Free some space, then try again."
                     : "Check its parent's permissions, or choose another with --library.",
                error.message());
}

[[noreturn]] void no_library(const std::string& directory) {
  throw Failure(ErrorCode::library, fmt::format("There is no Castboard library in {}.", directory),
                "Check the path given by --library or CASTBOARD_LIBRARY.");
}

bool is_there(const fs::path& file) {
  std::error_code error;
  const bool there = fs::exists(file, error);
  if (error && error == std::errc::permission_denied)
    throw Failure(ErrorCode::library, fmt::format("{} cannot be looked at.", file.string()),
                  "Check the permissions of the directories above it.", error.message());
  return there;
}

// A log with changes in it is needed to read the library, and an immutable connection ignores it.
void require_empty_log(const fs::path& file, const std::string& library) {
  std::error_code error;
  const auto size = fs::file_size(file.string() + "-wal", error);
  if (error || size == 0) return;
  throw Failure(ErrorCode::library,
                fmt::format("The library {} has changes in castboard.db-wal that cannot be read "
                            "without writing to the directory.",
                            library),
                "Open it once where it may be written, or copy the directory and open the copy.");
}

std::unique_ptr<Database> open_for_reading(const fs::path& file, const std::string& library) {
  try {
    auto database =
        std::make_unique<Database>(file.string(), false, Database::Mode::read_only, library);
    require_newest_schema(*database);
    return database;
  } catch (const Failure& failure) {
    if (failure.error().detail.empty()) throw;  // our own refusal, not SQLite's
    const ErrorCode code = failure.error().code;
    const bool damaged = failure.error().detail.starts_with("SQLite 11:") ||
                         failure.error().detail.starts_with("SQLite 26:");
    if (damaged || (code != ErrorCode::read_only && code != ErrorCode::library)) throw;
  }
  // The directory takes no files (a write-ahead log needs two): read the file as it lies.
  require_empty_log(file, library);
  auto database =
      std::make_unique<Database>(file.string(), false, Database::Mode::immutable, library);
  require_newest_schema(*database);
  return database;
}

std::unique_ptr<Store> open_read_only(const fs::path& file, const std::string& library) {
  if (!is_there(file)) no_library(library);
  auto writing = open_for_reading(file, library);
  auto reading = open_for_reading(file, library);
  return std::make_unique<SqliteStore>(std::move(writing), std::move(reading));
}

std::unique_ptr<Store> open_in_memory(const WallClock& clock) {
  static std::atomic<int> opened{0};
  const std::string name = fmt::format("/castboard-{}", ++opened);
  const std::string library(kInMemory);
  auto writing = std::make_unique<Database>(name, true, Database::Mode::read_write_create, library);
  prepare_schema(*writing, true, false);
  auto reading = std::make_unique<Database>(name, true, Database::Mode::read_write, library);
  reading->run_script("PRAGMA query_only=ON");
  return std::make_unique<SqliteStore>(std::move(writing), std::move(reading), clock);
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const StoreOptions& options) {
  if (options.directory == kInMemory) return open_in_memory(options.clock);
  const std::string& library = options.directory;
  const fs::path file = fs::path(library) / kDatabaseFile;
  if (options.read_only) return open_read_only(file, library);
  if (options.create) create_directory(library);
  if (!options.create && !is_there(file)) no_library(library);
  const auto mode = options.create ? Database::Mode::read_write_create : Database::Mode::read_write;
  auto writing = std::make_unique<Database>(file.string(), false, mode, library);
  prepare_schema(*writing, false, options.rollback_journal);
  auto reading =
      std::make_unique<Database>(file.string(), false, Database::Mode::read_only, library);
  return std::make_unique<SqliteStore>(std::move(writing), std::move(reading), options.clock);
}

}  // namespace castboard
