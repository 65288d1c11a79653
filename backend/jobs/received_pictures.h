#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "library/library.h"
#include "providers/provider.h"

namespace castboard {

// What a reply said beside its pictures, kept in the job's row so that another process can finish
// the job from the stored bytes.
std::string received_to_json(const ProviderResult& result, std::int64_t generation_time_ms);

// From the bytes of one output to a version ready for the store: sniffs, decodes fully, crops where
// the provider could not do the ratio, writes original, crop, cells and thumbnail (in this order;
// decision 4). `received` is received_to_json's text. Blocking; file pool; throws Failure.
NewVersion store_picture(Library& library, const Catalogue& catalogue, const Job& job,
                         const Character& character, std::span<const std::uint8_t> bytes,
                         int output_index, bool crops, const std::string& received);

// A warning when the picture is of another shape than was asked for; else empty.
std::string other_shape(const Catalogue& catalogue, const Version& version);

}  // namespace castboard
