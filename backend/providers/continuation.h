#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "providers/provider.h"
#include "providers/request_values.h"

namespace castboard {

// What RemoteJob::continuation says: how far a job is at its provider, and all that is needed to go
// on from there in another process. It holds addresses and captured values, never a key and nothing
// of a session.
struct Continuation {
  enum class Stage { polling, downloading };
  Stage stage = Stage::polling;
  ValueTable got;
  std::vector<std::string> urls;  // of the pictures, absolute
  ProviderResult facts;           // all but the pictures
  std::int64_t expires_at = 0;    // of the urls, Unix time in ms; 0: not known

  [[nodiscard]] std::string to_text() const;
  // Throws Failure(provider): what is there cannot be read.
  static Continuation parse(const std::string& text);
};

}  // namespace castboard
