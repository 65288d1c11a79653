#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "providers/descriptor.h"
#include "providers/http.h"
#include "providers/provider.h"

namespace castboard {

// A picture as an answer brings it: its bytes, or where they are.
struct ReceivedPicture {
  std::vector<std::uint8_t> bytes;
  std::string url;  // absolute, not yet asked; empty: `bytes` are there
};

struct ReadReply {
  std::vector<ReceivedPicture> pictures;
  ProviderResult result;  // all but the pictures
};

// The body as JSON; null when it is none.
nlohmann::json parse_body(const HttpResponse& response);

// Reads an answer without fault. Throws Failure: `provider` when there is no picture in it,
// `bad_picture` when what stands for one is none.
ReadReply read_reply(const Descriptor& descriptor, const HttpResponse& response,
                     const nlohmann::json& body);

// Throws Failure(bad_picture) saying what `bytes` are instead.
void require_picture(const Descriptor& descriptor, const std::vector<std::uint8_t>& bytes);

}  // namespace castboard
