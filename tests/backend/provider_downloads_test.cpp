#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/provider_at.h"

// Fetching pictures that exist, and are paid, from addresses that misbehave.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

constexpr int kTries = 3;

const std::string kAvif(
    "\0\0\0\x1c"
    "ftypavif\0\0\0\0avifmif1miafMA1B and more",
    41);

json living_for_hours() {
  return json::parse(R"({"download": {"expires_seconds": 7200}})");
}

// Makes a picture at /1.png, whose `n`-th look `answer` answers.
struct PictureAt {
  using Answer = std::function<void(int n, LoopbackConnection&)>;
  explicit PictureAt(Answer answer) : answer_(std::move(answer)) {}

  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make") return connection.respond_json(200, R"({"url": "/1.png"})");
    answer_(++looks, connection);
  }};
  std::atomic<int> looks{0};

  CallOutcome call(const json& more = json::object(),
                   const ProviderContext& context = context_with_key()) {
    return testing::call(*ProviderAt(server, more, context), sheet_request("studio"));
  }

 private:
  Answer answer_;
};

void send_png(LoopbackConnection& connection) {
  connection.respond(200, "image/png", as_string(png()));
}

std::string half_a_picture() {
  return as_string(png()).substr(0, png().size() / 2);
}

}  // namespace

TEST(Downloads, come_again_while_a_page_or_a_note_stands_where_the_picture_will_be) {
  for (const char* instead : {"<!doctype html><title>Please log in</title>",
                              R"({"status": "still processing"})", "", "one moment"}) {
    PictureAt place([&](int look, LoopbackConnection& connection) {
      if (look <= kTries + 2) return connection.respond(200, "text/html", instead);
      send_png(connection);
    });
    const CallOutcome outcome = place.call(living_for_hours());
    ASSERT_TRUE(outcome.result) << instead << outcome.error.message;
    EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
    EXPECT_THAT(outcome.unusable, IsEmpty());
  }
}

TEST(Downloads, come_again_for_a_picture_that_is_not_whole_yet) {
  PictureAt place([](int look, LoopbackConnection& connection) {
    const std::string whole = as_string(png());
    if (look == 1) return connection.respond(200, "image/png", whole.substr(0, 20));
    if (look == 2) return connection.respond(200, "image/png", half_a_picture());
    send_png(connection);
  });
  const CallOutcome outcome = place.call();
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
}

TEST(Downloads, leave_the_picture_to_be_checked_when_a_page_stands_there_to_the_last) {
  PictureAt place([](int, LoopbackConnection& connection) {
    connection.respond(200, "text/html", "<html><title>Please log in</title></html>");
  });
  const CallOutcome outcome = place.call();
  EXPECT_EQ(outcome.error.code, ErrorCode::bad_picture);
  EXPECT_THAT(outcome.error.hint, HasSubstr("Check it again"));
  EXPECT_THAT(outcome.unusable, IsEmpty()) << "a page is nothing to keep";
  EXPECT_THAT(outcome.error.message, HasSubstr("an HTML page instead of a picture"));
  EXPECT_THAT(outcome.remote.continuation, HasSubstr("/1.png"));
  EXPECT_EQ(place.looks, kTries);
}

TEST(Downloads, hand_over_what_stays_no_picture_and_say_where_it_was) {
  for (const std::string& sent : {kAvif, half_a_picture()})
    for (const json& more : {json::object(), living_for_hours()}) {
      PictureAt place([&](int, LoopbackConnection& connection) {
        connection.respond(200, "image/avif", sent);
      });
      const CallOutcome outcome = place.call(more);
      EXPECT_EQ(outcome.error.code, ErrorCode::bad_picture) << outcome.error.message;
      EXPECT_THAT(outcome.error.detail, HasSubstr(place.server.url("/1.png")));
      ASSERT_THAT(outcome.unusable, SizeIs(1));
      EXPECT_EQ(as_string(outcome.unusable[0]), sent);
      EXPECT_THAT(outcome.remote.continuation, HasSubstr("/1.png")) << "it can be checked";
      EXPECT_EQ(place.looks, kTries) << "the same bytes again say no more";
    }
}

TEST(Downloads, do_not_give_up_an_address_that_is_not_there_yet_before_it_expires) {
  for (const int status : {403, 404, 410}) {
    PictureAt place([&](int look, LoopbackConnection& connection) {
      if (look <= kTries + 3) return connection.respond(status, "text/plain", "not here");
      send_png(connection);
    });
    const CallOutcome outcome = place.call(living_for_hours());
    ASSERT_TRUE(outcome.result) << status << outcome.error.message;
  }
}

