#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "providers/descriptor.h"
#include "providers/provider.h"

namespace castboard {

// What RemoteJob::continuation says: how far a job is at its provider, and all that is needed to go
// on from there in another process. It holds addresses and captured values, never a key.
struct Continuation {
  enum class Stage { polling, downloading };
  Stage stage = Stage::polling;
  JsonTemplate captured;          // object of values earlier answers gave; null: none
  std::string poll_url;           // absolute
  std::vector<std::string> urls;  // of the pictures, absolute
  ProviderResult facts;           // all but the pictures
  std::int64_t accepted_at = 0;   // Unix time, s
  std::int64_t expires_at = 0;    // of the pictures' addresses, Unix time, s; 0: not known

  [[nodiscard]] std::string to_text() const;
  // Throws Failure(provider): what is there cannot be read.
  static Continuation parse(const std::string& text);
};

}  // namespace castboard
