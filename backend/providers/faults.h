#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/result.h"
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
  bool by_rule = false;                                  // else by the usual meaning of its status
  std::optional<std::chrono::milliseconds> retry_after;  // what the provider asks for
};

// In all of these `secrets` are masked before a text is cut: half a key would be no less of one.

// nullopt: no fault. `body` is the parsed body, or null when it is not JSON.
std::optional<Fault> find_fault(const Descriptor& descriptor, const HttpResponse& response,
                                const nlohmann::json& body, CallStage stage,
                                const std::vector<std::string>& secrets);

// What is thrown for it: what happened and what to do, with the answer's first lines as detail.
Failure failure_of(const Descriptor& descriptor, const Fault& fault, const HttpResponse& response,
                   CallStage stage, const std::vector<std::string>& secrets);
// A job its provider does not know any more.
Failure lost_job(const Descriptor& descriptor, const std::string& why, std::string detail = {});

// The message of an error body of any shape: JSON of the usual forms, HTML (its title), plain text,
// or nothing at all (then the status in words).
std::string error_text(const Descriptor& descriptor, const HttpResponse& response,
                       const nlohmann::json& body, const std::vector<std::string>& secrets);

// No provider is waited for longer than that.
inline constexpr std::chrono::hours kLongestWish{24};

// Seconds, an HTTP date, or "1m30s" and "37s"; from 0 to kLongestWish whatever is asked for.
// nullopt: it says nothing of a time.
std::optional<std::chrono::milliseconds> parse_delay(std::string_view text);

// "429 Too Many Requests"
std::string status_text(int status);

}  // namespace castboard
