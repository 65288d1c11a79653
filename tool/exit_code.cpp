#include "exit_code.h"

#include <algorithm>
#include <array>

namespace castboard {
namespace {

constexpr std::array kFromGoodToBad{kDone,    kWrongUsage,  kInterrupted, kFailed,
                                    kRefused, kOutOfCredit, kUncertain};

}  // namespace

int worse(int a, int b) {
  const auto rank = [](int code) {
    return std::find(kFromGoodToBad.begin(), kFromGoodToBad.end(), code);
  };
  return rank(a) < rank(b) ? b : a;
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
    case ErrorCode::not_found:
    case ErrorCode::ambiguous:
      return kWrongUsage;
    case ErrorCode::refused:
      return kRefused;
    case ErrorCode::out_of_credit:
      return kOutOfCredit;
    case ErrorCode::uncertain:
      return kUncertain;
    case ErrorCode::cancelled:
      return kInterrupted;
    default:
      return kFailed;
  }
}

int exit_code(std::string_view error_code) {
  for (const ErrorCode code :
       {ErrorCode::invalid_input, ErrorCode::not_found, ErrorCode::ambiguous, ErrorCode::refused,
        ErrorCode::out_of_credit, ErrorCode::uncertain, ErrorCode::cancelled}) {
    if (to_string(code) == error_code) return exit_code(code);
  }
  return kFailed;
}

}  // namespace castboard
