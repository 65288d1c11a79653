#include "providers/descriptor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "castboard/result.h"

namespace castboard {

using ::testing::HasSubstr;

namespace {

// The smallest whole descriptor, one field a line.
const std::string kWhole = R"({
"castboard_provider": 1,
"name": "studio",
"title": "Studio",
"free": true,
"base_url": "http://studio.lan",
"auth": {"kind": "none"},
"requests": {
"text_to_image": {"path": "/make", "json": {"prompt": "{prompt}"}}},
"reply": {"images": [{"url": "url"}]},
"errors": []
})";

std::string problem_after(const std::string& from, const std::string& to) {
  std::string text = kWhole;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    (void)parse_descriptor(text, "studio.json");
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::configuration);
    return failure.error().message;
  }
  return "none";
}

}  // namespace

TEST(Descriptor, needs_little_to_be_whole) {
  EXPECT_EQ(problem_after("\"errors\": []", "\"notes\": \"fine\""), "none");
}

TEST(Descriptor, reports_mistakes_with_file_line_and_field) {
  EXPECT_EQ(problem_after("{prompt}", "{promt}"),
            "studio.json:9: field requests.text_to_image.json.prompt: unknown {promt}; did you "
            "mean {prompt}?");
  EXPECT_EQ(
      problem_after("\"json\"", "\"jason\""),
      "studio.json:9: field requests.text_to_image.jason: unknown field; did you mean \"json\"?");
  EXPECT_EQ(problem_after("\"none\"", "\"bearer\""),
            "studio.json:7: field auth: \"secret\" is missing");
  EXPECT_EQ(problem_after("\"kind\": \"none\"", "\"kind\": \"barer\""),
            "studio.json:7: field auth.kind: unknown \"barer\"; did you mean \"bearer\"?");
  EXPECT_EQ(problem_after("http://studio.lan", "file:///etc"),
            "studio.json:6: field base_url: must be an http or https URL");
  EXPECT_EQ(problem_after("http://studio.lan", "http://me:pw@studio.lan"),
            "studio.json:6: field base_url: must not hold a user name or password; use \"auth\"");
  EXPECT_THAT(problem_after("\"url\": \"url\"", "\"url\": \"a[\""),
              HasSubstr("studio.json:10: field reply.images.0.url: path"));
  EXPECT_EQ(problem_after("\"free\": true,", ""),
            "studio.json:1: needs \"credits\", or \"free\": true");
  EXPECT_EQ(problem_after("provider\": 1", "provider\": 2"),
            "studio.json:2: field castboard_provider: this program reads format 1; a newer "
            "Castboard may read this file");
}

