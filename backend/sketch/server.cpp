#include "sketch/server.h"

#include <fmt/format.h>

#include <deque>
#include <map>
#include <random>
#include <thread>

#include "castboard/result.h"
#include "sketch/connection.h"
#include "sketch/generation.h"

namespace castboard::sketch {
namespace {

using httplib::Request;
using httplib::Response;
using std::chrono::milliseconds;

constexpr int kThreads = 12;  // generation slots and some that wait, download or hang
constexpr std::size_t kLargestRequest = std::size_t{192} * 1024 * 1024;  // two pictures in base64
constexpr std::size_t kKeptPictures = 32;
constexpr milliseconds kForever{24 * 3600 * 1000};
constexpr const char* kJson = "application/json";
constexpr const char* kHtmlPage =
    "<!DOCTYPE html><html><head><title>Bad gateway</title></head>"
    "<body><h1>502 Bad gateway</h1></body></html>";

std::string random_name() {
  std::random_device entropy;
  std::string name;
  for (int i = 0; i < 4; ++i) name += fmt::format("{:08x}", entropy());
  return name;
}

// Takes as long for a wrong token as for the right one.
bool same_secret(std::string_view given, std::string_view wanted) {
  unsigned difference = given.size() == wanted.size() ? 0 : 1;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const char c = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(c ^ wanted[i]);
  }
  return difference == 0;
}

void fail(Response& response, int status, std::string_view code, std::string_view message) {
  response.status = status;
  response.set_content(error_json(code, message), kJson);
}

}  // namespace

class SketchServer::Routes {
 public:
  Routes();
  ~Routes();

  [[nodiscard]] LocalEndpoint endpoint() const {
    return {.base_url = fmt::format("http://127.0.0.1:{}", port_), .token = token_};
  }

 private:
  [[nodiscard]] bool allowed(const Request& request, Response& response) const;
  void generate(const Request& request, Response& response);
  void answer(const Generation& generation, Response& response);
  bool fail_as_told(const Directives& directives, Response& response);
  void send(Response& response, std::string body, const char* type, const Directives& directives);
  void serve_picture(const Request& request, Response& response);
  std::string keep_picture(std::string png);
  int count(const std::string& text);

  const std::string token_ = random_name();
  int port_ = 0;
  std::mutex mutex_;
  std::map<std::string, int> counts_;                         // requests by directive text
  std::deque<std::pair<std::string, std::string>> pictures_;  // name, bytes; newest last
  ConnectionServer server_;
  std::thread listener_;
};

SketchServer::Routes::Routes() {
  server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server_.set_payload_max_length(kLargestRequest);
  server_.set_tcp_nodelay(true);
  server_.set_pre_routing_handler([this](const Request& request, Response& response) {
    return allowed(request, response) ? httplib::Server::HandlerResponse::Unhandled
                                      : httplib::Server::HandlerResponse::Handled;
  });
  server_.Get("/health", [](const Request&, Response& response) {
    response.set_content(fmt::format(R"({{"success":true,"modelUsed":"{}"}})", kModel), kJson);
  });
  server_.Get(R"(/pictures/([0-9a-f]+)\.png)", [this](const Request& request, Response& response) {
    serve_picture(request, response);
  });
  server_.Post("/api/generate/character-image",
               [this](const Request& request, Response& response) { generate(request, response); });
  server_.set_error_handler([](const Request& request, Response& response) {
    if (response.body.empty()) {
      fail(response, response.status, response.status == 404 ? "not_found" : "bad_request",
           fmt::format("{} {} cannot be answered.", request.method, request.path));
    }
  });
  port_ = server_.bind_to_any_port("127.0.0.1");
  if (port_ <= 0) {
    throw Failure(ErrorCode::network, "The built-in provider found no free port on 127.0.0.1.");
  }
  listener_ = std::thread([this] { server_.listen_after_bind(); });
  // Until it runs, `stop` would have no effect and the destructor would wait for ever.
  while (!server_.is_running()) std::this_thread::yield();
}

SketchServer::Routes::~Routes() {
  server_.stop_now();
  listener_.join();
}

bool SketchServer::Routes::allowed(const Request& request, Response& response) const {
  if (request.path == "/health" || request.path.starts_with("/pictures/")) return true;
  constexpr std::string_view kScheme = "Bearer ";
  const std::string given = request.get_header_value("Authorization");
  if (given.starts_with(kScheme) &&
      same_secret(std::string_view(given).substr(kScheme.size()), token_)) {
    return true;
  }
  response.set_header("WWW-Authenticate", "Bearer");
  response.set_header("Connection", "close");  // its body is left unread
  fail(response, 401, "unauthorized", "This server wants its own token as Authorization: Bearer.");
  return false;
}

int SketchServer::Routes::count(const std::string& text) {
  const std::lock_guard lock(mutex_);
  return ++counts_[text];
}

