#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "os/processes.h"

namespace castboard {

TEST(Identifiers, random_uuids_are_version_4_and_differ) {
  const std::regex version_4("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = random_uuid();
    EXPECT_TRUE(std::regex_match(uuid, version_4)) << uuid;
    EXPECT_TRUE(seen.insert(uuid).second);
  }
}

// Written down once, from another implementation: a user's id must never change.
TEST(Identifiers, named_uuids_stay_the_same_for_ever) {
  EXPECT_EQ(named_uuid("artist"), "31077c0a-c1ba-5539-9336-b8917bc28aad");
  EXPECT_NE(named_uuid("artist"), named_uuid("Artist"));
}

TEST(Identifiers, timestamps_are_utc_with_milliseconds_and_sort_as_text) {
  const std::regex form("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
  const std::string before = timestamp_now();
  EXPECT_TRUE(std::regex_match(before, form)) << before;
  EXPECT_LT(before, timestamp_after(std::chrono::minutes{1}));
  EXPECT_LT(timestamp_after(std::chrono::minutes{-1}), before);
}

TEST(Identifiers, the_clock_on_the_wall_names_the_day_when_it_is_another) {
  const std::regex clock("[0-9]{2}:[0-9]{2}");
  const std::regex with_day("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}");
  EXPECT_TRUE(std::regex_match(local_time_after(std::chrono::milliseconds{0}), clock));
  EXPECT_TRUE(std::regex_match(local_time_after(std::chrono::hours{24}), with_day));
}

}  // namespace castboard
