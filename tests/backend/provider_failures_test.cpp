#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "imaging/imaging.h"
#include "providers/base64.h"
#include "providers/descriptor.h"
#include "providers/reference_fitting.h"
#include "support/provider_at.h"

// What users reported of other tools, one test each: what happens, what it costs, what is said.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

std::vector<std::string> shipped_names() {
  return {"a1111",  "bfl",   "castboard", "comfyui",   "gemini",           "localai",
          "openai", "sdcpp", "sketch",    "stability", "stability_relight"};
}

Descriptor shipped(const std::string& name) {
  return read_descriptor(std::string(CASTBOARD_ASSETS) + "/providers/" + name + ".json");
}

CallOutcome call_answering(int status, const std::string& body, const json& more = json::object(),
                           const std::string& headers = {}) {
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(status, "", body, headers);
  });
  return call(*ProviderAt(server, more), sheet_request("studio"));
}

}  // namespace

// 1
TEST(Failures, every_provider_may_take_ten_minutes) {
  for (const std::string& name : shipped_names())
    EXPECT_GE(shipped(name).time_limit(1, 1), std::chrono::minutes(10)) << name;
}

TEST(Failures, time_grows_with_cells_and_pixels) {
  Descriptor descriptor;
  descriptor.total_limit = {.base = std::chrono::seconds(100),
                            .cell = std::chrono::seconds(10),
                            .megapixel = std::chrono::seconds(5)};
  EXPECT_EQ(descriptor.time_limit(9, 2), std::chrono::seconds(200));
}

TEST(Failures, a_gateway_that_gives_up_after_100_seconds_leaves_the_job_uncertain) {
  const CallOutcome outcome = call_answering(
      524, "<!DOCTYPE html><html><title>studio | 524: A timeout occurred</title></html>");
  EXPECT_EQ(outcome.error.code, ErrorCode::uncertain);
  EXPECT_THAT(outcome.error.message, HasSubstr("524: A timeout occurred"));
  EXPECT_THAT(outcome.error.message, HasSubstr("may still finish and bill"));
}

// 2
TEST(Failures, a_jpeg_that_calls_itself_png_is_taken_as_the_jpeg_it_is) {
  const auto jpeg = encode_jpeg(drawing(8, 8, 2), 80);
  const CallOutcome outcome =
      call_answering(200, as_string(jpeg), json::object(), "Content-Type: image/png\r\n");
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(sniff_format(outcome.result->pictures.at(0)), PictureFormat::jpeg);
}

// 3, 4
TEST(Failures, file_parts_have_their_real_type_and_the_name_the_descriptor_gives_them) {
  for (const char* name : {"image", "image[]", "ref_{ref.number}"}) {
    LoopbackServer server(answer_picture);
    json image_to_image{{"path", "/edit"},
                        {"multipart", {{{"name", name}, {"files", "references"}}}}};
    const ProviderAt provider(server,
                              {{"references", {{"character", 1}, {"background", 1}}},
                               {"requests",
                                {{"text_to_image", {{"path", "/make"}, {"json", json::object()}}},
                                 {"image_to_image", image_to_image}}}});
    ProviderRequest request = sheet_request("studio");
    add_references(request);
    ASSERT_TRUE(call(*provider, request).result);
    const auto parts = server.requests().at(0).parts();
    ASSERT_THAT(parts, SizeIs(2));
    const bool numbered = std::string(name).back() == '}';
    EXPECT_EQ(parts[0].name, numbered ? "ref_1" : name);
    EXPECT_EQ(parts[1].name, numbered ? "ref_2" : name);
    EXPECT_EQ(parts[0].content_type, "image/png");
    EXPECT_EQ(parts[1].content_type, "image/jpeg");
  }
}

