#include "support/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <stdexcept>

namespace castboard {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::pair<std::string, std::string>> parse_headers(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> headers;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos)
      headers.emplace_back(lower(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 2);
  }
  return headers;
}

// `name` of a Content-Disposition: the text in quotes after `name="`.
std::string quoted(const std::string& text, const std::string& name) {
  const auto start = text.find(' ' + name + "=\"");
  if (start == std::string::npos) return {};
  const auto first = start + name.size() + 3;
  return text.substr(first, text.find('"', first) - first);
}

// False when the client hung up before all of it came.
bool read_request(int socket, LoopbackRequest& request) {
  std::string bytes;
  std::size_t head = std::string::npos;
  std::size_t wanted = 0;
  for (;;) {
    if (head == std::string::npos && (head = bytes.find("\r\n\r\n")) != std::string::npos) {
      const auto line_end = bytes.find("\r\n");
      const std::string line = bytes.substr(0, line_end);
      const auto first = line.find(' ');
      request.method = line.substr(0, first);
      request.target = line.substr(first + 1, line.rfind(' ') - first - 1);
      request.headers =
          parse_headers(std::string_view(bytes).substr(line_end + 2, head - line_end));
      const std::string length = request.header("content-length");
      wanted = length.empty() ? 0 : std::stoul(length);
    }
    if (head != std::string::npos && bytes.size() >= head + 4 + wanted) break;
    std::array<char, 65536> buffer;
    const auto count = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  request.body = bytes.substr(head + 4, wanted);
  return true;
}

}  // namespace

std::string LoopbackRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

std::vector<LoopbackRequest::Part> LoopbackRequest::parts() const {
  std::vector<Part> found;
  const std::string type = header("content-type");
  const auto at = type.find("boundary=");
  if (at == std::string::npos) return found;
  const std::string mark = "--" + type.substr(at + 9);
  std::size_t start = body.find(mark);
  while (start != std::string::npos) {
    start += mark.size();
    if (body.compare(start, 2, "--") == 0) break;
    const auto end = body.find("\r\n" + mark, start);
    const auto head = body.find("\r\n\r\n", start);
    if (end == std::string::npos || head == std::string::npos) break;
    Part part;
    for (const auto& [name, value] : parse_headers(body.substr(start + 2, head - start - 2))) {
      if (name == "content-disposition") {
        part.name = quoted(value, "name");
        part.file_name = quoted(value, "filename");
      } else if (name == "content-type") {
        part.content_type = value;
      }
    }
    part.body = body.substr(head + 4, end - head - 4);
    found.push_back(std::move(part));
    start = end + 2;
  }
  return found;
}

void LoopbackConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void LoopbackConnection::respond(int status, std::string_view content_type, std::string_view body,
                                 std::string_view extra_headers) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " Test\r\nConnection: close\r\n";
  if (!content_type.empty()) head += "Content-Type: " + std::string(content_type) + "\r\n";
  head += "Content-Length: " + std::to_string(body.size()) + "\r\n" + std::string(extra_headers);
  send(head + "\r\n");
  send(body);
}

void LoopbackConnection::redirect(int status, std::string_view location) {
  respond(status, {}, {}, "Location: " + std::string(location) + "\r\n");
}

void LoopbackConnection::stay_silent() {
  char byte = 0;
  while (::recv(socket_, &byte, 1, 0) > 0) {
  }
}

void LoopbackConnection::reset() {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

LoopbackServer::LoopbackServer(Handler handler) : handler_(std::move(handler)) {
  listen();
  acceptor_ = std::thread([this] {
    for (;;) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      const std::lock_guard lock(mutex_);
      if (socket < 0 || stopping_) {
        if (socket >= 0) ::close(socket);
        return;
      }
      sockets_.push_back(socket);
      connections_.emplace_back([this, socket] { serve(socket); });
    }
  });
}

void LoopbackServer::listen() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0)
    throw std::runtime_error(std::string("loopback server: ") + std::strerror(errno));
  port_ = ntohs(address.sin_port);
}

LoopbackServer::~LoopbackServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& connection : connections_) connection.join();
  ::close(listener_);
}

void LoopbackServer::serve(int socket) {
  LoopbackRequest request;
  if (read_request(socket, request)) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      changed_.notify_all();
    }
    LoopbackConnection connection(socket);
    handler_(request, connection);
  }
  const std::lock_guard lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
}

std::string LoopbackServer::url(std::string_view path) const {
  return url("127.0.0.1", path);
}

std::string LoopbackServer::url(std::string_view host, std::string_view path) const {
  return "http://" + std::string(host) + ":" + std::to_string(port_) + std::string(path);
}

std::vector<LoopbackRequest> LoopbackServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void LoopbackServer::wait_for_requests(std::size_t count) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return requests_.size() >= count; });
}

}  // namespace castboard
