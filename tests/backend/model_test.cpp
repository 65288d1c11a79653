#include "castboard/model.h"

#include <gtest/gtest.h>

#include "castboard/result.h"

namespace castboard {

TEST(Model, writes_version_numbers_with_three_digits_and_more_when_needed) {
  EXPECT_EQ(version_label(3), "v003");
  EXPECT_EQ(version_label(1234), "v1234");
}

TEST(Model, reads_every_word_it_writes) {
  for (Status status : {Status::none, Status::pending, Status::approved, Status::omitted})
    EXPECT_EQ(parse_status(to_string(status)), status);
  for (int i = 0; i <= static_cast<int>(JobState::uncertain); ++i)
    EXPECT_EQ(parse_job_state(to_string(static_cast<JobState>(i))), static_cast<JobState>(i));
  for (auto policy :
       {ActivatePolicy::unless_approved, ActivatePolicy::always, ActivatePolicy::never})
    EXPECT_EQ(parse_activate_policy(to_string(policy)), policy);
  for (const auto kind : {Reference::Kind::none, Reference::Kind::file, Reference::Kind::url,
                          Reference::Kind::version, Reference::Kind::active})
    EXPECT_EQ(parse_reference_kind(to_string(kind)), kind);
  EXPECT_EQ(parse_status("APPROVED"), std::nullopt);
}

TEST(Model, names_every_error_code) {
  EXPECT_EQ(to_string(ErrorCode::invalid_input), "invalid_input");
  EXPECT_EQ(to_string(ErrorCode::cancelled), "cancelled");
  EXPECT_EQ(to_string(ErrorCode::internal), "internal");
}

}  // namespace castboard
