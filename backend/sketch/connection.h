#pragma once

#include <httplib.h>

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

// cpp-httplib on sockets of our own, so that a request that waits notices when its client leaves
// or the server stops. (cpp-httplib tells a handler neither.)
namespace castboard::sketch {

// One accepted socket. Owned by the worker thread that serves it; `cut` from any thread.
class Connection final : public httplib::Stream {
 public:
  Connection(int socket, const std::atomic<bool>& stopping)
      : socket_(socket), stopping_(stopping) {}

  // Sleeps; false as soon as the client has gone or the server stops.
  [[nodiscard]] bool wait(std::chrono::milliseconds duration) const;
  // Until the next request's first byte; false when there is none in time.
  [[nodiscard]] bool await_request(std::chrono::milliseconds patience) const;
  void cut() const;

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* to, std::size_t size) override;
  ssize_t write(const char* from, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  [[nodiscard]] bool ready(short events, std::chrono::milliseconds patience) const;
  [[nodiscard]] bool client_left() const;

  int socket_;
  const std::atomic<bool>& stopping_;
  std::array<char, 4096> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

// The server with such connections. `stop_now` also ends the requests under way.
class ConnectionServer final : public httplib::Server {
 public:
  // The connection that the calling worker thread serves.
  [[nodiscard]] const Connection& current() const;
  void stop_now();

 private:
  bool process_and_close_socket(socket_t socket) override;

  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::map<std::thread::id, const Connection*> serving_;
};

}  // namespace castboard::sketch
