#include "app.h"

#include <fmt/core.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <optional>

#include "castboard/gl_textures.h"
#include "castboard/panel.h"
#include "castboard/preview.h"
#include "desktop.h"
#include "dock_layout.h"
#include "file_picker.h"
#include "frame_clock.h"
#include "frame_log.h"
#include "quit_dialog.h"
#include "screenshot.h"
#include "settings.h"
#include "window.h"

namespace castboard {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kScreenshotPatience = std::chrono::seconds(180);
constexpr double kScreenshotStep = 0.02;

WindowSetup setup_of(const WindowOptions& options, const SettingsFiles& files,
                     const std::string& title) {
  WindowSetup setup;
  setup.title = options.title.empty() ? title : options.title;
  setup.scale = options.scale;
  setup.layout_file = files.layout.string();
  if (const auto saved = load_placement(files.placement)) setup.placement = *saved;
  if (options.width > 0 && options.height > 0) {
    setup.placement = {
        .width = options.width, .height = options.height, .light = setup.placement.light};
  }
  return setup;
}

// Draws `content` into one window as large as the screen's.
template <class Content>
void fill_window(const char* name, ImVec2 padding, Content&& content) {
  const ImGuiViewport* viewport = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(viewport->WorkPos);
  ImGui::SetNextWindowSize(viewport->WorkSize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoBringToFrontOnFocus |
                                      ImGuiWindowFlags_NoSavedSettings;
  const bool visible = ImGui::Begin(name, nullptr, kFlags);
  ImGui::PopStyleVar(3);
  if (visible) content();
  ImGui::End();
}

// Decides when the window is complete enough for `--screenshot`.
class ScreenshotWatch {
 public:
  explicit ScreenshotWatch(const WindowOptions& options)
      : path_(options.screenshot), frames_left_(std::max(1, options.frames)) {}

  [[nodiscard]] bool wanted() const { return !path_.empty(); }

  // True when this frame is the one to save: after enough of them, and nothing is pending.
  [[nodiscard]] bool is_due(bool settled) {
    if (!wanted()) return false;
    settled_frames_ = settled ? settled_frames_ + 1 : 0;
    if (--frames_left_ > 0) return false;
    if (settled_frames_ >= kSettledFrames) return true;
    if (Clock::now() - start_ > kScreenshotPatience) {
      throw WindowFailure(
          "the window was still loading after three minutes; no screenshot was "
          "saved");
    }
    return false;
  }

  void save(const Screenshot& shot) { save_png(shot, path_); }

 private:
  // What has just arrived is laid out in the next frame.
  static constexpr int kSettledFrames = 3;
  std::string path_;
  int frames_left_;
  int settled_frames_ = 0;
  Clock::time_point start_ = Clock::now();
};

// Jobs that are not over, for the question when quitting.
class JobsUnderWay {
 public:
  explicit JobsUnderWay(Session& session)
      : subscription_(session.subscribe()), asked_(session.list_jobs(false)) {}

  [[nodiscard]] const std::vector<Job>& take() {
    for (const Event& event : subscription_.take_all()) {
      if (const auto* changed = std::get_if<JobsChanged>(&event)) keep(*changed->jobs);
      if (const auto* reply = std::get_if<Reply>(&event)) {
        const auto* jobs = reply->to(asked_);
        if (jobs != nullptr && jobs->has_value()) keep(**jobs);
      }
    }
    return jobs_;
  }

 private:
  void keep(const std::vector<Job>& jobs) {
    jobs_.clear();
    std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(jobs_),
                 [](const Job& job) { return !is_final(job.state) && !job.elsewhere; });
  }

  Subscription subscription_;
  Ticket<std::vector<Job>> asked_;
  std::vector<Job> jobs_;
};

// Closing the window: asks when jobs are under way, and carries the answer out.
class Quitting {
 public:
  explicit Quitting(Session& session) : session_(session), jobs_(session) {}

  // Once a frame, after the panel was drawn; true when the window may close now.
  bool update(Window& window, int under_way) {
    const auto& jobs = jobs_.take();
    if (window.close_requested() && !dialog_.is_open() && !waiting_) {
      if (under_way == 0) return true;
      dialog_.ask();
      window.keep_open();
    }
    carry_out(dialog_.draw(jobs, window.fonts().heading, window.scale()), jobs);
    return leaving_ || (waiting_ && under_way == 0);
  }

 private:
  void carry_out(QuitChoice choice, const std::vector<Job>& jobs) {
    if (choice == QuitChoice::leave) leaving_ = true;
    if (choice == QuitChoice::cancel_then_quit) {
      for (const Job& job : jobs) session_.cancel(job.id);
    }
    waiting_ |= choice == QuitChoice::finish_then_quit || choice == QuitChoice::cancel_then_quit;
  }

