#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/demo_cast.h"
#include "commands/window_arguments.h"
#include "exit_code.h"
#include "fonts.h"

namespace castboard {
namespace {

// Where a thread waits for the session's `wake`. Shared with the session, which may call it late.
class Bell {
 public:
  void ring() {
    {
      const std::scoped_lock lock(mutex_);
      rung_ = true;
    }
    changed_.notify_all();
  }

  void stop() {
    {
      const std::scoped_lock lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  // Throws Interrupted after `stop`.
  void wait(int milliseconds) {
    std::unique_lock lock(mutex_);
    const auto is_over = [this] { return rung_ || stopped_; };
    if (milliseconds < 0) {
      changed_.wait(lock, is_over);
    } else {
      changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), is_over);
    }
    rung_ = false;
    if (stopped_) throw Interrupted{};
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
  bool stopped_ = false;
};

// Draws the cast on a thread of its own while the window is open already.
class Director {
 public:
  Director(Console& console, std::shared_ptr<Bell> bell)
      : bell_(std::move(bell)),
        replies_(console.session(), [bell = bell_](int milliseconds) { bell->wait(milliseconds); }),
        stage_(console.session(), replies_),
        console_(console) {}
  ~Director() {
    bell_->stop();
    if (thread_.joinable()) thread_.join();
  }
  Director(const Director&) = delete;
  Director& operator=(const Director&) = delete;

  DemoStage& stage() { return stage_; }
  void start() {
    thread_ = std::thread([this] { draw(); });
  }

 private:
  void draw() {
    try {
      stage_.draw();
    } catch (const CommandFailure& failure) {
      console_.complain(error_text(failure.error));
    } catch (const Interrupted&) {  // the window was closed: the next start goes on
    }
  }

  std::shared_ptr<Bell> bell_;
  Replies replies_;
  DemoStage stage_;
  Console& console_;
  std::thread thread_;
};

int demo(Console& console, const WindowArguments& arguments) {
  WindowOptions window = window_options(arguments);
  const auto bell = std::make_shared<Bell>();
  console.use_own_library("castboard-demo");
  Session& session = console.open(Access::create, [bell](SessionOptions& options) {
    add_caption_fonts(options);
    const auto wake_console = options.wake;
    options.wake = [bell, wake_console] {
      wake_console();
      bell->ring();
      wake_window();
    };
  });
  console.become_window();
  console.note(fmt::format("demo library: {}", console.library_path()));
  Director director(console, bell);
  if (director.stage().set_up()) {
    window.project = kDemoProject;
    window.character = kDemoLead;
  }
  if (window.screenshot.empty()) {
    director.start();
  } else {
    director.stage().draw();  // the picture is to show them all
  }
  return run_window(session, window);
}

}  // namespace

void add_demo_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "demo", "A small cast, drawn by the built-in provider in a library of its own");
  const auto arguments = std::make_shared<WindowArguments>();
  add_window_arguments(*command, *arguments);
  command->callback([&action, arguments] {
    action = [arguments](Console& console) { return demo(console, *arguments); };
  });
}

}  // namespace castboard
