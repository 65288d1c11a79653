#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json_fwd.hpp>

// A workflow is a JSON file that an artist's program saved, and a few places in it (JSON pointers,
// RFC 6901) where a request's values go. The engine knows nothing else about it.
namespace castboard {

inline constexpr const char* kWorkflowKey = "$workflow";

// Throws Failure(configuration).
nlohmann::json read_workflow(const std::filesystem::path& file);

// Why `pointer` is no place in the graph; empty when it is one.
std::string pointer_problem(const nlohmann::json& graph, const std::string& pointer);

void set_at(nlohmann::json& graph, const std::string& pointer, nlohmann::json value);
// Nothing there: nothing happens.
void remove_at(nlohmann::json& graph, const std::string& pointer);

}  // namespace castboard
