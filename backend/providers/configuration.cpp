#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "castboard/result.h"
#include "catalogue/presets.h"
#include "catalogue/read_catalogue.h"
#include "providers/described_provider.h"
#include "providers/provider.h"

namespace castboard {

namespace {

std::vector<ConfigurationLayer> layers_of(const std::string& assets,
                                          const std::vector<std::string>& studio,
                                          const std::string& user, const std::string& library) {
  std::vector<ConfigurationLayer> layers{{.name = "built-in", .directory = assets}};
  for (const std::string& directory : studio)
    layers.push_back({.name = "studio", .directory = directory});
  if (!user.empty()) layers.push_back({.name = "user", .directory = user});
  if (!library.empty())
    layers.push_back({.name = "library", .directory = library, .trusted = false});
  return layers;
}

// The descriptors of all layers; a later file of the same name stands in for an earlier one.
struct LayeredDescriptor {
  Descriptor descriptor;
  std::string layer;
};

void read_descriptors(const ConfigurationLayer& layer, std::vector<LayeredDescriptor>& found,
                      std::vector<Error>& warnings) {
  const auto find = [&](const std::string& name) -> std::optional<std::filesystem::path> {
    for (const LayeredDescriptor& other : found)
      if (other.descriptor.name == name) return other.descriptor.file;
    return std::nullopt;
  };
  for (const auto& file : json_files(layer.directory / "providers")) {
    try {
      LayeredDescriptor read{.descriptor = read_descriptor(file, find), .layer = layer.name};
      std::erase_if(found, [&](const LayeredDescriptor& other) {
        return other.descriptor.name == read.descriptor.name;
      });
      found.push_back(std::move(read));
    } catch (const Failure& failure) {
      warnings.push_back(failure.error());
    }
  }
}

}  // namespace

const Provider* Configuration::find_provider(std::string_view name) const {
  const auto found = std::find_if(providers.begin(), providers.end(), [&](const auto& provider) {
    return provider->info().name == name;
  });
  return found == providers.end() ? nullptr : found->get();
}

Configuration load_configuration(const std::string& assets_directory,
                                 const std::vector<std::string>& studio_directories,
                                 const std::string& user_directory,
                                 const std::string& library_directory,
                                 const ProviderContext& context) {
  Configuration configuration;
  std::vector<LayeredDescriptor> descriptors;
  configuration.layers =
      layers_of(assets_directory, studio_directories, user_directory, library_directory);
  for (const ConfigurationLayer& layer : configuration.layers) {
    read_catalogue_layer(layer, configuration.catalogue, configuration.warnings);
    if (layer.trusted) read_descriptors(layer, descriptors, configuration.warnings);
    const Catalogue& catalogue = configuration.catalogue;
    if (layer.name == "built-in" &&
        (catalogue.templates.empty() || catalogue.styles.empty() || catalogue.sizes.empty()))
      throw Failure(ErrorCode::configuration,
                    fmt::format("There are no templates, styles and sizes in {}.",
                                assets_directory.empty() ? "(no directory)" : assets_directory),
                    "Install Castboard again, or name its assets directory.",
                    configuration.warnings.empty() ? "" : configuration.warnings[0].message);
  }
  const std::vector<Error> bad_presets = read_presets(configuration.layers).warnings;
  configuration.warnings.insert(configuration.warnings.end(), bad_presets.begin(),
                                bad_presets.end());
  std::sort(descriptors.begin(), descriptors.end(),
            [](const auto& a, const auto& b) { return a.descriptor.name < b.descriptor.name; });
  for (LayeredDescriptor& read : descriptors) {
    auto provider = std::make_shared<const DescribedProvider>(
        std::move(read.descriptor), read.layer, context, configuration.catalogue.sizes);
    configuration.catalogue.providers.push_back(provider->info());
    configuration.providers.push_back(std::move(provider));
  }
  Catalogue& catalogue = configuration.catalogue;
  if (!catalogue.find_provider(catalogue.default_provider) && !catalogue.providers.empty())
    catalogue.default_provider = catalogue.providers.front().name;
  return configuration;
}

}  // namespace castboard
