#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstring>

#include "library/database.h"

namespace castboard {

namespace {

bool means_no_space(int error) {
  return error == ENOSPC || error == EDQUOT;
}

bool means_no_permission(int error) {
  return error == EACCES || error == EPERM || error == EROFS;
}

Error read_only_error(const std::string& library, std::string detail) {
  return {ErrorCode::read_only, fmt::format("The library {} cannot be written.", library),
          "Check the permissions of the directory and of castboard.db in it, or open the library "
          "read-only.",
          std::move(detail)};
}

Error disk_full_error(const std::string& library, std::string detail) {
  return {ErrorCode::disk_full,
          fmt::format("No space is left on the disk of the library {}; nothing was lost.", library),
          "Free some space, then try again.", std::move(detail)};
}

}  // namespace

Error explain_sqlite_error(int extended_code, int system_error, const std::string& said,
                           const std::string& library) {
  std::string detail = fmt::format("SQLite {}: {}", extended_code, said);
  const bool system = extended_code != SQLITE_OK && system_error != 0;
  if (system) detail += fmt::format(" ({})", std::strerror(system_error));

  switch (extended_code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::library,
              fmt::format("The library {} is locked by another program.", library),
              "Wait until that program is done with castboard.db, then try again.", detail};
    case SQLITE_INTERRUPT:
      return {ErrorCode::cancelled, "The search was stopped.", {}, detail};
    case SQLITE_FULL:
      return disk_full_error(library, detail);
    case SQLITE_READONLY:
      if (extended_code == SQLITE_READONLY_DBMOVED)
        return {
            ErrorCode::library,
            fmt::format("castboard.db of the library {} was moved or deleted while open.", library),
            "Put it back, then open the library again.", detail};
      return read_only_error(library, detail);
    case SQLITE_PERM:
      return read_only_error(library, detail);
    case SQLITE_CORRUPT:
      return {ErrorCode::library,
              fmt::format("castboard.db of the library {} is damaged.", library),
              "Restore castboard.db from a backup, or save what is readable with "
              "`sqlite3 castboard.db .recover`. The pictures in images/ are not affected.",
              detail};
    case SQLITE_NOTADB:
      return {ErrorCode::library,
              fmt::format("castboard.db of the library {} is not a database.", library),
              "Restore castboard.db from a backup, or choose another directory with --library.",
              detail};
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (system && means_no_space(system_error)) return disk_full_error(library, detail);
      if (system && means_no_permission(system_error)) return read_only_error(library, detail);
      return {ErrorCode::library,
              fmt::format("castboard.db of the library {} cannot be {}.", library,
                          (extended_code & 0xff) == SQLITE_IOERR ? "read or written" : "opened"),
              "Check that the directory is there and that its disk works.", detail};
    default:
      return {ErrorCode::internal,
              fmt::format("The database of the library {} answered with an error.", library),
              {},
              detail};
  }
}

}  // namespace castboard
