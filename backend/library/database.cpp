#include "library/database.h"

#include <sqlite3.h>

#include <utility>

namespace castboard {

namespace {

constexpr int kBusyTimeoutMs = 5'000;

// SQLITE_TRANSIENT is an old-style cast.
const auto kCopyText = reinterpret_cast<sqlite3_destructor_type>(-1);

int open_flags(Database::Mode mode) {
  switch (mode) {
    case Database::Mode::read_write:
      return SQLITE_OPEN_READWRITE;
    case Database::Mode::read_write_create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Database::Mode::read_only:
    case Database::Mode::immutable:
      break;
  }
  return SQLITE_OPEN_READONLY;
}

// A path as a file: URI: everything but plain letters is percent-encoded.
std::string file_uri(const std::string& path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return uri;
}

}  // namespace

struct Statement::Prepared {
  sqlite3_stmt* handle = nullptr;
  bool in_use = false;

  ~Prepared() { sqlite3_finalize(handle); }
};

Statement::Statement(Database& database, Prepared* prepared, std::unique_ptr<Prepared> own)
    : database_(&database), prepared_(prepared), own_(std::move(own)) {
  prepared_->in_use = true;
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      prepared_(std::exchange(other.prepared_, nullptr)),
      own_(std::move(other.own_)),
      next_parameter_(other.next_parameter_) {}

Statement::~Statement() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(prepared_->handle);
  sqlite3_clear_bindings(prepared_->handle);
  prepared_->in_use = false;
}

void Statement::check_bind(int code) {
  if (code != SQLITE_OK) database_->fail();
}

Statement& Statement::bind(std::string_view text) {
  // A null data pointer would bind NULL.
  const char* data = text.data() == nullptr ? "" : text.data();
  check_bind(sqlite3_bind_text64(prepared_->handle, next_parameter_++, data, text.size(), kCopyText,
                                 SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(OrNull value) {
  if (!value.text.empty()) return bind(value.text);
  check_bind(sqlite3_bind_null(prepared_->handle, next_parameter_++));
  return *this;
}

Statement& Statement::bind(std::int64_t number) {
  check_bind(sqlite3_bind_int64(prepared_->handle, next_parameter_++, number));
  return *this;
}

Statement& Statement::bind(double number) {
  check_bind(sqlite3_bind_double(prepared_->handle, next_parameter_++, number));
  return *this;
}

Statement& Statement::bind(std::optional<std::int64_t> number) {
  if (number) return bind(*number);
  check_bind(sqlite3_bind_null(prepared_->handle, next_parameter_++));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(prepared_->handle);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->fail();
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

std::string Statement::text(int column) const {
  const auto* data = sqlite3_column_text(prepared_->handle, column);
  if (data == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_->handle, column));
  return std::string(reinterpret_cast<const char*>(data), size);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(prepared_->handle, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(prepared_->handle, column);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(prepared_->handle, column) == SQLITE_NULL;
}

std::optional<std::int64_t> ColumnReader::optional_integer() {
  const int column = next_++;
  if (row_.is_null(column)) return std::nullopt;
  return row_.integer(column);
}

Database::Database(const std::string& name, bool in_memory, Mode mode, std::string library)
    : library_(std::move(library)) {
  std::string uri = file_uri(name);
  if (in_memory) uri += "?vfs=memdb";
  if (mode == Mode::immutable) uri += "?immutable=1";
  const int code =
      sqlite3_open_v2(uri.c_str(), &connection_,
                      open_flags(mode) | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, nullptr);
  if (code != SQLITE_OK) {
    const Error error = explain_sqlite_error(
        connection_ ? sqlite3_extended_errcode(connection_) : code,
        connection_ ? sqlite3_system_errno(connection_) : 0,
        connection_ ? sqlite3_errmsg(connection_) : sqlite3_errstr(code), library_);
    sqlite3_close_v2(connection_);
    throw Failure(error);
  }
  sqlite3_extended_result_codes(connection_, 1);
  sqlite3_busy_timeout(connection_, kBusyTimeoutMs);
  // A stranger's library must not run anything: no triggers, no views, no functions in its schema.
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
}

Database::~Database() {
  statements_.clear();
  sqlite3_close_v2(connection_);
}

void Database::fail() {
  last_error_ =
      explain_sqlite_error(sqlite3_extended_errcode(connection_), sqlite3_system_errno(connection_),
                           sqlite3_errmsg(connection_), library_);
  throw Failure(last_error_);
}

sqlite3_stmt* Database::compile(std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
    fail();
  return handle;
}

Statement Database::prepare(std::string_view sql) {
  auto& cached = statements_[std::string(sql)];
  if (!cached) {
    auto fresh = std::make_unique<Statement::Prepared>();
    fresh->handle = compile(sql);
    cached = std::move(fresh);
  }
  if (!cached->in_use) return Statement(*this, cached.get(), nullptr);
  auto own = std::make_unique<Statement::Prepared>();
  own->handle = compile(sql);
  Statement::Prepared* prepared = own.get();
  return Statement(*this, prepared, std::move(own));
}

void Database::run_script(const char* sql) {
  if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

int Database::changed_rows() const {
  return sqlite3_changes(connection_);
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(connection_) == 0;
}

bool Database::is_read_only() const {
  return sqlite3_db_readonly(connection_, "main") == 1;
}

void Database::keep_log_on_close(bool keep) {
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

void Database::interrupt() {
  sqlite3_interrupt(connection_);
}

EditScope::EditScope(Database& database) : database_(database), nested_(database.in_transaction()) {
  database_.run(nested_ ? "SAVEPOINT one_edit" : "BEGIN IMMEDIATE");
}

void EditScope::finish() {
  database_.run(nested_ ? "RELEASE one_edit" : "COMMIT");
  finished_ = true;
}

EditScope::~EditScope() {
  // After some errors (a full disk) SQLite has rolled back everything by itself.
  if (finished_ || !database_.in_transaction()) return;
  try {
    if (nested_) {
      database_.run("ROLLBACK TO one_edit");
      database_.run("RELEASE one_edit");
    } else {
      database_.run("ROLLBACK");
    }
  } catch (const Failure&) {
    // The first failure is on its way already and says what happened.
  }
}

ReadScope::ReadScope(Database& database) : database_(database), nested_(database.in_transaction()) {
  if (!nested_) database_.run("BEGIN");
}

ReadScope::~ReadScope() {
  if (nested_ || !database_.in_transaction()) return;
  try {
    database_.run("COMMIT");
  } catch (const Failure&) {
    // Nothing was written; an interrupt may arrive even here.
    try {
      database_.run("ROLLBACK");
    } catch (const Failure&) {
    }
  }
}

}  // namespace castboard
