#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "castboard/session.h"
#include "commands/interrupt.h"
#include "commands/log_file.h"
#include "commands/replies.h"
#include "json_output.h"

namespace castboard {

// Options every command takes.
struct GlobalOptions {
  std::string library;
  std::string project;
  std::string user;
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  bool allow_network_library = false;
};

// Ctrl+C or a request to end, on its way to command_line.cpp.
struct Interrupted {
  int signal = 0;
};
// Everything has been printed already.
struct Stopped {
  int exit_code = 0;
};

// What a command is going to do with the library.
enum class Access {
  read,           // it must be there; no jobs, no pushes
  edit,           // it must be there
  create,         // made when missing
  none,           // pictures only
  configuration,  // providers, templates, styles: what is there without any library
};

// What a command works with: global options, one session, the streams. Results go to stdout,
// everything else to stderr. Made by command_line.cpp for one run; main thread only.
class Console {
 public:
  explicit Console(GlobalOptions options);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  [[nodiscard]] const GlobalOptions& options() const { return options_; }
  [[nodiscard]] bool json() const { return options_.json; }

  // Opens the library; throws CommandFailure when it is missing and not to be made, or unusable.
  // Options beyond the common ones (a window's wake, job slots) are set by `adjust`.
  Session& open(Access access, const std::function<void(SessionOptions&)>& adjust = {});
  // Whether opening prints what is wrong with configuration files; off where it is the result.
  bool announce_warnings = true;
  [[nodiscard]] Session& session() { return *session_; }
  [[nodiscard]] const Opened& opened() const { return opened_; }
  [[nodiscard]] std::string library_path() const;
  // A library of its own in the data directory; only --library names another.
  void use_own_library(std::string directory_name) { own_library_ = std::move(directory_name); }
  // For a window, which stays: Ctrl+C ends the process as it does by itself, and warnings of the
  // log are shown, since no result will tell.
  void become_window();
  // Stops the workers; what was sent and has no answer becomes uncertain.
  void close();

  // Waits for the answer, as Replies does; Ctrl+C throws Interrupted.
  template <class T>
  Result<T> wait(Ticket<T> ticket) {
    return replies_->wait(ticket);
  }
  template <class T>
  T get(Ticket<T> ticket) {
    return replies_->get(ticket);
  }
  [[nodiscard]] Replies& replies() { return *replies_; }

  // To stdout: text as it is, or JSON; written when they return. What cannot be written throws
  // CommandFailure: who has work under way ends that first.
  void print(std::string_view text);
  void print_json(const Json& document);
  // To stderr: what a person may want to know; nothing with --quiet.
  void note(std::string_view text);
  void warn(std::string_view text);
  // To stderr in any case, as it is.
  void complain(std::string_view text) { write_error_stream(text); }
  // True when a person at a terminal says yes; false without one.
  [[nodiscard]] bool confirm(std::string_view question);
  // A line on a terminal that the next one replaces; empty takes it away.
  void progress(std::string_view text);

 private:
  [[nodiscard]] std::filesystem::path library_for(Access access);
  void log(LogLevel level, std::string_view message);
  void write_error_stream(std::string_view text);

  GlobalOptions options_;
  std::string own_library_;
  LogFile log_file_;
  std::mutex error_stream_mutex_;
  bool progress_shown_ = false;
  std::atomic<bool> is_window_ = false;
  std::unique_ptr<Interrupt> interrupt_;
  Opened opened_;
  std::filesystem::path temporary_library_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Replies> replies_;
};

// `message` and `hint` as lines for stderr.
std::string error_text(const Error& error);

}  // namespace castboard
