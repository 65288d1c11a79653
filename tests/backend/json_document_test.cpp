#include "catalogue/json_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace castboard {

using ::testing::HasSubstr;

namespace {

std::string problem(std::string_view text, const std::function<void(const JsonField&)>& read = {}) {
  try {
    const JsonDocument document = JsonDocument::parse(text, "a.json");
    if (read) read(JsonField(document));
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::configuration);
    return failure.error().message;
  }
  return "none";
}

}  // namespace

TEST(JsonDocument, knows_the_line_of_every_field) {
  const JsonDocument document = JsonDocument::parse(
      "{\n \"a\": 1,\n \"b\": {\n  \"c/d\": [\n   true,\n   {\"e\": null},\n   7\n  ]\n }\n}\n",
      "a.json");
  EXPECT_EQ(document.line_of(""), 1);
  EXPECT_EQ(document.line_of("/a"), 2);
  EXPECT_EQ(document.line_of("/b/c~1d"), 4);
  EXPECT_EQ(document.line_of("/b/c~1d/0"), 5);
  EXPECT_EQ(document.line_of("/b/c~1d/1/e"), 6);
  EXPECT_EQ(document.line_of("/b/c~1d/2"), 7);
  EXPECT_EQ(document.line_of("/b/c~1d/1/missing"), 6);
}

TEST(JsonDocument, remembers_which_of_two_merged_files_a_field_is_from) {
  const JsonDocument base = JsonDocument::parse("{\n \"a\": {\"b\": 1,\n \"c\": 2}}", "base.json");
  const JsonDocument changes = JsonDocument::parse("{\n\n\n \"a\": {\"b\": 3}}", "changes.json");
  const JsonDocument both = JsonDocument::merged(base, changes);
  EXPECT_EQ(both.path(), "changes.json");
  EXPECT_EQ(both.file_of("/a/b"), "changes.json");
  EXPECT_EQ(both.line_of("/a/b"), 4);
  EXPECT_EQ(both.file_of("/a/c"), "base.json");
  EXPECT_EQ(both.line_of("/a/c"), 3);
}

TEST(JsonDocument, tells_a_syntax_error_by_its_line) {
  EXPECT_THAT(problem("{\n  \"a\": 1,\n  \"b\" 2\n}"), HasSubstr("a.json:3: "));
  EXPECT_THAT(problem("{\n  \"a\": [1, 2\n"), HasSubstr("a.json:3: "));
  EXPECT_THAT(problem(""), HasSubstr("a.json:1: "));
}

TEST(JsonDocument, refuses_a_key_that_stands_twice) {
  EXPECT_EQ(problem("{\n\"a\": 1,\n\"b\": {\n\"c\": 1,\n\"c\": 2}}"),
            "a.json:5: field b.c: stands twice in the same object, first in line 4");
}

TEST(JsonDocument, allows_comments) {
  EXPECT_EQ(problem("{ // why\n \"a\": 1 }"), "none");
}

TEST(JsonField, says_what_a_field_must_be) {
  const char* text =
      "{\n\"name\": 5,\n\"empty\": \"\",\n\"list\": [1, \"x\"],\n\"kind\": \"beerer\"\n}";
  EXPECT_EQ(problem(text, [](auto& f) { (void)f.require("name").text(); }),
            "a.json:2: field name: must be text, is number");
  EXPECT_EQ(problem(text, [](auto& f) { (void)f.require("empty").text(); }),
            "a.json:3: field empty: must not be empty");
  EXPECT_EQ(problem(text, [](auto& f) { (void)f.require("list").texts(); }),
            "a.json:4: field list.0: must be text, is number");
  EXPECT_EQ(problem(text,
                    [](auto& f) {
                      (void)f.require("kind").word({"bearer", "basic"});
                    }),
            "a.json:5: field kind: unknown \"beerer\"; did you mean \"bearer\"?");
  EXPECT_EQ(problem(text, [](auto& f) { (void)f.require("title"); }),
            "a.json:1: \"title\" is missing");
  EXPECT_EQ(problem(text,
                    [](auto& f) {
                      f.only_keys({"names", "empty", "list", "kind"});
                    }),
            "a.json:2: field name: unknown field; did you mean \"names\"?");
  EXPECT_EQ(problem(text, [](auto& f) { (void)f.require("name").integer(6, 9); }),
            "a.json:2: field name: must be from 6 to 9");
}

}  // namespace castboard
