#pragma once

#include <imgui.h>

#include <cstdint>

#include "job_list.h"

// One card of the job strip; of no use to anybody else.
namespace castboard::job_strip {

// One frame of the strip: what every part of it reads and writes.
struct Strip {
  const Look& look;
  JobListState& state;
  JobListResult& result;
  std::int64_t now;  // UTC in milliseconds since 1970
};

[[nodiscard]] bool is_failure(const Job& job);
[[nodiscard]] bool is_running(const Job& job);
[[nodiscard]] bool is_queued(const Job& job);
[[nodiscard]] bool is_elsewhere(const Job& job);
[[nodiscard]] std::string title_of(const Job& job);
[[nodiscard]] std::int64_t elapsed_of(const Job& job, std::int64_t now);

void job_card(const Strip& strip, const Job& job, ImVec2 size);

// A small button on a card, its right edge at `right`; returns where text has to end.
float card_button(const Strip& strip, const std::string& label, float right, float top,
                  bool& pressed, const char* tooltip);
// The rounded ground of a card.
void draw_card(const Look& look, ImVec2 from, ImVec2 to, ImU32 line);

}  // namespace castboard::job_strip
