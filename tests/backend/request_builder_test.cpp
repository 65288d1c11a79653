// What a descriptor's templates become on the wire: query, bodies of every kind, and who may know
// the secret.
#include "providers/request_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "support/provider_calls.h"

namespace castboard {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace castboard::testing;

namespace {

// A descriptor whose text-to-image request is `request`, and `more` beside it.
Descriptor descriptor_of(const json& request, const json& more = json::object()) {
  json descriptor = json::parse(R"({
    "castboard_provider": 1, "name": "paint", "title": "Paint", "credits": {"picture": 1},
    "base_url": "https://paint.example/v1",
    "auth": {"kind": "header", "header": "X-Key", "secret": "KEY"}, "seed": {},
    "requests": {}, "reply": {"images": [{"url": "url"}]}})");
  descriptor["requests"]["text_to_image"] = request;
  descriptor.update(more);
  return parse_descriptor(descriptor.dump(), "paint.json");
}

class RequestBuilder : public ::testing::Test {
 protected:
  RequestBuilder() {
    access_.base_url = "https://paint.example/v1";
    access_.header = "X-Key";
    access_.header_value = "sesame-key";
    add_references(request_);
    request_.prompt = "A pilot & her dog";
  }
  [[nodiscard]] RequestValues values(const Descriptor& descriptor) const {
    return {.descriptor = descriptor, .request = request_, .captured = captured_, .seed = seed_};
  }
  HttpRequest built(const Descriptor& descriptor, const NumberedReference* reference = nullptr) {
    return build_request(descriptor.text_to_image.request, values(descriptor), access_, reference);
  }
  void got(const std::string& name, const json& value) {
    captured_.got[name] = std::make_shared<const json>(value);
  }
  static std::string header(const HttpRequest& request, const std::string& name) {
    for (const auto& [key, value] : request.headers)
      if (key == name) return value;
    return "(none)";
  }

  ProviderRequest request_ = sheet_request("paint");
  CapturedValues captured_;
  Access access_;
  std::optional<std::int64_t> seed_;
};

json operator|(json first, const json& second) {
  first.update(second);
  return first;
}

const json kAsked = json::parse(R"({"method": "GET", "path": "/p/{prompt}",
    "query": {"seed": "{seed}", "model": "flux schnell", "private": true, "tag": ["a", "b"]}})");

}  // namespace

TEST_F(RequestBuilder, writes_a_query_and_leaves_out_what_is_not_set) {
  const Descriptor descriptor = descriptor_of(kAsked);
  EXPECT_EQ(built(descriptor).url,
            "https://paint.example/v1/p/A%20pilot%20%26%20her%20dog?"
            "model=flux%20schnell&private=true&tag=a&tag=b");
  seed_ = 7;
  EXPECT_THAT(built(descriptor).url, HasSubstr("&seed=7&"));
}

TEST_F(RequestBuilder, adds_the_query_of_every_request_below_the_base_url_only) {
  const json common = {{"query", {{"api-version", "2025-04-01"}}}};
  EXPECT_EQ(built(descriptor_of({{"path", "/make?x=1"}, {"json", {{"a", 1}}}}, common)).url,
            "https://paint.example/v1/make?x=1&api-version=2025-04-01");
  EXPECT_EQ(built(descriptor_of({{"url", "https://cdn.example/put"}}, common)).url,
            "https://cdn.example/put");
}

TEST_F(RequestBuilder, writes_a_form) {
  const HttpRequest request = built(descriptor_of(
      json::parse(R"({"path": "/t", "form": {"grant": "client", "q": "{prompt}"}})")));
  EXPECT_EQ(request.body, "grant=client&q=A%20pilot%20%26%20her%20dog");
  EXPECT_EQ(header(request, "Content-Type"), "application/x-www-form-urlencoded");
}

TEST_F(RequestBuilder, sends_a_picture_as_it_is_with_its_real_type) {
  const HttpRequest request =
      built(descriptor_of({{"path", "/up"}, {"bytes", "background_reference"}}));
  const auto& bytes = request_.background_references[0].bytes;
  EXPECT_EQ(request.body, std::string(bytes.begin(), bytes.end()));
  EXPECT_EQ(header(request, "Content-Type"), "image/jpeg");
  const json typed = json::parse(R"({"method": "PUT", "path": "/up", "bytes": "character_reference",
                                     "headers": {"content-type": "application/octet-stream"}})");
  const HttpRequest own = built(descriptor_of(typed));
  EXPECT_EQ(own.method, "PUT");
  EXPECT_EQ(header(own, "content-type"), "application/octet-stream");
  EXPECT_EQ(header(own, "Content-Type"), "(none)");
}

TEST_F(RequestBuilder, says_so_when_there_is_no_picture_to_send) {
  request_.background_references.clear();
  const Descriptor descriptor = descriptor_of({{"path", "/up"}, {"bytes", "background_reference"}});
  EXPECT_THROW((void)built(descriptor), Failure);
}

TEST_F(RequestBuilder, makes_a_part_of_every_field_an_answer_gave_as_object_or_as_its_text) {
  const Descriptor descriptor = descriptor_of(
      json::parse(R"({"before": [{"path": "/upload", "capture": {"fields": "fields"}}],
                      "path": "/s3", "multipart": [{"fields": "got.fields"},
                                                   {"name": "file", "files": "references"}]})"));
  const json fields = {{"key", "a/b.png"}, {"policy", "eyJ="}, {"n", 3}};
  for (const json& given : {fields, json(fields.dump())}) {
    got("fields", given);
    const HttpRequest request = built(descriptor);
    std::vector<std::string> parts;
    for (const HttpPart& part : request.parts)
      parts.push_back(part.name + (part.file_name.empty()
                                       ? "=" + std::string(part.bytes.begin(), part.bytes.end())
                                       : ""));
    EXPECT_THAT(parts, ElementsAre("key=a/b.png", "n=3", "policy=eyJ=", "file", "file"));
  }
  captured_.got.clear();
  EXPECT_EQ(built(descriptor).parts.size(), 2U);
}

