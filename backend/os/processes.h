#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace castboard {

std::string login_name();

// "host/pid/start": tells a process apart from any other, also after its pid was used again.
std::string this_process();
// False only when `process` ran on this host and is gone for sure.
bool may_be_alive(std::string_view process);

// Runs a command without a shell (posix_spawn) and returns its stdout. Throws Failure
// (`configuration`) when it cannot start, fails, prints over 64 KiB or takes over `limit`.
std::string run_command(const std::vector<std::string>& arguments, std::chrono::milliseconds limit);

// Random bytes of the system as a version 4 UUID; and the name-based version 5 (RFC 9562).
std::string random_uuid();
std::string named_uuid(std::string_view name);

// UTC, ISO 8601 with milliseconds.
std::string timestamp(std::chrono::system_clock::time_point when);
std::string timestamp_now();
std::string timestamp_after(std::chrono::milliseconds delay);
// The clock on the wall then: "14:05"; on another day "2026-01-31 14:05".
std::string local_time_after(std::chrono::milliseconds delay);
// The last midnight of this machine's time zone, as above.
std::string start_of_today();

}  // namespace castboard
