#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "castboard/session.h"

namespace castboard {

// How a command ends early. Caught once, in command_line.cpp.
struct CommandFailure {
  Error error;
};

// Waits for the answers of a session by its events. Owned by one thread, which gives the way to
// wait: `pause` returns when the session's `wake` was called or the time is over (negative: no
// limit), and may throw to give up. Destroyed before the session.
class Replies {
 public:
  Replies(Session& session, std::function<void(int milliseconds)> pause)
      : subscription_(session.subscribe()), pause_(std::move(pause)) {}

  template <class T>
  Result<T> wait(Ticket<T> ticket) {
    return *take(ticket.number, std::nullopt)->template as<T>();
  }
  // nullopt when the answer takes longer.
  template <class T>
  std::optional<Result<T>> wait_for(Ticket<T> ticket, std::chrono::milliseconds limit) {
    std::optional<ReplyValue> reply = take(ticket.number, limit);
    if (!reply) return std::nullopt;
    return *reply->template as<T>();
  }
  // As `wait`, and an error throws CommandFailure.
  template <class T>
  T get(Ticket<T> ticket) {
    Result<T> result = wait(ticket);
    if (!result) throw CommandFailure{std::move(result.error())};
    return std::move(*result);
  }

  // The first of these tickets' numbers whose answer is here; nullopt when none is in time.
  std::optional<std::uint64_t> first_of(const std::vector<std::uint64_t>& numbers,
                                        std::optional<std::chrono::milliseconds> limit);

  // Sees every event meanwhile.
  std::function<void(const Event&)> on_event;
  // Called about four times a second while something is waited for.
  std::function<void()> on_tick;

 private:
  std::optional<ReplyValue> take(std::uint64_t number,
                                 std::optional<std::chrono::milliseconds> limit);

  Subscription subscription_;
  std::function<void(int)> pause_;
  std::map<std::uint64_t, ReplyValue> replies_;
};

}  // namespace castboard
