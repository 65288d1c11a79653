#include "sketch/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "castboard/sketch.h"
#include "imaging/imaging.h"
#include "sketch/generation.h"

namespace castboard::sketch {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr const char* kPath = "/api/generate/character-image";

std::span<const std::uint8_t> bytes(const std::string& text) {
  const void* const raw = text.data();
  return {static_cast<const std::uint8_t*>(raw), text.size()};
}

class SketchServerTest : public testing::Test {
 protected:
  // A quick request: pixel art is drawn small.
  static json request(const std::string& directives = {}) {
    return {{"characterId", "c1"},     {"projectId", "p1"},      {"characterName", "Mira Voss"},
            {"versionName", "Test"},   {"template", "portrait"}, {"shot", "headshot"},
            {"artStyle", "pixel_art"}, {"aspectRatio", "1:1"},   {"seed", 41},
            {"directives", directives}};
  }

  httplib::Client client() const {
    httplib::Client made(server.endpoint().base_url);
    made.set_bearer_token_auth(server.endpoint().token);
    made.set_read_timeout(30);
    return made;
  }

  httplib::Result post(const json& body) const {
    return client().Post(kPath, body.dump(), "application/json");
  }

  static std::string picture_of(const httplib::Result& result) {
    return decode_base64(json::parse(result->body)["image"].get<std::string>(), "image");
  }

  SketchServer server;
};

TEST_F(SketchServerTest, draws_a_picture_and_says_what_it_cost) {
  const auto result = post(request());
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 200);
  const json reply = json::parse(result->body);
  EXPECT_TRUE(reply["success"].get<bool>());
  EXPECT_EQ(reply["creditCost"], 0);
  EXPECT_EQ(reply["modelUsed"], "sketch-1");
  EXPECT_EQ(reply["seed"], 41);
  const std::string png = picture_of(result);
  const Image image = decode_picture(bytes(png));
  EXPECT_EQ(image.width, reply["width"]);
  EXPECT_EQ(image.height, reply["height"]);
  EXPECT_EQ(image.width, 1024);
}

TEST_F(SketchServerTest, answers_the_same_request_and_seed_with_the_same_bytes) {
  EXPECT_EQ(post(request())->body, post(request())->body);
  json other = request();
  other["seed"] = 42;
  EXPECT_NE(post(request())->body, post(other)->body);
}

TEST_F(SketchServerTest, makes_a_seed_from_the_request_where_there_is_none) {
  json body = request();
  body.erase("seed");
  const json first = json::parse(post(body)->body);
  EXPECT_EQ(first, json::parse(post(body)->body));
  body["seed"] = first["seed"];
  EXPECT_EQ(first["image"], json::parse(post(body)->body)["image"]);
  body.erase("seed");
  body["shot"] = "medium_shot";
  EXPECT_NE(first["seed"], json::parse(post(body)->body)["seed"]);
}

TEST_F(SketchServerTest, answers_with_plain_bytes_when_asked) {
  json body = request();
  const std::string expected = picture_of(post(body));
  body["reply"] = "bytes";
  const auto result = post(body);
  EXPECT_EQ(result->get_header_value("Content-Type"), "image/png");
  EXPECT_EQ(result->get_header_value("Castboard-Seed"), "41");
  EXPECT_EQ(result->body, expected);
}

TEST_F(SketchServerTest, answers_with_a_url_when_asked) {
  json body = request();
  const std::string expected = picture_of(post(body));
  body["reply"] = "url";
  const std::string url = json::parse(post(body)->body)["imageUrl"];
  const std::string base = server.endpoint().base_url;
  ASSERT_TRUE(url.starts_with(base));
  httplib::Client anyone(base);
  EXPECT_EQ(anyone.Get(url.substr(base.size()))->body, expected);
  EXPECT_EQ(anyone.Get("/pictures/00.png")->status, 404);
}

