#include "providers/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <future>
#include <optional>
#include <thread>

#include <zlib.h>

#include "castboard/result.h"
#include "catalogue/utf8.h"
#include "providers/short_line.h"
#include "support/loopback_server.h"

namespace castboard {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

const Http& http() {
  static const Http http({});
  return http;
}

struct Outcome {
  std::optional<HttpResponse> response;
  std::optional<Error> error;
  SentState sent = SentState::nothing_sent;

  [[nodiscard]] ErrorCode code() const { return error ? error->code : ErrorCode::internal; }
};

Outcome perform(const HttpRequest& request, const HttpLimits& limits, Cancellation& cancel) {
  Outcome outcome;
  try {
    outcome.response = http().perform(request, limits, cancel, &outcome.sent);
  } catch (const Failure& failure) {
    outcome.error = failure.error();
  }
  return outcome;
}

Outcome perform(const HttpRequest& request, const HttpLimits& limits = {}) {
  Cancellation cancel;
  return perform(request, limits, cancel);
}

HttpRequest get(std::string url) {
  return {.url = std::move(url)};
}

HttpRequest post(std::string url, std::string body) {
  return {.method = "POST", .url = std::move(url), .body = std::move(body)};
}

void answer_ok(const LoopbackRequest&, LoopbackConnection& connection) {
  connection.respond(200, "text/plain", "fine");
}

// A port where nobody listens.
int free_port() {
  const LoopbackServer server(answer_ok);
  return server.port();
}

}  // namespace

TEST(Http, answers_with_status_headers_and_body) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(418, "text/plain", "tea", "X-Pot: round\r\n");
  });
  const Outcome outcome = perform(get(server.url("/pot")));
  ASSERT_TRUE(outcome.response);
  EXPECT_EQ(outcome.response->status, 418);
  EXPECT_EQ(outcome.response->header("x-pot"), "round");
  EXPECT_EQ(outcome.response->text(), "tea");
  EXPECT_EQ(outcome.sent, SentState::may_have_been_sent);
}

TEST(Http, sends_a_large_body_at_once_without_asking_to_continue) {
  LoopbackServer server(answer_ok);
  const std::string body(3 * 1024 * 1024, 'x');
  ASSERT_TRUE(perform(post(server.url("/"), body)).response);
  const LoopbackRequest request = server.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body, body);
  EXPECT_EQ(request.header("expect"), "");
}

TEST(Http, writes_multipart_with_repeated_names_and_real_content_types) {
  LoopbackServer server(answer_ok);
  HttpRequest request{.method = "POST", .url = server.url("/")};
  request.parts = {
      {.name = "prompt", .bytes = {'h', 'i'}},
      {.name = "image[]", .content_type = "image/png", .file_name = "a \"1\".png", .bytes = {1, 2}},
      {.name = "image[]",
       .content_type = "image/webp",
       .file_name = "b.webp",
       .bytes = {'\r', '\n'}}};
  ASSERT_TRUE(perform(request).response);
  const auto parts = server.requests().at(0).parts();
  ASSERT_THAT(parts, SizeIs(3));
  EXPECT_EQ(parts[0].name, "prompt");
  EXPECT_EQ(parts[0].body, "hi");
  EXPECT_EQ(parts[0].file_name, "");
  EXPECT_EQ(parts[1].name, "image[]");
  EXPECT_EQ(parts[1].content_type, "image/png");
  EXPECT_EQ(parts[1].file_name, "a %221%22.png");
  EXPECT_EQ(parts[2].name, "image[]");
  EXPECT_EQ(parts[2].content_type, "image/webp");
  EXPECT_EQ(parts[2].body, "\r\n");
}

TEST(Http, cancels_while_the_server_is_silent) {
  // The server stays silent until its end: only the cancel can have brought the call back.
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  Cancellation cancel;
  auto call = std::async(std::launch::async,
                         [&] { return perform(post(server.url("/"), "{}"), {}, cancel); });
  server.wait_for_requests(1);
  cancel.cancel();
  const Outcome outcome = call.get();
  EXPECT_EQ(outcome.code(), ErrorCode::cancelled);
  EXPECT_EQ(outcome.sent, SentState::may_have_been_sent);
}

