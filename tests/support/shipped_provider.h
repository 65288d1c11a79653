#pragma once

#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/loopback_server.h"
#include "support/provider_calls.h"

// The descriptors in assets/providers, called against servers that know their API's rules.
namespace castboard::testing {

// A shipped descriptor as it is, but for its address and its patience.
class ShippedProvider {
 public:
  ShippedProvider(const LoopbackServer& server, const std::string& name,
                  const std::string& base_path = {},
                  const nlohmann::json& more = nlohmann::json::object()) {
    using nlohmann::json;
    const std::filesystem::path shipped = std::filesystem::path(CASTBOARD_ASSETS) / "providers";
    json descriptor = json::parse(std::ifstream(shipped / (name + ".json")));
    descriptor["base_url"] = server.url(base_path);
    descriptor.erase("base_url_env");
    descriptor["retry"]["first_delay_seconds"] = 0.001;
    if (descriptor.contains("poll")) {
      descriptor["poll"]["interval_seconds"] = 0.001;
      descriptor["poll"]["longest_interval_seconds"] = 0.001;
    }
    if (descriptor.contains("progress") && descriptor["progress"].contains("request"))
      descriptor["progress"]["interval_seconds"] = 0.001;
    descriptor.merge_patch(more);
    name_ = name;
    files_.add(name, descriptor.dump());
    std::filesystem::copy(shipped / "workflows", files_.directory() / "providers" / "workflows",
                          std::filesystem::copy_options::recursive);
    configuration_ = files_.load();
    for (const Error& warning : configuration_.warnings) ADD_FAILURE() << warning.message;
  }

  const Provider* operator->() const { return configuration_.find_provider(name_); }
  const Provider& operator*() const { return *configuration_.find_provider(name_); }
  [[nodiscard]] ProviderRequest request() const { return sheet_request(name_); }
  [[nodiscard]] ProviderRequest request_with_references() const {
    ProviderRequest request = sheet_request(name_);
    add_references(request);
    return request;
  }

 private:
  std::string name_;
  DescribedProviders files_;
  Configuration configuration_;
};

// What requests did against the rules of an API; filled by server threads.
class Violations {
 public:
  void add(const std::string& text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back(text);
  }
  void expect(bool kept, const std::string& text) {
    if (!kept) add(text);
  }
  // `object` has every key of `required`, and none outside `required` and `allowed`; no null.
  void keys(const nlohmann::json& object, const std::set<std::string>& required,
            const std::set<std::string>& allowed, const std::string& where) {
    if (!object.is_object()) return add(where + " is no object");
    for (const std::string& key : required)
      if (!object.contains(key)) add(where + " lacks " + key);
    for (const auto& [key, value] : object.items()) {
      if (!required.contains(key) && !allowed.contains(key)) add(where + " has " + key);
      if (value.is_null()) add(where + "." + key + " is null");
    }
  }
  // Parts have known names, files a name and a picture's type.
  void parts(const LoopbackRequest& request, const std::set<std::string>& required,
             const std::set<std::string>& allowed, const std::set<std::string>& files) {
    expect(request.header("content-type").rfind("multipart/form-data; boundary=", 0) == 0,
           request.target + " is not multipart");
    std::set<std::string> seen;
    for (const auto& part : request.parts()) {
      seen.insert(part.name);
      if (!required.contains(part.name) && !allowed.contains(part.name) &&
          !files.contains(part.name))
        add(request.target + " has the part " + part.name);
      if (!files.contains(part.name)) continue;
      expect(part.content_type.rfind("image/", 0) == 0, part.name + " has no picture's type");
      expect(!part.file_name.empty(), part.name + " has no file name");
      expect(!part.body.empty(), part.name + " is empty");
    }
    for (const std::string& name : required)
      if (!seen.contains(name)) add(request.target + " lacks the part " + name);
  }
  [[nodiscard]] std::vector<std::string> texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

inline std::string png_text(int kind = 0) {
  const auto bytes = png(kind);
  return {bytes.begin(), bytes.end()};
}

inline std::string part_text(const LoopbackRequest& request, const std::string& name) {
  for (const auto& part : request.parts())
    if (part.name == name) return part.body;
  return "(none)";
}

}  // namespace castboard::testing
