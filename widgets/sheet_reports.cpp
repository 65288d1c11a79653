#include "sheet_reports.h"

#include <algorithm>

namespace castboard {

const SheetReport* SheetReports::of_version(const Version& version) {
  if (!version.is_sheet()) return nullptr;
  std::vector<PixelRect> boxes;
  for (const Cell& cell : version.cells) boxes.push_back(cell.box);
  const auto [place, added] = versions_.try_emplace(version.id);
  Known& known = place->second;
  if (added || known.boxes != boxes) {
    known.boxes = std::move(boxes);
    known.ticket = session_.split_sheet(version.id);
  }
  return known.is_there ? &known.report : nullptr;
}

const SheetReport* SheetReports::of_file(const std::string& path) {
  const auto [place, added] = files_.try_emplace(path);
  Known& known = place->second;
  if (added) known.ticket = session_.split_file(path);
  return known.is_there ? &known.report : nullptr;
}

bool SheetReports::apply(const Reply& reply) {
  for (auto* all : {&versions_, &files_}) {
    for (auto& [key, known] : *all) {
      const Result<SheetReport>* result = reply.to(known.ticket);
      if (result == nullptr) continue;
      known.ticket = {};
      known.is_there = result->has_value();
      if (known.is_there) known.report = **result;
      return true;
    }
  }
  return false;
}

bool SheetReports::waiting() const {
  const auto waits = [](const auto& entry) { return bool(entry.second.ticket); };
  return std::any_of(versions_.begin(), versions_.end(), waits) ||
         std::any_of(files_.begin(), files_.end(), waits);
}

void SheetReports::forget_files() {
  files_.clear();
}

}  // namespace castboard