TEST(Http, does_not_start_once_cancelled) {
  LoopbackServer server(answer_ok);
  Cancellation cancel;
  cancel.cancel();
  EXPECT_EQ(perform(get(server.url("/")), {}, cancel).code(), ErrorCode::cancelled);
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(Http, wakes_a_waiting_worker_when_cancelled) {
  Cancellation cancel;
  std::thread other([&] { cancel.cancel(); });
  EXPECT_TRUE(cancel.wait_for(std::chrono::hours(1)));
  other.join();
}

TEST(Http, gives_up_when_no_first_byte_comes) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  const Outcome outcome = perform(get(server.url("/")), {.first_byte = milliseconds(30)});
  EXPECT_EQ(outcome.code(), ErrorCode::timed_out);
  EXPECT_THAT(outcome.error->message, HasSubstr("nothing within 30 ms"));
  EXPECT_EQ(outcome.sent, SentState::may_have_been_sent);
}

TEST(Http, gives_up_when_the_whole_takes_too_long_though_bytes_come) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst");
    connection.stay_silent();
  });
  const Outcome outcome = perform(get(server.url("/")),
                                  {.first_byte = milliseconds(10'000), .total = milliseconds(50)});
  EXPECT_EQ(outcome.code(), ErrorCode::timed_out);
  EXPECT_THAT(outcome.error->message, HasSubstr("did not finish within 50 ms"));
}

TEST(Http, says_that_nothing_was_sent_when_nobody_listens) {
  const Outcome outcome =
      perform(post("http://127.0.0.1:" + std::to_string(free_port()) + "/", "{}"));
  EXPECT_EQ(outcome.code(), ErrorCode::network);
  EXPECT_EQ(outcome.sent, SentState::nothing_sent);
  EXPECT_THAT(outcome.error->message, HasSubstr("127.0.0.1"));
}

TEST(Http, reports_a_host_that_hangs_up_without_an_answer) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.reset(); });
  const Outcome outcome = perform(post(server.url("/"), "{}"));
  EXPECT_EQ(outcome.code(), ErrorCode::provider);
  EXPECT_EQ(outcome.sent, SentState::may_have_been_sent);
}

TEST(Http, refuses_a_body_that_is_cut_off) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    connection.send(request.target == "/chunked"
                        ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  });
  EXPECT_EQ(perform(get(server.url("/length"))).code(), ErrorCode::provider);
  EXPECT_EQ(perform(get(server.url("/chunked"))).code(), ErrorCode::provider);
}

TEST(Http, refuses_a_body_over_the_limit_whether_announced_or_not) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/announced")
      return connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
    connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    connection.send(std::string(100'000, 'x'));
  });
  for (const char* path : {"/announced", "/endless"}) {
    const Outcome outcome = perform(get(server.url(path)), {.max_body = 50'000});
    EXPECT_EQ(outcome.code(), ErrorCode::provider) << path;
    EXPECT_THAT(outcome.error->message, HasSubstr("larger than")) << path;
  }
}

// A few kilobytes on the wire that unpack to more than anybody wants.
TEST(Http, refuses_a_body_that_unpacks_to_more_than_the_limit) {
  const std::vector<unsigned char> zeros(std::size_t{64} * 1024 * 1024);
  uLongf size = compressBound(static_cast<uLong>(zeros.size()));
  std::string packed(size, '\0');
  ASSERT_EQ(compress(reinterpret_cast<unsigned char*>(packed.data()), &size, zeros.data(),
                     static_cast<uLong>(zeros.size())),
            Z_OK);
  packed.resize(size);
  ASSERT_LT(packed.size(), 100'000U);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(200, "image/png", packed, "Content-Encoding: deflate\r\n");
  });
  HttpLimits limits;
  limits.max_body = std::size_t{1024} * 1024;
  const Outcome outcome = perform(get(server.url()), limits);
  EXPECT_EQ(outcome.code(), ErrorCode::provider);
  EXPECT_THAT(outcome.error->message, HasSubstr("larger than 1 MiB"));
}

