#include "sketch/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace castboard::sketch {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kGlance{25};  // how soon a waiting thread notices that it should stop
constexpr milliseconds kReadPatience{15'000};
constexpr milliseconds kKeepAlive{4'000};
constexpr int kRequestsPerConnection = 1000;

void describe(const sockaddr_in& address, std::string& ip, int& port) {
  std::array<char, INET_ADDRSTRLEN> text{};
  if (inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) != nullptr) ip = text.data();
  port = ntohs(address.sin_port);
}

}  // namespace

bool Connection::ready(short events, milliseconds patience) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!stopping_) {
    pollfd waiting{socket_, events, 0};
    const int count = poll(&waiting, 1, static_cast<int>(kGlance.count()));
    if (count > 0) return (waiting.revents & (events | POLLHUP)) != 0;
    if (count < 0 && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() >= deadline) return false;
  }
  return false;
}

bool Connection::client_left() const {
  pollfd look{socket_, POLLIN | POLLRDHUP, 0};
  return poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

bool Connection::wait(milliseconds duration) const {
  const auto start = std::chrono::steady_clock::now();
  while (!stopping_ && !client_left()) {
    const auto gone = std::chrono::steady_clock::now() - start;
    if (gone >= duration) return true;
    std::this_thread::sleep_for(
        std::min<std::chrono::steady_clock::duration>(kGlance, duration - gone));
  }
  return false;
}

bool Connection::await_request(milliseconds patience) const {
  return begin_ < end_ || ready(POLLIN, patience);
}

void Connection::cut() const {
  ::shutdown(socket_, SHUT_RDWR);
}

bool Connection::is_readable() const {
  return begin_ < end_ || ready(POLLIN, kReadPatience);
}

bool Connection::is_writable() const {
  return !client_left() && ready(POLLOUT, kReadPatience);
}

ssize_t Connection::read(char* to, std::size_t size) {
  if (begin_ == end_) {  // the request line is read byte by byte
    if (!ready(POLLIN, kReadPatience)) return -1;
    const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return got;
    begin_ = 0;
    end_ = static_cast<std::size_t>(got);
  }
  const std::size_t count = std::min(size, end_ - begin_);
  std::copy_n(buffer_.data() + begin_, count, to);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* from, std::size_t size) {
  if (!ready(POLLOUT, kReadPatience)) return -1;
  return ::send(socket_, from, size, MSG_NOSIGNAL);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  void* const raw = &address;
  if (getpeername(socket_, static_cast<sockaddr*>(raw), &length) == 0) describe(address, ip, port);
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  void* const raw = &address;
  if (getsockname(socket_, static_cast<sockaddr*>(raw), &length) == 0) describe(address, ip, port);
}

const Connection& ConnectionServer::current() const {
  const std::lock_guard lock(mutex_);
  return *serving_.at(std::this_thread::get_id());
}

void ConnectionServer::stop_now() {
  stopping_ = true;
  stop();
  const std::lock_guard lock(mutex_);
  for (const auto& [thread, connection] : serving_) connection->cut();
}

bool ConnectionServer::process_and_close_socket(socket_t socket) {
  Connection connection(socket, stopping_);
  {
    const std::lock_guard lock(mutex_);
    serving_[std::this_thread::get_id()] = &connection;
  }
  bool served = false;
  for (int left = kRequestsPerConnection; left > 0 && connection.await_request(kKeepAlive);
       --left) {
    bool closed = false;
    served = process_request(connection, left == 1, closed, nullptr);
    if (!served || closed) break;
  }
  {
    const std::lock_guard lock(mutex_);
    serving_.erase(std::this_thread::get_id());
  }
  connection.cut();
  ::close(socket);
  return served;
}

}  // namespace castboard::sketch
