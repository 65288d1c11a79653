#include "providers/http_transfer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <string_view>

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include "castboard/result.h"

namespace castboard {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMaxHeaderBytes = std::size_t{256} * 1024;
constexpr milliseconds kLongestPoll{1000};

std::string seconds_text(milliseconds time) {
  return time.count() % 1000 == 0 ? fmt::format("{} s", time.count() / 1000)
                                  : fmt::format("{} ms", time.count());
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// One easy handle in one multi handle, for one exchange on one thread.
class Transfer {
 public:
  Transfer(const HttpExchange& exchange, const HttpOptions& options, const HttpLimits& limits,
           steady_clock::time_point deadline)
      : exchange_(exchange),
        options_(options),
        limits_(limits),
        deadline_(deadline),
        multi_(curl_multi_init(), &curl_multi_cleanup),
        easy_(curl_easy_init(), &curl_easy_cleanup),
        header_list_(nullptr, &curl_slist_free_all),
        addresses_(nullptr, &curl_slist_free_all) {
    set_target();
    set_body();
    set_headers();
    set_limits();
    set_callbacks();
    curl_multi_add_handle(multi_.get(), easy_.get());
  }

  ~Transfer() { curl_multi_remove_handle(multi_.get(), easy_.get()); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  HttpResponse run(Cancellation& cancel) {
    // The wake-up may come from any thread, also while curl_multi_poll sleeps.
    const Cancellation::Watch watch(cancel, [this] { curl_multi_wakeup(multi_.get()); });
    last_sent_ = steady_clock::now();
    int running = 1;
    while (running > 0) {
      curl_multi_perform(multi_.get(), &running);
      if (running == 0) break;  // an answer that is in is kept, cancelled or not
      cancel.check();
      curl_multi_poll(multi_.get(), nullptr, 0, poll_time(), nullptr);
    }
    finish();
    return std::move(response_);
  }

  // Whether the host may have got the whole request. A request cut off half-way is none.
  [[nodiscard]] SentState sent() const {
    if (answered_) return SentState::may_have_been_sent;
    long request_bytes = 0;
    curl_off_t uploaded = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &request_bytes);
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &uploaded);
    const auto size = static_cast<curl_off_t>(exchange_.body ? exchange_.body->size() : 0);
    return request_bytes > 0 && uploaded >= size ? SentState::may_have_been_sent
                                                 : SentState::nothing_sent;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy_.get(), option, value);
  }

