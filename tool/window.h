#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "fonts.h"
#include "screenshot.h"

struct GLFWwindow;

namespace castboard {

// Why there is no window, and what to do.
struct WindowFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Where a window was and how it looked; kept from run to run.
struct Placement {
  int x = 0;
  int y = 0;
  int width = 1440;
  int height = 900;
  bool maximized = false;
  bool known = false;  // x and y mean something
  bool light = false;  // the light theme
};

struct WindowSetup {
  std::string title;
  Placement placement;
  float scale = 0;          // 0: the screen's own
  std::string layout_file;  // of Dear ImGui; empty: nothing is kept
};

// The one GLFW window with its OpenGL 3.3 context and the Dear ImGui that draws into it. Main
// thread only. Throws WindowFailure where there is no display or no OpenGL 3.3.
class Window {
 public:
  explicit Window(const WindowSetup& setup);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Waits for input or a wake-up, at most `seconds` (0: takes what is there).
  struct Woken {
    bool early = false;  // something came before the time was up
    int inputs = 0;      // keys, characters, buttons, wheel steps among it
  };
  Woken wait(double seconds);
  // Between these two everything is drawn, into lists.
  void begin_frame();
  void finish_frame();
  // The lists by OpenGL, onto the screen; `before_swap` sees the finished back buffer.
  void show_frame(const std::function<void(const Screenshot&)>& before_swap = {});

  [[nodiscard]] bool close_requested() const;
  void request_close();
  void keep_open();  // takes a request to close back
  [[nodiscard]] std::vector<std::string> take_dropped_files();
  [[nodiscard]] Placement placement() const;
  [[nodiscard]] const Fonts& fonts() const { return fonts_; }
  [[nodiscard]] float scale() const { return scale_; }
  void set_title(const std::string& title);
  // From the next frame on.
  void set_dark_theme(bool dark);

 private:
  // What GLFW's callbacks leave for the loop.
  struct Inbox {
    std::vector<std::string> dropped_files;
    int inputs = 0;
  };

  static Inbox& inbox_of(GLFWwindow* window);
  static void listen_to_input(GLFWwindow* window);
  void open_window(const WindowSetup& setup);
  void start_imgui();
  void close();
  void follow_look();
  [[nodiscard]] float screen_scale() const;

  GLFWwindow* window_ = nullptr;
  std::unique_ptr<GladGLContext> gl_;
  bool imgui_started_ = false;
  Fonts fonts_;
  float wanted_scale_ = 0;
  float scale_ = 0;
  bool wants_light_ = false;
  bool is_light_ = false;
  std::string layout_file_;
  Inbox inbox_;
  Placement before_maximized_;
};

}  // namespace castboard
