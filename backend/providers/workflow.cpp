#include "providers/workflow.h"

#include <string>

#include <nlohmann/json.hpp>

#include "catalogue/json_document.h"

namespace castboard {

using nlohmann::json;

json read_workflow(const std::filesystem::path& file) {
  const JsonDocument document = JsonDocument::read(file);
  if (!document.root().is_object()) document.fail({}, "must be an object of nodes");
  return document.root();
}

std::string pointer_problem(const json& graph, const std::string& pointer) {
  try {
    const json::json_pointer place(pointer);
    if (place.empty()) return "names the whole workflow; name a place in it: \"/3/inputs/seed\"";
    if (graph.contains(place)) return {};
    return "the workflow has nothing at " + pointer;
  } catch (const json::exception&) {
    return "is no JSON pointer; write it as \"/3/inputs/seed\"";
  }
}

void set_at(json& graph, const std::string& pointer, json value) {
  const json::json_pointer place(pointer);
  if (graph.contains(place)) graph[place] = std::move(value);
}

void remove_at(json& graph, const std::string& pointer) {
  const json::json_pointer place(pointer);
  if (!graph.contains(place)) return;
  json& parent = graph[place.parent_pointer()];
  if (parent.is_object())
    parent.erase(place.back());
  else if (parent.is_array())
    parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
}

}  // namespace castboard
