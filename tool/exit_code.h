#pragma once

#include <string_view>

#include "castboard/result.h"

namespace castboard {

// What `castboard` returns to the shell (docs/cli.md, "Exit codes").
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,
  kWrongUsage = 2,
  kRefused = 3,
  kOutOfCredit = 4,
  kUncertain = 5,
  kInterrupted = 130,
};

[[nodiscard]] int exit_code(ErrorCode code);

// Of two codes the one that several things at once end with: what may have been billed before what
// costs nothing, a refusal before a failure.
[[nodiscard]] int worse(int a, int b);

// For a code stored as text, such as a job's `error_code`; unknown words are kFailed.
[[nodiscard]] int exit_code(std::string_view error_code);

}  // namespace castboard
