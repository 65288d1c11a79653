#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "providers/descriptor.h"
#include "providers/http.h"

// What went wrong, read from an answer by the descriptor's ordered rules and then the usual
// meaning of HTTP statuses.
namespace castboard {

struct Fault {
  FaultClass kind = FaultClass::provider;
  std::string text;  // the provider's own words, short, on one line
  std::string hint;  // the rule's
  bool retry = false;
  std::optional<std::chrono::milliseconds> retry_after;  // what the provider asks for
};

// nullopt: no fault. `body` is the parsed body, or null when it is not JSON.
std::optional<Fault> find_fault(const Descriptor& descriptor, const HttpResponse& response,
                                const nlohmann::json& body);

// The message of an error body of any shape: JSON of the usual forms, HTML (its title), plain text,
// or nothing at all (then the status in words).
std::string error_text(const Descriptor& descriptor, const HttpResponse& response,
                       const nlohmann::json& body);

// Seconds, an HTTP date, or "1m30s" and "37s".
std::optional<std::chrono::milliseconds> parse_delay(std::string_view text);

// "429 Too Many Requests"
std::string status_text(int status);

}  // namespace castboard
