#include "picture_loading.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "imaging/imaging.h"
#include "os/files.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {

using testing::drawing;
using testing::failure_of;
using testing::filled;
using testing::pixel;

class PictureLoading : public ::testing::Test {
 protected:
  std::string save(const std::string& name, const Image& image) {
    const auto path = directory.path() / name;
    const std::vector<std::uint8_t> bytes = encode_png(image);
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return path.string();
  }

  PicturePtr load(PictureRequest request, const std::string& path, const std::string& other = {}) {
    request.url = path;
    request.other_url = other;
    return loader.load(request, path, other);
  }

  testing::TemporaryDirectory directory;
  PictureLoader loader;
};

TEST_F(PictureLoading, cuts_a_detail_out_of_a_region) {
  const Image picture = drawing(90, 90);
  const std::string path = save("a.png", picture);
  PictureRequest request;
  request.region = {30, 30, 30, 30};
  request.detail = {10, 5, 4, 6};
  const PicturePtr part = load(request, path);
  ASSERT_EQ(part->image.width, 4);
  ASSERT_EQ(part->image.height, 6);
  EXPECT_EQ(pixel(part->image, 0, 0)[0], pixel(picture, 40, 35)[0]);
  EXPECT_EQ(part->full_width, 90);
}

TEST_F(PictureLoading, enlarges_to_exactly_the_size_asked_for) {
  const std::string path = save("a.png", drawing(20, 20));
  PictureRequest request;
  request.detail = {2, 2, 5, 5};
  request.max_width = 40;
  request.max_height = 40;
  EXPECT_EQ(load(request, path)->image.width, 5) << "never up by itself";
  for (const Enlarging how : {Enlarging::smooth, Enlarging::blocks}) {
    request.enlarging = how;
    EXPECT_EQ(load(request, path)->image.width, 40);
  }
}

TEST_F(PictureLoading, answers_with_the_difference_of_two_parts) {
  const std::string a = save("a.png", filled(30, 30, 10, 10, 10));
  const std::string b = save("b.png", filled(60, 60, 14, 10, 10));
  PictureRequest request;
  request.region = {0, 0, 10, 10};
  request.other_region = {20, 20, 20, 20};
  request.gain = 8;
  const PicturePtr difference = load(request, a, b);
  EXPECT_EQ(difference->image.width, 10);
  EXPECT_EQ(pixel(difference->image, 4, 4)[0], 32);
  EXPECT_EQ(difference->differing, 1);
}

TEST_F(PictureLoading, tells_whether_anything_shows_through) {
  EXPECT_TRUE(load({}, save("a.png", filled(4, 4, 1, 2, 3)))->opaque);
  EXPECT_FALSE(load({}, save("b.png", filled(4, 4, 1, 2, 3, 100)))->opaque);
}

TEST_F(PictureLoading, keeps_only_what_is_looked_at_closely) {
  const std::string path = save("a.png", drawing(30, 30));
  static_cast<void>(load({}, path));
  EXPECT_EQ(loader.kept(), 0U);
  PictureRequest close;
  close.region = {0, 0, 5, 5};
  static_cast<void>(load(close, path));
  close.region.x = 7;
  static_cast<void>(load(close, path));
  EXPECT_EQ(loader.kept(), 1U);
}

TEST_F(PictureLoading, keeps_within_its_budget_the_ones_used_last) {
  PictureLoader small(std::size_t{30} * 30 * 4 * 2);
  PictureRequest close;
  close.region = {0, 0, 5, 5};
  for (const char* name : {"a.png", "b.png", "c.png"}) {
    const std::string path = save(name, drawing(30, 30));
    close.url = path;
    static_cast<void>(small.load(close, path, ""));
  }
  EXPECT_EQ(small.kept(), 2U);
}

TEST_F(PictureLoading, never_shows_the_old_picture_of_a_file_that_changed) {
  const std::string path = save("a.png", filled(9, 9, 1, 1, 1));
  PictureRequest close;
  close.region = {0, 0, 3, 3};
  EXPECT_EQ(pixel(load(close, path)->image, 0, 0)[0], 1);
  save("a.png", filled(9, 9, 200, 1, 1));
  std::filesystem::last_write_time(
      path, std::filesystem::last_write_time(path) + std::chrono::seconds(2));
  EXPECT_EQ(pixel(load(close, path)->image, 0, 0)[0], 200);
}

TEST_F(PictureLoading, says_what_is_wrong_each_time_and_keeps_nothing_of_it) {
  const std::string path = (directory.path() / "no.png").string();
  std::ofstream(path) << "no picture";
  PictureRequest close;
  close.region = {0, 0, 3, 3};
  for (int time = 0; time < 2; ++time)
    EXPECT_EQ(failure_of([&] { load(close, path); }).code, ErrorCode::bad_picture);
  EXPECT_EQ(loader.kept(), 0U);
}

TEST_F(PictureLoading, answers_many_threads_that_ask_for_one_picture_at_once) {
  const std::string path = save("a.png", drawing(300, 300));
  std::vector<PicturePtr> cells(9);
  std::vector<std::thread> threads;
  for (int i = 0; i < 9; ++i) {
    threads.emplace_back([&, i] {
      PictureRequest cell;
      cell.region = {i % 3 * 100, i / 3 * 100, 100, 100};
      cells[static_cast<std::size_t>(i)] = load(cell, path);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const PicturePtr& cell : cells) EXPECT_EQ(cell->image.width, 100);
  EXPECT_EQ(loader.kept(), 1U);
}

}  // namespace castboard
