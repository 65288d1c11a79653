#include "session_sheets.h"

#include <fmt/format.h>

#include "imaging/imaging.h"
#include "imaging/sheet_check.h"
#include "os/files.h"

namespace castboard {

namespace {

constexpr int kSmallestCell = 3;  // pixels

SheetReport report_on(const Image& sheet) {
  const SheetSplit split = split_sheet(sheet);
  SheetReport report;
  report.width = sheet.width;
  report.height = sheet.height;
  report.cells = split.cells;
  for (std::size_t i = 0; i < 6; ++i) {
    report.columns[i] = split.columns[i].at;
    report.rows[i] = split.rows[i].at;
  }
  report.found = split.found;
  report.confidence = split.confidence;
  report.findings = check_sheet(sheet, split, split.cells);
  return report;
}

Version sheet_version(Library& library, const VersionId& id, const UserId& user) {
  const std::optional<Version> version =
      library.read([&](StoreReader& reader) { return reader.version(id, user); });
  if (!version)
    throw Failure(ErrorCode::not_found, fmt::format("There is no version with the id {}.", id),
                  "It may have been purged; reload the list of versions.");
  if (!version->is_sheet())
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("{} is no expression sheet.", version_label(version->version_number)),
                  "Only sheets have cells.");
  return *version;
}

Image picture_of(Library& library, const Version& version) {
  return decode_picture(library.files().read(version.image_url, kMaxPictureBytes));
}

void check_boxes(const std::vector<PixelRect>& boxes, const Image& sheet) {
  const auto refuse = [](std::string message) {
    throw Failure(ErrorCode::invalid_input, std::move(message),
                  "Each cell needs 3 x 3 pixels of the sheet at least.");
  };
  if (boxes.size() != kCellsPerSheet) refuse("A sheet has nine cells.");
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const PixelRect& box = boxes[i];
    const bool inside = box.x >= 0 && box.y >= 0 && box.width >= kSmallestCell &&
                        box.height >= kSmallestCell && box.width <= sheet.width - box.x &&
                        box.height <= sheet.height - box.y;
    if (!inside)
      refuse(fmt::format("Cell {} does not lie in the sheet or is too small: {} x {} at {}, {}.",
                         i + 1, box.width, box.height, box.x, box.y));
  }
}

}  // namespace

SheetReport split_picture_file(const std::filesystem::path& path) {
  return report_on(decode_picture(read_file(path, kMaxPictureBytes)));
}

SheetReport split_version(Library& library, const VersionId& id, const UserId& user) {
  const Version version = sheet_version(library, id, user);
  const Image sheet = picture_of(library, version);
  SheetReport report = report_on(sheet);
  SheetSplit split = split_by_thirds(sheet.width, sheet.height);
  split.found = report.found;
  for (std::size_t i = 0; i < 6; ++i) {
    split.columns[i].at = report.columns[i];
    split.rows[i].at = report.rows[i];
  }
  std::vector<std::string> poses;
  for (const Cell& cell : version.cells) {
    report.stored.push_back(cell.box);
    poses.push_back(cell.pose);
  }
  report.findings = check_sheet(sheet, split, report.stored, poses);
  return report;
}

Edit move_cell_boxes(Library& library, const VersionId& id, const std::vector<PixelRect>& boxes,
                     const UserId& user, bool push) {
  const Version version = sheet_version(library, id, user);
  const Image sheet = picture_of(library, version);
  check_boxes(boxes, sheet);
  std::vector<Cell> moved;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (version.cells[i].box == boxes[i]) continue;
    moved.push_back(version.cells[i]);
    moved.back().box = boxes[i];
  }
  // The files first: a row never names one that is not there.
  library.files().store_cells(sheet, version.content_hash, moved);
  return library.write([&](StoreWriter& writer) { return writer.set_cell_boxes(id, moved, push); });
}

}  // namespace castboard
