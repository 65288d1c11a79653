#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <utility>

#include "castboard_program.h"
#include "support/pictures.h"
#include "support/png_writing.h"
#include "virtual_display.h"

// Whatever is shown in the preview of any file, the window opens, draws it or says why not, and
// ends.
namespace castboard::testing {
namespace {

std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

class PreviewPictures : public ::testing::Test {
 protected:
  void SetUp() override {
    if (sandbox.run_program({"sh", "-c", "command -v Xvfb"}).exit_code != 0)
      GTEST_SKIP() << "no Xvfb here";
    if (auto opened = VirtualDisplay::open(1024, 640)) display.emplace(std::move(*opened));
    ASSERT_TRUE(display) << "Xvfb does not start";
    sandbox.set("DISPLAY", display->name());
    sandbox.set("LIBGL_ALWAYS_SOFTWARE", "1");
    keep_libraries(sandbox);
  }

  void show(const std::string& name, const std::string& bytes) {
    const auto picture = sandbox.file(name, bytes);
    const auto shot = sandbox.home() / (name + ".shot.png");
    const Outcome outcome = sandbox.run(
        {"preview", picture.string(), "--window", "1000x600", "--screenshot", shot.string()});
    EXPECT_EQ(outcome.exit_code, 0) << name << outcome;
    EXPECT_TRUE(std::filesystem::exists(shot)) << name;
  }

  std::optional<VirtualDisplay> display;
  Sandbox sandbox;
};

TEST_F(PreviewPictures, shows_or_refuses_every_odd_picture) {
  for (const char* name : {"cmyk.jpg", "sixteen_bit.png", "interlaced_grey.png", "palette.png",
                           "translucent.png", "animation.webp"}) {
    const auto bytes = picture_file(name);
    show(name, {bytes.begin(), bytes.end()});
  }
  const auto whole = picture_file("baseline.jpg");
  show("cut_off.jpg",
       {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2)});
  const auto plain = [](std::uint32_t width, std::uint32_t height) {
    return text_of(png_claiming(width, height, Bytes((std::size_t{width} + 1) * height, 0)));
  };
  show("one_pixel.png", plain(1, 1));
  show("strip.png", plain(16384, 1));
  show("four_to_one.png", plain(1200, 300));
  show("huge.png", text_of(png_claiming(16385, 100, Bytes(10, 0))));
  show("empty.png", "");
}

}  // namespace
}  // namespace castboard::testing