TEST(Http, refuses_endless_headers) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 20'000; ++i) connection.send("X-More: and more and more and more\r\n");
    connection.send("\r\n");
  });
  const Outcome outcome = perform(get(server.url("/")));
  EXPECT_EQ(outcome.code(), ErrorCode::provider);
  EXPECT_THAT(outcome.error->message, HasSubstr("headers of 127.0.0.1's reply are larger than"));
}

TEST(Http, follows_redirects_up_to_the_limit) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/end") return connection.respond(200, "text/plain", "here");
    connection.redirect(302, request.target == "/start" ? "/end" : "/loop");
  });
  const Outcome found = perform(get(server.url("/start")));
  ASSERT_TRUE(found.response);
  EXPECT_EQ(found.response->text(), "here");
  EXPECT_EQ(found.response->final_url, server.url("/end"));
  const Outcome lost = perform(get(server.url("/loop")), {.max_redirects = 3});
  EXPECT_EQ(lost.code(), ErrorCode::provider);
  EXPECT_THAT(lost.error->message, HasSubstr("more than 3 times"));
}

TEST(Http, never_takes_a_secret_header_to_another_host) {
  LoopbackServer other(answer_ok);
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    connection.redirect(302, request.target == "/away" ? other.url("/") : "/here");
  });
  HttpRequest request = get(server.url("/away"));
  request.headers = {{"X-Key", "sesame"}, {"X-Plain", "yes"}};
  request.secret_headers = {"x-key"};
  ASSERT_TRUE(perform(request).response);
  EXPECT_EQ(server.requests().at(0).header("x-key"), "sesame");
  EXPECT_EQ(other.requests().at(0).header("x-key"), "");
  EXPECT_EQ(other.requests().at(0).header("x-plain"), "yes");
}

TEST(Http, keeps_a_secret_header_on_a_redirect_within_the_host) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/start") return connection.redirect(307, "/end");
    connection.respond(200, {}, {});
  });
  HttpRequest request = post(server.url("/start"), "{\"a\":1}");
  request.headers = {{"Authorization", "Bearer sesame"}};
  request.secret_headers = {"Authorization"};
  ASSERT_TRUE(perform(request).response);
  const LoopbackRequest second = server.requests().at(1);
  EXPECT_EQ(second.method, "POST");
  EXPECT_EQ(second.body, "{\"a\":1}");
  EXPECT_EQ(second.header("authorization"), "Bearer sesame");
}

TEST(Http, never_sends_a_body_to_the_host_of_a_redirect) {
  LoopbackServer other(answer_ok);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.redirect(307, other.url("/"));
  });
  const Outcome outcome = perform(post(server.url("/"), "private picture"));
  EXPECT_EQ(outcome.code(), ErrorCode::provider);
  EXPECT_EQ(outcome.sent, SentState::nothing_sent);
  EXPECT_THAT(other.requests(), IsEmpty());
}

