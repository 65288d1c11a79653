#pragma once

#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace castboard {

// Few codes, named for what the user can do about them. The command line maps them to exit codes
// (see `tool/commands/exit_code.h`), the window to the wording of a toast.
enum class ErrorCode {
  invalid_input,  // wrong usage: fix the request (exit 2)
  not_found,      // nothing by that name or id (exit 2)
  ambiguous,      // several match; `candidates` in the hint (exit 2)
  library,        // the library cannot be used: newer, corrupt, locked, on a network file system
  read_only,      // the library or its disk does not take writes
  disk_full,      // no space left; nothing was lost
  network,        // could not reach the host; nothing was sent
  timed_out,      // a limit ran out before the request was sent or for a free request
  rate_limited,   // the provider asks to wait
  refused,        // the provider refused the content (exit 3)
  out_of_credit,  // no money, or over a limit of the project (exit 4)
  provider,       // the provider failed or answered something unusable
  bad_picture,    // bytes that are not a whole picture, or one over the limits
  configuration,  // an asset, descriptor or settings file has an error
  uncertain,      // sent, may have been billed, no answer (exit 5)
  cancelled,      // the user stopped it (exit 130 for an interrupt)
  internal,       // a defect in Castboard
};

// The stable snake_case word for `code`, as printed by `--json`.
std::string_view to_string(ErrorCode code);

// What went wrong, for a person: `message` says what and where, `hint` what to do next (may be
// empty), `detail` holds technical text (a reply's body, errno). No secret is ever in here.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message = {};
  std::string hint = {};
  std::string detail = {};
  // Of `rate_limited`: how long to wait before it may be asked again; 0: not by itself.
  std::chrono::milliseconds retry_after{0};
};

template <class T>
using Result = tl::expected<T, Error>;

// How errors travel inside the backend. Turned into a `Result` once, at the end of each request
// (session.cpp); never crosses into widgets or the tool.
class Failure : public std::exception {
 public:
  explicit Failure(Error error) : error_(std::move(error)) {}
  Failure(ErrorCode code, std::string message, std::string hint = {}, std::string detail = {})
      : error_{code, std::move(message), std::move(hint), std::move(detail)} {}

  [[nodiscard]] const Error& error() const noexcept { return error_; }
  [[nodiscard]] const char* what() const noexcept override { return error_.message.c_str(); }

 private:
  Error error_;
};

}  // namespace castboard
