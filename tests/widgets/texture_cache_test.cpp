#include "texture_cache.h"

#include <gtest/gtest.h>

#include <set>

#include "support/fake_session.h"
#include "support/fake_textures.h"

namespace castboard {
namespace {

PicturePtr picture(int width, int height) {
  auto made = std::make_shared<Picture>();
  made->image.width = width;
  made->image.height = height;
  made->image.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  made->full_width = 2 * width;
  made->full_height = 2 * height;
  return made;
}

class TextureCacheTest : public testing::Test {
 protected:
  TextureCacheTest() { fake::clear(); }

  void answer(TextureCache& cache, PicturePtr value) {
    const Event event = fake::answer(fake::last("load_picture"), std::move(value));
    EXPECT_TRUE(cache.apply(std::get<Reply>(event)));
  }

  Session session{SessionOptions{}};
  FakeTextures textures;
};

TEST_F(TextureCacheTest, asks_once_for_what_is_painted_and_uploads_it_in_the_next_update) {
  TextureCache cache(session, textures.host());
  EXPECT_FALSE(cache.get("a.png", 64).texture);
  EXPECT_FALSE(cache.get("a.png", 64).texture);
  EXPECT_EQ(fake::count("load_picture"), 1);
  EXPECT_TRUE(cache.loading());
  answer(cache, picture(64, 32));
  cache.update();
  const Thumbnail shown = cache.get("a.png", 64);
  ASSERT_TRUE(shown.texture);
  EXPECT_TRUE(textures.alive(*shown.texture));
  EXPECT_EQ(shown.width, 64);
  EXPECT_EQ(shown.height, 32);
  EXPECT_EQ(shown.full_width, 128);
  EXPECT_FALSE(cache.loading());
}

TEST_F(TextureCacheTest, lets_go_of_a_wish_that_is_painted_no_more) {
  TextureCache cache(session, textures.host());
  cache.get("a.png", 64);
  const auto ticket = fake::last("load_picture").ticket;
  cache.update();
  EXPECT_EQ(fake::count("forget_picture"), 0);
  cache.update();
  EXPECT_EQ(fake::last("forget_picture").argument, std::to_string(ticket));
  EXPECT_FALSE(cache.loading());
}

TEST_F(TextureCacheTest, spreads_uploads_over_frames_by_a_budget) {
  TextureCache cache(session, textures.host(), {.upload_per_frame = 1000, .resident = 1 << 20});
  for (const char* url : {"a", "b", "c"}) {
    cache.get(url, 64);
    answer(cache, picture(12, 12));  // 576 bytes
  }
  const auto frame = [&] {
    cache.update();
    for (const char* url : {"a", "b", "c"}) cache.get(url, 64);
    return textures.count();
  };
  EXPECT_EQ(frame(), 1u);
  EXPECT_EQ(frame(), 2u);
  EXPECT_EQ(frame(), 3u);
}

TEST_F(TextureCacheTest, uploads_a_picture_above_the_budget_alone) {
  TextureCache cache(session, textures.host(), {.upload_per_frame = 10, .resident = 1 << 20});
  cache.get("large", 64);
  answer(cache, picture(64, 64));
  cache.update();
  EXPECT_EQ(textures.count(), 1u);
}

TEST_F(TextureCacheTest, gives_the_longest_unpainted_back_one_update_after_it_is_retired) {
  TextureCache cache(session, textures.host(), {.upload_per_frame = 1 << 20, .resident = 1200});
  std::vector<ImTextureID> ids;
  for (const char* url : {"a", "b", "c"}) {
    cache.get(url, 64);
    answer(cache, picture(12, 12));
    cache.update();
    ids.push_back(*cache.get(url, 64).texture);
  }
  // Three times 576 bytes are above 1200: "a" goes, but not in the update that decides so.
  cache.get("c", 64);
  cache.update();
  EXPECT_LE(cache.resident_bytes(), 1200u);
  cache.update();
  EXPECT_FALSE(textures.alive(ids[0]));
  EXPECT_TRUE(textures.alive(ids[2]));
}

TEST_F(TextureCacheTest, remembers_a_failure_with_its_reason_and_asks_no_more) {
  TextureCache cache(session, textures.host());
  cache.get("broken.png", 64);
  const Event event = fake::refusal<PicturePtr>(
      fake::last("load_picture"), {ErrorCode::bad_picture, "broken.png is cut off", "", ""});
  cache.apply(std::get<Reply>(event));
  for (int frame = 0; frame < 3; ++frame) {
    cache.update();
    EXPECT_EQ(cache.get("broken.png", 64).failure, "broken.png is cut off");
  }
  EXPECT_EQ(fake::count("load_picture"), 1);
  cache.forget_failures();
  cache.get("broken.png", 64);
  EXPECT_EQ(fake::count("load_picture"), 2);
}

TEST_F(TextureCacheTest, shows_another_size_while_the_wanted_one_loads) {
  TextureCache cache(session, textures.host());
  cache.get("a.png", 64);
  answer(cache, picture(64, 64));
  cache.update();
  const auto small = cache.get("a.png", 64).texture;
  const Thumbnail large = cache.get("a.png", 512);
  EXPECT_EQ(large.texture, small);
  EXPECT_EQ(large.width, 64);
  EXPECT_FALSE(cache.get("b.png", 512).texture) << "another picture is no stand-in";
}

TEST_F(TextureCacheTest, tells_whether_it_is_the_very_picture_or_one_that_stands_in) {
  TextureCache cache(session, textures.host());
  cache.get("a.png", 64);
  answer(cache, picture(64, 64));
  cache.update();
  EXPECT_TRUE(cache.get("a.png", 64).exact);
  EXPECT_FALSE(cache.get("a.png", 512).exact);
}

TEST_F(TextureCacheTest, keeps_parts_gains_and_enlargements_of_one_picture_apart) {
  TextureCache cache(session, textures.host());
  PictureRequest request{.url = "a.png", .max_width = 64, .max_height = 64};
  cache.get(request);
  request.detail = {1, 2, 3, 4};
  cache.get(request);
  request.enlarging = Enlarging::blocks;
  cache.get(request);
  request.other_url = "b.png";
  cache.get(request);
  request.gain = 8;
  cache.get(request);
  cache.get(request);
  EXPECT_EQ(fake::count("load_picture"), 5);
}

TEST_F(TextureCacheTest, reads_everything_again_and_shows_the_old_until_it_comes) {
  TextureCache cache(session, textures.host());
  cache.get("a.png", 64);
  answer(cache, picture(64, 64));
  cache.update();
  const auto old = cache.get("a.png", 64).texture;
  cache.forget_all();
  EXPECT_EQ(cache.get("a.png", 64).texture, old);
  EXPECT_EQ(fake::count("load_picture"), 2);
  EXPECT_TRUE(cache.loading());
  answer(cache, picture(32, 32));
  cache.update();
  EXPECT_NE(cache.get("a.png", 64).texture, old);
  EXPECT_EQ(cache.get("a.png", 64).width, 32);
  EXPECT_FALSE(cache.loading());
  cache.update();
  EXPECT_EQ(textures.count(), 1U) << "the old one was given back";
}

TEST_F(TextureCacheTest, shows_no_old_picture_of_a_file_that_went_bad) {
  TextureCache cache(session, textures.host());
  cache.get("a.png", 64);
  answer(cache, picture(64, 64));
  cache.update();
  cache.forget_all();
  cache.get("a.png", 64);
  cache.apply(std::get<Reply>(fake::refusal<PicturePtr>(
      fake::last("load_picture"), {ErrorCode::bad_picture, "a.png is cut off", "", ""})));
  EXPECT_FALSE(cache.get("a.png", 64).texture);
  EXPECT_EQ(cache.get("a.png", 64).failure, "a.png is cut off");
}

TEST_F(TextureCacheTest, tries_again_later_when_the_renderer_has_no_memory) {
  TextureCache cache(session, textures.host());
  textures.refuse = true;
  cache.get("a.png", 64);
  answer(cache, picture(64, 64));
  cache.update();
  EXPECT_FALSE(cache.get("a.png", 64).texture);
  EXPECT_TRUE(cache.get("a.png", 64).failure.empty());
  textures.refuse = false;
  int frames = 0;
  while (!cache.get("a.png", 64).texture && frames < 100) {
    cache.update();
    ++frames;
  }
  EXPECT_GT(frames, 1) << "not in every frame";
  EXPECT_LT(frames, 100);
  EXPECT_EQ(fake::count("load_picture"), 1);
}

TEST_F(TextureCacheTest, shows_the_others_when_the_renderer_refuses_some) {
  TextureCache cache(session, textures.host());
  textures.refuse_wider = 100;
  const std::vector<std::string> urls{"a.png", "b.png", "c.png", "d.png", "e.png", "f.png"};
  for (std::size_t i = 0; i < urls.size(); ++i) {
    cache.get(urls[i], 200);
    answer(cache, picture(i < 4 ? 200 : 50, 50));  // the wide ones come first
  }
  for (int frame = 0; frame < 5; ++frame) {
    cache.update();
    for (const std::string& url : urls) cache.get(url, 200);
  }
  EXPECT_FALSE(cache.get("a.png", 200).texture);
  EXPECT_TRUE(cache.get("e.png", 200).texture);
  EXPECT_TRUE(cache.get("f.png", 200).texture);
}

TEST_F(TextureCacheTest, leaves_nothing_behind) {
  {
    TextureCache cache(session, textures.host(), {.upload_per_frame = 1 << 20, .resident = 600});
    for (const char* url : {"a", "b", "c"}) {
      cache.get(url, 64);
      answer(cache, picture(12, 12));
      cache.update();
    }
    cache.get("waiting", 64);
  }
  EXPECT_EQ(textures.count(), 0u);
  EXPECT_EQ(fake::count("forget_picture"), 1);
}

}  // namespace
}  // namespace castboard
