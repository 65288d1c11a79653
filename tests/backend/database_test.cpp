#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cerrno>

#include "library/database.h"

namespace castboard {

using ::testing::HasSubstr;

namespace {

Error explained(int code, int system_error = 0) {
  return explain_sqlite_error(code, system_error, "said", "/srv/cast");
}

}  // namespace

TEST(Database, name_the_library_and_what_to_do) {
  for (const int code : {SQLITE_BUSY, SQLITE_FULL, SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_NOTADB,
                         SQLITE_CANTOPEN, SQLITE_IOERR_WRITE}) {
    EXPECT_THAT(explained(code).message, HasSubstr("/srv/cast"));
    EXPECT_FALSE(explained(code).hint.empty()) << code;
    EXPECT_THAT(explained(code).detail, HasSubstr("said"));
  }
}

TEST(Database, tell_a_full_disk_from_missing_permission_and_damage) {
  EXPECT_EQ(explained(SQLITE_FULL).code, ErrorCode::disk_full);
  EXPECT_EQ(explained(SQLITE_IOERR_WRITE, ENOSPC).code, ErrorCode::disk_full);
  EXPECT_EQ(explained(SQLITE_CANTOPEN, EDQUOT).code, ErrorCode::disk_full);
  EXPECT_EQ(explained(SQLITE_CANTOPEN, EACCES).code, ErrorCode::read_only);
  EXPECT_EQ(explained(SQLITE_CANTOPEN, EROFS).code, ErrorCode::read_only);
  EXPECT_EQ(explained(SQLITE_READONLY_DIRECTORY).code, ErrorCode::read_only);
  EXPECT_EQ(explained(SQLITE_READONLY_DBMOVED).code, ErrorCode::library);
  EXPECT_EQ(explained(SQLITE_IOERR_READ, EIO).code, ErrorCode::library);
  EXPECT_EQ(explained(SQLITE_CORRUPT).code, ErrorCode::library);
  EXPECT_EQ(explained(SQLITE_BUSY_SNAPSHOT).code, ErrorCode::library);
  EXPECT_EQ(explained(SQLITE_INTERRUPT).code, ErrorCode::cancelled);
  EXPECT_EQ(explained(SQLITE_CONSTRAINT_UNIQUE).code, ErrorCode::internal);
}

TEST(Database, the_same_statement_may_be_used_twice_at_once) {
  Database database("/statements", true, Database::Mode::read_write_create, "memory");
  Statement outer = database.query("SELECT value FROM json_each(?)", "[1,2,3]");
  std::int64_t sum = 0;
  while (outer.step()) {
    Statement inner = database.query("SELECT value FROM json_each(?)", "[10,20]");
    while (inner.step()) sum += outer.integer(0) * inner.integer(0);
  }
  EXPECT_EQ(sum, 180);
}

TEST(Database, text_with_a_zero_byte_and_empty_text_come_back_whole) {
  Database database("/texts", true, Database::Mode::read_write_create, "memory");
  const std::string odd("a\0b", 3);
  Statement row =
      database.query("SELECT ?, ?, ? IS NULL, ? IS NULL", odd, std::string_view(), OrNull{""}, "");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), odd);
  EXPECT_EQ(row.text(1), "");
  EXPECT_EQ(row.integer(2), 1);
  EXPECT_EQ(row.integer(3), 0);
}

}  // namespace castboard
