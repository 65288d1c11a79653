#include "library/composite.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "imaging/imaging.h"
#include "os/processes.h"

namespace castboard {

namespace {

std::string label_of(const Version& version) {
  return version_label(version.version_number);
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(ErrorCode::invalid_input, std::move(message), std::move(hint));
}

// A cell's picture, and where it comes from.
struct Source {
  const Version* version = nullptr;
  int cell = 0;  // 0: all of a single picture
  PixelRect box;
  Status status = Status::none;
};

void paste(Image& sheet, const Image& part, const PixelRect& box) {
  const std::size_t row = static_cast<std::size_t>(part.width) * 4;
  for (int y = 0; y < part.height; ++y) {
    const auto to = (static_cast<std::size_t>(box.y + y) * static_cast<std::size_t>(sheet.width) +
                     static_cast<std::size_t>(box.x)) *
                    4;
    std::memcpy(sheet.pixels.data() + to, part.pixels.data() + row * static_cast<std::size_t>(y),
                row);
  }
}

// One sheet being put together. Lives for one call, on its thread.
class Composition {
 public:
  Composition(Library& library, const CompositeRequest& request, const UserId& user)
      : library_(library), request_(request), user_(user) {}

  Version make();

 private:
  void load_versions();
  const Version& version(const VersionId& id) const { return versions_.at(id); }
  [[nodiscard]] Source source_of(const CompositePick& pick) const;
  const Image& picture_of(const Version& version);
  void take(const CompositePick& pick);
  Version store();

  Library& library_;
  const CompositeRequest& request_;
  const UserId& user_;
  std::map<VersionId, Version> versions_;
  std::map<VersionId, Image> pictures_;
  Image sheet_;
  std::vector<Cell> cells_;
  std::string notes_;
};

void Composition::load_versions() {
  if (request_.picks.empty())
    refuse("No cell was chosen for the composite.", "Choose at least one cell of another version.");
  library_.read([&](StoreReader& reader) {
    const auto load = [&](const VersionId& id) {
      if (versions_.contains(id)) return;
      std::optional<Version> found = reader.version(id, user_);
      if (!found)
        throw Failure(ErrorCode::not_found, fmt::format("There is no version with the id {}.", id),
                      "It may have been purged; reload the list of versions.");
      versions_.emplace(id, std::move(*found));
    };
    load(request_.base);
    for (const CompositePick& pick : request_.picks) load(pick.version_id);
  });
  const Version& base = version(request_.base);
  if (!base.is_sheet())
    refuse(fmt::format("{} is not an expression sheet.", label_of(base)),
           "The base of a composite is a sheet of nine cells.");
  std::array<bool, kCellsPerSheet + 1> seen{};
  for (const CompositePick& pick : request_.picks) {
    if (pick.cell < 1 || pick.cell > kCellsPerSheet)
      refuse(fmt::format("There is no cell {}.", pick.cell),
             "Cells 1 to 9 are those of an expression sheet.");
    if (std::exchange(seen[static_cast<std::size_t>(pick.cell)], true))
      refuse(fmt::format("Cell {} was chosen twice.", pick.cell), "Say once where it comes from.");
    if (version(pick.version_id).character_id != base.character_id)
      refuse(
          fmt::format("{} is a version of another character.", label_of(version(pick.version_id))),
          "A composite is made of one character's versions.");
  }
}

Source Composition::source_of(const CompositePick& pick) const {
  const Version& from = version(pick.version_id);
  if (!from.is_sheet()) {
    if (pick.source_cell != 0)
      refuse(fmt::format("{} is not an expression sheet: it has no cell {}.", label_of(from),
                         pick.source_cell),
             "Take all of it, or a cell of a sheet.");
    return {&from, 0, {0, 0, from.width, from.height}, from.status};
  }
  const int number = pick.source_cell == 0 ? pick.cell : pick.source_cell;
  for (const Cell& cell : from.cells)
    if (cell.number == number) return {&from, number, cell.box, cell.status};
  refuse(fmt::format("{} has no cell {}.", label_of(from), number),
         "Cells 1 to 9 are those of an expression sheet.");
}

const Image& Composition::picture_of(const Version& from) {
  const auto known = pictures_.find(from.id);
  if (known != pictures_.end()) return known->second;
  return pictures_
      .emplace(from.id, decode_picture(library_.files().read(from.image_url, kMaxPictureBytes)))
      .first->second;
}

void Composition::take(const CompositePick& pick) {
  const Source source = source_of(pick);
  const Image& picture = picture_of(*source.version);
  Cell& cell = cells_[static_cast<std::size_t>(pick.cell - 1)];
  PixelRect box = source.box;
  if (source.cell == 0) box = {0, 0, picture.width, picture.height};
  const bool same_size = box.width == cell.box.width && box.height == cell.box.height;
  Image part;
  if (same_size) {
    part = crop_picture(picture, box);
  } else {
    PixelRect middle = centred_crop(box.width, box.height, cell.box.width, cell.box.height);
    middle.x += box.x;
    middle.y += box.y;
    part = scale_picture(crop_picture(picture, middle), cell.box.width, cell.box.height);
    notes_ +=
        fmt::format("{}Cell {} was scaled from {} x {} to {} x {}.", notes_.empty() ? "" : "\n",
                    pick.cell, middle.width, middle.height, cell.box.width, cell.box.height);
  }
  if (part.width != cell.box.width || part.height != cell.box.height)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("Cell {} of {} does not lie in its picture.", source.cell,
                              label_of(*source.version)),
                  "castboard library verify says more.");
  paste(sheet_, part, cell.box);
  cell.source_version_id = source.version->id;
  cell.source_cell = source.cell;
  // What was judged is the picture, and it is the same one.
  cell.status = same_size ? source.status : Status::none;
}

Version Composition::make() {
  load_versions();
  const Version& base = version(request_.base);
  sheet_ = picture_of(base);
  cells_ = base.cells;
  for (Cell& cell : cells_) {
    cell.source_version_id = base.id;
    cell.source_cell = cell.number;
    const PixelRect& box = cell.box;
    if (box.x < 0 || box.y < 0 || box.width < 1 || box.height < 1 ||
        box.x + box.width > sheet_.width || box.y + box.height > sheet_.height)
      throw Failure(
          ErrorCode::bad_picture,
          fmt::format("Cell {} of {} does not lie in its picture.", cell.number, label_of(base)),
          "castboard library verify says more.");
  }
  for (const CompositePick& pick : request_.picks) take(pick);
  return store();
}

Version Composition::store() {
  const Version& base = version(request_.base);
  NewVersion made;
  made.activate = ActivatePolicy::never;
  Version& composite = made.version;
  composite.id = random_uuid();
  composite.character_id = base.character_id;
  composite.user_id = user_;
  composite.version_name =
      request_.version_name.empty() ? base.version_name : request_.version_name;
  composite.art_style = base.art_style;
  composite.template_type = base.template_type;
  composite.shot = base.shot;
  composite.aspect_ratio = base.aspect_ratio;
  composite.provider = kCompositeProvider;
  composite.character_snapshot = base.character_snapshot;
  composite.notes = notes_;
  composite.parent_ids.push_back(base.id);
  for (const CompositePick& pick : request_.picks)
    if (std::find(composite.parent_ids.begin(), composite.parent_ids.end(), pick.version_id) ==
        composite.parent_ids.end())
      composite.parent_ids.push_back(pick.version_id);
  composite.width = sheet_.width;
  composite.height = sheet_.height;
  composite.cells = cells_;

  PictureFiles& files = library_.files();
  const std::vector<std::uint8_t> png = encode_png(sheet_);
  composite.content_hash = PictureFiles::content_hash(png);
  composite.image_url = files.store_original(png, composite.content_hash, "png");
  files.store_cells(sheet_, composite.content_hash, composite.cells);
  composite.thumbnail_url = files.store_thumbnail(sheet_, composite.content_hash);
  return library_.write(
      [&](StoreWriter& writer) { return writer.add_version(made, JobOwner{}, false); });
}

}  // namespace

