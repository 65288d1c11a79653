#pragma once

#include <string>
#include <vector>

#include "castboard/model.h"

// Sheets put together from cells of several versions, and one cell made again.
namespace castboard {

// `provider` of versions put together here: no provider made them, and they cost nothing.
inline constexpr const char* kCompositeProvider = "composite";

// Where one cell of a composite comes from.
struct CompositePick {
  int cell = 0;  // 1..9 of the new sheet
  VersionId version_id = {};
  int source_cell = 0;  // of a sheet; 0: the same number, or all of a single picture

  bool operator==(const CompositePick&) const = default;
};

// The base with other cells in it. All versions are the same character's. The originals' pixels
// are put together and written once as PNG; only a cell of another size is scaled (the middle of
// its shape), and the new version's `notes` say so. The new version never becomes active by itself.
struct CompositeRequest {
  VersionId base = {};                    // a sheet
  std::vector<CompositePick> picks = {};  // at least one, each cell once
  std::string version_name = {};          // empty: the base's

  bool operator==(const CompositeRequest&) const = default;
};

// One cell of a sheet asked for again, as a picture of its own: the shot of its pose, with style,
// provider, references and seed of the version it came from. Generate `request` as any other; its
// result may then be taken into a composite.
struct RedoOffer {
  GenerationRequest request = {};
  GenerationQuote quote = {};
};

}  // namespace castboard