TEST(Http, asks_with_get_for_what_a_redirect_shows_and_counts_the_request_as_sent) {
  for (const int status : {301, 302, 303}) {
    LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
      if (request.target == "/start") return connection.redirect(status, "/end");
      if (request.target == "/end") return connection.respond(200, "text/plain", "made");
      if (request.target == "/loop") return connection.redirect(status, "/loop");
      if (request.target == "/cut") return connection.redirect(status, "/closes");
      if (request.target == "/away")
        connection.redirect(status, "http://127.0.0.1:1/");  // nobody listens there
    });
    const Outcome found = perform(post(server.url("/start"), "{}"));
    ASSERT_TRUE(found.response) << status;
    EXPECT_EQ(found.response->text(), "made");
    EXPECT_TRUE(found.response->from_elsewhere);
    const LoopbackRequest second = server.requests().at(1);
    EXPECT_EQ(second.method, "GET");
    EXPECT_EQ(second.body, "");
    for (const char* path : {"/loop", "/cut", "/away"}) {
      const Outcome lost = perform(post(server.url(path), "{}"));
      EXPECT_TRUE(lost.error) << path;
      EXPECT_EQ(lost.sent, SentState::may_have_been_sent) << status << path;
    }
    int posts = 0;
    for (const LoopbackRequest& request : server.requests()) posts += request.method == "POST";
    EXPECT_EQ(posts, 4) << "each once";
  }
}

TEST(Http, counts_a_get_that_may_cost_as_sent_after_a_redirect_and_no_other) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.redirect(302, "http://127.0.0.1:1/");
  });
  HttpRequest request = get(server.url("/"));
  EXPECT_EQ(perform(request).sent, SentState::nothing_sent);
  request.may_cost = true;
  EXPECT_EQ(perform(request).sent, SentState::may_have_been_sent);
}

TEST(Http, shows_of_an_address_it_does_not_take_one_clean_line_without_the_key) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.send(
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ftp://x/sesame\x1b[31m\x07"
        "\xff\xfe\xc2\x9b" +
        std::string(5000, 'A') + "\r\n\r\n");
  });
  HttpRequest request = get(server.url("/"));
  request.secrets = {"sesame"};
  const Outcome outcome = perform(request);
  ASSERT_TRUE(outcome.error);
  const std::string& message = outcome.error->message;
  EXPECT_THAT(message, HasSubstr("\"ftp://x/***"));
  EXPECT_LT(message.size(), 260U);
  EXPECT_FALSE(has_controls(message));
  EXPECT_TRUE(is_utf8(message));
}

TEST(Http, takes_only_http_and_https_urls_without_credentials) {
  for (const char* url :
       {"file:///etc/passwd", "ftp://example.com/", "nonsense", "http://user:word@127.0.0.1/"})
    EXPECT_EQ(perform(get(url)).code(), ErrorCode::configuration) << url;
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.redirect(302, "file:///etc/passwd");
  });
  EXPECT_EQ(perform(get(server.url("/"))).code(), ErrorCode::configuration);
}

TEST(Http, refuses_line_breaks_in_headers) {
  LoopbackServer server(answer_ok);
  HttpRequest request = get(server.url("/"));
  request.headers = {{"X-Key", "a\r\nX-Evil: b"}};
  EXPECT_EQ(perform(request).code(), ErrorCode::configuration);
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(Http, does_not_ask_private_addresses_when_only_public_ones_are_wanted) {
  LoopbackServer server(answer_ok);
  // By address, by name, and by a name that only the resolver knows to be this machine.
  for (const std::string& url :
       {server.url("/"), server.url("localhost", "/"), server.url("2130706433", "/"),
        std::string("http://10.0.0.1/"), std::string("http://[::1]/"),
        std::string("http://[::ffff:192.168.0.1]/"), std::string("http://169.254.169.254/")}) {
    HttpRequest request = get(url);
    request.public_only = true;
    const Outcome outcome = perform(request);
    EXPECT_EQ(outcome.code(), ErrorCode::provider) << url;
    EXPECT_EQ(outcome.sent, SentState::nothing_sent) << url;
  }
  EXPECT_THAT(server.requests(), IsEmpty());
  HttpRequest trusted = get(server.url("/"));
  trusted.public_only = true;
  trusted.trusted_hosts = {"127.0.0.1"};
  EXPECT_TRUE(perform(trusted).response);
}

TEST(Http, does_not_follow_a_redirect_to_a_private_address_either) {
  LoopbackServer inner(answer_ok);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.redirect(302, inner.url("127.0.0.2", "/"));
  });
  HttpRequest request = get(server.url("/"));
  request.public_only = true;
  request.trusted_hosts = {"127.0.0.1"};
  EXPECT_EQ(perform(request).code(), ErrorCode::provider);
  EXPECT_THAT(inner.requests(), IsEmpty());
}

