// Mistakes people make in a provider's file: each is reported with file, line and field, and says
// what to do. None is found only when a picture was paid for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "castboard/result.h"
#include "providers/descriptor.h"

namespace castboard {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

const std::string kRight = R"({
  "castboard_provider": 1,
  "name": "paint",
  "title": "Studio Paint",
  "base_url": "http://paint.studio.lan/v1",
  "auth": {"kind": "header", "header": "X-Token", "secret": "PAINT_TOKEN"},
  "seed": {"max": 4294967295},
  "models": ["a", "b"],
  "sizes": {"1:1": "1024x1024", "16:9": "1344x756"},
  "references": {"character": 1, "max_mib": 8},
  "requests": {
    "text_to_image": {
      "path": "/draw",
      "json": {"text": "{prompt}", "w": "{width}"}
    },
    "image_to_image": {
      "path": "/edit",
      "multipart": [{"name": "image", "files": "references"}]
    }
  },
  "poll": {
    "id": "job",
    "request": {"path": "/jobs/{job_id}"},
    "done": {"path": "state", "equals": "done"},
    "interval_seconds": 2
  },
  "cancel": {"method": "DELETE", "path": "/jobs/{job_id}"},
  "reply": {
    "images": [{"url": "picture.href"}],
    "cost": {"path": "usage.credits", "unit": "credits"}
  },
  "errors": [
    {"status": "4xx", "path": "problem", "matches": "not allowed", "class": "refused"},
    {"status": 429, "class": "rate_limited", "retry": true}
  ],
  "download": {"private_hosts": ["files.studio.lan"]},
  "limits": {"total_seconds": 300, "in_flight": 4},
  "credits": {"picture": 1, "reference": 1}
}
)";

struct Mistake {
  const char* name;
  const char* right;
  const char* wrong;
  const char* told;    // after "paint.json:LINE: "
  int lines_away = 0;  // of where it is told from where it was made
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.wrong;
}

class DescriptorMistakes : public ::testing::TestWithParam<Mistake> {};

}  // namespace

TEST(DescriptorMistakes, are_not_seen_where_there_are_none) {
  EXPECT_EQ(parse_descriptor(kRight, "paint.json").name, "paint");
}

