#include "commands/version_lines.h"

#include <fmt/format.h>

#include "commands/lookup.h"
#include "commands/table.h"

namespace castboard {
namespace {

constexpr int kNameWidth = 36;

std::string status_text(Status status) {
  return status == Status::none ? "-" : std::string(to_string(status));
}

std::string marks(const Version& version) {
  std::string text;
  const auto add = [&text](bool on, const char* word) {
    if (on) text += (text.empty() ? "" : " ") + std::string(word);
  };
  add(version.is_active, "active");
  add(version.starred, "star");
  add(!version.viewed, "new");
  add(version.trashed(), "trashed");
  return text;
}

std::string what_was_drawn(const Version& version) {
  std::string text = version.template_type;
  if (!version.shot.empty() && version.shot != "all") text += '/' + version.shot;
  return text;
}

}  // namespace

std::string version_table(const std::vector<Version>& versions) {
  Table table({"VERSION", "NAME", "DRAWN", "STYLE", "SIZE", "STATUS", "MARKS", "CREATED"});
  for (const Version& version : versions) {
    table.add({version_label(version.version_number), shortened(version.version_name, kNameWidth),
               what_was_drawn(version), version.art_style, version.aspect_ratio,
               status_text(version.status), marks(version), short_time(version.created_at)});
  }
  return table.text();
}

std::string version_lines(const Version& version, const std::string& character_name,
                          const Session& session) {
  std::string text;
  const auto add = [&text](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<12} {}\n", label, value);
  };
  add("version", fmt::format("{}/{}", character_name, version_label(version.version_number)));
  add("id", version.id);
  add("name", version.version_name);
  add("marks", marks(version));
  add("status", status_text(version.status));
  add("picture", session.absolute_path(version.image_url));
  add("pixels", fmt::format("{} x {}", version.width, version.height));
  add("drawn", what_was_drawn(version));
  add("style", version.art_style);
  add("size", version.aspect_ratio);
  add("provider", version.model_used.empty() || version.model_used == version.provider
                      ? version.provider
                      : fmt::format("{}, {}", version.provider, version.model_used));
  if (version.seed) add("seed", fmt::to_string(*version.seed));
  add("credits", fmt::to_string(version.credit_cost));
  add("reference", version.character_ref_url);
  add("background", version.background_ref_url);
  add("description", version.additional_description);
  add("prompt", version.prompt_used);
  if (!version.redo_of_version.empty())
    add("again of", fmt::format("cell {} of {}", version.redo_of_cell, version.redo_of_version));
  add("notes", version.notes);
  add("created", short_time(version.created_at));
  for (const Cell& cell : version.cells) {
    std::string status =
        cell.status == Status::none ? "" : fmt::format("  {}", to_string(cell.status));
    if (!cell.source_version_id.empty())
      status += cell.source_cell == 0
                    ? fmt::format("  from {}", cell.source_version_id)
                    : fmt::format("  from cell {} of {}", cell.source_cell, cell.source_version_id);
    add(fmt::format("cell {}", cell.number),
        fmt::format("{:<10} {}{}", cell.pose, session.absolute_path(cell.image_url), status));
  }
  return text;
}

}  // namespace castboard