// 5
TEST(Failures, a_refusal_is_never_tried_again_also_not_after_the_full_wait) {
  const json rules = json::parse(R"({"errors": [
    {"status": ["2xx", "4xx"], "path": "state", "equals": "moderated", "class": "refused"},
    {"status": 429, "class": "rate_limited", "retry": true}]})");
  std::atomic<int> asked{0};
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    ++asked;
    if (request.target == "/make") return connection.respond_json(200, R"({"id": "j1"})");
    connection.respond_json(200, R"({"state": "moderated"})");
  });
  const CallOutcome late = call(*ProviderAt(server, polled() | rules), sheet_request("studio"));
  EXPECT_EQ(late.error.code, ErrorCode::refused);
  EXPECT_THAT(late.error.hint, HasSubstr("not tried again"));
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(call_answering(400, R"({"state": "moderated"})", rules).error.code, ErrorCode::refused);
}

// 6
TEST(Failures, an_answer_without_a_picture_says_what_it_has_instead) {
  EXPECT_THAT(call_answering(200, R"({"data": []})").error.message, HasSubstr("without a picture"));
  EXPECT_THAT(call_answering(200, R"({"data": null})").error.message,
              HasSubstr("without a picture"));
  EXPECT_THAT(call_answering(200, R"({"message": "come back tomorrow"})").error.message,
              HasSubstr("come back tomorrow"));
  EXPECT_THAT(call_answering(200, "").error.message, HasSubstr("no bytes"));
  EXPECT_THAT(call_answering(200, "GIF89a...").error.message, HasSubstr("a GIF"));
}

// 8
namespace {

CallOutcome call_with_picture_at(const std::function<bool(LoopbackConnection&)>& misbehaves,
                                 const json& download, int* fetched = nullptr) {
  std::atomic<int> count{0};
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make") return connection.respond_json(200, R"({"url": "/1.png"})");
    ++count;
    if (!misbehaves(connection)) answer_picture(request, connection);
  });
  const CallOutcome outcome =
      call(*ProviderAt(server, {{"download", download}}), sheet_request("studio"));
  if (fetched) *fetched = count;
  return outcome;
}

}  // namespace

TEST(Failures, a_picture_is_fetched_again_until_it_is_there) {
  std::atomic<int> tries{0};
  const CallOutcome outcome = call_with_picture_at(
      [&](LoopbackConnection& connection) {
        switch (tries++) {
          case 0:
            connection.respond(503, "text/plain", "soon");
            return true;
          case 1:  // cut off half-way
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n\x89PNG");
            connection.reset();
            return true;
          default:
            return false;
        }
      },
      {{"expires_seconds", 600}});
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(tries, 3);
}

TEST(Failures, a_picture_that_cannot_be_fetched_now_waits_at_the_provider) {
  const CallOutcome outcome = call_with_picture_at(
      [](LoopbackConnection& connection) {
        connection.respond(503, "text/plain", "not now");
        return true;
      },
      json::object());
  EXPECT_EQ(outcome.error.code, ErrorCode::network);
  EXPECT_THAT(outcome.error.message, HasSubstr("made the picture"));
  EXPECT_THAT(outcome.error.hint, HasSubstr("check again"));
  EXPECT_THAT(outcome.remote.continuation, HasSubstr("/1.png"));
}

TEST(Failures, a_picture_whose_address_has_expired_is_lost_and_says_so) {
  const CallOutcome outcome = call_with_picture_at(
      [](LoopbackConnection& connection) {
        connection.respond(503, "text/plain", "not now");
        return true;
      },
      {{"expires_seconds", 0.001}});
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("expired"));
  EXPECT_THAT(outcome.error.hint, HasSubstr("same seed"));
}

// 11
TEST(Failures, base64_of_any_habit_is_read_and_damaged_base64_is_none) {
  const std::string text = encode_base64(png());
  std::string broken = text;
  for (std::size_t at = 76; at < broken.size(); at += 78) broken.insert(at, "\r\n");
  std::string bare = text;
  while (bare.back() == '=') bare.pop_back();
  for (const std::string& habit : {text, broken, bare, "data:image/png;base64," + text}) {
    const CallOutcome outcome = call_answering(200, json{{"data", {{{"b64", habit}}}}}.dump());
    ASSERT_TRUE(outcome.result) << habit.substr(0, 30) << outcome.error.message;
    EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  }
  const CallOutcome data_url =
      call_answering(200, json{{"url", "data:image/png;base64," + text}}.dump());
  EXPECT_TRUE(data_url.result) << data_url.error.message;
  EXPECT_EQ(call_answering(200, json{{"data", {{{"b64", "%%" + text}}}}}.dump()).error.code,
            ErrorCode::bad_picture);
}