  Session& session_;
  JobsUnderWay jobs_;
  QuitDialog dialog_;
  bool waiting_ = false;
  bool leaving_ = false;
};

PanelOptions panel_options(Window& window, const SettingsFiles& files, FilePicker& picker) {
  PanelOptions options;
  options.heading_font = window.fonts().heading;
  options.icons = window.fonts().icons;
  options.settings_file = files.panel.string();
  options.pick_file = [&picker](FilePicker::Done done) {
    picker.open(FilePicker::Kind::picture, std::move(done));
  };
  options.pick_folder = [&picker](FilePicker::Done done) {
    picker.open(FilePicker::Kind::folder, std::move(done));
  };
  options.show_in_folder = show_in_folder;
  options.set_dark_theme = [&window](bool dark) { window.set_dark_theme(dark); };
  return options;
}

// Fast typing can press Q and let go of Ctrl within one frame: it was held all the same.
bool ctrl_q_pressed() {
  const bool ctrl = ImGui::GetIO().KeyCtrl || ImGui::IsKeyReleased(ImGuiKey_LeftCtrl) ||
                    ImGui::IsKeyReleased(ImGuiKey_RightCtrl);
  return ctrl && ImGui::IsKeyPressed(ImGuiKey_Q, false);
}

void draw_panel(Panel& panel) {
  if (has_docking()) {
    draw_dockspace();
    panel.draw_windows();
  } else {
    fill_window("Castboard###castboard_main", {0, 0}, [&panel] { panel.draw(); });
  }
}

void window_loop(Session& session, const WindowOptions& options, Window& window,
                 const SettingsFiles& files) {
  FilePicker picker;
  FrameLog log(options.frame_log);
  Panel panel(session, log.uncounted(gl_textures()), panel_options(window, files, picker));
  if (!options.project.empty()) panel.show_project(options.project);
  if (!options.character.empty()) panel.show_character(options.character);
  Quitting quitting(session);
  ScreenshotWatch screenshot(options);
  FrameClock clock;
  for (bool done = false; !done;) {
    const double sleep = clock.sleep(panel.next_frame_in());
    const auto woken = window.wait(screenshot.wanted() ? kScreenshotStep : sleep);
    clock.drawn(woken.early, woken.inputs);
    log.begin();
    window.begin_frame();
    panel.update();
    if (auto dropped = window.take_dropped_files(); !dropped.empty())
      panel.offer_files(std::move(dropped));
    draw_panel(panel);
    picker.draw(window.fonts().heading, window.scale());
    if (ctrl_q_pressed()) window.request_close();
    done = quitting.update(window, panel.jobs_under_way());
    window.finish_frame();
    log.end();
    if (screenshot.is_due(panel.settled())) {
      window.show_frame([&](const Screenshot& shot) { screenshot.save(shot); });
      return;
    }
    window.show_frame();
  }
}

// The newest time of change of each file, to notice new ones.
std::vector<std::filesystem::file_time_type> change_times(const std::vector<std::string>& files) {
  std::vector<std::filesystem::file_time_type> times;
  for (const std::string& file : files) {
    std::error_code missing;
    times.push_back(std::filesystem::last_write_time(file, missing));
  }
  return times;
}

void preview_loop(Session& session, std::vector<std::string> files, const WindowOptions& options,
                  bool watch, Window& window, const SettingsFiles& settings) {
  FilePicker unused;
  PanelOptions wishes = panel_options(window, settings, unused);
  wishes.pick_file = nullptr;
  FrameLog log(options.frame_log);
  PreviewPanel panel(session, log.uncounted(gl_textures()), files, std::move(wishes));
  auto times = change_times(files);
  ScreenshotWatch screenshot(options);
  FrameClock clock;
  while (!window.close_requested()) {
    double next = panel.next_frame_in();
    if (watch) next = next < 0 ? 1.0 : std::min(next, 1.0);
    const double sleep = clock.sleep(next);
    const auto woken = window.wait(screenshot.wanted() ? kScreenshotStep : sleep);
    clock.drawn(woken.early, woken.inputs);
    if (const auto dropped = window.take_dropped_files(); !dropped.empty()) {
      panel.add(dropped);
      for (const std::string& file : dropped) {
        if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
      }
      times = change_times(files);
    }
    auto now = watch ? change_times(files) : times;
    if (now != times) {
      panel.show(files);
      times = std::move(now);
    }
    log.begin();
    window.begin_frame();
    panel.update();
    const float inset = std::round(8 * window.scale());
    fill_window("Preview###castboard_preview", {inset, inset}, [&panel] { panel.draw(); });
    if (ctrl_q_pressed()) return;
    window.finish_frame();
    log.end();
    if (screenshot.is_due(panel.settled())) {
      window.show_frame([&](const Screenshot& shot) { screenshot.save(shot); });
      return;
    }
    window.show_frame();
  }
}

// Opens a window, runs `loop` in it, keeps its placement; what goes wrong is said once, here.
template <class Loop>
int with_window(const WindowOptions& options, const std::string& title, Loop&& loop) {
  try {
    const SettingsFiles files = settings_files();
    Window window(setup_of(options, files, title));
    loop(window, files);
    if (options.screenshot.empty()) save_placement(files.placement, window.placement());
    return 0;
  } catch (const std::runtime_error& failure) {
    fmt::print(stderr, "castboard: {}\n", failure.what());
    return 1;
  }
}

}  // namespace

int run_window(Session& session, const WindowOptions& options) {
  return with_window(options, "Castboard", [&](Window& window, const SettingsFiles& files) {
    window_loop(session, options, window, files);
  });
}

int run_preview(Session& session, std::vector<std::string> files, const WindowOptions& options,
                bool watch) {
  const std::string title =
      files.empty() ? "Castboard preview"
                    : std::filesystem::path(files.front()).filename().string() + " - Castboard";
  return with_window(options, title, [&](Window& window, const SettingsFiles& settings) {
    preview_loop(session, std::move(files), options, watch, window, settings);
  });
}

}  // namespace castboard
