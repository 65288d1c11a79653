#pragma once

#include <string>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/loopback_server.h"
#include "support/provider_calls.h"

namespace castboard::testing {

// A paid provider at `server` with a key in X-Key; `more` are further or other fields.
class ProviderAt {
 public:
  explicit ProviderAt(const LoopbackServer& server,
                      const nlohmann::json& more = nlohmann::json::object(),
                      const ProviderContext& context = context_with_key()) {
    nlohmann::json descriptor = nlohmann::json::parse(R"({
      "castboard_provider": 1, "name": "studio", "title": "Studio", "credits": {"picture": 1},
      "auth": {"kind": "header", "header": "X-Key", "secret": "STUDIO_KEY"}, "seed": {},
      "requests": {"text_to_image": {"path": "/make", "json": {"prompt": "{prompt}", "seed": "{seed}"}}},
      "reply": {"images": [{"base64": "data[*].b64"}, {"url": "url"}], "seed": "seed", "model": "model",
                "credits": "credits", "cost": {"path": "usage.total", "times": 0.5, "unit": "cents"}},
      "retry": {"first_delay_seconds": 0.001}})");
    descriptor["base_url"] = server.url();
    descriptor.update(more);
    files_.add("studio", descriptor.dump());
    configuration_ = files_.load(context);
    for (const Error& warning : configuration_.warnings) ADD_FAILURE() << warning.message;
  }

  const Provider* operator->() const { return configuration_.find_provider("studio"); }
  const Provider& operator*() const { return *configuration_.find_provider("studio"); }

 private:
  DescribedProviders files_;
  Configuration configuration_;
};

// Its jobs are polled at /jobs/ID until `state` is "done"; the picture is at `url` then.
inline nlohmann::json polled() {
  return nlohmann::json::parse(R"({"poll": {"id": "id", "request": {"path": "/jobs/{job_id}"},
    "done": {"path": "state", "equals": "done"}, "interval_seconds": 0.001,
    "longest_interval_seconds": 0.002}})");
}

inline nlohmann::json free_of_charge() {
  return {{"free", true}};
}

inline nlohmann::json operator|(nlohmann::json first, const nlohmann::json& second) {
  first.merge_patch(second);
  return first;
}

inline std::string as_string(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

inline void answer_picture(const LoopbackRequest&, LoopbackConnection& connection) {
  connection.respond(200, "image/png", as_string(png()));
}

}  // namespace castboard::testing
