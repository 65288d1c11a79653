// What users of other tools reported to have gone wrong with requests and pictures themselves, each
// through a whole Session; the table of all cases is in reported_failures_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "library/picture_files.h"
#include "providers/base64.h"
#include "support/studio.h"

namespace castboard {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using namespace castboard::testing;

namespace {

std::vector<std::uint8_t> jpeg(int width = 12, int height = 8) {
  return encode_jpeg(drawing(width, height, 3), 85);
}

std::string text_of(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

// Answers every request with this.
LoopbackServer::Handler answer(int status, const std::string& type, const std::string& body,
                               const std::string& headers = {}) {
  return [=](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(status, type, body, headers);
  };
}

json base64_reply(const std::vector<std::string>& pictures) {
  json reply;
  for (const std::string& picture : pictures) reply["data"].push_back({{"b64", picture}});
  return reply;
}

// References go to /edit as files named `part`.
json with_files(const std::string& part) {
  json changes = json::parse(R"({"references": {"character": 1}, "requests": {"image_to_image": {
      "path": "/edit", "multipart": [{"name": "prompt", "value": "{prompt}"}, {}]}}})");
  changes["requests"]["image_to_image"]["multipart"][1] = {{"name", part}, {"files", "references"}};
  return changes;
}

// Takes files by one name only, and only with the type of a picture.
LoopbackServer::Handler strict_about_files(const std::string& name) {
  return [name](const LoopbackRequest& request, LoopbackConnection& connection) {
    const auto parts = request.parts();
    const bool known = std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
      return part.name == "prompt" || part.name == name;
    });
    if (!known) return connection.respond_json(400, R"({"error": "Unknown parameter: 'image'"})");
    const bool typed = std::all_of(parts.begin(), parts.end(), [](const auto& part) {
      return part.file_name.empty() || part.content_type.rfind("image/", 0) == 0;
    });
    if (!typed) return connection.respond_json(400, R"({"error": "unsupported mimetype"})");
    send_picture(connection);
  };
}

}  // namespace

TEST(ReportedPictureFailures, a_jpeg_that_calls_itself_png_is_kept_as_the_jpeg_it_is) {
  const LoopbackServer server(answer(200, "image/png", text_of(jpeg())));
  Studio studio(server);
  const JobOutcome outcome = studio.generate();
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_THAT(outcome.versions.at(0).image_url, EndsWith(".jpg"));
  EXPECT_EQ(studio.original(outcome.versions[0]), text_of(jpeg())) << "not a byte is changed";
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedPictureFailures, references_arrive_as_pictures_under_the_name_each_provider_wants) {
  for (const char* name : {"image[]", "image"}) {
    const LoopbackServer server(strict_about_files(name));
    Studio studio(server, with_files(name));
    const Job job = studio.generate(studio.portrait_like(jpeg())).job;
    EXPECT_EQ(job.state, JobState::done) << job.message;
    EXPECT_EQ(server.requests().at(0).parts().at(1).content_type, "image/jpeg");
    EXPECT_EQ(studio.submissions("/edit"), 1);
    EXPECT_EQ(studio.money().billed, 5);
    EXPECT_EQ(studio.versions(), 1U);
  }
}

TEST(ReportedPictureFailures, a_name_the_provider_does_not_want_costs_nothing_and_is_told) {
  const LoopbackServer server(strict_about_files("image[]"));
  Studio studio(server, with_files("image"));
  const Job job = studio.generate(studio.portrait_like(jpeg())).job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.error_code, "invalid_input");
  EXPECT_THAT(job.message, HasSubstr("did not accept the request: Unknown parameter: 'image'"));
  EXPECT_THAT(job.hint, HasSubstr("dry run"));
  EXPECT_EQ(job.billing, Billing::not_billed);
  EXPECT_EQ(studio.submissions("/edit"), 1);
  EXPECT_EQ(studio.money().billed + studio.money().uncertain, 0);
  EXPECT_EQ(studio.money().failed, 1);
}

