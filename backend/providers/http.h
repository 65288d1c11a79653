#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// One HTTP transfer at a time over libcurl's multi interface, so that it can be cancelled at once.
// Blocking; any worker thread; throws Failure.
namespace castboard {

// Asked by one thread, answered by another: `cancel()` stops the transfer under way within
// milliseconds, also on a silent connection, and every later one at its start.
class Cancellation {
 public:
  void cancel();
  [[nodiscard]] bool cancelled() const;
  // Throws Failure(cancelled) when it is.
  void check() const;
  // Waits that long or until cancelled; true when cancelled.
  bool wait_for(std::chrono::milliseconds time);

  // While alive, `wake` is called by cancel() (from its thread, under a lock).
  class Watch {
   public:
    Watch(Cancellation& cancellation, std::function<void()> wake);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Cancellation& cancellation_;
  };

  Cancellation();
  ~Cancellation();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct HttpPart {
  std::string name;          // may repeat ("image[]")
  std::string content_type;  // of a file part: the picture's real type
  std::string file_name;     // empty: a plain field
  std::vector<std::uint8_t> bytes;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http or https only
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;             // when there are no parts
  std::vector<HttpPart> parts;  // multipart/form-data when not empty
  bool multipart = false;       // multipart even without parts
  // Names of headers that must not follow a redirect to another host (credentials).
  std::vector<std::string> secret_headers;
  // Not repeated in an error where the host does.
  std::vector<std::string> secrets;
  // What it asks for may be done and billed whatever the answer is, also where it is a GET.
  bool may_cost = false;
  // For URLs that came from outside: never connects to a loopback, link-local or private address,
  // also not after a redirect or by a name that resolves to one, but for these hosts
  // ("*.studio.lan") on any port and these origins ("http://paint.studio.lan:8080").
  bool public_only = false;
  std::vector<std::string> trusted_hosts;
  std::vector<std::string> trusted_origins;
};

struct HttpLimits {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds first_byte{0};  // 0: only the total limit
  std::chrono::milliseconds total{600'000};
  std::size_t max_body = std::size_t{96} * 1024 * 1024;
  int max_redirects = 5;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::vector<std::uint8_t> body;
  std::string final_url;
  // It is what stands where the host's own answer (301, 302, 303) pointed, and says nothing of
  // whether that host did what it was asked.
  bool from_elsewhere = false;

  // First value by lower-case name; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::string_view text() const;
};

// How far a request came when it broke: decides between failed and uncertain.
enum class SentState { nothing_sent, may_have_been_sent };

struct HttpOptions {
  std::filesystem::path ca_file;  // a studio's own authority; empty: the system's
  std::string user_agent = "castboard";
  std::vector<std::string> addresses;  // "name:port:address", instead of what the name resolves to
};

class Http {
 public:
  explicit Http(HttpOptions options);

  // Answers with any status. Throws Failure: `network` (could not connect), `timed_out`,
  // `cancelled`, `provider` (too large, broken off). `sent` tells, also when it throws, whether
  // the provider may have seen the whole request. A redirect repeats the request only where it says
  // so (307, 308); after 301, 302 and 303 what is asked for next is a GET, and the request counts
  // as sent.
  HttpResponse perform(const HttpRequest& request, const HttpLimits& limits, Cancellation& cancel,
                       SentState* sent = nullptr) const;

 private:
  HttpOptions options_;
};

}  // namespace castboard
