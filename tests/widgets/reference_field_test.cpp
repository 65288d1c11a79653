#include "reference_field.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

std::vector<Version> two_versions() {
  std::vector<Version> versions(2);
  versions[0].id = "a";
  versions[0].version_number = 7;
  versions[0].version_name = "Noir Headshot";
  versions[1].id = "b";
  versions[1].version_number = 8;
  versions[1].version_name = "Anime Sheet";
  return versions;
}

TEST(ReferenceWords, name_a_version_by_number_and_say_whether_it_is_active) {
  const auto versions = two_versions();
  const auto active = reference_words({Reference::Kind::version, "b"}, versions, "b");
  EXPECT_EQ(active.title, "v008");
  EXPECT_EQ(active.detail, "active version");
  EXPECT_EQ(reference_words({Reference::Kind::version, "a"}, versions, "b").detail,
            "Noir Headshot");
}

TEST(ReferenceWords, show_the_last_part_of_a_path_or_url) {
  EXPECT_EQ(reference_words({Reference::Kind::file, "/home/mira/face.png"}, {}, "").title,
            "face.png");
  EXPECT_EQ(reference_words({Reference::Kind::url, "https://x.org/y/face.png"}, {}, "").title,
            "face.png");
}

TEST(ReferenceWords, admit_a_version_that_is_not_among_the_characters) {
  EXPECT_EQ(reference_words({Reference::Kind::version, "z"}, two_versions(), "b").detail,
            "of another character");
}

}  // namespace
}  // namespace castboard