  void set_target() {
    set(CURLOPT_URL, exchange_.url.text.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a cancel does not wait for the resolver's thread
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_USERAGENT, options_.user_agent.c_str());
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!options_.ca_file.empty()) {
      set(CURLOPT_CAINFO, options_.ca_file.c_str());
      set(CURLOPT_PROXY_CAINFO, options_.ca_file.c_str());
    }
    for (const std::string& address : options_.addresses)
      addresses_.reset(curl_slist_append(addresses_.release(), address.c_str()));
    set(CURLOPT_RESOLVE, addresses_.get());
    // What listens in this very machine is never behind a proxy.
    if (is_loopback_host(exchange_.url.host)) set(CURLOPT_PROXY, "");
  }

  void set_body() {
    if (exchange_.method == "HEAD") set(CURLOPT_NOBODY, 1L);
    if (exchange_.body) {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange_.body->size()));
      set(CURLOPT_POSTFIELDS, exchange_.body->data());
    }
    if (exchange_.method != "GET" && exchange_.method != "HEAD")
      set(CURLOPT_CUSTOMREQUEST, exchange_.method.c_str());
  }

  void set_headers() {
    append_header("Expect:");  // no 100-continue round trip
    if (exchange_.body && exchange_.body->empty()) append_header("Content-Type:");
    for (const auto& [name, value] : exchange_.headers) append_header(name + ": " + value);
    set(CURLOPT_HTTPHEADER, header_list_.get());
  }

  void append_header(const std::string& line) {
    header_list_.reset(curl_slist_append(header_list_.release(), line.c_str()));
  }

  void set_limits() {
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits_.max_body));
  }

  void set_callbacks() {
    set(CURLOPT_ERRORBUFFER, problem_.data());
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
  }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take_body({data, size * count});
  }
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take_header({data, size * count});
  }
  static curl_socket_t on_open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    return static_cast<Transfer*>(self)->open_socket(*address);
  }

  std::size_t take_body(std::string_view data) {
    if (response_.body.size() + data.size() > limits_.max_body) {
      too_large_ = true;
      return 0;
    }
    response_.body.insert(response_.body.end(), data.begin(), data.end());
    return data.size();
  }

  std::size_t take_header(std::string_view line) {
    headers_bytes_ += line.size();
    if (headers_bytes_ > kMaxHeaderBytes) {
      too_many_headers_ = true;
      return 0;
    }
    if (line.rfind("HTTP/", 0) == 0) {
      const auto blank = line.find(' ');
      const bool informational =
          blank != std::string_view::npos && line.substr(blank + 1, 1) == "1";
      answered_ = !informational;
      response_.headers.clear();
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return line.size();
    std::string name(line.substr(0, colon));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    response_.headers.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
    return line.size();
  }

  curl_socket_t open_socket(const curl_sockaddr& address) {
    if (must_be_public() && is_private_address(&address.addr) && !is_proxy(address.addr)) {
      refused_address_ = true;
      return CURL_SOCKET_BAD;
    }
    return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
  }

  [[nodiscard]] bool must_be_public() const {
    return exchange_.request.public_only && !is_trusted(exchange_.request, exchange_.url);
  }

  // A studio's proxy has a private address.
  [[nodiscard]] bool is_proxy(const sockaddr& address) const {
    const auto proxy = proxy_of(exchange_.url.scheme);
    return proxy && proxy->port == address_port(&address) && is_address_of(proxy->host, &address);
  }

  [[nodiscard]] std::string host() const { return exchange_.url.host; }

  [[nodiscard]] bool connected() const {
    curl_off_t time = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &time);
    return time > 0;
  }

  // Checks the limits; how long to sleep until the next one can run out, in ms.
  int poll_time() {
    const auto now = steady_clock::now();
    if (now >= deadline_)
      throw Failure(
          ErrorCode::timed_out,
          fmt::format("{} did not finish within {}.", host(), seconds_text(limits_.total)),
          "Try again, or raise the total limit.");
    auto wake = std::min(now + kLongestPoll, deadline_);
    if (limits_.first_byte.count() > 0 && !answered_) {
      curl_off_t uploaded = 0;
      curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &uploaded);
      if (uploaded != uploaded_ || !connected()) last_sent_ = now;
      uploaded_ = uploaded;
      const auto first_byte_deadline = last_sent_ + limits_.first_byte;
      if (now >= first_byte_deadline)
        throw Failure(
            ErrorCode::timed_out,
            fmt::format("{} sent nothing within {}.", host(), seconds_text(limits_.first_byte)),
            "Try again, or raise the first-byte limit.");
      wake = std::min(wake, first_byte_deadline);
    }
    return static_cast<int>(std::chrono::ceil<milliseconds>(wake - now).count());
  }

  void finish() {
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);
    const CURLcode code = message ? message->data.result : CURLE_FAILED_INIT;
    if (code != CURLE_OK) fail(code);
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.final_url = exchange_.url.text;
  }

  [[noreturn]] void fail(CURLcode code) const {
    const std::string detail = problem_.front() ? problem_.data() : curl_easy_strerror(code);
    if (refused_address_)
      throw Failure(
          ErrorCode::provider, fmt::format("{} is a private address and was not asked.", host()),
          "Name the host in the descriptor's download.private_hosts if it is right.", detail);
    if (too_many_headers_)
      throw Failure(ErrorCode::provider,
                    fmt::format("The headers of {}'s reply are larger than {} KiB.", host(),
                                kMaxHeaderBytes / 1024),
                    {}, detail);
    if (too_large_ || code == CURLE_FILESIZE_EXCEEDED)
      throw Failure(ErrorCode::provider,
                    fmt::format("The reply of {} is larger than {} MiB.", host(),
                                limits_.max_body / (1024 * 1024)),
                    {}, detail);
    fail_by_code(code, detail);
  }

  [[noreturn]] void fail_by_code(CURLcode code, const std::string& detail) const {
    switch (code) {
      case CURLE_OPERATION_TIMEDOUT:
        throw Failure(ErrorCode::timed_out,
                      fmt::format("Could not connect to {} within {}.", host(),
                                  seconds_text(limits_.connect)),
                      "Check the address, the network and the proxy.", detail);
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_COULDNT_CONNECT:
        throw Failure(ErrorCode::network, fmt::format("Could not reach {}: {}.", host(), detail),
                      "Check the address, the network and the proxy.", detail);
      case CURLE_SSL_CACERT_BADFILE:
        throw Failure(ErrorCode::configuration,
                      fmt::format("Cannot use the CA file {}.", options_.ca_file.string()),
                      "Correct ca_file.", detail);
      case CURLE_PEER_FAILED_VERIFICATION:
        fail_by_certificate(detail);
      case CURLE_URL_MALFORMAT:
      case CURLE_UNSUPPORTED_PROTOCOL:
        throw Failure(ErrorCode::configuration,
                      fmt::format("\"{}\" is not a usable http or https URL.", exchange_.url.text),
                      {}, detail);
      default:
        throw Failure(sent() == SentState::nothing_sent ? ErrorCode::network : ErrorCode::provider,
                      fmt::format("The connection to {} broke: {}.", host(), detail), "Try again.",
                      detail);
    }
  }

  // An authority vouches for it, and it is another host's; or none that is known does.
  [[noreturn]] void fail_by_certificate(const std::string& detail) const {
    if (detail.find("subject name") != std::string::npos)  // libcurl's words, the same for years
      throw Failure(ErrorCode::network,
                    fmt::format("The certificate of the server at {0} is not for {0}.", host()),
                    "Nothing was sent. Correct the address, or the server's certificate.", detail);
    throw Failure(ErrorCode::network,
                  fmt::format("The certificate of {} could not be verified.", host()),
                  options_.ca_file.empty()
                      ? "Nothing was sent. If your studio has its own certificate authority, name "
                        "its file as ca_file."
                      : fmt::format("Nothing was sent. ca_file is {}; no authority in it vouches "
                                    "for this server.",
                                    options_.ca_file.string()),
                  detail);
  }

  const HttpExchange& exchange_;
  const HttpOptions& options_;
  const HttpLimits& limits_;
  steady_clock::time_point deadline_;
  HttpResponse response_;
  std::array<char, CURL_ERROR_SIZE> problem_{};
  std::size_t headers_bytes_ = 0;
  bool answered_ = false;  // a status line came that is no 1xx
  curl_off_t uploaded_ = 0;
  steady_clock::time_point last_sent_;
  bool too_large_ = false;
  bool too_many_headers_ = false;
  bool refused_address_ = false;
  std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> header_list_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> addresses_;
};

}  // namespace

HttpResponse exchange_http(const HttpExchange& exchange, const HttpOptions& options,
                           const HttpLimits& limits, steady_clock::time_point deadline,
                           Cancellation& cancel, SentState& sent) {
  Transfer transfer(exchange, options, limits, deadline);
  try {
    HttpResponse response = transfer.run(cancel);
    sent = SentState::may_have_been_sent;
    return response;
  } catch (...) {
    sent = transfer.sent();
    throw;
  }
}

}  // namespace castboard
