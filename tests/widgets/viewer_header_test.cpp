#include "viewer_header.h"

#include <gtest/gtest.h>

#include "scoped.h"
#include "support/imgui_harness.h"

// The line above the picture, by its labels.
namespace castboard {
namespace {

class ViewerHeaderTest : public ::testing::Test {
 protected:
  ViewerHeaderTest() {
    version.id = "one";
    version.version_number = 1;
    version.version_name = "Portrait";
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({1000, 200});
      scoped::window("Host", nullptr, 0, [&] {
        Look look = make_look({});
        look.keys = &keymap;
        const ViewerHeaderResult done =
            viewer_header("header", {.look = look, .version = &version});
        if (done.request.what != VersionRequest::What::none) request = done.request;
        fit |= done.fit;
      });
    };
    gui.frames(3);
  }

  float width_of(const char* label) {
    gui.frames(2);
    const DrawnItem item = gui.item(label);
    return item.max.x - item.min.x;
  }

  ImGuiHarness gui{{1000, 200}};
  Keymap keymap;
  Version version;
  VersionRequest request;
  bool fit = false;
};

TEST_F(ViewerHeaderTest, names_the_keys_as_the_user_has_set_them) {
  const float details = width_of("Details");
  const float approve = width_of("Approve");
  keymap.set(Action::details, *parse_chord("Ctrl+Shift+D"));
  EXPECT_GT(width_of("Details"), details);
  EXPECT_EQ(width_of("Approve"), approve);
  keymap.set(Action::fit, {});
  gui.click("Fit");
  EXPECT_TRUE(fit);
}

TEST_F(ViewerHeaderTest, asks_for_what_its_buttons_say) {
  gui.click("Approve");
  EXPECT_EQ(request.what, VersionRequest::What::set_status);
  EXPECT_EQ(request.status, Status::approved);
  gui.click("Set active");
  EXPECT_EQ(request.what, VersionRequest::What::activate);
  version.status = Status::approved;
  version.is_active = true;
  gui.frames(2);
  EXPECT_FALSE(gui.has("Approve"));
  EXPECT_FALSE(gui.has("Set active"));
}

}  // namespace
}  // namespace castboard
