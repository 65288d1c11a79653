#include "studio/push_sender.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <random>

#include "castboard/result.h"
#include "os/digest.h"
#include "os/processes.h"
#include "studio/push_payload.h"

namespace castboard {

namespace {

constexpr std::chrono::seconds kFirstRetry{2};
constexpr std::chrono::minutes kLongestRetry{10};
constexpr std::chrono::seconds kRequestLimit{60};
constexpr std::chrono::seconds kLookAgain{2};  // for another process that sends

// Exponential with jitter, so that a studio's machines do not return all at once.
std::chrono::milliseconds retry_delay(int attempts) {
  const std::chrono::milliseconds longest = kLongestRetry;
  std::chrono::milliseconds delay = kFirstRetry;
  for (int i = 1; i < attempts && delay < longest; ++i) delay *= 2;
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::min(delay, longest) * std::uniform_int_distribution<int>(75, 125)(random) / 100;
}

// The same over all attempts to deliver one row, and no other's: a studio that answers a key it
// knows from its memory must not do so when a version becomes active once more. The body counts
// because the row says that something changed, not what: it is sent as it is by then.
std::string idempotency_key(const OutboxRow& row, const std::string& body) {
  if (row.seq == 0) return random_uuid();  // asked for with --all: nothing was queued
  const std::vector<std::uint8_t> bytes(body.begin(), body.end());
  constexpr std::size_t kDigits = 16;
  return fmt::format("{}-{}-{}", row.character_id, row.seq,
                     lower_hex(sha256(bytes)).substr(0, kDigits));
}

}  // namespace

struct PushSender::Delivery {
  OutboxRow row;
  Character character;
  PushItem item;
};

PushSender::PushSender(Environment environment)
    : environment_(std::move(environment)), thread_([this] { loop(); }) {}

PushSender::~PushSender() {
  finish();
}

void PushSender::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  cancel_.cancel();
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PushSender::wake() {
  {
    const std::lock_guard lock(mutex_);
    wake_ = true;
  }
  changed_.notify_all();
}

PushSummary PushSender::summary() const {
  const std::lock_guard lock(mutex_);
  return summary_;
}

void PushSender::publish(PushState state, int pending, std::string message) {
  {
    const std::lock_guard lock(mutex_);
    if (summary_.state == state && summary_.pending == pending && summary_.message == message)
      return;
    summary_ = {state, pending, std::move(message)};
  }
  environment_.changed(summary());
}

void PushSender::loop() {
  while (true) {
    std::optional<std::string> next;
    try {
      next = send_due();
    } catch (const Failure& failure) {
      publish(PushState::failing, summary().pending, failure.error().message);
      next = timestamp_after(kFirstRetry);
    }
    std::unique_lock lock(mutex_);
    const auto stirred = [this] { return wake_ || finishing_; };
    // Timestamps of one form compare as text; the wait is coarse on purpose.
    while (!stirred() && (!next || timestamp_now() < *next)) {
      if (next) {
        changed_.wait_for(lock, std::chrono::milliseconds(500), stirred);
      } else {
        changed_.wait(lock, stirred);
      }
    }
    if (finishing_) return;
    wake_ = false;
  }
}

std::vector<PushSender::Delivery> PushSender::deliveries(bool all) {
  std::vector<Delivery> found;
  environment_.library->read([&](StoreReader& reader) {
    std::vector<OutboxRow> rows = reader.outbox();
    if (all) {
      for (const Project& project : reader.projects())
        for (const CharacterId& id : reader.cast({.project_id = project.id}).ids)
          if (std::none_of(rows.begin(), rows.end(),
                           [&](const OutboxRow& row) { return row.character_id == id; }))
            rows.push_back({.character_id = id});
    }
    for (const OutboxRow& row : rows) {
      const std::vector<Character> characters =
          reader.characters({row.character_id}, environment_.user);
      if (characters.empty()) continue;
      Delivery delivery{row, characters.front(), {}};
      delivery.item.character_id = row.character_id;
      delivery.item.character_name = delivery.character.name;
      delivery.item.version_id = delivery.character.active_version_id;
      delivery.item.version_number = delivery.character.active_version_number;
      delivery.item.url = environment_.api_url + push_path(row.character_id);
      delivery.item.body = push_body(delivery.character, environment_.base_url);
      delivery.item.attempts = row.attempts;
      delivery.item.error = row.last_error;
      found.push_back(std::move(delivery));
    }
  });
  return found;
}

std::optional<std::string> PushSender::send_due() {
  if (environment_.api_url.empty()) {
    publish(PushState::off, 0, "push off");
    return std::nullopt;
  }
  std::vector<Delivery> waiting = deliveries(false);
  if (waiting.empty()) {
    publish(PushState::idle, 0, "");
    return std::nullopt;
  }
  const int pending = static_cast<int>(waiting.size());
  if (environment_.base_url.empty()) {
    publish(PushState::held, pending, "held: no base URL for pictures");
    return std::nullopt;
  }
  if (!environment_.send) {
    publish(PushState::pending, pending, "");
    return std::nullopt;
  }
  const std::lock_guard one(sending_);
  const std::optional<FileLock> ours = FileLock::try_lock(environment_.lock_file);
  if (!ours) {  // another process of this library sends
    publish(PushState::pending, pending, "");
    return timestamp_after(kLookAgain);
  }
  waiting = deliveries(false);  // the other may have sent them in the meantime
  std::optional<std::string> next;
  std::string problem;
  int left = static_cast<int>(waiting.size());
  publish(PushState::pending, left, "");
  for (const Delivery& delivery : waiting) {
    if (cancel_.cancelled()) break;
    std::string due = delivery.row.next_attempt_at;
    if (due <= timestamp_now()) {
      const std::string error = send(delivery);
      if (cancel_.cancelled()) break;
      record(delivery, error);
      if (error.empty()) {
        --left;
        continue;
      }
      problem = error;
      due = timestamp_after(kFirstRetry);
    }
    if (problem.empty()) problem = delivery.row.last_error;
    if (!next || due < *next) next = due;
  }
  publish(left == 0         ? PushState::idle
          : problem.empty() ? PushState::pending
                            : PushState::failing,
          left, left == 0 ? std::string() : problem);
  // Something new may have come while this ran: look once more before sleeping.
  if (!next && left > 0) next = timestamp_now();
  return next;
}

std::string PushSender::send(const Delivery& delivery) {
  HttpRequest request;
  request.method = "PATCH";
  request.url = delivery.item.url;
  request.body = delivery.item.body;
  request.headers = {{"Content-Type", "application/json"},
                     {"Idempotency-Key", idempotency_key(delivery.row, request.body)}};
  try {
    if (const std::optional<std::string> token = environment_.token()) {
      request.headers.emplace_back("Authorization", "Bearer " + *token);
      request.secret_headers.push_back("Authorization");
    }
    HttpLimits limits;
    limits.total = kRequestLimit;
    const HttpResponse response = environment_.http->perform(request, limits, cancel_);
    if (response.status >= 200 && response.status < 300) return {};
    return fmt::format("the studio API answered {} for {}", response.status,
                       delivery.item.character_name);
  } catch (const Failure& failure) {
    return fmt::format("the studio API could not be told: {}", failure.error().message);
  }
}

void PushSender::record(const Delivery& delivery, const std::string& error) {
  if (delivery.row.seq == 0) return;  // asked for with --all: nothing was queued
  environment_.library->write([&](StoreWriter& writer) {
    if (error.empty()) {
      writer.push_done(delivery.row.character_id, delivery.row.seq);
    } else {
      writer.push_failed(delivery.row.seq, error,
                         timestamp_after(retry_delay(delivery.row.attempts + 1)));
    }
  });
}

void PushSender::require_target() const {
  if (environment_.api_url.empty())
    throw Failure(ErrorCode::configuration, "Push is off: no studio API is configured",
                  "Set CASTBOARD_API_URL (and CASTBOARD_API_TOKEN).");
  if (environment_.base_url.empty())
    throw Failure(ErrorCode::configuration,
                  "Pushes are held: there is no base URL that makes picture URLs absolute",
                  "Set CASTBOARD_PICTURE_BASE_URL to where the library is served.");
}

std::vector<PushItem> PushSender::push(bool all, bool dry_run) {
  require_target();
  const std::lock_guard one(sending_);
  std::vector<PushItem> items;
  std::optional<FileLock> ours;
  if (!dry_run) {
    ours = FileLock::try_lock(environment_.lock_file);
    if (!ours)
      throw Failure(ErrorCode::library, "Another Castboard is pushing this library right now",
                    "Try again in a moment.");
  }
  for (Delivery& delivery : deliveries(all)) {
    if (!dry_run) {
      delivery.item.error = send(delivery);
      delivery.item.sent = delivery.item.error.empty();
      ++delivery.item.attempts;
      record(delivery, delivery.item.error);
    }
    items.push_back(std::move(delivery.item));
  }
  wake();
  return items;
}

}  // namespace castboard
