#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "session_workers.h"

namespace castboard {

// What the opened parts report back; any thread.
struct OpeningHooks {
  std::function<void()> committed;
  std::function<void()> jobs_moved;
  std::function<void(PushSummary)> push_changed;
  std::function<void(LogLevel, const std::string&)> log;
  WorkQueue* file_pool = nullptr;
};

// Reads settings and catalogues, opens the library, settles what dead processes left, starts the
// push. Blocking; throws Failure with what to do when the library cannot be used.
std::unique_ptr<OpenLibrary> open_configured_library(const SessionOptions& options,
                                                     const OpeningHooks& hooks);

// Where templates, styles and providers are: `options.assets`, else beside the executable
// (`../share/castboard/assets` of an installation, or `assets` of a folder above it), else where
// they were when this was built.
std::filesystem::path find_assets(const std::filesystem::path& wanted);

}  // namespace castboard
