#include "providers/condition.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace castboard {

using nlohmann::json;

namespace {

HttpResponse response(int status, const std::string& body = {}) {
  HttpResponse answer;
  answer.status = status;
  answer.headers = {{"finish-reason", "SUCCESS"}};
  answer.body.assign(body.begin(), body.end());
  return answer;
}

JsonTemplate one_of(json values) {
  return std::make_shared<const json>(std::move(values));
}

}  // namespace

TEST(Condition, that_is_empty_always_holds) {
  EXPECT_TRUE(Condition().holds(response(500), json()));
}

TEST(Condition, looks_at_the_status) {
  const Condition condition{.statuses = {{202, 202}, {500, 599}}};
  EXPECT_TRUE(condition.holds(response(202), json()));
  EXPECT_TRUE(condition.holds(response(503), json()));
  EXPECT_FALSE(condition.holds(response(200), json()));
}

TEST(Condition, is_content_with_one_value_under_any_path) {
  const Condition condition{.paths = {JsonPath("a[*]"), JsonPath("b")},
                            .equals = one_of({"x", "{job_id}"})};
  EXPECT_TRUE(condition.holds(response(200), {{"a", {"y", "x"}}}));
  EXPECT_TRUE(condition.holds(response(200), {{"a", {"y"}}, {"b", "x"}}));
  EXPECT_TRUE(condition.holds(response(200), {{"b", "j7"}}, "j7"));
  EXPECT_FALSE(condition.holds(response(200), {{"a", {"y"}}}, "j7"));
  EXPECT_FALSE(condition.holds(response(200), json::object(), "j7"));
}

TEST(Condition, a_path_alone_asks_whether_something_is_there) {
  const Condition condition{.paths = {JsonPath("*.outputs")}};
  EXPECT_TRUE(condition.holds(response(200), {{"id", {{"outputs", json::object()}}}}));
  EXPECT_FALSE(condition.holds(response(200), json::object()));
  EXPECT_FALSE(condition.holds(response(200), {{"id", {{"outputs", nullptr}}}}));
}

TEST(Condition, can_want_something_to_be_missing) {
  const Condition condition{.missing = {JsonPath("parts[?image]")}};
  EXPECT_TRUE(condition.holds(response(200), {{"parts", {{{"text", "no"}}}}}));
  EXPECT_FALSE(condition.holds(response(200), {{"parts", {{{"image", "yes"}}}}}));
}

TEST(Condition, looks_at_a_header_or_at_the_body_as_text) {
  Condition header{.header = "finish-reason", .equals = one_of({"SUCCESS"})};
  EXPECT_TRUE(header.holds(response(200), json()));
  header.header = "seed";
  EXPECT_FALSE(header.holds(response(200), json()));
  const Condition body{.matches = std::regex("queue is full", std::regex::icase)};
  EXPECT_TRUE(body.holds(response(429, "Queue is FULL"), json()));
  EXPECT_FALSE(body.holds(response(429, "slow down"), json()));
}

}  // namespace castboard
