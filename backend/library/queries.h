#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/database.h"
#include "library/store.h"

// Reading that both halves of the store need, on whichever connection. Part of library/.
namespace castboard {

// Versions with what is derived for `user`: star, NEW mark, cells. `condition` is SQL over `v`
// with one parameter, ours and never a user's words.
std::vector<Version> load_versions(Database& database, std::string_view condition,
                                   std::string_view parameter, const UserId& user);
std::optional<Version> load_version(Database& database, const VersionId& id, const UserId& user);
// In the order asked, with what is derived; unknown ids are left out.
std::vector<Character> load_characters(Database& database, const std::vector<CharacterId>& ids,
                                       const UserId& user);
// The row alone.
std::optional<Character> load_character_row(Database& database, const CharacterId& id);
std::optional<Project> load_project(Database& database, const ProjectId& id);
std::vector<Project> load_projects(Database& database);  // by name
CreditUse load_credit_use(Database& database, const ProjectId& project, std::string_view since);
// In queue order. `condition` is SQL over `j` with at most one parameter.
std::vector<Job> load_jobs(Database& database, std::string_view condition,
                           std::string_view parameter = {});
// Jobs that are over, the last to end first; stops reading at the query's limit.
std::vector<Job> load_job_history(Database& database, const JobHistoryQuery& query);

}  // namespace castboard
