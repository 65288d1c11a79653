#include "commands/edits.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands/lookup.h"
#include "exit_code.h"

namespace castboard {
namespace {

// A studio API that does not answer must not hold up a script.
constexpr std::chrono::milliseconds kPushPatience{5000};

}  // namespace

void send_pushes(Console& console) {
  const auto result =
      console.replies().wait_for(console.session().push(false, false), kPushPatience);
  if (!result) {
    console.note("the studio API has not answered yet; castboard push tries again");
    return;
  }
  if (!result->has_value()) {
    // "off" is how it is meant; "held" and other reasons are worth a line.
    if (result->error().code != ErrorCode::configuration) console.note(result->error().message);
    return;
  }
  const auto& items = **result;
  const auto waiting =
      std::find_if(items.begin(), items.end(), [](const PushItem& item) { return !item.sent; });
  if (waiting != items.end()) {
    console.note(fmt::format("not pushed yet: {}; castboard push tries again", waiting->error));
  }
}

int finish_edit(Console& console, const Edit& edit, const std::vector<VersionId>& versions) {
  if (console.json()) {
    Json document = json_document();
    document["message"] = edit.message;
    document["versions"] = Json::array();
    for (const VersionId& id : versions) {
      const Version version = version_again(console, id);
      document["versions"].push_back(
          to_json(version, character_name(console, version.character_id), console.session()));
    }
    console.print_json(document);
  } else {
    console.print(edit.message + '\n');
  }
  send_pushes(console);
  return kDone;
}

int finish_character_edit(Console& console, const Edit& edit) {
  if (console.json()) {
    Json document = json_document();
    document["message"] = edit.message;
    const auto found = console.get(console.session().load_characters({edit.character_id}));
    document["character"] = found.empty() ? Json() : to_json(found.front(), console.session());
    console.print_json(document);
  } else {
    console.print(edit.message + '\n');
  }
  send_pushes(console);
  return kDone;
}

}  // namespace castboard