namespace {

// `name` leads to 127.0.0.1 on the port of `server`, as a resolver in somebody's hands would say.
Outcome perform_by_name(const LoopbackServer& server, const std::string& name) {
  const Http resolving({.addresses = {name + ":" + std::to_string(server.port()) + ":127.0.0.1"}});
  HttpRequest request = get(server.url(name, "/cat.png"));
  request.public_only = true;
  Outcome outcome;
  Cancellation cancel;
  try {
    outcome.response = resolving.perform(request, {}, cancel, &outcome.sent);
  } catch (const Failure& failure) {
    outcome.error = failure.error();
  }
  return outcome;
}

}  // namespace

TEST(Http, does_not_ask_a_public_name_that_leads_to_a_private_address) {
  LoopbackServer server(answer_ok);
  const Outcome outcome = perform_by_name(server, "pictures.example");
  ASSERT_TRUE(outcome.error);
  EXPECT_THAT(outcome.error->message, HasSubstr("private address"));
  EXPECT_EQ(outcome.sent, SentState::nothing_sent);
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(Http, does_not_take_a_private_address_for_the_proxy_because_of_its_port) {
  LoopbackServer server(answer_ok);
  ::setenv("http_proxy", ("http://127.0.0.2:" + std::to_string(server.port())).c_str(), 1);
  ::setenv("no_proxy", "pictures.example", 1);
  const Outcome outcome = perform_by_name(server, "pictures.example");
  ::unsetenv("no_proxy");
  ::unsetenv("http_proxy");
  ASSERT_TRUE(outcome.error);
  EXPECT_THAT(outcome.error->message, HasSubstr("private address"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(Http, trusts_an_origin_on_its_own_port_only) {
  LoopbackServer own(answer_ok);
  LoopbackServer other(answer_ok);
  const auto asked = [&](const std::string& url) {
    HttpRequest request = get(url);
    request.public_only = true;
    request.trusted_origins = {own.url("/v1")};
    return perform(request);
  };
  EXPECT_TRUE(asked(own.url("/picture")).response);
  EXPECT_EQ(asked(other.url("/picture")).code(), ErrorCode::provider);
  EXPECT_EQ(asked(own.url("localhost", "/picture")).code(), ErrorCode::provider);
  EXPECT_THAT(other.requests(), IsEmpty());
}

TEST(Http, goes_through_the_proxy_of_the_environment_but_not_to_this_machine) {
  LoopbackServer proxy([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(200, "text/plain", "by proxy");
  });
  LoopbackServer server(answer_ok);
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  HttpRequest request = get("http://pictures.invalid/cat.png");
  request.public_only = true;  // the proxy's own address is private, and that is fine
  const Outcome far = perform(request);
  const Outcome near = perform(get(server.url("/")));
  ::unsetenv("http_proxy");
  ASSERT_TRUE(far.response) << far.error->message;
  EXPECT_EQ(far.response->text(), "by proxy");
  EXPECT_EQ(proxy.requests().at(0).target, "http://pictures.invalid/cat.png");
  ASSERT_TRUE(near.response);
  EXPECT_EQ(near.response->text(), "fine");
}

TEST(Http, names_a_ca_file_that_cannot_be_used) {
  const Http strict({.ca_file = "/nowhere/ca.pem"});
  Cancellation cancel;
  try {
    strict.perform(get("https://127.0.0.1:" + std::to_string(free_port()) + "/"), {}, cancel);
    FAIL();
  } catch (const Failure& failure) {
    // Depending on libcurl's backend the file is read before or after the connection.
    EXPECT_THAT(failure.error().code,
                ::testing::AnyOf(ErrorCode::configuration, ErrorCode::network));
  }
}

}  // namespace castboard
