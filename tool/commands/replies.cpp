#include "commands/replies.h"

#include <algorithm>

namespace castboard {
namespace {

constexpr int kTickMilliseconds = 250;

}  // namespace

std::optional<std::uint64_t> Replies::first_of(const std::vector<std::uint64_t>& numbers,
                                               std::optional<std::chrono::milliseconds> limit) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = limit ? Clock::now() + *limit : Clock::time_point::max();
  while (true) {
    for (Event& event : subscription_.take_all()) {
      if (on_event) on_event(event);
      if (auto* reply = std::get_if<Reply>(&event)) {
        replies_.insert_or_assign(reply->ticket, std::move(reply->value));
      }
    }
    const auto here = std::find_if(numbers.begin(), numbers.end(), [this](std::uint64_t number) {
      return replies_.contains(number);
    });
    if (here != numbers.end()) return *here;
    if (Clock::now() >= end) return std::nullopt;
    if (on_tick) on_tick();
    pause_(limit || on_tick ? kTickMilliseconds : -1);
  }
}

std::optional<ReplyValue> Replies::take(std::uint64_t number,
                                        std::optional<std::chrono::milliseconds> limit) {
  if (!first_of({number}, limit)) return std::nullopt;
  return std::move(replies_.extract(number).mapped());
}

}  // namespace castboard