void SketchServer::Routes::generate(const Request& request, Response& response) {
  try {
    if (request.is_multipart_form_data()) {
      if (!request.has_file("request")) {
        fail(response, 400, "invalid_request", "The form has no field 'request' with the JSON.");
        return;
      }
      const auto part = [&](const char* name) {
        return request.has_file(name) ? request.get_file_value(name).content : std::string();
      };
      answer(read_generation(part("request"), {.character_reference = part("characterRef"),
                                               .background_reference = part("backgroundRef")}),
             response);
    } else {
      answer(read_generation(request.body, {}), response);
    }
  } catch (const Failure& failure) {
    const bool wrong = failure.error().code == ErrorCode::invalid_input;
    fail(response, wrong ? 400 : 500, wrong ? "invalid_request" : "internal_error",
         failure.error().hint.empty() ? failure.error().message
                                      : failure.error().message + " " + failure.error().hint);
  }
}

bool SketchServer::Routes::fail_as_told(const Directives& directives, Response& response) {
  if (directives.too_many > 0 || directives.failures != 0) {
    const int number = count(directives.text);
    if (number <= directives.too_many) {
      response.set_header("Retry-After", "1");
      fail(response, 429, "rate_limited", "Too many requests; try again after a second.");
      return true;
    }
    const int failing = number - directives.too_many;
    if (directives.failures < 0 || failing <= directives.failures) {
      fail(response, 500, "internal_error", "The picture could not be drawn, as was asked for.");
      return true;
    }
  }
  if (directives.refuse) {
    fail(response, 400, "content_refused",
         "The request was refused by the content rules, as was asked for.");
    return true;
  }
  if (directives.html_error) {
    response.status = 502;
    response.set_content(kHtmlPage, "text/html");
    return true;
  }
  return false;
}

void SketchServer::Routes::answer(const Generation& generation, Response& response) {
  const Directives& directives = generation.directives;
  if (directives.hang && !server_.current().wait(kForever)) return;
  if (directives.slow_ms > 0 && !server_.current().wait(milliseconds(directives.slow_ms))) return;
  if (fail_as_told(directives, response)) return;
  const Drawn drawn = draw(generation);
  std::string picture = drawn.png;
  const char* type = "image/png";
  if (directives.wrong_format) picture = as_jpeg(drawn);
  if (directives.huge) picture = with_huge_header(std::move(picture));
  if (directives.not_image) {
    picture = kHtmlPage;
    type = "text/html";
  }
  switch (generation.reply) {
    case ReplyForm::bytes:
      response.set_header("Castboard-Seed", std::to_string(generation.seed));
      response.set_header("Castboard-Credit-Cost", "0");
      response.set_header("Castboard-Model-Used", std::string(kModel));
      send(response, std::move(picture), type, directives);
      break;
    case ReplyForm::url: {
      const std::string url =
          fmt::format("{}/pictures/{}.png", endpoint().base_url, keep_picture(std::move(picture)));
      send(response, success_json(generation, drawn, {}, url), kJson, directives);
      break;
    }
    case ReplyForm::base64:
      send(response, success_json(generation, drawn, encode_base64(picture), {}), kJson,
           directives);
      break;
  }
}

void SketchServer::Routes::send(Response& response, std::string body, const char* type,
                                const Directives& directives) {
  constexpr std::size_t kSips = 20;
  const std::size_t size = body.size();
  const std::size_t end = directives.truncated ? size / 2 : size;
  const std::size_t sip = directives.drip_ms > 0 ? std::max<std::size_t>(1, end / kSips) : end;
  const milliseconds pause(directives.drip_ms / static_cast<int>(kSips));
  // Given as a whole, JSON would be compressed with Brotli: three times the work of the drawing.
  response.set_content_provider(size, type,
                                [this, body = std::move(body), end, sip, pause](
                                    std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                  if (offset >= end)
                                    return false;  // promised more: the connection ends here
                                  if (offset > 0 && !server_.current().wait(pause)) return false;
                                  return sink.write(body.data() + offset,
                                                    std::min(sip, end - offset));
                                });
}

std::string SketchServer::Routes::keep_picture(std::string png) {
  const std::string name = random_name();
  const std::lock_guard lock(mutex_);
  pictures_.emplace_back(name, std::move(png));
  if (pictures_.size() > kKeptPictures) pictures_.pop_front();
  return name;
}

void SketchServer::Routes::serve_picture(const Request& request, Response& response) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, bytes] : pictures_) {
    if (name == request.matches[1].str()) {
      response.set_content(bytes, "image/png");
      return;
    }
  }
  fail(response, 404, "not_found", "There is no such picture (the last 32 are kept).");
}

SketchServer::SketchServer() : routes_(std::make_unique<Routes>()) {}
SketchServer::~SketchServer() = default;

LocalEndpoint SketchServer::endpoint() const {
  return routes_->endpoint();
}

}  // namespace castboard::sketch