TEST(Failures, an_answer_that_is_cut_off_is_uncertain_when_it_was_paid_for) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.send(
        "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n{\"data\": [{\"b64\": \"iVBOR");
    connection.reset();
  });
  EXPECT_EQ(call(*ProviderAt(server), sheet_request("studio")).error.code, ErrorCode::uncertain);
  EXPECT_THAT(server.requests(), SizeIs(1));
}

// 13
TEST(Failures, a_reference_that_is_too_large_or_of_another_kind_is_made_to_fit) {
  ProviderRequest request = sheet_request("studio");
  request.character_references = {
      {encode_png(drawing(400, 200, 1)), PictureFormat::png, "http://u"}};
  ReferenceLimits limits;
  const auto fitted = [&] {
    return fit_references(request, limits, "Studio").character_references.at(0);
  };
  EXPECT_EQ(fitted().bytes, request.character_references[0].bytes);
  limits.max_side = 100;
  PictureHeader header = read_picture_header(fitted().bytes);
  EXPECT_EQ(header.width, 100);
  EXPECT_EQ(header.height, 50);
  EXPECT_EQ(fitted().url, "http://u");
  limits.max_side = 0;
  limits.max_pixels = 20'000;
  header = read_picture_header(fitted().bytes);
  EXPECT_LE(header.width * header.height, 20'000);
  EXPECT_EQ(header.width, 2 * header.height);
  limits.max_pixels = 0;
  limits.formats = {PictureFormat::jpeg};
  EXPECT_EQ(fitted().format, PictureFormat::jpeg);
  EXPECT_EQ(sniff_format(fitted().bytes), PictureFormat::jpeg);
  limits.formats = {PictureFormat::png, PictureFormat::jpeg};
  limits.max_bytes = request.character_references[0].bytes.size() / 2;
  EXPECT_LE(fitted().bytes.size(), limits.max_bytes);
  limits.max_bytes = 10;
  EXPECT_THROW((void)fitted(), Failure);
}

TEST(Failures, a_reference_by_url_only_needs_one) {
  ProviderRequest request = sheet_request("studio");
  request.character_references = {{png(), PictureFormat::png, {}}};
  const ReferenceLimits limits{.url_only = true};
  EXPECT_THROW((void)fit_references(request, limits, "Studio"), Failure);
  request.character_references[0].url = "https://pictures.example/mira.png";
  EXPECT_NO_THROW((void)fit_references(request, limits, "Studio"));
}

// 17
TEST(Failures, unsafe_addresses_of_pictures_are_not_asked) {
  LoopbackServer inner(answer_picture);
  LoopbackServer redirecting([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/loop") return connection.redirect(302, "/loop");
    connection.redirect(302, inner.url("localhost", "/secret"));
  });
  for (const std::string& url :
       {inner.url("localhost", "/"), std::string("file:///etc/passwd"),
        std::string("http://169.254.169.254/latest"), redirecting.url("/to-private"),
        redirecting.url("/loop"), std::string("gopher://inner/")}) {
    LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
      if (request.target == "/make") return connection.respond_json(200, json{{"url", url}}.dump());
      connection.redirect(302, url);
    });
    const Error error = call(*ProviderAt(server), sheet_request("studio")).error;
    EXPECT_TRUE(error.code == ErrorCode::provider || error.code == ErrorCode::network)
        << url << " " << error.message;
    EXPECT_THAT(error.message, Not(HasSubstr("sesame")));
  }
  EXPECT_THAT(inner.requests(), IsEmpty());
}