TEST(Downloads, end_with_the_time_of_the_call_and_leave_the_picture_there) {
  PictureAt place([](int, LoopbackConnection& connection) {
    connection.respond(404, "text/plain", "not here");
  });
  ProviderContext context = context_with_key();
  context.limits.total = std::chrono::milliseconds(300);
  const CallOutcome outcome =
      resume(*ProviderAt(place.server, living_for_hours(), context), sheet_request("studio"),
             {.id = {},
              .continuation = json{{"stage", "downloading"},
                                   {"urls", {place.server.url("/1.png")}},
                                   {"expires_at", 32'503'680'000'000}}
                                  .dump()});
  EXPECT_EQ(outcome.error.code, ErrorCode::network) << outcome.error.message;
  EXPECT_THAT(outcome.error.hint, HasSubstr("waits at the provider"));
}

namespace {

// Done at once; names /1.png, and from the second question on what `renewed` says.
struct JobWithPicture {
  std::string renewed;
  std::atomic<int> questions{0};
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make") return connection.respond_json(202, R"({"id": "j1"})");
    if (request.target == "/2.png") return send_png(connection);
    if (request.target == "/1.png") return connection.respond(404, "text/plain", "gone");
    if (++questions == 1)
      return connection.respond_json(200, R"({"state": "done", "url": "/1.png"})");
    if (renewed.empty()) return connection.respond_json(404, R"({"error": "no such job"})");
    connection.respond_json(200, R"({"state": "done", "url": ")" + renewed + "\"}");
  }};

  [[nodiscard]] int submissions() const {
    int count = 0;
    for (const LoopbackRequest& request : server.requests()) count += request.target == "/make";
    return count;
  }
};

}  // namespace

TEST(Downloads, of_dead_addresses_ask_the_job_for_new_ones) {
  for (const json& more : {json::object(), living_for_hours()}) {
    JobWithPicture job{.renewed = "/2.png"};
    const CallOutcome outcome =
        call(*ProviderAt(job.server, polled() | more), sheet_request("studio"));
    ASSERT_TRUE(outcome.result) << outcome.error.message;
    EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
    EXPECT_EQ(job.submissions(), 1);
  }
}

TEST(Downloads, of_dead_addresses_ask_once_and_keep_what_is_left_of_the_job) {
  for (const char* renewed : {"/1.png", ""}) {
    JobWithPicture job{.renewed = renewed};
    const CallOutcome outcome = call(*ProviderAt(job.server, polled()), sheet_request("studio"));
    EXPECT_EQ(outcome.error.code, ErrorCode::provider);
    EXPECT_THAT(outcome.error.message, HasSubstr("could not be downloaded: gone"));
    EXPECT_THAT(outcome.error.detail, HasSubstr("/1.png"));
    EXPECT_THAT(outcome.remote.continuation, HasSubstr("/1.png"));
    EXPECT_EQ(job.submissions(), 1);
  }
}

TEST(Downloads, go_to_another_port_of_the_provider_s_host_only_where_the_descriptor_names_it) {
  LoopbackServer inner(answer_picture);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"url", inner.url("/admin")}}.dump());
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("private address"));
  EXPECT_THAT(inner.requests(), IsEmpty());
  const json named = json::parse(R"({"download": {"private_hosts": ["127.0.0.1"]}})");
  EXPECT_TRUE(call(*ProviderAt(server, named), sheet_request("studio")).result);
}

namespace {

// Makes /a.png, which is there for one look, and /b.png, as `answer_b` says.
struct TwoPictures {
  explicit TwoPictures(LoopbackServer::Handler answer) : answer_b(std::move(answer)) {}

  LoopbackServer::Handler answer_b;
  std::atomic<int> looks_at_a{0};
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make")
      return connection.respond_json(200, R"({"data": [{"url": "/a.png"}, {"url": "/b.png"}]})");
    if (request.target == "/b.png") return answer_b(request, connection);
    if (++looks_at_a == 1) return send_png(connection);
    connection.respond(404, "text/plain", "gone");
  }};
  json descriptor = json::parse(R"({"reply": {"images": [{"url": "data[*].url"}]}})");

  CallOutcome call(StepRecorder& recorder, Cancellation& cancel) {
    return noted([&] { return provider->generate(sheet_request("studio"), recorder, cancel); });
  }
  CallOutcome resume(StepRecorder& recorder) {
    Cancellation never;
    const RemoteJob job = recorder.remote;
    return noted([&] { return provider->resume(sheet_request("studio"), job, recorder, never); });
  }

 private:
  static CallOutcome noted(const std::function<ProviderResult()>& ask) {
    CallOutcome outcome;
    try {
      outcome.result = ask();
    } catch (const Failure& failure) {
      outcome.error = failure.error();
    }
    return outcome;
  }

  ProviderAt provider{server, descriptor};
};

}  // namespace

