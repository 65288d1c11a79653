#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "castboard/events.h"
#include "theme.h"

namespace castboard {

struct JobHistoryInput {
  const Look& look;
  const std::vector<Job>* jobs = nullptr;  // nullptr: still loading
  const JobHistoryQuery& query;            // what was asked for
  std::int64_t now = 0;                    // UTC in milliseconds since 1970
};

struct JobHistoryResult {
  std::optional<JobHistoryQuery> query;  // another text or state
  JobId show;                            // of a done one: go to its version; empty: none
  JobId retry;                           // put its settings into the form
  JobId check;                           // of an uncertain one: ask the provider
  bool text_active = false;
};

// All jobs that are over, newest first, with a search and one state at a time. Fills the current
// region; only the visible rows are submitted. `text` is the search being typed.
JobHistoryResult job_history(const char* id, const JobHistoryInput& input, std::string& text);

// "just now", "5 min ago", "3 h ago", else the date: "2026-01-31".
[[nodiscard]] std::string ago_text(std::int64_t now, const std::string& time);

}  // namespace castboard