TEST(ReportedPictureFailures, an_answer_without_a_picture_says_what_it_has_instead) {
  const LoopbackServer server(answer(200, "application/json", R"({"data": [],
      "candidates": [{"finishReason": "NO_IMAGE", "text": "I would rather write a poem."}],
      "usage": {"tokens": 80}})"));
  Studio studio(server, json::parse(R"({"reply": {"message": "candidates[0].text",
      "cost": {"path": "usage.tokens", "unit": "tokens"}}})"));
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message, HasSubstr("without a picture: I would rather write a poem."));
  EXPECT_FALSE(job.hint.empty());
  EXPECT_EQ(studio.versions(), 0U);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().uncertain, 5) << "it worked for it";
  EXPECT_EQ(studio.money().provider_costs.at("tokens"), 80) << "and says for how much";
}

TEST(ReportedPictureFailures, an_answer_without_a_picture_can_be_a_refusal_by_its_reason) {
  const LoopbackServer server(
      answer(200, "application/json", R"({"candidates": [{"finishReason": "IMAGE_SAFETY"}]})"));
  Studio studio(server, json::parse(R"({"errors": [{"status": "2xx", "class": "refused",
      "path": "candidates[0].finishReason", "matches": "SAFETY|PROHIBITED"}]})"));
  const Job job = studio.generate().job;
  EXPECT_EQ(job.error_code, "refused") << job.message;
  EXPECT_EQ(job.billing, Billing::not_billed);
}

TEST(ReportedPictureFailures, a_picture_that_was_blurred_by_a_filter_is_not_taken_for_one) {
  const LoopbackServer server(
      answer(200, "image/png", picture_text(), "finish-reason: CONTENT_FILTERED\r\n"));
  Studio studio(server, json::parse(R"({"errors": [{"status": 200, "header": "finish-reason",
      "equals": "CONTENT_FILTERED", "class": "refused"}]})"));
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.error_code, "refused");
  EXPECT_EQ(studio.versions(), 0U);
  EXPECT_EQ(studio.money().billed, 0);
}

TEST(ReportedPictureFailures, base64_is_read_with_prefix_and_line_breaks) {
  std::string text = "data:image/png;base64," + encode_base64(encode_png(drawing(12, 8)));
  for (std::size_t at = 60; at < text.size(); at += 61) text.insert(at, "\n");
  const LoopbackServer server(answer(200, "application/json", base64_reply({text}).dump()));
  Studio studio(server);
  EXPECT_EQ(studio.generate().job.state, JobState::done);
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedPictureFailures, damaged_base64_is_a_billed_failure_and_not_asked_for_again) {
  std::atomic<bool> damaged = true;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (!damaged) return send_picture(connection);
    connection.respond_json(200, base64_reply({"%%% not base64 %%%"}).dump());
  });
  Studio studio(server);
  GenerationRequest request = studio.portrait();
  request.seed = 7;
  request.additional_description = "by the window";
  const Job job = studio.generate(request).job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.error_code, "bad_picture");
  EXPECT_THAT(job.message, HasSubstr("base64 text is damaged"));
  EXPECT_EQ(studio.money().failed_credits, 5);
  EXPECT_EQ(studio.submissions(), 1);
  // What was asked is on record to the letter, and makes the picture when that is wanted.
  damaged = false;
  studio.restart();
  const Job kept = studio.session().wait(studio.session().find_job(job.id)).value();
  EXPECT_EQ(kept.request, job.request);
  EXPECT_EQ(kept.request.seed, 7);
  EXPECT_EQ(studio.submissions(), 1) << "not by itself";
  EXPECT_EQ(studio.generate(kept.request).job.state, JobState::done);
  EXPECT_EQ(studio.versions(), 1U);
  EXPECT_EQ(studio.money().billed, 10) << "both, and both are told";
}