TEST(Descriptor, checks_error_rules) {
  EXPECT_THAT(problem_after("[]\n", R"([{"class": "refuse"}])"),
              HasSubstr("errors.0.class: unknown \"refuse\"; did you mean \"refused\"?"));
  EXPECT_THAT(problem_after("[]\n", R"([{"matches": "(", "class": "refused"}])"),
              HasSubstr("errors.0.matches: not a regular expression"));
  EXPECT_THAT(problem_after("[]\n", R"([{"class": "provider", "retry": true}])"),
              HasSubstr("errors.0.retry: only \"rate_limited\""));
  EXPECT_THAT(problem_after("[]\n", R"([{"equals": 1, "class": "provider"}])"),
              HasSubstr("errors.0.equals: needs a \"path\""));
  EXPECT_THAT(problem_after("[]\n", R"([{"status": "6xx", "class": "provider"}])"),
              HasSubstr("errors.0.status"));
}

TEST(Descriptor, checks_how_a_job_is_polled_and_cancelled) {
  const auto with = [](const std::string& field) {
    return problem_after("\"errors\": []", "\"errors\": [],\n" + field);
  };
  EXPECT_EQ(
      with(R"("poll": {"id": "id", "request": {"path": "/{job_id}"}, "done": {"status": 200}})"),
      "none");
  EXPECT_THAT(with(R"("poll": {"request": {"path": "/"}, "done": {}})"),
              HasSubstr("studio.json:12: field poll: needs \"id\" or \"capture\""));
  EXPECT_THAT(with(R"("poll": {"id": "id", "request": {"path": "/{jobid}"}, "done": {}})"),
              HasSubstr("field poll.request.path: unknown {jobid}; did you mean {job_id}?"));
  EXPECT_THAT(with(R"("poll": {"id": "id", "request": {"url": "{got.pollurl}"},
                       "done": {}, "capture": {"poll_url": "u"}})"),
              HasSubstr("did you mean {got.poll_url}?"));
  EXPECT_THAT(with(R"("poll": {"id": "id", "request": {"path": "/"}, "done": {"equals": 1}})"),
              HasSubstr("field poll.done.equals: needs a \"path\""));
  EXPECT_THAT(with(R"("cancel": [{"path": "/x", "url": "{job_id}"}])"),
              HasSubstr("field cancel.0.url: a request has \"path\" or \"url\", not both"));
  EXPECT_THAT(with(R"("progress": {"path": "percent"})"),
              HasSubstr("field progress: needs a \"request\" of its own"));
  EXPECT_THAT(with(R"("session": [{"path": "/login", "json": {"user": "{sercet}"}}])"),
              HasSubstr("did you mean {secret}?"));
}

TEST(Descriptor, lets_the_secret_into_session_requests_only) {
  EXPECT_THAT(problem_after("\"prompt\": \"{prompt}\"", "\"key\": \"{secret}\""),
              HasSubstr("field requests.text_to_image.json.key: unknown {secret}"));
  EXPECT_THAT(problem_after("{\"kind\": \"none\"}", R"({"kind": "session", "secret": "KEY"})"),
              HasSubstr("field auth: needs \"session\" requests"));
}

TEST(Descriptor, names_the_workflow_it_cannot_read) {
  EXPECT_THAT(problem_after("{\"prompt\": \"{prompt}\"}",
                            R"({"$workflow": {"file": "/nowhere/ours.json", "set": {}}})"),
              HasSubstr("/nowhere/ours.json"));
}

TEST(Descriptor, wants_a_request_for_the_references_it_takes) {
  EXPECT_THAT(problem_after("\"errors\": []", "\"references\": {\"character\": 1}"),
              HasSubstr("\"image_to_image\" is missing"));
}

TEST(Descriptor, chooses_the_nearest_shape_not_the_nearest_number) {
  Descriptor descriptor;
  descriptor.sizes = {
      {.models = {}, .entries = {{1, 1, "square"}, {3, 2, "wide"}, {2, 3, "tall"}}}};
  EXPECT_EQ(descriptor.choose_size("", "16:9")->entry.value, "wide");
  EXPECT_EQ(descriptor.choose_size("", "9:16")->entry.value, "tall");
  EXPECT_EQ(descriptor.choose_size("", "4:3")->entry.value, "wide");
  EXPECT_TRUE(descriptor.choose_size("", "2:2")->native);
  EXPECT_FALSE(descriptor.choose_size("", "4:3")->native);
  EXPECT_FALSE(descriptor.choose_size("", "wide"));
}

TEST(Descriptor, reads_the_example_of_the_documentation) {
  std::ifstream file(std::string(CASTBOARD_SOURCE_DIR) + "/docs/providers.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const auto start = page.find("```json\n") + 8;
  const std::string example = page.substr(start, page.find("```", start) - start);
  EXPECT_LT(std::count(example.begin(), example.end(), '\n'), 60);
  const Descriptor descriptor = parse_descriptor(example, "paint.json");
  EXPECT_EQ(descriptor.name, "paint");
  EXPECT_EQ(descriptor.choose_size("", "4:3")->entry.value, "1024x1024");
}

}  // namespace castboard
