#include "providers/json_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

std::vector<json> find(const char* path, const char* text) {
  return JsonPath(path).find(json::parse(text));
}

}  // namespace

TEST(JsonPath, finds_keys_items_and_everything_below) {
  EXPECT_THAT(find("usage.total", R"({"usage": {"total": 7}})"), ElementsAre(json(7)));
  EXPECT_THAT(find("data[1].b", R"({"data": [{"b": 1}, {"b": 2}]})"), ElementsAre(json(2)));
  EXPECT_THAT(find("data[*].b", R"({"data": [{"b": 1}, {"c": 9}, {"b": 2}]})"),
              ElementsAre(json(1), json(2)));
  EXPECT_THAT(find("", "5"), ElementsAre(json(5)));
}

TEST(JsonPath, finds_what_stands_under_keys_nobody_knows_beforehand) {
  EXPECT_THAT(
      find(
          "*.outputs.*.images[*].name",
          R"({"id-1": {"outputs": {"9": {"images": [{"name": "a"}]}, "12": {"images": [{"name": "b"}]}}}})"),
      ElementsAre(json("b"), json("a")));
  EXPECT_THAT(find(R"(["odd.key"][0])", R"({"odd.key": ["x"]})"), ElementsAre(json("x")));
}

TEST(JsonPath, finds_the_first_item_that_has_a_key) {
  EXPECT_THAT(
      find(
          "parts[?inlineData].inlineData.data",
          R"({"parts": [{"text": "no"}, {"inlineData": {"data": "yes"}}, {"inlineData": {"data": "late"}}]})"),
      ElementsAre(json("yes")));
}

TEST(JsonPath, finds_the_first_item_whose_key_has_a_value) {
  const char* text = R"({"output": [{"type": "text", "n": 1}, {"type": "image", "n": 2},
                                    {"type": "image", "n": 3}, {"index": 4, "n": 5}]})";
  EXPECT_THAT(find("output[?type=image].n", text), ElementsAre(json(2)));
  EXPECT_THAT(find("output[?index=4].n", text), ElementsAre(json(5)));
  EXPECT_THAT(find("output[?type=video].n", text), IsEmpty());
}

TEST(JsonPath, counts_items_from_the_end) {
  EXPECT_THAT(find("a[-1]", R"({"a": [1, 2, 3]})"), ElementsAre(json(3)));
  EXPECT_THAT(find("a[-3]", R"({"a": [1, 2, 3]})"), ElementsAre(json(1)));
  EXPECT_THAT(find("a[-4]", R"({"a": [1, 2, 3]})"), IsEmpty());
}

TEST(JsonPath, looks_into_json_that_is_text) {
  EXPECT_THAT(find("info:json.seed", R"({"info": "{\"seed\": 42}"})"), ElementsAre(json(42)));
  EXPECT_THAT(find("info:json.seed", R"({"info": "not json"})"), IsEmpty());
}

TEST(JsonPath, does_not_look_into_json_that_nests_without_end) {
  constexpr std::size_t kDeep = 100'000;
  EXPECT_TRUE(parse_json(std::string(kDeep, '[')).is_discarded());
  EXPECT_TRUE(parse_json(std::string(kDeep, '[') + std::string(kDeep, ']')).is_discarded());
  EXPECT_EQ(parse_json(R"({"a": [[1]]})"), (json{{"a", {{1}}}}));
  EXPECT_TRUE(parse_json("{").is_discarded());
}

TEST(JsonPath, reads_many_values_in_one_go_and_refuses_more_than_any_honest_answer_has) {
  std::string objects = R"({"data": [{})";  // took hours where each object was a look at all others
  for (int i = 0; i < 200'000; ++i) objects += ",{}";
  EXPECT_EQ(parse_json(objects + "]}")["data"].size(), 200'001U);
  std::string lists = "[[]";
  for (std::size_t i = 0; i < kMostJsonValues; ++i) lists += ",[]";
  EXPECT_TRUE(parse_json(lists + "]").is_discarded());
  EXPECT_EQ(json_problem(lists + "]"), "JSON of more than 500000 values");
  EXPECT_EQ(json_problem(std::string(kDeepestJson + 1, '[')),
            "JSON that nests deeper than 256 levels");
}

TEST(JsonPath, takes_a_number_beyond_all_for_nothing_and_keeps_what_stands_beside_it) {
  EXPECT_EQ(parse_json(R"({"a": 1e999, "b": ["-1e400", -1E+400, 2.5], "c": "\" 1e999"})"),
            (json{{"a", nullptr}, {"b", {"-1e400", nullptr, 2.5}}, {"c", "\" 1e999"}}));
  EXPECT_TRUE(parse_json("{\"a\": 1e999").is_discarded());
}

TEST(JsonPath, counts_no_brackets_and_commas_within_texts) {
  const std::string text =
      "\"" + std::string(kMostJsonValues + 1, ',') + std::string(1000, '[') + R"(\"]\\" )";
  EXPECT_EQ(json_problem(text), "");
  EXPECT_TRUE(parse_json(text).is_string());
}

TEST(JsonPath, takes_null_and_missing_for_nothing) {
  EXPECT_THAT(find("a.b", R"({"a": {"b": null}})"), IsEmpty());
  EXPECT_THAT(find("a.b.c", R"({"a": "text"})"), IsEmpty());
  EXPECT_THAT(find("a[3]", R"({"a": [1]})"), IsEmpty());
}

TEST(JsonPath, says_where_a_path_is_wrong) {
  for (const char* wrong :
       {"a..b", "a[", "a[x]", ".a", "a.", "a]b", "a[?]", "a[?=x]", "a[-0]", "a[-]", "a[]"})
    EXPECT_THROW(JsonPath{wrong}, std::invalid_argument) << wrong;
}

TEST(JsonPath, tries_several_paths_in_order) {
  const std::vector<JsonPath> paths{JsonPath("first"), JsonPath("second"), JsonPath("third")};
  EXPECT_THAT(find_first(paths, json::parse(R"({"third": 3, "second": 2, "first": null})")),
              ElementsAre(json(2)));
}

}  // namespace castboard
