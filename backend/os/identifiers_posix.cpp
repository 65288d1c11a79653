#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

#include "castboard/result.h"
#include "os/digest.h"
#include "os/processes.h"

// UUIDs and times as the data contract writes them.
namespace castboard {

namespace {

using UuidBytes = std::array<std::uint8_t, 16>;

// RFC 9562: the version in the high half of octet 6, the variant 10 in the top bits of octet 8.
std::string uuid_text(UuidBytes bytes, unsigned version) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | (version << 4));
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  const std::string hex = lower_hex(bytes);
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20));
}

// Castboard's own namespace, drawn at random once. Never to change: user ids come from it.
constexpr UuidBytes kNamespace{0x6f, 0x1d, 0x2b, 0x0e, 0x5c, 0x47, 0x4b, 0x8e,
                               0x9a, 0x63, 0xd2, 0x70, 0x1f, 0x84, 0xe9, 0xb5};

}  // namespace

std::string random_uuid() {
  UuidBytes bytes{};
  ssize_t got = 0;
  do {
    got = ::getrandom(bytes.data(), bytes.size(), 0);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(bytes.size()))
    throw Failure(ErrorCode::internal, "the system gave no random bytes");
  return uuid_text(bytes, 4);
}

std::string named_uuid(std::string_view name) {
  std::vector<std::uint8_t> text(kNamespace.begin(), kNamespace.end());
  text.insert(text.end(), name.begin(), name.end());
  const auto hash = sha1(text);
  UuidBytes bytes{};
  std::copy_n(hash.begin(), bytes.size(), bytes.begin());
  return uuid_text(bytes, 5);
}

std::string timestamp(std::chrono::system_clock::time_point when) {
  using std::chrono::milliseconds;
  const auto whole = std::chrono::floor<milliseconds>(when.time_since_epoch());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(whole);
  const std::time_t time = seconds.count();
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900,
                     utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                     (whole - seconds).count());
}

std::string timestamp_now() {
  return timestamp_after(std::chrono::milliseconds{0});
}

std::string timestamp_after(std::chrono::milliseconds delay) {
  return timestamp(std::chrono::system_clock::now() + delay);
}

std::string local_time_after(std::chrono::milliseconds delay) {
  const auto now = std::chrono::system_clock::now();
  const std::time_t today = std::chrono::system_clock::to_time_t(now);
  const std::time_t time = std::chrono::system_clock::to_time_t(now + delay);
  std::tm here{};
  std::tm then{};
  ::localtime_r(&today, &here);
  ::localtime_r(&time, &then);
  const std::string clock = fmt::format("{:02}:{:02}", then.tm_hour, then.tm_min);
  if (then.tm_yday == here.tm_yday && then.tm_year == here.tm_year) return clock;
  return fmt::format("{:04}-{:02}-{:02} {}", then.tm_year + 1900, then.tm_mon + 1, then.tm_mday,
                     clock);
}

std::string start_of_today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  ::localtime_r(&now, &local);
  local.tm_hour = local.tm_min = local.tm_sec = 0;
  local.tm_isdst = -1;  // the clock may have changed since
  return timestamp(std::chrono::system_clock::from_time_t(std::mktime(&local)));
}

}  // namespace castboard
