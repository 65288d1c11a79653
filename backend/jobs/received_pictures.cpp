#include "jobs/received_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "imaging/imaging.h"
#include "imaging/sheet_split.h"
#include "os/processes.h"

namespace castboard {

namespace {

// A picture that is this close to the asked ratio is what was asked for.
constexpr double kRatioTolerance = 0.01;
// Providers round to what their models can do; more than that is another shape.
constexpr double kRoundedRatio = 0.05;

std::string character_snapshot(const Character& character) {
  nlohmann::ordered_json traits = nlohmann::ordered_json::object();
  for (const Trait& trait : character.traits) traits[trait.key] = trait.value;
  return nlohmann::ordered_json{
      {"name", character.name}, {"description", character.description}, {"traits", traits}}
      .dump();
}

// The box of the asked ratio in a picture that has another one, nullopt when it fits.
std::optional<PixelRect> needed_crop(const Image& image, const ImageSize& size) {
  const double asked = static_cast<double>(size.ratio_width) / size.ratio_height;
  const double real = static_cast<double>(image.width) / image.height;
  if (std::abs(real / asked - 1) <= kRatioTolerance) return std::nullopt;
  return centred_crop(image.width, image.height, size.ratio_width, size.ratio_height);
}

std::vector<Cell> cut_cells(const Image& image, const Catalogue& catalogue) {
  const std::vector<PixelRect> boxes = split_sheet(image).cells;
  const std::vector<std::string> poses = sheet_poses(catalogue);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    Cell cell;
    cell.number = static_cast<int>(i) + 1;
    cell.pose = i < poses.size() ? poses[i] : std::string();
    cell.box = boxes[i];
    cells.push_back(std::move(cell));
  }
  return cells;
}

void apply_received(const std::string& received, Version& version) {
  const nlohmann::json json = nlohmann::json::parse(received, nullptr, false);
  if (!json.is_object()) return;
  if (json.contains("seed")) version.seed = json["seed"].get<std::int64_t>();
  if (json.contains("credits")) version.credit_cost = json["credits"].get<std::int64_t>();
  version.model_used = json.value("model", version.model_used);
  version.provider_cost = json.value("cost", 0.0);
  version.provider_cost_unit = json.value("cost_unit", "");
  version.generation_time_ms = json.value("time_ms", std::int64_t{0});
}

}  // namespace

std::string received_to_json(const ProviderResult& result, std::int64_t generation_time_ms) {
  nlohmann::json json{{"model", result.model}, {"time_ms", generation_time_ms}};
  if (result.seed) json["seed"] = *result.seed;
  if (result.credit_cost) json["credits"] = *result.credit_cost;
  if (!result.provider_cost_unit.empty()) {
    json["cost"] = result.provider_cost;
    json["cost_unit"] = result.provider_cost_unit;
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

NewVersion store_picture(Library& library, const Catalogue& catalogue, const Job& job,
                         const Character& character, std::span<const std::uint8_t> bytes,
                         int output_index, bool crops, const std::string& received) {
  const GenerationRequest& asked = job.request;
  PictureFiles& files = library.files();
  const PictureHeader header = read_picture_header(bytes);
  Image image = decode_picture(bytes);

  NewVersion made;
  made.activate = asked.activate;
  Version& version = made.version;
  version.id = random_uuid();
  version.character_id = job.character_id;
  version.project_id = job.project_id;
  version.user_id = job.user_id;
  version.version_name = asked.version_name;
  version.art_style = asked.art_style;
  version.template_type = asked.template_type;
  version.shot = asked.shot;
  version.aspect_ratio = asked.aspect_ratio;
  version.prompt_used = job.prompt;
  version.character_ref_url = asked.character_reference.text;
  version.background_ref_url = asked.background_reference.text;
  version.character_ref_hash = job.character_ref_hash;
  version.background_ref_hash = job.background_ref_hash;
  version.additional_description = asked.additional_description;
  version.provider = asked.provider;
  version.model_used = asked.model;
  version.seed = asked.seed;
  version.credit_cost = job.credit_estimate;
  version.job_id = job.id;
  version.output_index = output_index;
  version.character_snapshot = character_snapshot(character);
  for (const Reference* reference : {&asked.character_reference, &asked.background_reference})
    if (reference->kind == Reference::Kind::version) version.parent_ids.push_back(reference->text);
  if (!asked.remix_of.empty()) version.parent_ids.push_back(asked.remix_of);
  version.redo_of_version = asked.redo_of_version;
  version.redo_of_cell = asked.redo_of_cell;
  if (!asked.redo_of_version.empty()) {
    version.parent_ids.push_back(asked.redo_of_version);
    made.activate = ActivatePolicy::never;
  }
  apply_received(received, version);

  version.content_hash = PictureFiles::content_hash(bytes);
  version.image_url =
      files.store_original(bytes, version.content_hash, extension_of(header.format));
  if (const ImageSize* size = catalogue.find_size(asked.aspect_ratio); size && crops) {
    if (const std::optional<PixelRect> box = needed_crop(image, *size)) {
      image = crop_picture(image, *box);
      version.original_url = version.image_url;
      version.crop = box;
      version.image_url = files.store_crop(image, version.content_hash);
    }
  }
  version.width = image.width;
  version.height = image.height;
  const Shot* shot = catalogue.find_shot(asked.template_type, asked.shot);
  // What is too small for nine pictures is kept as the one it is.
  if (shot && shot->cells == kCellsPerSheet && std::min(image.width, image.height) >= 3) {
    version.cells = cut_cells(image, catalogue);
    files.store_cells(image, version.content_hash, version.cells);
  }
  version.thumbnail_url = files.store_thumbnail(image, version.content_hash);
  return made;
}

std::string other_shape(const Catalogue& catalogue, const Version& version) {
  const ImageSize* size = catalogue.find_size(version.aspect_ratio);
  if (!size || version.width < 1 || version.height < 1) return {};
  const double asked = static_cast<double>(size->ratio_width) / size->ratio_height;
  const double real = static_cast<double>(version.width) / version.height;
  if (std::abs(real / asked - 1) <= kRoundedRatio) return {};
  return fmt::format("The provider was asked for {} and made {} x {}.", version.aspect_ratio,
                     version.width, version.height);
}

}  // namespace castboard
