#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace castboard {

// A request as it came over the wire.
struct LoopbackRequest {
  std::string method;
  std::string target;  // "/v1/images?x=1", or an absolute URL when asked as a proxy
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;

  [[nodiscard]] std::string header(std::string_view name) const;  // empty: none

  struct Part {
    std::string name;
    std::string file_name;
    std::string content_type;
    std::string body;
  };
  // Of a multipart/form-data body, in order.
  [[nodiscard]] std::vector<Part> parts() const;
};

// The server's end of one connection, raw so that it can misbehave.
class LoopbackConnection {
 public:
  explicit LoopbackConnection(int socket) : socket_(socket) {}

  void send(std::string_view bytes);
  // A whole answer with Content-Length.
  void respond(int status, std::string_view content_type, std::string_view body,
               std::string_view extra_headers = {});
  void respond_json(int status, std::string_view body) {
    respond(status, "application/json", body);
  }
  void redirect(int status, std::string_view location);
  // Says nothing until the client hangs up or the server is destroyed.
  void stay_silent();
  // Closes with a reset instead of an orderly end.
  void reset();

 private:
  int socket_;
};

// An HTTP server on 127.0.0.1 for tests: reads each request whole and lets the handler answer as it
// likes. One thread a connection, one request a connection. Destroying it hangs up on everybody.
class LoopbackServer {
 public:
  using Handler = std::function<void(const LoopbackRequest&, LoopbackConnection&)>;
  explicit LoopbackServer(Handler handler);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  // By address; by name with `url("localhost", path)`: another host as far as a client can tell.
  [[nodiscard]] std::string url(std::string_view path = {}) const;
  [[nodiscard]] std::string url(std::string_view host, std::string_view path) const;

  [[nodiscard]] std::vector<LoopbackRequest> requests() const;  // all so far
  // Waits until that many requests were read.
  void wait_for_requests(std::size_t count) const;

 private:
  void listen();
  void serve(int socket);

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<LoopbackRequest> requests_;
  std::vector<int> sockets_;
  std::list<std::thread> connections_;
  bool stopping_ = false;
  std::thread acceptor_;
};

}  // namespace castboard