TEST(ReportedPictureFailures, an_answer_that_is_cut_off_is_uncertain_and_not_asked_for_again) {
  std::atomic<bool> whole = false;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (whole) return send_picture(connection);
    connection.send("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99999\r\n\r\n");
    connection.send(picture_text());
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::uncertain);
  EXPECT_THAT(job.message, HasSubstr("may have billed it"));
  EXPECT_THAT(job.hint, HasSubstr("bill it twice"));
  EXPECT_EQ(studio.money().uncertain, 5);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.versions(), 0U);
  whole = true;
  const Result<Job> again = studio.session().wait(studio.session().submit_again(job.id));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->request, job.request) << "nothing of what was asked is lost";
  EXPECT_EQ(studio.finish(again->id).job.state, JobState::done);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().uncertain, 5) << "the first one stays on the bill";
}

TEST(ReportedPictureFailures, half_a_picture_is_kept_for_the_user_but_is_no_version) {
  const std::string whole = picture_text(0, 64, 64);
  const LoopbackServer server(answer(200, "image/png", whole.substr(0, whole.size() / 2)));
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.error_code, "bad_picture");
  EXPECT_THAT(job.hint, HasSubstr("What was received is kept in"));
  EXPECT_EQ(studio.money().failed_credits, 5);
  EXPECT_EQ(studio.versions(), 0U);
  EXPECT_EQ(studio.submissions(), 1);
  const std::vector<std::string> half{whole.substr(0, whole.size() / 2)};
  EXPECT_EQ(studio.kept(), half) << "every byte that was paid for";
  studio.restart();
  EXPECT_EQ(studio.kept(), half) << "until the user throws it away";
}

TEST(ReportedPictureFailures, a_picture_of_another_shape_is_recorded_as_it_is) {
  const LoopbackServer server(answer(200, "image/png", picture_text(0, 64, 64)));
  Studio studio(server, json::parse(R"({"sizes": {"16:9": "1344x756"},
      "requests": {"text_to_image": {"json": {"size": "{size}"}}}})"));
  GenerationRequest request = studio.portrait();
  request.aspect_ratio = "16:9";
  const JobOutcome outcome = studio.generate(request);
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.versions.at(0).width, 64);
  EXPECT_EQ(outcome.versions.at(0).height, 64);
  EXPECT_THAT(outcome.job.message, HasSubstr("asked for 16:9")) << "the user is warned";
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedPictureFailures, a_picture_of_a_shape_that_was_only_near_is_cropped_and_kept_whole) {
  const LoopbackServer server(answer(200, "image/png", picture_text(0, 66, 42)));
  Studio studio(server, json::parse(R"({"sizes": {"3:2": "1536x1024"}})"));
  GenerationRequest request = studio.portrait();
  request.aspect_ratio = "4:3";
  const JobOutcome outcome = studio.generate(request);
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.versions.at(0).width, 56);
  EXPECT_EQ(outcome.versions.at(0).height, 42);
  EXPECT_EQ(studio.original(outcome.versions[0]), picture_text(0, 66, 42));
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5) << "once: cropping is ours";
  EXPECT_EQ(studio.money().uncertain, 0);
}

