#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "castboard/session.h"

// What `--json` prints (docs/cli.md lists the keys): values of the public headers as JSON objects
// whose keys are the column names of the data contract, in a fixed order. Text that is not there is
// null, URLs of the library have an absolute `..._path` beside them.
namespace castboard {

using Json = nlohmann::ordered_json;

inline constexpr int kJsonSchema = 1;

// {"schema": 1}
Json json_document();
Json json_error(const Error& error);

Json to_json(const Project& project);
Json to_json(const Character& character, const Session& session);
Json to_json(const Version& version, const std::string& character_name, const Session& session);
Json to_json(const Job& job);
Json to_json(const GenerationRequest& request);
Json to_json(const GenerationQuote& quote);
Json to_json(const Preset& preset);
Json to_json(const LedgerEntry& entry);
Json to_json(const LedgerSum& sum);
Json to_json(const PushItem& item);
Json to_json(const ProviderReport& report);
Json to_json(const ProviderTrial& trial);
Json to_json(const DoctorFinding& finding);
// `poses` of its cells; empty: those of a file have none.
Json to_json(const SheetReport& report, const std::vector<std::string>& poses);
Json to_json(const VerifyReport& report);

// One line or indented text; bytes that are not UTF-8 become U+FFFD.
std::string json_text(const Json& json, bool indented);

}  // namespace castboard
