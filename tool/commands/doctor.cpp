#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/environment.h"
#include "commands/version_text.h"
#include "exit_code.h"

namespace castboard {
namespace {

// What the window needs; the rest is the session's to say.
DoctorFinding display_finding() {
  if (!environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty()) {
    return {true, "display", "there is one for the window", {}};
  }
  return {false, "display", "no DISPLAY or WAYLAND_DISPLAY: the window cannot open",
          "Start it from a desktop, or in a virtual display: xvfb-run castboard"};
}

bool is_about_library(const DoctorFinding& finding) {
  return finding.subject == "library" || finding.subject == "database" ||
         finding.subject == "disk" || finding.subject == "jobs";
}

// Without a library of the user's: everything but that.
std::vector<DoctorFinding> findings_without_library(Console& console, DoctorFinding why) {
  console.open(Access::configuration);
  std::vector<DoctorFinding> found = console.get(console.session().doctor());
  std::erase_if(found, is_about_library);
  found.insert(found.begin(), std::move(why));
  return found;
}

std::vector<DoctorFinding> session_findings(Console& console) {
  const std::filesystem::path library = console.library_path();
  std::error_code ignored;
  if (!std::filesystem::exists(library / "castboard.db", ignored)) {
    return findings_without_library(
        console, {false, "library", fmt::format("There is none at {}", library.string()),
                  "castboard projects add NAME starts one there; --library DIR names another"});
  }
  try {
    // Examining changes nothing, and takes no other process's jobs over.
    console.open(Access::read, [](SessionOptions& session) { session.read_only = true; });
  } catch (const CommandFailure& failure) {
    console.close();
    return findings_without_library(
        console,
        {false, "library", failure.error.message,
         failure.error.hint.empty() ? "Restore a backup, or name another with --library DIR"
                                    : failure.error.hint});
  }
  std::vector<DoctorFinding> found = console.get(console.session().doctor());
  if (::access(library.c_str(), W_OK) != 0) {
    found.push_back({false, "library", "It can be read but not written",
                     "Check the permissions of its directory"});
  }
  return found;
}

std::vector<DoctorFinding> findings(Console& console) {
  console.announce_warnings = false;  // they are findings
  std::string version = version_text(false);
  std::replace(version.begin(), version.end(), '\n', ' ');
  std::vector<DoctorFinding> found{{true, "version", version, {}}};
  for (DoctorFinding& finding : session_findings(console)) found.push_back(std::move(finding));
  found.push_back(display_finding());
  return found;
}

int doctor(Console& console) {
  const std::vector<DoctorFinding> found = findings(console);
  if (console.json()) {
    Json document = json_document();
    document["findings"] = Json::array();
    for (const DoctorFinding& finding : found) document["findings"].push_back(to_json(finding));
    console.print_json(document);
  } else {
    std::string text;
    for (const DoctorFinding& finding : found) {
      text +=
          fmt::format("{}  {}: {}\n", finding.ok ? "ok" : "!!", finding.subject, finding.message);
      if (!finding.fix.empty()) text += fmt::format("      {}\n", finding.fix);
    }
    console.print(text);
  }
  const bool well =
      std::all_of(found.begin(), found.end(), [](const DoctorFinding& f) { return f.ok; });
  return well ? kDone : kFailed;
}

}  // namespace

void add_doctor_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "doctor", "What is wrong and how to fix it; free, changes nothing, prints no secret");
  command->callback([&action] { action = doctor; });
}

}  // namespace castboard
