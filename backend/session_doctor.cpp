#include "session_doctor.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "castboard/result.h"
#include "os/processes.h"

namespace castboard {

namespace {

constexpr std::uintmax_t kLowDiskSpace = std::uintmax_t{1024} * 1024 * 1024;

DoctorFinding fine(std::string subject, std::string message) {
  return {true, std::move(subject), std::move(message), {}};
}

DoctorFinding wrong(std::string subject, std::string message, std::string fix) {
  return {false, std::move(subject), std::move(message), std::move(fix)};
}

void examine_library(OpenLibrary& library, std::vector<DoctorFinding>& findings) {
  const LibraryInfo& info = library.opened.library;
  findings.push_back(fine("library", fmt::format("{}, schema {}", info.path, info.schema_version)));
  findings.push_back(fine("user", fmt::format("{} ({})", info.user_name, info.user_id)));
  // Opened for reading only on purpose, it is no fault; otherwise opening warned of it.
  const std::vector<Error>& warnings = library.opened.warnings;
  if (std::any_of(warnings.begin(), warnings.end(),
                  [](const Error& warning) { return warning.code == ErrorCode::read_only; }))
    findings.push_back(wrong("library", "it can be read but not written",
                             "Check the permissions of its directory."));
  const std::vector<std::string> problems =
      library.library->read([](StoreReader& reader) { return reader.check_integrity(); });
  for (const std::string& problem : problems)
    findings.push_back(wrong("database", problem, "Restore a backup of the library."));
  if (problems.empty()) findings.push_back(fine("database", "sound"));
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(info.path, error);
  if (!error && space.available < kLowDiskSpace)
    findings.push_back(wrong("disk", fmt::format("{} MiB are free", space.available >> 20),
                             "Make room: new pictures cannot be kept when it is full."));
}

void examine_jobs(OpenLibrary& library, std::vector<DoctorFinding>& findings) {
  int uncertain = 0;
  int queued = 0;
  int unsaved = 0;
  int at_provider = 0;
  for (const Job& job :
       library.library->read([](StoreReader& reader) { return reader.jobs(true); })) {
    uncertain += job.state == JobState::uncertain && job.submitted_again_as.empty();
    unsaved += job.state == JobState::saving && !job.message.empty();
    const bool sent = job.state == JobState::running || job.state == JobState::downloading;
    at_provider += sent && job.known_to_provider() && !may_be_alive(job.owner);
    queued += job.state == JobState::queued;
  }
  if (uncertain > 0)
    findings.push_back(
        wrong("jobs", fmt::format("{} may have been billed without a picture", uncertain),
              "`castboard jobs list --all` shows them, `castboard jobs check ID` asks again."));
  if (unsaved > 0)
    findings.push_back(wrong(
        "jobs", fmt::format("{} have their pictures, but the library did not take them", unsaved),
        "`castboard jobs list` says why; they are saved as soon as it does."));
  if (at_provider > 0)
    findings.push_back(wrong("jobs", fmt::format("{} were left at their provider", at_provider),
                             "`castboard jobs resume --all` fetches what they made."));
  if (queued > 0)
    findings.push_back(
        wrong("jobs", fmt::format("{} wait in the queue", queued),
              "`castboard jobs resume --all` puts to work what a Castboard that is gone left."));
}

void examine_push(OpenLibrary& library, std::vector<DoctorFinding>& findings) {
  const Settings& settings = library.settings;
  if (settings.api_url.empty()) {
    findings.push_back(fine("push", "off: CASTBOARD_API_URL is not set"));
  } else if (settings.picture_base_url.empty()) {
    findings.push_back(wrong(
        "push", fmt::format("to {}, held: picture URLs cannot be made absolute", settings.api_url),
        "Set CASTBOARD_PICTURE_BASE_URL to where the library is served."));
  } else {
    findings.push_back(fine("push", fmt::format("to {}", settings.api_url)));
  }
}

}  // namespace

std::vector<DoctorFinding> examine(OpenLibrary& library) {
  std::vector<DoctorFinding> findings;
  examine_library(library, findings);
  for (const Error& warning : library.opened.warnings)
    findings.push_back(wrong("configuration", warning.message, warning.hint));
  for (const ProviderInfo& info : library.configuration.catalogue.providers) {
    const std::string subject = "provider " + info.name;
    if (info.usable) {
      findings.push_back(fine(subject, fmt::format("ready ({}: {})", info.layer, info.source)));
    } else {
      // Not set up is a state, not a fault: most studios use one or two of them.
      findings.push_back(fine(subject, fmt::format("not set up: {}", info.unusable_reason)));
    }
  }
  examine_jobs(library, findings);
  examine_push(library, findings);
  return findings;
}

std::vector<ProviderReport> provider_reports(OpenLibrary& library, std::string_view name) {
  std::vector<ProviderReport> reports;
  std::vector<std::string> names;
  for (const ProviderInfo& info : library.configuration.catalogue.providers) {
    names.push_back(info.name);
    if (name.empty() || info.name == name) reports.push_back({info, {}});
  }
  // A descriptor with an error is no provider: its file is what it can be told by.
  for (const Error& warning : library.opened.warnings) {
    const bool about =
        warning.message.find(fmt::format("/providers/{}.json", name)) != std::string::npos;
    if (warning.message.find("/providers/") == std::string::npos || (!name.empty() && !about))
      continue;
    ProviderReport report;
    report.info.name = name.empty() ? warning.message.substr(0, warning.message.find(':')) : name;
    report.info.usable = false;
    report.info.unusable_reason = "its descriptor has an error";
    report.problems.push_back(warning.message);
    reports.push_back(std::move(report));
  }
  if (!reports.empty() || name.empty()) return reports;
  const std::string near = nearest(name, names);
  throw Failure(ErrorCode::not_found, fmt::format("There is no provider \"{}\"", name),
                near.empty() ? "`castboard providers list` lists them."
                             : fmt::format("Did you mean \"{}\"?", near));
}

}  // namespace castboard