TEST_P(DescriptorMistakes, are_told_with_line_and_field_and_what_to_do) {
  const Mistake& mistake = GetParam();
  std::string text = kRight;
  const auto at = text.find(mistake.right);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string(mistake.right).size(), mistake.wrong);
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  try {
    (void)parse_descriptor(text, "paint.json");
    FAIL() << "taken as right";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::configuration);
    EXPECT_THAT(failure.error().message,
                AllOf(StartsWith("paint.json:" + std::to_string(line + mistake.lines_away) + ": "),
                      HasSubstr(mistake.told)));
    EXPECT_THAT(failure.error().hint, HasSubstr("Correct the file"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Typical, DescriptorMistakes,
    ::testing::Values(
        Mistake{"trailing_comma", "\"reference\": 1}\n", "\"reference\": 1},\n",
                "is there a comma too many before it?", 1},
        Mistake{"missing_comma", "\"name\": \"paint\",", "\"name\": \"paint\"",
                "is a comma or a bracket missing before it?", 1},
        Mistake{"duplicate_key", "\"seed\": {\"max\"", "\"name\": \"x\", \"seed\": {\"max\"",
                "field name: stands twice in the same object, first in line 3"},
        Mistake{"number_as_text", "4294967295", "\"4294967295\"",
                "field seed.max: must be a whole number, is string"},
        Mistake{"flag_for_an_object", "{\"max\": 4294967295}", "true",
                "field seed: must be an object, is boolean"},
        Mistake{"unknown_key", "\"sizes\"", "\"size\"",
                "field size: unknown field; did you mean \"sizes\"?"},
        Mistake{"unknown_deep_key", "\"interval_seconds\"", "\"interval\"",
                "field poll.interval: unknown field; did you mean \"interval_seconds\"?"},
        Mistake{"missing_secret", ", \"secret\": \"PAINT_TOKEN\"", "",
                "field auth: \"secret\" is missing"},
        Mistake{"missing_unit", ", \"unit\": \"credits\"", "",
                "field reply.cost: \"unit\" is missing"},
        Mistake{"missing_class", "\"class\": \"rate_limited\", ", "",
                "field errors.1: \"class\" is missing"},
        Mistake{"open_bracket_in_a_path", "picture.href", "picture[.href",
                "field reply.images.0.url: path \"picture[.href\": a bracket without end"},
        Mistake{"double_dot_in_a_path", "usage.credits", "usage..credits",
                "field reply.cost.path: path \"usage..credits\": unexpected character"},
        Mistake{"unknown_name", "{prompt}", "{promt}",
                "field requests.text_to_image.json.text: unknown {promt}; did you mean {prompt}?"},
        Mistake{"open_brace", "{width}", "{width",
                "field requests.text_to_image.json.w: \"{width\" is no {name}"},
        Mistake{"name_nothing_gives", "/jobs/{job_id}\"},\n    \"done",
                "{got.place}\"},\n    \"done", "field poll.request.path: unknown {got.place}"},
        Mistake{"odd_status", "\"4xx\"", "\"40x\"",
                "field errors.0.status: unknown \"40x\"; did you mean \"4xx\"?"},
        Mistake{"status_that_is_none", "\"status\": 429", "\"status\": 42",
                "field errors.1.status: must be from 100 to 599"},
        Mistake{"unknown_kind", "\"kind\": \"header\"", "\"kind\": \"headers\"",
                "field auth.kind: unknown \"headers\"; did you mean \"header\"?"},
        Mistake{"bytes_and_json", "\"json\": {\"text\"",
                "\"bytes\": \"character_reference\", \"json\": {\"text\"",
                "field requests.text_to_image.bytes: a request has one body"},
        Mistake{"bytes_of_nothing_known",
                "\"multipart\": [{\"name\": \"image\", \"files\": \"references\"}]",
                "\"bytes\": \"references\"",
                "field requests.image_to_image.bytes: unknown \"references\"; did you mean "
                "\"reference\"?"},
        Mistake{
            "bytes_of_the_current_one_outside_a_step",
            "\"multipart\": [{\"name\": \"image\", \"files\": \"references\"}]",
            "\"bytes\": \"reference\"",
            "field requests.image_to_image.bytes: \"reference\" is for a step with \"for_each\""},
        Mistake{"bytes_of_a_get",
                "\"multipart\": [{\"name\": \"image\", \"files\": \"references\"}]",
                "\"method\": \"GET\", \"bytes\": \"character_reference\"",
                "field requests.image_to_image.bytes: a GET has no body"},
        Mistake{"fields_nothing_gives", "{\"name\": \"image\", \"files\": \"references\"}",
                "{\"fields\": \"got.fields\"}",
                "field requests.image_to_image.multipart.0.fields: unknown {got.fields}"},
        Mistake{"object_in_a_query", "\"json\": {\"text\": \"{prompt}\", \"w\": \"{width}\"}",
                "\"query\": {\"text\": {\"a\": 1}}",
                "field requests.text_to_image.query.text: must be text, a number, true, false, or "
                "a list"},
        Mistake{"secret_where_it_may_not_be", "\"w\": \"{width}\"", "\"w\": \"{secret}\"",
                "field requests.text_to_image.json.w: unknown {secret}"},
        Mistake{"key_nobody_is_sent", "\"seed\": {\"max\": 4294967295}",
                "\"idempotency\": {\"hours\": 24}",
                "field idempotency: needs {idempotency_key} in each of \"requests\""},
        Mistake{"unknown_class", "\"refused\"", "\"reject\"",
                "field errors.0.class: \"reject\" is none of refused, rate_limited"},
        Mistake{"open_group", "not allowed", "not (allowed",
                "field errors.0.matches: not a regular expression"},
        Mistake{"address_without_scheme", "http://paint.studio.lan/v1", "paint.studio.lan/v1",
                "field base_url: must be an http or https URL"},
        Mistake{"path_without_slash", "\"/draw\"", "\"draw\"",
                "field requests.text_to_image.path: must begin with \"/\""},
        Mistake{"negative_limit", "300", "-300",
                "field limits.total_seconds: must be from 0 to 86400 seconds"},
        Mistake{"nothing_in_flight", "\"in_flight\": 4", "\"in_flight\": 0",
                "field limits.in_flight: must be from 1"},
        Mistake{"negative_size", "\"max_mib\": 8", "\"max_mib\": -8",
                "field references.max_mib: must be from 0 to 4096 MiB"},
        Mistake{"negative_credits", "\"picture\": 1", "\"picture\": -1",
                "field credits.picture: must be from 0"},
        Mistake{"asking_without_pause", "\"interval_seconds\": 2", "\"interval_seconds\": 0",
                "field poll.interval_seconds: must be above 0"},
        Mistake{"ratio_with_slash", "\"16:9\"", "\"16/9\"", "must be a ratio such as \"4:3\""},
        Mistake{"pixels_with_spaces", "1344x756", "1344 x 756",
                "field sizes.16:9: pixels are written \"1344x756\""},
        Mistake{"one_reference_for_all", "\"files\": \"references\"", "\"files\": \"reference\"",
                "here it is \"references\""},
        Mistake{"condition_without_any", "{\"path\": \"state\", \"equals\": \"done\"}", "{}",
                "field poll.done: is always true"},
        Mistake{"address_for_a_host", "\"files.studio.lan\"", "\"http://files.studio.lan/\"",
                "field download.private_hosts: \"http://files.studio.lan/\" must be a host's name"},
        Mistake{"colon_in_a_header", "\"X-Token\"", "\"X-Token:\"",
                "field auth.header: \"X-Token:\" is no header's name"},
        Mistake{"retry_of_what_may_be_billed", "\"class\": \"refused\"",
                "\"class\": \"no_answer\", \"retry\": true",
                "field errors.0.retry: only \"rate_limited\" may be tried again"},
        Mistake{"unknown_default", "\"models\"", "\"default_model\": \"c\", \"models\"",
                "field default_model: \"c\" is none of a, b"},
        Mistake{"two_bodies", "\"multipart\": [", "\"json\": {}, \"multipart\": [",
                "field requests.image_to_image.multipart: a request has one body"}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace castboard
