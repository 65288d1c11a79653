// Providers behind TLS with the studio's own certificate authority.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "support/certificates.h"
#include "support/provider_calls.h"

namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace castboard::testing;

namespace {

// Answers POST /make with a picture or its address, and GET /1.png with a picture.
class SecureServer {
 public:
  explicit SecureServer(const Authority::Issued& issued)
      : server_(issued.certificate.c_str(), issued.key.c_str()) {
    server_.set_keep_alive_max_count(1);
    const auto picture = [this](const httplib::Request& request, httplib::Response& reply) {
      ++asked;
      key_seen = key_seen || request.has_header("X-Key");
      const auto bytes = png();
      reply.set_content(std::string(bytes.begin(), bytes.end()), "image/png");
    };
    server_.Get("/1.png", picture);
    server_.Post("/make",
                 [this, picture](const httplib::Request& request, httplib::Response& reply) {
                   picture(request, reply);
                   if (!picture_url.empty())
                     reply.set_content(json{{"url", picture_url}}.dump(), "application/json");
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~SecureServer() {
    server_.stop();
    thread_.join();
  }

  [[nodiscard]] std::string url(const std::string& path = {}) const {
    return "https://localhost:" + std::to_string(port_) + path;
  }

  std::string picture_url;
  std::atomic<int> asked{0};
  std::atomic<bool> key_seen{false};

 private:
  httplib::SSLServer server_;
  int port_ = 0;
  std::thread thread_;
};

class Tls : public ::testing::Test {
 protected:
  CallOutcome call_at(const SecureServer& server, const json& more) {
    json descriptor = json::parse(R"({
      "castboard_provider": 1, "name": "studio", "title": "Studio", "credits": {"picture": 1},
      "auth": {"kind": "header", "header": "X-Key", "secret": "STUDIO_KEY"},
      "requests": {"text_to_image": {"path": "/make", "json": {"prompt": "{prompt}"}}},
      "reply": {"images": [{"url": "url"}]}, "download": {"private_hosts": ["localhost"]}})");
    descriptor["base_url"] = server.url();
    descriptor.update(more);
    files_.add("studio", descriptor.dump());
    const Configuration configuration = files_.load();
    for (const Error& warning : configuration.warnings) ADD_FAILURE() << warning.message;
    return call(*configuration.find_provider("studio"), sheet_request("studio"));
  }
  json trusting(const Authority& authority) const {
    // Named relative to the descriptor, as a studio would put them side by side.
    std::filesystem::create_directories(files_.directory() / "providers");
    std::filesystem::copy_file(authority.file(), files_.directory() / "providers" / "ca.pem",
                               std::filesystem::copy_options::overwrite_existing);
    return {{"ca_file", "ca.pem"}};
  }

  TemporaryDirectory directory_;
  DescribedProviders files_;
  Authority studio_{directory_.path()};
  Authority::Issued here_ = studio_.issue("here", "DNS:localhost,IP:127.0.0.1");
};

}  // namespace

TEST_F(Tls, with_the_studios_authority_the_picture_arrives) {
  const SecureServer server(here_);
  const CallOutcome outcome = call_at(server, trusting(studio_));
  ASSERT_TRUE(outcome.result) << outcome.error.message << outcome.error.detail;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_TRUE(server.key_seen);
}

TEST_F(Tls, without_it_nothing_is_sent_and_the_message_names_ca_file) {
  const SecureServer server(here_);
  const CallOutcome outcome = call_at(server, json::object());
  EXPECT_EQ(outcome.error.code, ErrorCode::network) << "nothing can have been billed";
  EXPECT_THAT(outcome.error.message, HasSubstr("The certificate of localhost"));
  EXPECT_THAT(outcome.error.hint, HasSubstr("ca_file"));
  EXPECT_EQ(server.asked, 0);
  EXPECT_FALSE(server.key_seen);
}

TEST_F(Tls, another_authority_than_the_one_named_is_not_believed) {
  const SecureServer server(here_);
  const Authority stranger(directory_.path(), "Somebody else");
  const CallOutcome outcome = call_at(server, trusting(stranger));
  EXPECT_EQ(outcome.error.code, ErrorCode::network);
  EXPECT_EQ(server.asked, 0);
}

TEST_F(Tls, a_certificate_for_another_host_is_refused_and_said_to_be_one) {
  const SecureServer server(studio_.issue("there", "DNS:paint.studio.lan"));
  const CallOutcome outcome = call_at(server, trusting(studio_));
  EXPECT_EQ(outcome.error.code, ErrorCode::network);
  EXPECT_THAT(outcome.error.message, HasSubstr("is not for localhost"));
  EXPECT_THAT(outcome.error.hint, HasSubstr("address"));
  EXPECT_EQ(server.asked, 0);
}

TEST_F(Tls, the_address_of_a_picture_is_verified_with_the_same_authority) {
  const SecureServer files(here_);
  SecureServer server(here_);
  server.picture_url = files.url("/1.png");
  const CallOutcome outcome = call_at(server, trusting(studio_));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(files.asked, 1);
  EXPECT_FALSE(files.key_seen) << "another origin";
}

TEST_F(Tls, a_picture_behind_a_certificate_that_is_not_good_is_not_fetched_and_not_given_up) {
  const Authority stranger(directory_.path(), "Somebody else");
  const SecureServer files(stranger.issue("files", "DNS:localhost"));
  SecureServer server(here_);
  server.picture_url = files.url("/1.png");
  const CallOutcome outcome = call_at(server, trusting(studio_));
  EXPECT_EQ(outcome.error.code, ErrorCode::network) << "it can be fetched later";
  EXPECT_THAT(outcome.error.message, HasSubstr("certificate of localhost"));
  EXPECT_THAT(outcome.error.detail, HasSubstr(server.picture_url));
  EXPECT_EQ(files.asked, 0);
  EXPECT_THAT(outcome.steps, ElementsAre("submitting", "downloading"));
}

}  // namespace castboard