TEST(ReportedPictureFailures, a_sheet_that_is_too_small_for_nine_cells_is_kept_as_one_picture) {
  const LoopbackServer server(answer(200, "image/png", picture_text(0, 2, 2)));
  Studio studio(server);
  GenerationRequest request = studio.portrait();
  request.template_type = "expression_sheet";
  request.shot = "all";
  const JobOutcome outcome = studio.generate(request);
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_TRUE(outcome.versions.at(0).cells.empty());
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedPictureFailures, a_reference_that_is_too_large_or_of_another_kind_is_made_to_fit) {
  const LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    const auto file = request.parts().at(1);
    const Image image =
        decode_picture({reinterpret_cast<const std::uint8_t*>(file.body.data()), file.body.size()});
    if (image.width > 128 || image.height > 128)
      return connection.respond_json(413, R"({"error": "too large"})");
    if (file.content_type != "image/jpeg")
      return connection.respond_json(415, R"({"error": "JPEG only"})");
    send_picture(connection);
  });
  json changes = with_files("image");
  changes["references"] = {{"character", 1}, {"max_side", 128}, {"formats", {"jpeg"}}};
  Studio studio(server, changes);
  const auto large = encode_png(drawing(400, 300));
  const JobOutcome outcome = studio.generate(studio.portrait_like(large));
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.versions.at(0).character_ref_hash, PictureFiles::content_hash(large))
      << "the library keeps the user's own";
  EXPECT_EQ(studio.submissions("/edit"), 1);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().failed, 0);
}

TEST(ReportedPictureFailures, a_picture_at_an_unsafe_address_is_not_fetched) {
  const LoopbackServer other(
      [](const LoopbackRequest&, LoopbackConnection& connection) { send_picture(connection); });
  const std::string elsewhere = other.url("localhost", "/out.png");
  for (const std::string& address :
       {elsewhere, std::string("file:///etc/passwd"), std::string("/redirected"),
        std::string("http://169.254.169.254/latest/meta-data")}) {
    const LoopbackServer server(
        [&](const LoopbackRequest& request, LoopbackConnection& connection) {
          if (request.target == "/redirected") return connection.redirect(302, elsewhere);
          connection.respond_json(200, json{{"url", address}}.dump());
        });
    Studio studio(server);
    const Job job = studio.generate().job;
    EXPECT_EQ(job.state, JobState::failed) << address;
    EXPECT_THAT(job.message, AnyOf(HasSubstr("is a private address and was not asked"),
                                   HasSubstr("not at an http or https URL")));
    EXPECT_FALSE(job.hint.empty()) << address;
    EXPECT_EQ(studio.money().uncertain + studio.money().billed, 5) << address;
    EXPECT_EQ(studio.submissions(), 1) << address;
  }
  EXPECT_TRUE(other.requests().empty());
}

TEST(ReportedPictureFailures, a_picture_at_a_private_address_the_studio_named_is_fetched) {
  const LoopbackServer other(
      [](const LoopbackRequest&, LoopbackConnection& connection) { send_picture(connection); });
  const LoopbackServer server(
      answer(200, "application/json", json{{"url", other.url("localhost", "/out.png")}}.dump()));
  Studio studio(server, json::parse(R"({"download": {"private_hosts": ["localhost"]}})"));
  EXPECT_EQ(studio.generate().job.state, JobState::done);
  EXPECT_EQ(other.requests().at(0).header("x-key"), "") << "without the key";
}

TEST(ReportedPictureFailures, addresses_that_lead_in_a_circle_are_left_and_cost_what_they_cost) {
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"url": "/round"})");
    connection.redirect(302, request.target == "/round" ? "/and-round" : "/round");
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message,
              AllOf(HasSubstr("could not be downloaded"), HasSubstr("redirects more than")));
  EXPECT_EQ(job.billing, Billing::uncertain) << "the picture was made";
  EXPECT_EQ(studio.money().uncertain, 5);
  EXPECT_EQ(studio.submissions(), 1);
  constexpr int kMostTries = 3;
  constexpr int kMostHops = 6;
  EXPECT_LE(studio.submissions("/round") + studio.submissions("/and-round"),
            kMostTries * kMostHops);
}

TEST(ReportedPictureFailures, a_request_that_is_led_in_a_circle_was_never_done) {
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.redirect(307, "/draw");
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message, HasSubstr("redirects more than"));
  EXPECT_EQ(job.billing, Billing::not_billed) << "a 307 is no answer to it";
  EXPECT_EQ(studio.money().uncertain, 0);
}

