#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/loopback_server.h"
#include "support/provider_calls.h"

namespace castboard::testing {

// tests/backend/foreign_providers/NAME.json as it is, but for its address and its patience.
class ForeignProvider {
 public:
  // `other_hosts`: what the file spells out -> where it is in the test.
  ForeignProvider(const LoopbackServer& server, const std::string& name,
                  const std::string& base_path = {}, const std::string& key = "sesame-key",
                  const std::map<std::string, std::string>& other_hosts = {})
      : name_(name) {
    using nlohmann::json;
    std::ostringstream text;
    text << std::ifstream(std::string(CASTBOARD_SOURCE_DIR) + "/tests/backend/foreign_providers/" +
                          name + ".json")
                .rdbuf();
    std::string file = text.str();
    for (const auto& [from, to] : other_hosts)
      for (std::size_t at = 0; (at = file.find(from, at)) != std::string::npos; at += to.size())
        file.replace(at, from.size(), to);
    json descriptor = json::parse(file, nullptr, true, true);
    descriptor["base_url"] = server.url(base_path);
    // Its stores and picture hosts are other ports of this machine here.
    descriptor["download"]["private_hosts"] = {"127.0.0.1"};
    descriptor["retry"]["first_delay_seconds"] = 0.001;
    if (descriptor.contains("poll"))
      descriptor["poll"].update({{"interval_seconds", 0.001}, {"longest_interval_seconds", 0.001}});
    files_.add(name, descriptor.dump());
    configuration_ = files_.load(context_with_key(key));
    for (const Error& warning : configuration_.warnings) ADD_FAILURE() << warning.message;
  }

  const Provider* operator->() const { return configuration_.find_provider(name_); }
  const Provider& operator*() const { return *configuration_.find_provider(name_); }
  [[nodiscard]] ProviderRequest request() const { return sheet_request(name_); }
  [[nodiscard]] ProviderRequest with_references(bool background) const {
    ProviderRequest request = sheet_request(name_);
    add_references(request);
    if (!background) {
      request.background_references.clear();
      request.asked.background_reference = {};
    }
    return request;
  }

 private:
  std::string name_;
  DescribedProviders files_;
  Configuration configuration_;
};

}  // namespace castboard::testing