TEST_F(SketchServerTest, takes_forms_with_uploaded_references) {
  Image red{.width = 4, .height = 4, .pixels = {}};
  for (int i = 0; i < 16; ++i) red.pixels.insert(red.pixels.end(), {255, 0, 0, 255});
  const std::vector<std::uint8_t> png = encode_png(red);
  json body = request();
  body.erase("directives");
  const httplib::MultipartFormDataItems form = {
      {"request", body.dump(), "", "application/json"},
      {"characterRef", std::string(png.begin(), png.end()), "a.png", "image/png"},
      {"backgroundRef", std::string(png.begin(), png.end()), "b.png", "image/png"}};
  const auto result = client().Post(kPath, form);
  ASSERT_EQ(result->status, 200);
  const std::string drawn = picture_of(result);
  const Image image = decode_picture(bytes(drawn));
  EXPECT_GT(image.pixels[0], 180);
  EXPECT_LT(image.pixels[1], 60);
  // The same picture as base64 in JSON draws the same.
  body["backgroundRef"] = encode_base64(std::string(png.begin(), png.end()));
  EXPECT_EQ(picture_of(post(body)), drawn);
}

TEST_F(SketchServerTest, wants_its_token) {
  httplib::Client stranger(server.endpoint().base_url);
  const auto refused = stranger.Post(kPath, request().dump(), "application/json");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 401);
  EXPECT_EQ(json::parse(refused->body)["error"]["code"], "unauthorized");
  stranger.set_bearer_token_auth(server.endpoint().token + "0");
  EXPECT_EQ(stranger.Post(kPath, request().dump(), "application/json")->status, 401);
  EXPECT_EQ(stranger.Get("/health")->status, 200);
}

TEST_F(SketchServerTest, says_which_field_of_a_bad_request_is_wrong) {
  const auto message = [&](const std::string& body) {
    const auto result = client().Post(kPath, body, "application/json");
    EXPECT_EQ(result->status, 400);
    const json reply = json::parse(result->body);
    EXPECT_FALSE(reply["success"].get<bool>());
    return reply["error"]["message"].get<std::string>();
  };
  EXPECT_THAT(message("{"), HasSubstr("JSON"));
  EXPECT_THAT(message(R"({"seed":"x"})"), HasSubstr("'seed'"));
  EXPECT_THAT(message(R"({"characterName":3})"), HasSubstr("'characterName'"));
  EXPECT_THAT(message(R"({"reply":"fax"})"), HasSubstr("'reply'"));
  EXPECT_THAT(message(R"({"backgroundRef":"*"})"), HasSubstr("'backgroundRef'"));
  EXPECT_THAT(message(R"({"directives":"sloow"})"), HasSubstr("'sloow'"));
  EXPECT_EQ(client().Get("/nowhere")->status, 404);
}

TEST_F(SketchServerTest, limits_the_first_requests_of_a_directive) {
  for (int i = 0; i < 2; ++i) {
    const auto limited = post(request("429=2"));
    EXPECT_EQ(limited->status, 429);
    EXPECT_EQ(limited->get_header_value("Retry-After"), "1");
    EXPECT_EQ(json::parse(limited->body)["error"]["code"], "rate_limited");
  }
  EXPECT_EQ(post(request("429=2"))->status, 200);
  EXPECT_EQ(post(request("429=2 id=other"))->status, 429);
}

TEST_F(SketchServerTest, fails_once_or_always) {
  EXPECT_EQ(post(request("500=1"))->status, 500);
  EXPECT_EQ(post(request("500=1"))->status, 200);
  EXPECT_EQ(post(request("500"))->status, 500);
  EXPECT_EQ(post(request("500"))->status, 500);
}

TEST_F(SketchServerTest, refuses_content) {
  const auto result = post(request("refuse"));
  EXPECT_EQ(result->status, 400);
  EXPECT_EQ(json::parse(result->body)["error"]["code"], "content_refused");
}

TEST_F(SketchServerTest, follows_directives_in_the_description_and_does_not_draw_them) {
  json body = request();
  body["additionalDescription"] = "smiling [sketch:500=1]";
  EXPECT_EQ(post(body)->status, 500);
  EXPECT_EQ(post(body)->status, 200);
}

TEST_F(SketchServerTest, answers_with_a_gateways_page) {
  const auto result = post(request("html_error"));
  EXPECT_EQ(result->status, 502);
  EXPECT_THAT(result->get_header_value("Content-Type"), HasSubstr("text/html"));
}

