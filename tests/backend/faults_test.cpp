#include "providers/faults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace castboard {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

namespace {

std::string http_date(std::time_t when) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(when));
}

HttpResponse answer(int status, std::string_view body = {}, const std::string& retry_after = {}) {
  HttpResponse response;
  response.status = status;
  response.body.assign(body.begin(), body.end());
  if (!retry_after.empty()) response.headers.emplace_back("retry-after", retry_after);
  return response;
}

Fault fault(const Descriptor& descriptor, const HttpResponse& response,
            CallStage stage = CallStage::submit, const std::vector<std::string>& secrets = {}) {
  const json body = json::parse(response.text(), nullptr, false);
  return find_fault(descriptor, response, body.is_discarded() ? json() : body, stage, secrets)
      .value();
}

std::optional<milliseconds> delay(std::string_view body, const std::string& retry_after = {}) {
  return fault({}, answer(429, body, retry_after)).retry_after;
}

Descriptor with_delay_at(const char* path, double times) {
  Descriptor descriptor;
  descriptor.retry.delay.emplace_back(path);
  descriptor.retry.delay_times = times;
  return descriptor;
}

}  // namespace

TEST(Delay, is_read_from_seconds_and_durations) {
  EXPECT_EQ(parse_delay("20"), seconds(20));
  EXPECT_EQ(parse_delay(" 1.5 "), milliseconds(1500));
  EXPECT_EQ(parse_delay("1m30s"), seconds(90));
  EXPECT_EQ(parse_delay("1h 2m"), seconds(3720));
  EXPECT_EQ(parse_delay("250ms"), milliseconds(250));
  EXPECT_EQ(parse_delay("7 seconds"), seconds(7));
}

TEST(Delay, is_read_from_a_date) {
  const std::time_t now = std::time(nullptr);
  EXPECT_THAT(parse_delay(http_date(now + 3600)).value(),
              AllOf(Ge(seconds(3000)), Le(seconds(3600))));
  EXPECT_EQ(parse_delay(http_date(now - 3600)), seconds(0));
}

TEST(Delay, is_never_less_than_nothing) {
  EXPECT_EQ(parse_delay("-5"), seconds(0));
  EXPECT_EQ(parse_delay("-99999999999999999999999"), seconds(0));
  EXPECT_EQ(parse_delay("Thu, 01 Jan 1970 00:00:01 GMT"), seconds(0));
}

TEST(Delay, is_never_more_than_a_day_however_absurd_the_wish) {
  for (const char* text : {"99999999", "1000001", "999999h", "9223372036854775808",
                           "Fri, 31 Dec 9999 23:59:59 GMT", "Tue, 01 Jan 2300 00:00:00 GMT"})
    EXPECT_EQ(parse_delay(text), hours(24)) << text;
  EXPECT_EQ(parse_delay(std::string(500, '9')), hours(24));
}

TEST(Delay, is_not_read_into_what_says_nothing_of_a_time) {
  for (const char* text : {"", " ", "soon", "-", "inf", "nan", "5 apples", "1..2"})
    EXPECT_EQ(parse_delay(text), std::nullopt) << text;
}

TEST(Delay, of_an_answer_is_its_header_else_its_body_else_its_words) {
  EXPECT_EQ(delay("wait", "3"), seconds(3));
  EXPECT_EQ(delay("Rate limit reached, resets in ~30s."), seconds(30));
  EXPECT_EQ(delay("Please try again in 1.25 s"), milliseconds(1250));
  EXPECT_EQ(delay("slow down"), std::nullopt);
  const auto in_body = [](std::string_view body, double times = 1) {
    return fault(with_delay_at("delay", times), answer(429, body)).retry_after;
  };
  EXPECT_EQ(in_body(R"({"delay": "37s"})"), seconds(37));
  EXPECT_EQ(in_body(R"({"delay": 1500})", 0.001), milliseconds(1500));
  EXPECT_EQ(in_body(R"({"delay": 200000000})", 0.001), hours(24));
  EXPECT_EQ(in_body(R"({"delay": 43200000})", 0.001), hours(12));
  EXPECT_EQ(in_body(R"({"delay": -4})"), seconds(0));
  EXPECT_EQ(in_body(R"({"delay": 1e300})"), hours(24));
}

