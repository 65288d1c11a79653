#include "studio/push_payload.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace castboard {
namespace {

TEST(PushPayload, names_picture_poses_version_and_status_with_absolute_urls) {
  Character character;
  character.id = "c1";
  character.image_url = "images/ab/abc.png";
  character.image_poses = {{"happy", "images/cells/ab/abc_1.png"}};
  character.active_version_id = "v1";
  character.active_version_number = 3;
  character.active_status = Status::approved;
  const nlohmann::json body = nlohmann::json::parse(push_body(character, "https://p.example/lib/"));
  EXPECT_EQ(body["imageUrl"], "https://p.example/lib/images/ab/abc.png");
  EXPECT_EQ(body["imagePoses"]["happy"], "https://p.example/lib/images/cells/ab/abc_1.png");
  EXPECT_EQ(body["versionId"], "v1");
  EXPECT_EQ(body["versionNumber"], 3);
  EXPECT_EQ(body["status"], "approved");
  EXPECT_EQ(push_path(character.id), "/api/characters/c1");
}

TEST(PushPayload, says_null_when_no_version_is_active) {
  const nlohmann::json body = nlohmann::json::parse(push_body(Character{}, "https://p"));
  EXPECT_TRUE(body["imageUrl"].is_null());
  EXPECT_TRUE(body["versionId"].is_null());
  EXPECT_TRUE(body["imagePoses"].is_object());
}

TEST(PushPayload, percent_encodes_what_a_url_path_cannot_hold) {
  EXPECT_EQ(public_url("http://h", "images/a b#?.png"), "http://h/images/a%20b%23%3F.png");
}

}  // namespace
}  // namespace castboard
