#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "providers/descriptor.h"
#include "providers/http.h"
#include "providers/provider.h"
#include "providers/request_builder.h"
#include "providers/request_values.h"

namespace castboard {

// A picture as an answer brings it: its bytes, or where they are.
struct ReceivedPicture {
  std::vector<std::uint8_t> bytes;
  std::string url;  // absolute, not yet asked; empty: `bytes` are there
};

struct ReadReply {
  std::vector<ReceivedPicture> pictures;
  std::vector<std::string> problems;  // of pictures that are there but cannot be used
  std::size_t left_out = 0;           // pictures beyond the limits
};

// Takes what stands for a picture and is none.
using TakeUnusable = std::function<void(std::vector<std::uint8_t>)>;

// The body as JSON; null when it is none.
nlohmann::json parse_body(const HttpResponse& response);

// Adds what an answer says beside the pictures to `facts`; what it does not say stays as it is.
void read_facts(const RequestValues& values, const HttpResponse& response,
                const nlohmann::json& body, ProviderResult& facts);

// Reads the pictures of an answer without fault; relative places are below `access`'s base URL.
// Throws Failure: `provider` when there is no picture in it, `bad_picture` when what stands for one
// is none. One good picture among several is enough.
ReadReply read_pictures(const RequestValues& values, const Access& access,
                        const HttpResponse& response, const nlohmann::json& body,
                        const ReplyLimits& limits, const TakeUnusable& unusable);

// Whether bytes are something else than text. Of those that are no picture known here, some are one
// all the same.
bool is_binary(const std::vector<std::uint8_t>& bytes);

// Throws Failure(bad_picture) saying what `bytes` are instead.
void require_picture(const Descriptor& descriptor, const std::vector<std::uint8_t>& bytes);

}  // namespace castboard