// 18
TEST(Failures, errors_of_any_shape_are_read) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"error": "job queue is full"})", "job queue is full"},
      {R"({"error": {"message": "bad", "param": "", "code": null}})", "bad"},
      {R"({"error": "server_error", "message": "no memory"})", "no memory"},
      {R"({"detail": [{"loc": ["body", "width"], "msg": "multiple of 16"}]})",
       "width: multiple of 16"},
      {R"({"detail": "Not enough"})", "Not enough"},
      {R"({"errors": ["some-field: is required", "and another"]})", "is required; and another"},
      {"<html><body><h1>503 Over capacity</h1></body></html>", "503 Over capacity"},
      {"just words", "just words"},
      {"", "400 Bad Request"},
      {"{\"error\": ", "\"error\""},
      {"[]", "400 Bad Request"},
  };
  for (const auto& [body, words] : cases) {
    const Error error = call_answering(400, body).error;
    EXPECT_EQ(error.code, ErrorCode::invalid_input) << body;
    EXPECT_THAT(error.message, HasSubstr(words));
  }
}

// 19
TEST(Failures, an_answer_that_came_before_the_cancel_was_heard_is_kept) {
  Cancellation cancel;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    answer_picture(request, connection);
  });
  StepRecorder observer;
  const ProviderAt provider(server);
  EXPECT_THAT(provider->generate(sheet_request("studio"), observer, cancel).pictures, SizeIs(1));
  cancel.cancel();
  EXPECT_THROW((void)provider->generate(sheet_request("studio"), observer, cancel), Failure);
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(Failures, a_cancel_the_provider_cannot_confirm_is_told_as_such) {
  std::atomic<int> status{200};
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(status, R"({"cancelled": true})");
  });
  const json cancels = json::parse(R"({"cancel": {"method": "DELETE", "path": "/jobs/{job_id}",
    "confirmed": {"status": 200, "path": "cancelled", "equals": true}}})");
  const ProviderAt provider(server, polled() | cancels);
  Cancellation cancel;
  EXPECT_TRUE(provider->cancel_remote({.id = "j 1", .continuation = {}}, cancel));
  EXPECT_EQ(server.requests().at(0).method, "DELETE");
  EXPECT_EQ(server.requests().at(0).target, "/jobs/j%201");
  status = 409;
  EXPECT_FALSE(provider->cancel_remote({.id = "j1", .continuation = {}}, cancel));
  EXPECT_FALSE(provider->cancel_remote({}, cancel));  // knows no job
  EXPECT_THAT(server.requests(), SizeIs(2));
}

// 20
TEST(Failures, one_bad_picture_does_not_take_the_others_with_it) {
  const CallOutcome outcome = call_answering(200, json{{"data",
                                                        {{{"b64", encode_base64(png(1))}},
                                                         {{"b64", "AAAA"}},
                                                         {{"b64", nullptr}},
                                                         {{"b64", encode_base64(png(2))}}}}}
                                                      .dump());
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png(1), png(2)));
  EXPECT_THAT(outcome.result->problems, SizeIs(1));
}

// 21, 22
TEST(Failures, every_shipped_request_names_its_model_and_sends_no_null_and_no_gap) {
  const ProviderContext context = context_with_key();
  const Configuration configuration = DescribedProviders().load(context);
  for (const std::string& name : shipped_names()) {
    const Provider& provider = *configuration.find_provider(name);
    if (!provider.info().usable) continue;
    for (const bool references : {false, true}) {
      ProviderRequest request = sheet_request(name);
      if (references) add_references(request);
      const ReferenceLimits limits = shipped(name).reference_limits(provider.info().default_model);
      if (references ? limits.character == 0 : limits.needed != ReferenceLimits::Needed::none)
        continue;
      const std::string text = provider.preview(request);
      EXPECT_THAT(text, Not(HasSubstr("null"))) << name;
      EXPECT_THAT(text, Not(::testing::ContainsRegex("[{][a-z_.]+[}]"))) << name;
      const bool one_model = provider.info().models.size() < 2;
      const bool names_model = text.find(provider.info().default_model) != std::string::npos;
      EXPECT_TRUE(one_model || names_model) << name << text;
    }
  }
}

}  // namespace castboard