TEST_F(SketchServerTest, sends_what_is_no_picture) {
  EXPECT_EQ(sniff_format(bytes(picture_of(post(request("not_image"))))), std::nullopt);
  json body = request("wrong_format");
  body["reply"] = "bytes";
  const auto wrong = post(body);
  EXPECT_EQ(wrong->get_header_value("Content-Type"), "image/png");
  EXPECT_EQ(sniff_format(bytes(wrong->body)), PictureFormat::jpeg);
}

TEST_F(SketchServerTest, claims_a_picture_too_large_to_decode) {
  const std::string png = picture_of(post(request("huge")));
  EXPECT_EQ(sniff_format(bytes(png)), PictureFormat::png);
  EXPECT_THROW(static_cast<void>(decode_picture(bytes(png))), Failure);
}

TEST_F(SketchServerTest, breaks_off_in_the_middle_of_a_body) {
  for (const char* form : {"base64", "bytes", "url"}) {
    json body = request("truncated");
    body["reply"] = form;
    EXPECT_FALSE(post(body)) << form;
  }
  EXPECT_EQ(post(request())->status, 200);
}

TEST_F(SketchServerTest, waits_before_the_first_byte_and_between_bytes) {
  const auto start = std::chrono::steady_clock::now();
  const std::string whole = picture_of(post(request()));
  EXPECT_EQ(picture_of(post(request("slow=120"))), whole);
  EXPECT_EQ(picture_of(post(request("drip=120"))), whole);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 240ms);
}

TEST_F(SketchServerTest, frees_its_threads_when_clients_of_hanging_requests_leave) {
  for (int round = 0; round < 2; ++round) {
    std::vector<std::thread> waiting;
    for (int i = 0; i < 10; ++i) {
      waiting.emplace_back([&] {
        httplib::Client impatient = client();
        impatient.set_read_timeout(0, 100'000);
        EXPECT_FALSE(impatient.Post(kPath, request("hang").dump(), "application/json"));
      });
    }
    for (std::thread& thread : waiting) thread.join();
  }
  EXPECT_EQ(post(request())->status, 200);
}

// Both would take minutes if the destructor waited for the requests.
TEST(SketchServer, stops_while_requests_hang_and_drip) {
  auto server = std::make_unique<SketchServer>();
  const LocalEndpoint endpoint = server->endpoint();
  const auto ask = [&](const char* body, const std::function<void()>& arrived) {
    httplib::Client client(endpoint.base_url);
    client.set_bearer_token_auth(endpoint.token);
    client.set_read_timeout(300);
    httplib::Request request;
    request.method = "POST";
    request.path = kPath;
    request.body = body;
    request.content_receiver = [&](const char*, std::size_t, std::uint64_t, std::uint64_t) {
      arrived();
      return true;
    };
    EXPECT_FALSE(client.send(request));
  };
  std::promise<void> dripping;
  std::once_flag once;
  std::thread hanging([&] { ask(R"({"directives":"hang"})", [] {}); });
  std::thread slow([&] {
    ask(R"({"directives":"drip=300000","artStyle":"pixel_art"})",
        [&] { std::call_once(once, [&] { dripping.set_value(); }); });
  });
  dripping.get_future().wait();
  server.reset();
  hanging.join();
  slow.join();
}

TEST(SketchProvider, starts_one_server_when_first_needed_and_keeps_it) {
  LocalProvider provider = sketch_provider();
  EXPECT_EQ(provider.name, "sketch");
  std::vector<std::future<LocalEndpoint>> starts;
  for (int i = 0; i < 4; ++i) {
    starts.push_back(std::async(std::launch::async, [&] { return provider.start(); }));
  }
  const LocalEndpoint first = provider.start();
  for (auto& start : starts) EXPECT_EQ(start.get().base_url, first.base_url);
  auto copy = provider.start;
  provider.start = nullptr;
  EXPECT_EQ(httplib::Client(first.base_url).Get("/health")->status, 200);
  copy = nullptr;
  EXPECT_FALSE(httplib::Client(first.base_url).Get("/health"));
}

}  // namespace
}  // namespace castboard::sketch