Version make_composite(Library& library, const CompositeRequest& request, const UserId& user) {
  return Composition(library, request, user).make();
}

Version maker_of_cell(StoreReader& reader, const Version& sheet, int cell, const UserId& user) {
  constexpr int kLongestChain = 100;
  Version maker = sheet;
  for (int step = 0; maker.provider == kCompositeProvider && step < kLongestChain; ++step) {
    const auto place = std::find_if(maker.cells.begin(), maker.cells.end(),
                                    [&](const Cell& each) { return each.number == cell; });
    std::optional<Version> from;
    if (place != maker.cells.end()) from = reader.version(place->source_version_id, user);
    if (!from)
      throw Failure(ErrorCode::not_found,
                    fmt::format("The version that cell {} of {} was taken from is gone.", cell,
                                label_of(sheet)),
                    "Generate that pose as a new picture.");
    cell = place->source_cell;
    maker = std::move(*from);
  }
  return maker;
}

namespace {

// The user's words of a reference as it was meant; what it was is not kept beside them.
Reference recalled_reference(const std::string& words, const Version& version) {
  if (words.empty()) return {};
  const auto& parents = version.parent_ids;
  if (std::find(parents.begin(), parents.end(), words) != parents.end())
    return {Reference::Kind::version, words};
  const bool web = words.rfind("http://", 0) == 0 || words.rfind("https://", 0) == 0;
  return {web ? Reference::Kind::url : Reference::Kind::file, words};
}

}  // namespace

GenerationRequest redo_request(const Version& sheet, int cell, const Version& maker,
                               const Catalogue& catalogue, bool new_seed) {
  const auto place = std::find_if(sheet.cells.begin(), sheet.cells.end(),
                                  [&](const Cell& each) { return each.number == cell; });
  if (place == sheet.cells.end())
    refuse(fmt::format("{} has no cell {}.", label_of(sheet), cell),
           "Cells 1 to 9 are those of an expression sheet.");
  GenerationRequest request;
  request.character_id = sheet.character_id;
  request.template_type = sheet.template_type;
  request.shot = place->pose;
  request.art_style = maker.art_style;
  request.aspect_ratio = maker.aspect_ratio;
  request.additional_description = maker.additional_description;
  request.character_reference = recalled_reference(maker.character_ref_url, maker);
  request.background_reference = recalled_reference(maker.background_ref_url, maker);
  request.provider = maker.provider;
  request.model = maker.model_used;
  if (!new_seed) request.seed = maker.seed;
  request.activate = ActivatePolicy::never;
  request.redo_of_version = sheet.id;
  request.redo_of_cell = cell;
  const Shot* shot = catalogue.find_shot(request.template_type, request.shot);
  request.version_name =
      fmt::format("{} of {} again", shot != nullptr ? shot->title : place->pose, label_of(sheet));
  return request;
}

}  // namespace castboard
