#include "providers/url.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace castboard {

namespace {

using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  std::string result(text);
  curl_free(text);
  return result;
}

std::optional<Url> read(CURLU* handle) {
  Url url;
  url.text = part(handle, CURLUPART_URL);
  url.scheme = lower(part(handle, CURLUPART_SCHEME));
  url.host = lower(part(handle, CURLUPART_HOST));
  url.port = std::atoi(part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT).c_str());
  url.has_user = !part(handle, CURLUPART_USER).empty();
  if (url.text.empty() || url.host.empty()) return std::nullopt;
  return url;
}

bool is_private_ipv4(std::uint32_t address) {
  const auto in = [&](std::uint32_t network, int bits) {
    return (address >> (32 - bits)) == (network >> (32 - bits));
  };
  return in(0x00000000, 8) || in(0x0A000000, 8) || in(0x64400000, 10) || in(0x7F000000, 8) ||
         in(0xA9FE0000, 16) || in(0xAC100000, 12) || in(0xC0000000, 24) || in(0xC0A80000, 16) ||
         in(0xC6120000, 15) || in(0xE0000000, 3);
}

bool is_private_ipv6(const in6_addr& address) {
  const std::uint8_t* bytes = address.s6_addr;
  const auto zero_until = [&](int end) {
    return std::all_of(bytes, bytes + end, [](std::uint8_t byte) { return byte == 0; });
  };
  const auto ipv4_at = [&](int start) {
    return (std::uint32_t{bytes[start]} << 24) | (std::uint32_t{bytes[start + 1]} << 16) |
           (std::uint32_t{bytes[start + 2]} << 8) | std::uint32_t{bytes[start + 3]};
  };
  if (zero_until(10) && bytes[10] == 0xFF && bytes[11] == 0xFF) return is_private_ipv4(ipv4_at(12));
  if (zero_until(12)) return true;  // unspecified, loopback, the old IPv4-compatible form
  if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xFF && bytes[3] == 0x9B)
    return is_private_ipv4(ipv4_at(12));                                         // NAT64
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_private_ipv4(ipv4_at(2));  // 6to4
  const bool unique_local = (bytes[0] & 0xFE) == 0xFC;
  const bool link_local = bytes[0] == 0xFE && (bytes[1] & 0x80) == 0x80;
  return unique_local || link_local || bytes[0] == 0xFF;
}

std::string without_brackets(const std::string& host) {
  if (host.size() < 2 || host.front() != '[') return host;
  return host.substr(1, host.find_first_of("]%") - 1);
}

bool is_localhost_name(const std::string& host) {
  const std::string name =
      !host.empty() && host.back() == '.' ? host.substr(0, host.size() - 1) : host;
  constexpr std::string_view kEnd = ".localhost";
  return name == "localhost" || (name.size() > kEnd.size() &&
                                 name.compare(name.size() - kEnd.size(), kEnd.size(), kEnd) == 0);
}

bool same_address(const sockaddr* a, const sockaddr* b) {
  if (a->sa_family != b->sa_family) return false;
  if (a->sa_family == AF_INET) {
    sockaddr_in first;
    sockaddr_in second;
    std::memcpy(&first, a, sizeof first);
    std::memcpy(&second, b, sizeof second);
    return first.sin_addr.s_addr == second.sin_addr.s_addr;
  }
  if (a->sa_family != AF_INET6) return false;
  sockaddr_in6 first;
  sockaddr_in6 second;
  std::memcpy(&first, a, sizeof first);
  std::memcpy(&second, b, sizeof second);
  return std::memcmp(&first.sin6_addr, &second.sin6_addr, sizeof first.sin6_addr) == 0;
}

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace

std::optional<Url> parse_url(const std::string& text) {
  const CurlUrl handle(curl_url(), &curl_url_cleanup);
  if (curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
      CURLUE_OK)
    return std::nullopt;
  return read(handle.get());
}

std::optional<Url> resolve_url(const std::string& base, const std::string& reference) {
  const CurlUrl handle(curl_url(), &curl_url_cleanup);
  if (curl_url_set(handle.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK) return std::nullopt;
  if (curl_url_set(handle.get(), CURLUPART_URL, reference.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
      CURLUE_OK)
    return std::nullopt;
  return read(handle.get());
}

bool host_matches(std::string_view host, const std::vector<std::string>& patterns) {
  const std::string name = lower(host);
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& text) {
    const std::string pattern = lower(text);
    if (pattern.rfind("*.", 0) != 0) return pattern == name;
    const std::string end = pattern.substr(1);
    return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  });
}

bool is_private_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in ipv4;
    std::memcpy(&ipv4, address, sizeof ipv4);
    return is_private_ipv4(ntohl(ipv4.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 ipv6;
    std::memcpy(&ipv6, address, sizeof ipv6);
    return is_private_ipv6(ipv6.sin6_addr);
  }
  return true;  // nothing else belongs into a URL
}

int address_port(const sockaddr* address) {
  // IPv4 and IPv6 have the port in the same place.
  sockaddr_in ipv4;
  std::memcpy(&ipv4, address, sizeof ipv4);
  return ntohs(ipv4.sin_port);
}

bool is_private_host(const std::string& host) {
  const std::string name = without_brackets(host);
  in_addr ipv4;
  in6_addr ipv6;
  if (inet_pton(AF_INET, name.c_str(), &ipv4) == 1) return is_private_ipv4(ntohl(ipv4.s_addr));
  if (inet_pton(AF_INET6, name.c_str(), &ipv6) == 1) return is_private_ipv6(ipv6);
  return is_localhost_name(name);
}

bool is_loopback_host(const std::string& host) {
  const std::string name = without_brackets(host);
  return is_localhost_name(name) || name == "::1" ||
         (name.rfind("127.", 0) == 0 && is_private_host(name));
}

bool is_address_of(const std::string& host, const sockaddr* address) {
  addrinfo* first = nullptr;
  if (getaddrinfo(without_brackets(host).c_str(), nullptr, nullptr, &first) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> found(first, &freeaddrinfo);
  for (const addrinfo* entry = found.get(); entry; entry = entry->ai_next)
    if (same_address(entry->ai_addr, address)) return true;
  return false;
}

std::optional<Proxy> proxy_of(const std::string& scheme) {
  // Only the small letters for http: HTTP_PROXY can be set by a remote client of a CGI program,
  // and libcurl ignores it for that reason.
  const char* proxy = environment((scheme + "_proxy").c_str());
  if (!proxy && scheme == "https") proxy = environment("HTTPS_PROXY");
  if (!proxy) proxy = environment("all_proxy");
  if (!proxy) proxy = environment("ALL_PROXY");
  if (!proxy) return std::nullopt;
  const std::string text(proxy);
  const auto url = parse_url(text.find("://") == std::string::npos ? "http://" + text : text);
  if (!url) return std::nullopt;
  constexpr int kDefaultProxyPort = 1080;  // libcurl's, when the variable names none
  const bool names_port = text.find(':' + std::to_string(url->port)) != std::string::npos;
  return Proxy{url->host, names_port ? url->port : kDefaultProxyPort};
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
  std::string result;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~' ||
        kept.find(c) != std::string_view::npos)
      result += c;
    else
      result += fmt::format("%{:02X}", byte);
  }
  return result;
}

}  // namespace castboard
