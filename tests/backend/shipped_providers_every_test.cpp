// What every shipped descriptor has to do, whatever its API: wait when it is told to, stop when it
// is cancelled, and say what a proxy's error page means. Their own contracts: shipped_providers_*.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "support/shipped_provider.h"

namespace castboard {

using nlohmann::json;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using namespace castboard::testing;

namespace {

class EveryShipped : public ::testing::TestWithParam<const char*> {
 protected:
  // The relight API begins with a subject; all others draw from text alone.
  [[nodiscard]] ProviderRequest request_of(const ShippedProvider& provider) const {
    return provider->info().max_character_references > 0 &&
                   GetParam() == std::string("stability_relight")
               ? provider.request_with_references()
               : provider.request();
  }
  // Nothing is asked beside the request that draws.
  [[nodiscard]] json quiet() const {
    const std::filesystem::path file =
        std::filesystem::path(CASTBOARD_ASSETS) / "providers" / (std::string(GetParam()) + ".json");
    const json descriptor = json::parse(std::ifstream(file));
    if (!descriptor.contains("progress")) return json::object();
    return json::parse(R"({"progress": {"interval_seconds": 60}})");
  }
};

TEST_P(EveryShipped, tells_a_rate_limit_as_one_and_bills_nothing) {
  const LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(429, R"({"error": {"message": "slow down"}})");
  });
  const ShippedProvider provider(server, GetParam(), {}, quiet());
  const CallOutcome outcome = call(*provider, request_of(provider));
  EXPECT_EQ(outcome.error.code, ErrorCode::rate_limited) << outcome.error.message;
  EXPECT_FALSE(outcome.result);
}

TEST_P(EveryShipped, stops_when_it_is_cancelled_while_its_server_is_silent) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  const ShippedProvider provider(server, GetParam(), {}, quiet());
  Cancellation cancel;
  auto running =
      std::async(std::launch::async, [&] { return call(*provider, request_of(provider), cancel); });
  server.wait_for_requests(1);
  cancel.cancel();
  EXPECT_EQ(running.get().error.code, ErrorCode::cancelled);
}

TEST_P(EveryShipped, reads_a_proxy_s_page_and_does_not_take_it_for_a_picture) {
  const LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(502, "text/html", "<html><title>502 Bad Gateway</title></html>");
  });
  const ShippedProvider provider(server, GetParam(), {}, quiet());
  const CallOutcome outcome = call(*provider, request_of(provider));
  EXPECT_THAT(outcome.error.code, AnyOf(ErrorCode::provider, ErrorCode::uncertain,
                                        ErrorCode::timed_out, ErrorCode::network));
  EXPECT_THAT(outcome.error.message, HasSubstr("502 Bad Gateway"));
}

INSTANTIATE_TEST_SUITE_P(Descriptors, EveryShipped,
                         ::testing::Values("openai", "comfyui", "a1111", "gemini", "stability",
                                           "sdcpp", "bfl", "localai", "stability_relight"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace castboard
