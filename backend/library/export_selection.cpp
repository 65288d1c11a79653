#include "library/export_selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "library/export_names.h"

namespace castboard {

namespace {

// Reads what a request names, in one visit to the reader. Lives for one call, on its thread.
class Selection {
 public:
  Selection(StoreReader& reader, const ExportContext& context, const ExportRequest& request)
      : reader_(reader), context_(context), request_(request) {}

  ExportSelection run();

 private:
  [[nodiscard]] bool wants_pose(std::string_view pose) const {
    return request_.poses.empty() ||
           std::find(request_.poses.begin(), request_.poses.end(), pose) != request_.poses.end();
  }
  [[nodiscard]] bool wants_cell(const Cell& cell) const;
  void check() const;
  void take_version(const Character& character, const Version& version);
  void take_character(const Character& character);
  void take_poses(const Character& character);
  void take_cells(const Character& character, const Version& sheet);
  void add_picture(const Character& character, const Version& version);
  void note(std::string text) { selection_.notes.push_back(std::move(text)); }
  std::optional<Version> active_of(const Character& character);
  std::optional<Version> sheet_of(const Character& character);

  StoreReader& reader_;
  const ExportContext& context_;
  const ExportRequest& request_;
  ExportSelection selection_;
};

bool Selection::wants_cell(const Cell& cell) const {
  if (request_.cells.empty() && request_.poses.empty()) return true;
  const bool numbered =
      std::find(request_.cells.begin(), request_.cells.end(), cell.number) != request_.cells.end();
  return numbered || (!request_.poses.empty() && wants_pose(cell.pose));
}

void Selection::check() const {
  if (request_.characters.empty() && request_.versions.empty())
    throw Failure(ErrorCode::invalid_input, "Nothing was chosen to be saved as files.",
                  "Choose at least one character or version.");
  for (const int cell : request_.cells)
    if (cell < 1 || cell > kCellsPerSheet)
      throw Failure(ErrorCode::invalid_input, fmt::format("There is no cell {}.", cell),
                    "Cells 1 to 9 are those of an expression sheet.");
}

std::optional<Version> Selection::active_of(const Character& character) {
  if (character.active_version_id.empty()) return std::nullopt;
  return reader_.version(character.active_version_id, context_.user);
}

std::optional<Version> Selection::sheet_of(const Character& character) {
  std::optional<Version> chosen;
  for (Version& version : reader_.versions(character.id, false, context_.user)) {
    if (!version.is_sheet()) continue;
    if (version.is_active) return std::move(version);
    // Times compare as text; one that never was active has none. Versions come oldest first.
    if (!chosen || version.activated_at >= chosen->activated_at) chosen = std::move(version);
  }
  return chosen;
}

void Selection::add_picture(const Character& character, const Version& version) {
  const bool one_pose = !version.is_sheet() && version.shot != "all";
  selection_.pictures.push_back({version.image_url, character.name, character.id, version.id,
                                 version.version_number, version.template_type, 0,
                                 one_pose ? version.shot : std::string(), version.status});
}

void Selection::take_cells(const Character& character, const Version& sheet) {
  std::set<std::string> found;
  for (const Cell& cell : sheet.cells) {
    if (!wants_cell(cell)) continue;
    found.insert(cell.pose);
    selection_.pictures.push_back(
        {cell.image_url, character.name, character.id, sheet.id, sheet.version_number,
         sheet.template_type, cell.number, cell.pose,
         sheet.status == Status::omitted || cell.status == Status::none ? sheet.status
                                                                        : cell.status});
  }
  for (const std::string& pose : request_.poses)
    if (!found.contains(pose))
      note(fmt::format("{} of {} has no cell \"{}\"", version_label(sheet.version_number),
                       character.name, pose));
}

void Selection::take_poses(const Character& character) {
  std::set<std::string> found;
  for (const CharacterPoses& row :
       reader_.poses({character.id}, PoseSource::production, context_.user)) {
    std::vector<PosePicture> pictures = row.pictures;
    // Sheets first, cell by cell; else as the letters go.
    std::stable_sort(pictures.begin(), pictures.end(), [](const auto& a, const auto& b) {
      const auto place = [](const PosePicture& p) { return p.cell == 0 ? 100 : p.cell; };
      return place(a) < place(b);
    });
    for (const PosePicture& picture : pictures) {
      if (!wants_pose(picture.pose)) continue;
      found.insert(picture.pose);
      selection_.pictures.push_back({picture.url, character.name, character.id, picture.version_id,
                                     picture.version_number, picture.template_type, picture.cell,
                                     picture.pose, picture.status});
    }
  }
  for (const std::string& pose : request_.poses)
    if (!found.contains(pose))
      note(fmt::format("{} has no picture of \"{}\"", character.name, pose));
  if (found.empty() && request_.poses.empty())
    note(fmt::format("{} has no poses yet", character.name));
}

void Selection::take_version(const Character& character, const Version& version) {
  const bool cells =
      request_.what == ExportWhat::cells || (request_.what == ExportWhat::contact_sheet &&
                                             (request_.contact_of == ContactOf::cells ||
                                              !request_.cells.empty() || !request_.poses.empty()));
  const bool needs_sheet = cells || request_.what == ExportWhat::sheet;
  if (needs_sheet && !version.is_sheet()) {
    note(fmt::format("{} of {} is not an expression sheet", version_label(version.version_number),
                     character.name));
    return;
  }
  if (cells) {
    take_cells(character, version);
  } else {
    add_picture(character, version);
  }
}

void Selection::take_character(const Character& character) {
  const bool contact = request_.what == ExportWhat::contact_sheet;
  if (request_.what == ExportWhat::poses || (contact && request_.contact_of == ContactOf::poses)) {
    take_poses(character);
    return;
  }
  if (contact && request_.contact_of == ContactOf::versions) {
    for (const Version& version : reader_.versions(character.id, false, context_.user))
      add_picture(character, version);
    return;
  }
  const bool sheet = request_.what == ExportWhat::sheet || request_.what == ExportWhat::cells ||
                     (contact && request_.contact_of == ContactOf::cells);
  const std::optional<Version> version = sheet ? sheet_of(character) : active_of(character);
  if (version) {
    take_version(character, *version);
  } else {
    note(
        fmt::format("{} has no {}", character.name, sheet ? "expression sheet" : "active version"));
  }
}

ExportSelection Selection::run() {
  check();
  std::optional<Character> only;
  std::set<CharacterId> named;
  const auto character_of = [&](const CharacterId& id) {
    std::vector<Character> rows = reader_.characters({id}, context_.user);
    if (rows.empty())
      throw Failure(ErrorCode::not_found, fmt::format("There is no character with the id {}.", id),
                    "Reload the list of characters.");
    named.insert(id);
    only = rows.front();
    return rows.front();
  };
  if (request_.versions.empty())
    for (const CharacterId& id : request_.characters) take_character(character_of(id));
  for (const VersionId& id : request_.versions) {
    const std::optional<Version> version = reader_.version(id, context_.user);
    if (!version)
      throw Failure(ErrorCode::not_found, fmt::format("There is no version with the id {}.", id),
                    "Reload the list of versions.");
    take_version(character_of(version->character_id), *version);
  }
  const std::string id_part = only ? only->id.substr(0, 8) : std::string();
  if (named.size() == 1) {
    selection_.contact_name =
        fmt::format("{}_contact_sheet", ascii_slug(only->name, "character_" + id_part));
  } else {
    const auto project = only ? reader_.project(only->project_id) : std::nullopt;
    selection_.contact_name =
        fmt::format("{}_contact_sheet", ascii_slug(project ? project->name : "", "cast"));
  }
  return std::move(selection_);
}

}  // namespace

ExportSelection choose_pictures(const ExportContext& context, const ExportRequest& request) {
  return context.library.read(
      [&](StoreReader& reader) { return Selection(reader, context, request).run(); });
}

}  // namespace castboard
