#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

// URLs as libcurl itself reads them, so that what is checked is what is connected to.
namespace castboard {

struct Url {
  std::string text;    // normalised
  std::string scheme;  // lower case
  std::string host;    // lower case, IPv6 in brackets
  int port = 0;        // the scheme's default when not given
  bool has_user = false;

  [[nodiscard]] bool same_origin(const Url& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
  [[nodiscard]] bool is_web() const { return scheme == "http" || scheme == "https"; }
};

// nullopt when it is no absolute URL.
std::optional<Url> parse_url(const std::string& text);
// `reference` (absolute or relative) as seen from `base`.
std::optional<Url> resolve_url(const std::string& base, const std::string& reference);

// "*.studio.lan" and exact names; case does not matter.
bool host_matches(std::string_view host, const std::vector<std::string>& patterns);

// Loopback, link-local, private, shared (RFC 6598), multicast, unspecified, and IPv4 in IPv6.
bool is_private_address(const sockaddr* address);
int address_port(const sockaddr* address);
// The same for a literal address; also "localhost" and names below it.
bool is_private_host(const std::string& host);
bool is_loopback_host(const std::string& host);

// Whether `address` is one that `host`, a literal address or a name, has. Asks the resolver.
bool is_address_of(const std::string& host, const sockaddr* address);

struct Proxy {
  std::string host;
  int port = 0;
};
// What the environment names for this scheme.
std::optional<Proxy> proxy_of(const std::string& scheme);

// All but letters, digits and "-._~" as %XX; characters of `kept` stay.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

}  // namespace castboard