TEST_F(RequestBuilder, writes_numbers_and_objects_as_text_where_the_api_wants_text) {
  seed_ = 7;
  const Descriptor descriptor = descriptor_of(json::parse(
      R"({"path": "/m", "json": {"seed": {"$text": "{seed}"}, "n": {"$text": "{got.none}"},
                                 "input": {"$text": {"seed": "{seed}", "on": true}}},
          "before": [{"path": "/a", "capture": {"none": "none"}}]})"));
  const json body = json::parse(built(descriptor).body);
  EXPECT_EQ(body["seed"], "7");
  EXPECT_FALSE(body.contains("n"));
  EXPECT_EQ(json::parse(body["input"].get<std::string>()), (json{{"seed", 7}, {"on", true}}));
}

TEST_F(RequestBuilder, puts_a_secret_where_the_descriptor_says_and_only_where_the_key_may_go) {
  const json body = json::parse(
      R"({"json": {"key": "{secret}", "prompt": "{prompt}"}, "query": {"key": "{secret}"}})");
  const json more = json::parse(R"({"auth": {"kind": "request", "secret": "KEY"},
      "poll": {"id": "id", "capture": {"u": "u"}, "request": {"url": "{got.u}"},
               "done": {"path": "d"}}})");
  access_.header.clear();
  access_.secret = "sesame-key";
  const HttpRequest own = built(descriptor_of(body | json{{"path", "/make"}}, more));
  EXPECT_THAT(own.url, HasSubstr("?key=sesame-key"));
  EXPECT_EQ(json::parse(own.body)["key"], "sesame-key");
  got("u", "https://elsewhere.example/make");
  const HttpRequest other = built(descriptor_of(body | json{{"url", "{got.u}"}}, more));
  EXPECT_EQ(other.url, "https://elsewhere.example/make");
  EXPECT_FALSE(json::parse(other.body).contains("key"));
  EXPECT_TRUE(other.public_only);
  got("u", "https://paint.example/v1/later");
  EXPECT_THAT(built(descriptor_of(body | json{{"url", "{got.u}"}}, more)).body,
              HasSubstr("sesame-key"));
}

TEST_F(RequestBuilder, gives_an_address_an_answer_named_neither_key_nor_session) {
  const Descriptor descriptor =
      descriptor_of(json::parse(
                        R"({"before": [{"path": "/a", "capture": {"u": "u"}}], "method": "PUT",
              "url": "{got.u}", "json": {"session": "{session.id}", "a": 1},
              "headers": {"X-Session": "{session.id}"}})"),
                    json::parse(R"({"session": [{"path": "/s", "capture": {"id": "id"}}],
                      "headers": {"X-App": "castboard"}})"));
  captured_.session["id"] = std::make_shared<const json>("hush");
  got("u", "https://bucket.example/put?sig=1");
  const HttpRequest request = built(descriptor);
  EXPECT_EQ(request.body, R"({"a":1})");
  EXPECT_EQ(header(request, "X-Session"), "(none)");
  EXPECT_EQ(header(request, "X-Key"), "(none)");
  EXPECT_EQ(header(request, "X-App"), "castboard");
  EXPECT_TRUE(request.public_only);
  EXPECT_THAT(request.trusted_hosts, IsEmpty());
  EXPECT_THAT(request.trusted_origins, ElementsAre(access_.base_url));
}

TEST_F(RequestBuilder, gives_the_secret_to_an_https_address_that_the_descriptor_itself_names) {
  const auto step = [&](const char* url) {
    const json request = json::parse(
        R"({"path": "/make", "json": {"a": 1}, "headers": {"X-Session": "{session.t}"}})");
    const json more{{"auth", {{"kind", "session"}, {"secret", "KEY"}}},
                    {"headers", {{"Authorization", "Bearer {session.t}"}}},
                    {"session",
                     {{{"url", url},
                       {"form", {{"client_secret", "{secret}"}}},
                       {"capture", {{"t", "access_token"}}}}}}};
    const Descriptor read = descriptor_of(request, more);
    access_.secret = "sesame-key";
    captured_.session["t"] = std::make_shared<const json>("old-token");
    return build_request(read.session[0].request, values(read), access_);
  };
  const HttpRequest request = step("https://login.example/token");
  EXPECT_EQ(request.body, "client_secret=sesame-key");
  EXPECT_EQ(header(request, "X-Key"), "(none)") << "the key's header is for the base URL";
  EXPECT_EQ(header(request, "Authorization"), "(none)") << "and so is the session";
  EXPECT_THAT(request.trusted_origins, Contains("https://login.example/token"));
  EXPECT_EQ(step("http://login.example/token").body, "") << "never without TLS";
}

TEST_F(RequestBuilder, shows_a_picture_by_its_size_and_fields_by_their_name) {
  const Descriptor raw = descriptor_of({{"path", "/up"}, {"bytes", "character_reference"}});
  RequestValues shown = values(raw);
  shown.shortened = true;
  const std::string text =
      preview_request(build_request(raw.text_to_image.request, shown, access_), access_);
  EXPECT_THAT(text, HasSubstr("Content-Type: image/png"));
  EXPECT_THAT(text, HasSubstr(" bytes of image/png>"));
}

}  // namespace castboard
