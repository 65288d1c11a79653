#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "castboard/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace castboard {

// Binds NULL for empty text: how "none" is stored in columns that may be NULL.
struct OrNull {
  std::string_view text;
};

// One use of a prepared statement: bind in order, step, read. Goes back to its connection's cache
// when destroyed, so it must not outlive the Database. Same thread as its Database. Every failure
// of SQLite is thrown as a Failure that names the library.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(std::string_view text);
  Statement& bind(const char* text) { return bind(std::string_view(text)); }
  Statement& bind(const std::string& text) { return bind(std::string_view(text)); }
  Statement& bind(OrNull value);
  Statement& bind(std::int64_t number);
  Statement& bind(int number) { return bind(std::int64_t{number}); }
  Statement& bind(bool value) { return bind(std::int64_t{value}); }
  Statement& bind(double number);
  Statement& bind(std::optional<std::int64_t> number);

  bool step();  // true: there is a row to read
  void run();   // steps to the end

  // Columns of the current row; NULL reads as empty text or 0.
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] int small_integer(int column) const { return static_cast<int>(integer(column)); }
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;
  struct Prepared;
  Statement(class Database& database, Prepared* prepared, std::unique_ptr<Prepared> own);
  void check_bind(int code);

  class Database* database_;
  Prepared* prepared_;             // in the cache, or `own_`
  std::unique_ptr<Prepared> own_;  // the same text was in use already
  int next_parameter_ = 1;
};

// Reads a row's columns one after the other, in the order a column list names them.
class ColumnReader {
 public:
  explicit ColumnReader(const Statement& row, int first = 0) : row_(row), next_(first) {}

  std::string text() { return row_.text(next_++); }
  std::int64_t integer() { return row_.integer(next_++); }
  int small_integer() { return row_.small_integer(next_++); }
  double real() { return row_.real(next_++); }
  bool flag() { return row_.integer(next_++) != 0; }
  std::optional<std::int64_t> optional_integer();
  bool next_is_null() const { return row_.is_null(next_); }
  void skip(int columns) { next_ += columns; }

 private:
  const Statement& row_;
  int next_;
};

// One SQLite connection with a cache of its prepared statements. Owned by a reader or writer of the
// store and used by one thread at a time, but for `interrupt`. Text is always bound, never pasted
// into SQL.
class Database {
 public:
  enum class Mode { read_write, read_write_create, read_only, immutable };

  // `name`: a path, or a name for a database in memory shared by this process when `in_memory`.
  // `library`: how messages call it.
  Database(const std::string& name, bool in_memory, Mode mode, std::string library);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Statement prepare(std::string_view sql);
  template <class... Values>
  Statement query(std::string_view sql, const Values&... values) {
    Statement statement = prepare(sql);
    (statement.bind(values), ...);
    return statement;
  }
  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    query(sql, values...).run();
  }
  // Several statements without parameters.
  void run_script(const char* sql);
  // The first column of the first row; 0 without a row.
  template <class... Values>
  std::int64_t number(std::string_view sql, const Values&... values) {
    Statement statement = query(sql, values...);
    return statement.step() ? statement.integer(0) : 0;
  }
  template <class... Values>
  std::string text(std::string_view sql, const Values&... values) {
    Statement statement = query(sql, values...);
    return statement.step() ? statement.text(0) : std::string();
  }

  [[nodiscard]] int changed_rows() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool is_read_only() const;
  [[nodiscard]] const std::string& library() const { return library_; }
  // Closing must leave a write-ahead log of somebody else as it is.
  void keep_log_on_close(bool keep);
  void interrupt();  // any thread

  [[noreturn]] void fail();  // throws what the last call of SQLite ended with
  // What `fail` threw last: why SQLite rolled back a transaction by itself.
  [[nodiscard]] const Error& last_error() const { return last_error_; }

 private:
  friend class Statement;
  [[nodiscard]] sqlite3_stmt* compile(std::string_view sql);

  sqlite3* connection_ = nullptr;
  std::string library_;
  Error last_error_;
  std::unordered_map<std::string, std::unique_ptr<Statement::Prepared>> statements_;
};

// The transaction of one edit, or, within an open transaction, a savepoint: whatever is not
// finished is undone.
class EditScope {
 public:
  explicit EditScope(Database& database);
  ~EditScope();
  EditScope(const EditScope&) = delete;
  EditScope& operator=(const EditScope&) = delete;

  void finish();

 private:
  Database& database_;
  bool nested_;
  bool finished_ = false;
};

// Several queries that see one state of the library.
class ReadScope {
 public:
  explicit ReadScope(Database& database);
  ~ReadScope();
  ReadScope(const ReadScope&) = delete;
  ReadScope& operator=(const ReadScope&) = delete;

 private:
  Database& database_;
  bool nested_;
};

// What a failure of SQLite means to the user. `system_error`: errno of the failed call, or 0.
Error explain_sqlite_error(int extended_code, int system_error, const std::string& said,
                           const std::string& library);

}  // namespace castboard
