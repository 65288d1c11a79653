#include "commands/console.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "castboard/sketch.h"
#include "commands/environment.h"
#include "commands/table.h"

namespace castboard {
namespace {

constexpr int kProgressWidth = 78;

bool is_terminal(std::FILE* stream) {
  return ::isatty(::fileno(stream)) == 1;
}

void write_result(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  const std::string why = std::generic_category().message(errno);
  throw CommandFailure{{ErrorCode::internal,
                        fmt::format("Could not write the result to standard output: {}", why),
                        {},
                        {}}};
}

Error missing_library(const std::string& path) {
  return {ErrorCode::not_found,
          fmt::format("There is no library at {}", path),
          "Name another with --library DIR or CASTBOARD_LIBRARY, or start one there with "
          "castboard projects add NAME",
          {}};
}

}  // namespace

std::string error_text(const Error& error) {
  std::string text = fmt::format("castboard: {}\n", error.message);
  if (!error.hint.empty()) text += fmt::format("  {}\n", error.hint);
  return text;
}

Console::Console(GlobalOptions options)
    : options_(std::move(options)),
      log_file_(user_state_directory() / "castboard" / "castboard.log"),
      interrupt_(std::make_unique<Interrupt>()) {}

Console::~Console() {
  close();
}

std::string Console::library_path() const {
  std::string path = options_.library;
  if (path.empty() && !own_library_.empty()) path = user_data_directory() / own_library_;
  if (path.empty()) path = environment("CASTBOARD_LIBRARY");
  if (path.empty()) path = user_data_directory() / "castboard";
  return std::filesystem::absolute(path).lexically_normal();
}

std::filesystem::path Console::library_for(Access access) {
  if (access == Access::none) return {};
  if (access == Access::configuration) {
    std::string name = (std::filesystem::temp_directory_path() / "castboard-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw CommandFailure{{ErrorCode::read_only,
                            fmt::format("Cannot write to {}", name),
                            "Set TMPDIR to a directory that can be written.",
                            {}}};
    }
    return temporary_library_ = name;
  }
  std::filesystem::path library = library_path();
  std::error_code ignored;
  // Only looked for, never opened: that is SQLite's alone.
  if (access != Access::create && !std::filesystem::exists(library / "castboard.db", ignored)) {
    throw CommandFailure{missing_library(library)};
  }
  return library;
}

Session& Console::open(Access access, const std::function<void(SessionOptions&)>& adjust) {
  SessionOptions session;
  session.library = library_for(access);
  session.create_library = access == Access::create || access == Access::configuration;
  session.run_jobs = access == Access::create;
  session.resume_left_jobs = false;  // one command does one thing
  session.send_pushes = false;
  session.user = options_.user;
  session.allow_network_library = options_.allow_network_library;
  session.local_providers.push_back(sketch_provider());
  session.draw_tile = sketch_tile;
  session.wake = [this] { interrupt_->wake(); };
  session.log = [this](LogLevel level, std::string_view message) { log(level, message); };
  if (adjust) adjust(session);
  // A reader of the results that goes away must not take paid requests with it: it is an error of
  // writing then.
  if (session.run_jobs) ::signal(SIGPIPE, SIG_IGN);
  session_ = std::make_unique<Session>(std::move(session));
  replies_ = std::make_unique<Replies>(*session_, [this](int milliseconds) {
    if (const int signal = interrupt_->signal(); signal != 0) throw Interrupted{signal};
    interrupt_->wait(milliseconds);
  });
  if (access == Access::none) return *session_;  // there is nothing to open
  opened_ = get(session_->open());
  for (const Error& warning : opened_.warnings) {
    if (!announce_warnings) break;
    warn(warning.hint.empty() ? warning.message
                              : fmt::format("{} ({})", warning.message, warning.hint));
  }
  return *session_;
}

void Console::become_window() {
  interrupt_->leave();
  is_window_ = true;
}

void Console::close() {
  replies_.reset();
  session_.reset();
  if (temporary_library_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(temporary_library_, ignored);
  temporary_library_.clear();
}

void Console::log(LogLevel level, std::string_view message) {
  log_file_.write(level, message);
  const bool shown =
      options_.verbose || (is_window_ && !options_.quiet && level >= LogLevel::warning);
  if (shown) write_error_stream(fmt::format("castboard: {}\n", message));
}

void Console::print_json(const Json& document) {
  write_result(json_text(document, true) + '\n');
}

void Console::print(std::string_view text) {
  write_result(text);
}

void Console::note(std::string_view text) {
  if (!options_.quiet) write_error_stream(fmt::format("{}\n", text));
}

void Console::warn(std::string_view text) {
  log_file_.write(LogLevel::warning, text);
  if (!options_.quiet) write_error_stream(fmt::format("castboard: warning: {}\n", text));
}

bool Console::confirm(std::string_view question) {
  if (!is_terminal(stdin)) return false;
  complain(fmt::format("{} [y/N] ", question));
  const int answer = std::getchar();
  return answer == 'y' || answer == 'Y';
}

void Console::progress(std::string_view text) {
  if (options_.quiet || !is_terminal(stderr)) return;
  const std::scoped_lock lock(error_stream_mutex_);
  // Return to the line's start, write, clear the rest.
  if (text.empty() && !progress_shown_) return;
  const std::string line = fmt::format("\r{}\x1b[K", shortened(text, kProgressWidth));
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  progress_shown_ = !text.empty();
}

void Console::write_error_stream(std::string_view text) {
  const std::scoped_lock lock(error_stream_mutex_);
  if (progress_shown_) std::fputs("\r\x1b[K", stderr);
  progress_shown_ = false;
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace castboard
