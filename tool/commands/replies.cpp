#include "commands/replies.h"

namespace castboard {
namespace {

constexpr int kTickMilliseconds = 250;

}  // namespace

std::optional<ReplyValue> Replies::take(std::uint64_t number,
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
    if (const auto found = replies_.find(number); found != replies_.end()) {
      ReplyValue value = std::move(found->second);
      replies_.erase(found);
      return value;
    }
    if (Clock::now() >= end) return std::nullopt;
    if (on_tick) on_tick();
    pause_(limit || on_tick ? kTickMilliseconds : -1);
  }
}

}  // namespace castboard
