#include "job_list_layout.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

TEST(ReadTime, reads_the_stores_utc_times) {
  EXPECT_EQ(read_time("1970-01-01T00:00:00.000Z"), 0);
  EXPECT_EQ(read_time("2026-01-31T12:00:00.250Z"), 1769860800250);
  EXPECT_EQ(read_time("2024-02-29T00:00:00.000Z"), 1709164800000);
}

TEST(ReadTime, refuses_what_is_no_time) {
  EXPECT_FALSE(read_time(""));
  EXPECT_FALSE(read_time("yesterday"));
  EXPECT_FALSE(read_time("2026-13-01T00:00:00.000Z"));
}

TEST(ElapsedText, grows_from_seconds_to_hours) {
  EXPECT_EQ(elapsed_text(0), "0:00");
  EXPECT_EQ(elapsed_text(14'900), "0:14");
  EXPECT_EQ(elapsed_text(723'000), "12:03");
  EXPECT_EQ(elapsed_text(3'723'000), "1:02:03");
  EXPECT_EQ(elapsed_text(-5), "0:00");
}

TEST(UntilNextSecond, is_what_is_left_of_the_second) {
  EXPECT_DOUBLE_EQ(until_next_second(14'250), 0.75);
  EXPECT_DOUBLE_EQ(until_next_second(14'000), 1.0);
}

TEST(UsualFraction, grows_with_the_usual_time_and_never_ends_before_the_picture_is_there) {
  EXPECT_DOUBLE_EQ(usual_fraction(30'000, 60'000), 0.5);
  EXPECT_DOUBLE_EQ(usual_fraction(600'000, 60'000), 0.95);
  EXPECT_LT(usual_fraction(1'000, 0), 0) << "nothing to go by";
}

TEST(Ordinal, knows_the_teens) {
  EXPECT_EQ(ordinal(1), "1st");
  EXPECT_EQ(ordinal(2), "2nd");
  EXPECT_EQ(ordinal(3), "3rd");
  EXPECT_EQ(ordinal(11), "11th");
  EXPECT_EQ(ordinal(112), "112th");
  EXPECT_EQ(ordinal(121), "121st");
}

TEST(PlaceJobCards, shows_all_when_they_fit_and_no_wider_than_the_largest) {
  const JobCards cards = place_job_cards(2, 1, 1200, 250, 330, 10, 90);
  EXPECT_EQ(cards.shown, 2);
  EXPECT_FLOAT_EQ(cards.card_width, 330);
}

TEST(PlaceJobCards, keeps_room_for_the_count_of_the_rest) {
  const JobCards cards = place_job_cards(9, 1, 1100, 250, 330, 10, 90);
  EXPECT_EQ(cards.shown, 3);
  EXPECT_LE(static_cast<float>(cards.shown) * (cards.card_width + 10) + 90, 1100);
}

TEST(PlaceJobCards, uses_more_rows_of_a_high_region) {
  EXPECT_EQ(place_job_cards(9, 3, 800, 250, 330, 10, 90).shown, 9);
}

TEST(PlaceJobCards, still_shows_one_in_a_narrow_region) {
  const JobCards cards = place_job_cards(4, 1, 180, 250, 330, 10, 90);
  EXPECT_EQ(cards.shown, 1);
  EXPECT_LE(cards.card_width, 330);
}

TEST(PlaceJobCards, shows_none_of_none) {
  EXPECT_EQ(place_job_cards(0, 1, 1000, 250, 330, 10, 90).shown, 0);
}

}  // namespace
}  // namespace castboard
