#include "window.h"

#include <glad/gl.h>
// GLFW after glad, which brings the OpenGL header.
#include <GLFW/glfw3.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <utility>

#include "app.h"
#include "castboard/style.h"

namespace castboard {
namespace {

constexpr float kTextSize = 14;  // pixels at 100 %

// `wake_window` comes from any thread at any time, also when there is no window (any more).
struct Wake {
  std::mutex mutex;
  bool window_open = false;
};

Wake& wake() {
  static Wake instance;
  return instance;
}

void set_window_open(bool open) {
  const std::lock_guard lock(wake().mutex);
  wake().window_open = open;
}

std::string last_glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "no reason given";
}

// A window that was on a screen that is gone comes back to the middle of what is there.
bool is_on_a_screen(const Placement& placement) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    glfwGetMonitorWorkarea(monitors[i], &x, &y, &width, &height);
    const int middle = placement.x + placement.width / 2;
    if (middle >= x && middle < x + width && placement.y >= y - 8 &&
        placement.y < y + height - 40) {
      return true;
    }
  }
  return false;
}

}  // namespace

void wake_window() {
  const std::lock_guard lock(wake().mutex);
  if (wake().window_open) glfwPostEmptyEvent();
}

Window::Window(const WindowSetup& setup)
    : wanted_scale_(setup.scale),
      wants_light_(setup.placement.light),
      layout_file_(setup.layout_file) {
  if (glfwInit() != GLFW_TRUE) {
    throw WindowFailure("no window can be opened (" + last_glfw_error() +
                        "). Start it on a desktop, or under xvfb-run");
  }
  try {
    open_window(setup);
    start_imgui();
  } catch (...) {
    close();
    throw;
  }
  set_window_open(true);
}

Window::~Window() {
  close();
}

void Window::close() {
  set_window_open(false);
  if (imgui_started_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  if (window_ != nullptr) glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::open_window(const WindowSetup& setup) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "castboard");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "castboard");
  const Placement& placement = setup.placement;
  window_ =
      glfwCreateWindow(placement.width, placement.height, setup.title.c_str(), nullptr, nullptr);
  if (window_ == nullptr) {
    throw WindowFailure("no window with OpenGL 3.3 can be opened (" + last_glfw_error() +
                        "). Update the graphics driver, or try LIBGL_ALWAYS_SOFTWARE=1");
  }
  before_maximized_ = placement;
  glfwSetWindowSizeLimits(window_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  if (placement.known && is_on_a_screen(placement)) {
    glfwSetWindowPos(window_, placement.x, placement.y);
  }
  if (placement.maximized) glfwMaximizeWindow(window_);
  glfwSetWindowUserPointer(window_, &inbox_);
  listen_to_input(window_);
  glfwShowWindow(window_);
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(1);
  gl_ = std::make_unique<GladGLContext>();
  if (gladLoadGLContext(gl_.get(), glfwGetProcAddress) == 0) {
    throw WindowFailure("OpenGL's functions cannot be found. Update the graphics driver");
  }
}

Window::Inbox& Window::inbox_of(GLFWwindow* window) {
  return *static_cast<Inbox*>(glfwGetWindowUserPointer(window));
}

// Dear ImGui puts these before its own and calls them.
void Window::listen_to_input(GLFWwindow* window) {
  glfwSetKeyCallback(window, [](GLFWwindow* of, int, int, int, int) { ++inbox_of(of).inputs; });
  glfwSetCharCallback(window, [](GLFWwindow* of, unsigned) { ++inbox_of(of).inputs; });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* of, int, int, int) { ++inbox_of(of).inputs; });
  glfwSetScrollCallback(window, [](GLFWwindow* of, double, double) { ++inbox_of(of).inputs; });
  glfwSetDropCallback(window, [](GLFWwindow* of, int count, const char** paths) {
    auto& files = inbox_of(of).dropped_files;
    files.insert(files.end(), paths, paths + count);
  });
}

void Window::start_imgui() {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = layout_file_.empty() ? nullptr : layout_file_.c_str();
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
#ifdef IMGUI_HAS_DOCK
  io.ConfigFlags |= ImGuiConfigFlags_DockingEnable;
#endif
  // A blinking cursor would wake an idle program twice a second.
  io.ConfigInputTextCursorBlink = false;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  const bool started = ImGui_ImplGlfw_InitForOpenGL(window_, true);
  imgui_started_ = started && ImGui_ImplOpenGL3_Init("#version 330 core");
  if (!imgui_started_) {
    if (started) ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
    throw WindowFailure(
        "OpenGL 3.3 cannot be used. Update the graphics driver, or try "
        "LIBGL_ALWAYS_SOFTWARE=1");
  }
  fonts_ = load_fonts(*io.Fonts);
  follow_look();
}

float Window::screen_scale() const {
  float x = 1;
  float y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  int width = 1;
  int pixels = 1;
  int unused = 0;
  glfwGetWindowSize(window_, &width, &unused);
  glfwGetFramebufferSize(window_, &pixels, &unused);
  // Where window coordinates are not pixels, Dear ImGui scales by that part itself.
  const float own = width > 0 ? static_cast<float>(pixels) / static_cast<float>(width) : 1;
  return own > 0 ? std::clamp(x / own, 0.5F, 4.0F) : 1;
}

// The style of the screen's scale and the chosen theme.
void Window::follow_look() {
  const float scale = wanted_scale_ > 0 ? wanted_scale_ : screen_scale();
  if (std::abs(scale - scale_) < 0.01F && wants_light_ == is_light_) return;
  scale_ = scale;
  is_light_ = wants_light_;
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  apply_theme(style, !is_light_, scale);
  style.FontSizeBase = std::round(kTextSize * scale);
}

Window::Woken Window::wait(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
  const double waited = std::chrono::duration<double>(Clock::now() - start).count();
  return {waited < seconds * 0.95, std::exchange(inbox_.inputs, 0)};
}

void Window::begin_frame() {
  follow_look();
  if (glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == 0 &&
      glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == 0) {
    glfwGetWindowPos(window_, &before_maximized_.x, &before_maximized_.y);
    glfwGetWindowSize(window_, &before_maximized_.width, &before_maximized_.height);
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void Window::finish_frame() {
  ImGui::Render();
}

void Window::show_frame(const std::function<void(const Screenshot&)>& before_swap) {
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  gl_->Viewport(0, 0, width, height);
  const ImVec4 empty = ImGui::GetStyle().Colors[ImGuiCol_TitleBg];
  gl_->ClearColor(empty.x, empty.y, empty.z, 1);
  gl_->Clear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (before_swap && width > 0 && height > 0) {
    before_swap(read_framebuffer(*gl_, width, height));
  }
  glfwSwapBuffers(window_);
}

bool Window::close_requested() const {
  return glfwWindowShouldClose(window_) == GLFW_TRUE;
}

void Window::request_close() {
  glfwSetWindowShouldClose(window_, GLFW_TRUE);
}

void Window::keep_open() {
  glfwSetWindowShouldClose(window_, GLFW_FALSE);
}

std::vector<std::string> Window::take_dropped_files() {
  return std::exchange(inbox_.dropped_files, {});
}

Placement Window::placement() const {
  Placement placement = before_maximized_;
  placement.maximized = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE;
  placement.known = true;
  placement.light = wants_light_;
  return placement;
}

void Window::set_dark_theme(bool dark) {
  wants_light_ = !dark;
}

void Window::set_title(const std::string& title) {
  glfwSetWindowTitle(window_, title.c_str());
}

}  // namespace castboard
