#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/provider_at.h"

// The limits of time and size that a descriptor or the engine sets.
namespace castboard {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace castboard::testing;

TEST(ProviderLimits, end_the_call_when_the_provider_wishes_for_a_longer_delay) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(429, "text/plain", "later", "Retry-After: 2\r\n");
  });
  const json impatient =
      json::parse(R"({"retry": {"longest_delay_seconds": 1, "first_delay_seconds": 0.001}})");
  const CallOutcome outcome = call(*ProviderAt(server, impatient), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::rate_limited);
  EXPECT_EQ(outcome.error.retry_after, std::chrono::seconds(2)) << "the queue may wait for it";
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(ProviderLimits, end_the_call_when_no_first_byte_comes_in_the_descriptor_s_time) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  const json hasty = json::parse(R"({"limits": {"first_byte_seconds": 0.03}})");
  const CallOutcome outcome = call(*ProviderAt(server, hasty), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::uncertain);
  EXPECT_THAT(outcome.error.message, HasSubstr("sent nothing within 30 ms"));
}

TEST(ProviderLimits, keep_a_seed_that_no_version_can_have_out_of_the_record) {
  std::string seed;
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(
        200, R"({"seed": )" + seed + R"(, "data": [{"b64": ")" + encode_base64(png()) + "\"}]}");
  });
  const ProviderAt provider(server);
  const auto read = [&](const std::string& answered) {
    seed = answered;
    ProviderRequest request = sheet_request("studio");
    request.asked.seed = 5;
    return call(*provider, request).result.value().seed;
  };
  EXPECT_EQ(read("18446744073709551615"), 5) << "and not -1";
  EXPECT_EQ(read("\"18446744073709551615\""), 5);
  EXPECT_EQ(read("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(read("\"9223372036854775807\""), INT64_MAX);
}

}  // namespace castboard