TEST(Downloads, keep_what_came_while_another_address_does_not_answer_and_go_on_with_it) {
  std::atomic<bool> gone{false};
  TwoPictures two([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (gone) connection.respond(404, "text/plain", "gone");
  });  // else it closes without a word
  StepRecorder recorder;
  Cancellation never;
  const CallOutcome first = two.call(recorder, never);
  EXPECT_EQ(first.error.code, ErrorCode::network);
  EXPECT_THAT(first.error.message, HasSubstr("1 of 2 pictures is still missing"));
  ASSERT_THAT(recorder.early, SizeIs(1));
  EXPECT_EQ(recorder.early.begin()->second, png());
  const CallOutcome second = two.resume(recorder);
  EXPECT_EQ(second.error.code, ErrorCode::network);
  gone = true;
  const CallOutcome last = two.resume(recorder);
  ASSERT_TRUE(last.result) << last.error.message;
  EXPECT_THAT(last.result->pictures, ElementsAre(png()));
  EXPECT_THAT(last.result->problems, ElementsAre(HasSubstr("could not be downloaded: gone")));
  EXPECT_EQ(two.looks_at_a, 1);
}

TEST(Downloads, of_several_come_in_order_whichever_of_them_came_first) {
  std::atomic<bool> there{false};
  TwoPictures two([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (there) connection.respond(200, "image/png", as_string(png(1)));
  });
  StepRecorder recorder;
  Cancellation never;
  EXPECT_EQ(two.call(recorder, never).error.code, ErrorCode::network);
  there = true;
  const CallOutcome outcome = two.resume(recorder);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png(), png(1)));
  EXPECT_THAT(outcome.result->problems, IsEmpty());
}

TEST(Downloads, that_are_cancelled_leave_what_came_before) {
  Cancellation cancel;
  TwoPictures two([&](const LoopbackRequest&, LoopbackConnection&) { cancel.cancel(); });
  StepRecorder recorder;
  EXPECT_EQ(two.call(recorder, cancel).error.code, ErrorCode::cancelled);
  EXPECT_THAT(recorder.early, SizeIs(1));
}

TEST(Downloads, do_not_lose_a_picture_that_came_in_the_answer_beside_an_address) {
  std::atomic<bool> there{false};
  const std::string inline_picture = "data:image/png;base64," + encode_base64(png(2));
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make")
      return connection.respond_json(
          200, json{{"data", {{{"url", inline_picture}}, {{"url", "/b.png"}}}}}.dump());
    if (there) send_png(connection);
  });
  const ProviderAt provider(server,
                            json::parse(R"({"reply": {"images": [{"url": "data[*].url"}]}})"));
  StepRecorder recorder;
  Cancellation never;
  EXPECT_THROW((void)provider->generate(sheet_request("studio"), recorder, never), Failure);
  there = true;
  const RemoteJob left = recorder.remote;
  EXPECT_THAT(provider->resume(sheet_request("studio"), left, recorder, never).pictures,
              ElementsAre(png(2), png()));
}

TEST(Downloads, of_more_pictures_than_are_taken_say_how_many_were_not) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/make") return answer_picture(request, connection);
    connection.respond_json(200, R"({"urls": ["/1", "/2", "/3", "/4", "/5"]})");
  });
  const json urls = json::parse(R"({"reply": {"images": [{"url": "urls[*]"}]}})");
  const auto taken = [&](const ReplyLimits& limits) {
    ProviderContext context = context_with_key();
    context.reply_limits = limits;
    return call(*ProviderAt(server, urls, context), sheet_request("studio")).result.value();
  };
  const ProviderResult by_number = taken({.pictures = 3});
  EXPECT_THAT(by_number.pictures, SizeIs(3));
  EXPECT_THAT(by_number.problems, ElementsAre(HasSubstr("2 more pictures of the answer")));
  const ProviderResult by_size = taken({.bytes = 2 * png().size()});
  EXPECT_THAT(by_size.pictures, SizeIs(2));
  EXPECT_THAT(by_size.problems, ElementsAre(HasSubstr("3 more pictures of the answer")));
  EXPECT_THAT(taken({}).problems, IsEmpty());
}

}  // namespace castboard