TEST(ReportedPictureFailures, errors_of_any_shape_are_readable) {
  struct Case {
    const char* type;
    const char* body;
    const char* told;
  };
  const std::vector<Case> cases{
      {"application/json", R"({"error": "job queue is full"})", "job queue is full"},
      {"application/json", R"({"error": {"message": "Bad size", "param": null}})", "Bad size"},
      {"application/json", R"({"detail": [{"loc": ["body", "w"], "msg": "too wide"}]})",
       "w: too wide"},
      {"application/json", R"({"detail": "no such model"})", "no such model"},
      {"application/json", R"({"errors": ["one", "two"]})", "one; two"},
      {"text/html", "<html><head><title>413 Too Large</title></head></html>", "413 Too Large"},
      {"text/plain", "upload  failed\n", "upload failed"},
      {"application/json", "{\"error\": \"cut", "{\"error\": \"cut"},
      {"", "", "HTTP 400 Bad Request"}};
  std::atomic<std::size_t> next = 0;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    const Case& answered = cases.at(next);
    connection.respond(400, answered.type, answered.body);
  });
  Studio studio(server);
  for (; next < cases.size(); ++next) {
    const Job job = studio.generate().job;
    EXPECT_EQ(job.state, JobState::failed);
    EXPECT_EQ(job.message,
              std::string("Studio Paint did not accept the request: ") + cases[next].told);
    EXPECT_EQ(job.billing, Billing::not_billed);
  }
  EXPECT_EQ(studio.money().failed, static_cast<int>(cases.size()));
}

TEST(ReportedPictureFailures, one_bad_picture_of_an_answer_does_not_take_the_others_with_it) {
  const LoopbackServer server(answer(
      200, "application/json",
      base64_reply({encode_base64(encode_png(drawing(12, 8, 1))), encode_base64(jpeg()).substr(9),
                    encode_base64(encode_png(drawing(12, 8, 2)))})
          .dump()));
  Studio studio(server);
  const JobOutcome outcome = studio.generate();
  EXPECT_EQ(outcome.job.state, JobState::done);
  EXPECT_EQ(outcome.versions.size(), 2U);
  EXPECT_FALSE(outcome.job.message.empty()) << "the user hears of the third";
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5) << "once for the call";
  EXPECT_EQ(studio.money().uncertain, 0);
  EXPECT_EQ(studio.money().failed, 0) << "it is not one of those without a picture";
  std::int64_t shared = 0;
  for (const Version& version : outcome.versions) shared += version.credit_cost;
  EXPECT_EQ(shared, 5) << "the good ones bear all of it";
}

TEST(ReportedPictureFailures, the_model_is_named_in_every_request_and_on_record) {
  const LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    const json body = json::parse(request.body);
    if (body.value("model", "cheap-1") != "brush-2")
      return connection.respond_json(400, R"({"error": "wrong model"})");
    send_picture(connection);
  });
  Studio studio(server,
                json::parse(R"({"requests": {"text_to_image": {"json": {"model": "{model}"}}}})"));
  const JobOutcome outcome = studio.generate();
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.versions.at(0).model_used, "brush-2");
}

TEST(ReportedPictureFailures, what_is_not_asked_for_is_not_in_the_request) {
  const LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (json::parse(request.body).size() == 1) return send_picture(connection);
    connection.respond_json(400, R"({"error": "Unknown name \"seed\": Cannot find field."})");
  });
  Studio studio(server, json::parse(R"({"requests": {"text_to_image": {"json": {
      "seed": "{seed}", "ref": {"image": "{character_ref.base64}"},
      "negative": "{additional_description}"}}}})"));
  EXPECT_EQ(studio.generate().job.state, JobState::done);
  GenerationRequest request = studio.portrait();
  request.seed = 3;
  const Job job = studio.generate(request).job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message, HasSubstr("Unknown name \"seed\""));
  EXPECT_EQ(studio.money().billed, 5);
}

}  // namespace castboard
