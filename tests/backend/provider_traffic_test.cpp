#include "jobs/provider_traffic.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

using std::chrono::seconds;

TEST(ProviderTraffic, is_one_for_a_name_in_the_whole_process) {
  EXPECT_EQ(traffic_shared_as("traffic a"), traffic_shared_as("traffic a"));
  EXPECT_NE(traffic_shared_as("traffic a"), traffic_shared_as("traffic b"));
}

TEST(ProviderTraffic, gives_a_place_to_one_of_two_who_saw_it_free) {
  ProviderTraffic traffic;
  const ProviderLimits limits{.in_flight = 1, .submits_per_minute = 0, .shared_as = {}};
  const auto now = ProviderTraffic::Clock::now();
  ASSERT_TRUE(traffic.next_place(limits));
  ASSERT_TRUE(traffic.next_place(limits));
  EXPECT_TRUE(traffic.enter(limits, now));
  EXPECT_FALSE(traffic.enter(limits, now));
  traffic.leave();
  EXPECT_TRUE(traffic.enter(limits, now));
}

TEST(ProviderTraffic, counts_what_is_only_asked_for_as_in_flight_but_not_as_sent) {
  ProviderTraffic traffic;
  const ProviderLimits limits{.in_flight = 1, .submits_per_minute = 1, .shared_as = {}};
  const auto now = ProviderTraffic::Clock::now();
  traffic.enter_asking();
  EXPECT_FALSE(traffic.enter(limits, now));
  traffic.leave();
  EXPECT_TRUE(traffic.enter(limits, now));
  EXPECT_EQ(traffic.send_again_in(limits, now + seconds(20)), seconds(40));
}

TEST(ProviderTraffic, tells_everybody_who_watches_of_a_free_place) {
  int first = 0;
  int second = 0;
  const PlaceWatch watch([&] { ++first; });
  {
    const PlaceWatch other([&] { ++second; });
    tell_of_free_place();
  }
  tell_of_free_place();
  EXPECT_EQ(first, 2);
  EXPECT_EQ(second, 1);
}

}  // namespace
}  // namespace castboard
