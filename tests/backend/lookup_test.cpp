#include "library/lookup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/result.h"

namespace castboard {
namespace {

using ::testing::HasSubstr;

class Lookup : public ::testing::Test {
 protected:
  Lookup() : store_(open_sqlite_store({.directory = ":memory:"})) {
    StoreWriter& writer = store_->writer();
    writer.begin();
    north_ = writer.add_project("Northwind");
    south_ = writer.add_project("Southwind");
    mira_ = writer.add_character({.project_id = north_.id, .name = "Mira Voss"});
    writer.add_character({.project_id = north_.id, .name = "Elin"});
    writer.add_character({.project_id = south_.id, .name = "Elin"});
    writer.commit();
  }

  Error error_of_character(std::string_view name, std::string_view project) {
    try {
      find_character(store_->reader(), name, project, "user");
    } catch (const Failure& failure) {
      return failure.error();
    }
    return {ErrorCode::internal, "found", {}, {}};
  }

  std::unique_ptr<Store> store_;
  Project north_;
  Project south_;
  Character mira_;
};

TEST_F(Lookup, finds_by_name_ignoring_case_and_by_id) {
  EXPECT_EQ(find_character(store_->reader(), "mira voss", {}, "user").id, mira_.id);
  EXPECT_EQ(find_character(store_->reader(), mira_.id, {}, "user").id, mira_.id);
  EXPECT_EQ(find_project(store_->reader(), "northwind").id, north_.id);
}

TEST_F(Lookup, suggests_the_nearest_name) {
  const Error error = error_of_character("Mira Vos", {});
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_THAT(error.hint, HasSubstr("Mira Voss"));
}

TEST_F(Lookup, lists_the_candidates_of_an_ambiguous_name_and_takes_the_project_for_an_answer) {
  const Error error = error_of_character("Elin", {});
  EXPECT_EQ(error.code, ErrorCode::ambiguous);
  EXPECT_THAT(error.hint, HasSubstr("Northwind"));
  EXPECT_THAT(error.hint, HasSubstr("Southwind"));
  EXPECT_EQ(find_character(store_->reader(), "Elin", "Southwind", "user").project_id, south_.id);
}

TEST_F(Lookup, prefers_an_untrashed_character_of_the_same_name) {
  StoreWriter& writer = store_->writer();
  writer.begin();
  writer.trash_character(mira_.id);
  const Character again = writer.add_character({.project_id = north_.id, .name = "Mira Voss"});
  writer.commit();
  EXPECT_EQ(find_character(store_->reader(), "Mira Voss", {}, "user").id, again.id);
}

TEST_F(Lookup, says_how_a_version_is_written) {
  try {
    find_version(store_->reader(), "nonsense", {}, "user");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().hint, HasSubstr("CHARACTER/v003"));
  }
  try {
    find_version(store_->reader(), "Mira Voss/v007", {}, "user");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().message, HasSubstr("v007"));
    EXPECT_THAT(failure.error().hint, HasSubstr("no versions yet"));
  }
}

}  // namespace
}  // namespace castboard
