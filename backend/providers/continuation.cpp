#include "providers/continuation.h"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "castboard/result.h"

namespace castboard {

namespace {

using nlohmann::json;

constexpr const char* kPolling = "polling";
constexpr const char* kDownloading = "downloading";

json facts_to_json(const ProviderResult& facts) {
  json object = json::object();
  if (facts.seed) object["seed"] = *facts.seed;
  if (!facts.model.empty()) object["model"] = facts.model;
  if (facts.credit_cost) object["credits"] = *facts.credit_cost;
  if (!facts.provider_cost_unit.empty()) {
    object["cost"] = facts.provider_cost;
    object["cost_unit"] = facts.provider_cost_unit;
  }
  return object;
}

ProviderResult facts_from_json(const json& object) {
  ProviderResult facts;
  if (object.contains("seed")) facts.seed = object["seed"].get<std::int64_t>();
  facts.model = object.value("model", "");
  if (object.contains("credits")) facts.credit_cost = object["credits"].get<std::int64_t>();
  facts.provider_cost = object.value("cost", 0.0);
  facts.provider_cost_unit = object.value("cost_unit", "");
  return facts;
}

}  // namespace

std::string Continuation::to_text() const {
  json object{{"stage", stage == Stage::polling ? kPolling : kDownloading},
              {"facts", facts_to_json(facts)}};
  for (const auto& [name, value] : got) object["got"][name] = *value;
  if (!urls.empty()) object["urls"] = urls;
  if (expires_at != 0) object["expires_at"] = expires_at;
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Continuation Continuation::parse(const std::string& text) {
  try {
    const json object = json::parse(text);
    Continuation read;
    const auto stage = object.at("stage").get<std::string>();
    if (stage != kPolling && stage != kDownloading) throw std::invalid_argument(stage);
    read.stage = stage == kPolling ? Stage::polling : Stage::downloading;
    read.expires_at = object.value("expires_at", std::int64_t{0});
    read.urls = object.value("urls", std::vector<std::string>());
    if (object.contains("facts")) read.facts = facts_from_json(object["facts"]);
    if (object.contains("got"))
      for (const auto& [name, value] : object["got"].items())
        read.got[name] = std::make_shared<const json>(value);
    return read;
  } catch (const std::exception& problem) {
    throw Failure(
        ErrorCode::provider,
        "The job is lost: what was noted of it at its provider cannot be read.",
        "It can be generated again with the same seed; what was made may have been billed.",
        problem.what());
  }
}

}  // namespace castboard