TEST(Fault, a_503_that_names_no_delay_may_come_from_a_gateway_and_be_billed) {
  for (const char* body : {"Application error", "upstream request timeout",
                           "Backend fetch failed, gave up after 30 s"}) {
    const Fault found = fault({}, answer(503, body));
    EXPECT_EQ(found.kind, FaultClass::no_answer) << body;
    EXPECT_FALSE(found.retry);
    EXPECT_EQ(failure_of({}, found, answer(503, body), CallStage::submit, {}).error().code,
              ErrorCode::uncertain);
  }
}

TEST(Fault, a_503_with_a_delay_or_of_what_costs_nothing_asks_to_wait) {
  EXPECT_EQ(fault({}, answer(503, "busy", "5")).kind, FaultClass::rate_limited);
  EXPECT_EQ(fault(with_delay_at("in", 1), answer(503, R"({"in": 5})")).kind,
            FaultClass::rate_limited);
  EXPECT_EQ(fault({}, answer(503, "busy"), CallStage::prepare).kind, FaultClass::rate_limited);
  EXPECT_EQ(fault({}, answer(503, "busy"), CallStage::poll).kind, FaultClass::rate_limited);
  Descriptor free;
  free.free = true;
  EXPECT_EQ(fault(free, answer(503, "loading")).kind, FaultClass::rate_limited);
  EXPECT_TRUE(fault(free, answer(503, "loading")).retry);
}

TEST(Fault, reads_a_page_of_any_length_and_each_character_of_it_once) {
  const auto page = [](const std::string& words) {
    HttpResponse response = answer(400, "<html><body>" + words + "</body></html>");
    return fault({}, response).text;
  };
  EXPECT_EQ(page("1 &lt; 2 &amp;&amp; &#50; &#x3E; 1 &amp;lt;"), "1 < 2 && 2 > 1 &lt;");
  std::string many;
  for (int i = 0; i < 2'000'000; ++i) many += "&lt;";
  EXPECT_EQ(page(many), std::string(300, '<') + "...");
  EXPECT_EQ(page("too many" + std::string(1000, ' ')), "too many");
}

TEST(Fault, says_no_control_characters_and_nothing_that_turns_the_writing) {
  EXPECT_EQ(fault({}, answer(400,
                             "\x1b[31mred\x07 \xc2\x9b"
                             "1m\xe2\x80\xae"
                             "x"))
                .text.find('\x1b'),
            std::string::npos);
  const std::string in_json = R"({"error": "\u001b[31mred \u009b1m \u202ex"})";
  EXPECT_EQ(fault({}, answer(400, in_json)).text, "[31mred 1m x");
}

TEST(Fault, shows_no_half_of_a_key_that_its_text_is_cut_in) {
  const std::vector<std::string> key{"sesame-open-0123456789"};
  for (std::size_t before = 270; before <= 310; ++before) {
    const std::string words = std::string(before, 'x') + key[0];
    for (const std::string& body : {words, json{{"error", words}}.dump()}) {
      const Fault found = fault({}, answer(400, body), CallStage::submit, key);
      EXPECT_THAT(found.text, Not(HasSubstr("ses"))) << before;
    }
  }
  for (std::size_t before = 4070; before <= 4100; ++before) {
    const HttpResponse response = answer(400, std::string(before, 'x') + key[0]);
    const Error error = failure_of({}, {}, response, CallStage::submit, key).error();
    EXPECT_THAT(error.detail, Not(HasSubstr("ses"))) << before;
  }
}

}  // namespace castboard
