#include "providers/url.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include <netinet/in.h>
#include <sys/socket.h>

namespace castboard {

TEST(Url, reads_scheme_host_and_port) {
  const auto url = parse_url("HTTPS://API.Example.com/v1?x=1");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "api.example.com");
  EXPECT_EQ(url->port, 443);
  EXPECT_TRUE(url->is_web());
  EXPECT_FALSE(parse_url("no url at all"));
  EXPECT_FALSE(parse_url("gopher://example.com/")->is_web());
}

TEST(Url, resolves_relative_references) {
  EXPECT_EQ(resolve_url("http://a.test/x/y?z", "/pic.png")->text, "http://a.test/pic.png");
  EXPECT_EQ(resolve_url("http://a.test/x/y", "pic.png")->text, "http://a.test/x/pic.png");
  EXPECT_EQ(resolve_url("http://a.test/x", "https://b.test/p")->host, "b.test");
}

TEST(Url, knows_the_same_origin) {
  EXPECT_TRUE(parse_url("http://a.test/x")->same_origin(*parse_url("http://a.test:80/y")));
  EXPECT_FALSE(parse_url("http://a.test/")->same_origin(*parse_url("http://a.test:8080/")));
  EXPECT_FALSE(parse_url("http://a.test/")->same_origin(*parse_url("https://a.test/")));
}

TEST(Url, matches_hosts_by_name_and_by_ending) {
  EXPECT_TRUE(host_matches("CDN.studio.lan", {"*.studio.lan"}));
  EXPECT_FALSE(host_matches("studio.lan", {"*.studio.lan"}));
  EXPECT_FALSE(host_matches("evilstudio.lan", {"*.studio.lan"}));
  EXPECT_TRUE(host_matches("studio.lan", {"other", "studio.lan"}));
}

TEST(Url, knows_private_addresses_of_every_kind) {
  for (const char* host :
       {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "localhost",
        "x.localhost", "localhost.", "[64:ff9b::10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "[2002:c0a8:101::1]", "[::10.0.0.1]"})
    EXPECT_TRUE(is_private_host(host)) << host;
  for (const char* host : {"8.8.8.8", "172.32.0.1", "[2606:4700::1111]", "example.com",
                           "100.128.0.1", "[64:ff9b::8.8.8.8]", "[2002:808:808::1]"})
    EXPECT_FALSE(is_private_host(host)) << host;
}

TEST(Url, reads_host_and_port_of_the_proxy) {
  ::setenv("https_proxy", "http://proxy.studio.lan:3128", 1);
  EXPECT_EQ(proxy_of("https")->host, "proxy.studio.lan");
  EXPECT_EQ(proxy_of("https")->port, 3128);
  ::setenv("https_proxy", "proxy.studio.lan:8080", 1);
  EXPECT_EQ(proxy_of("https")->port, 8080);
  ::unsetenv("https_proxy");
}

TEST(Url, knows_whose_address_it_is) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* any = reinterpret_cast<const sockaddr*>(&address);
  EXPECT_TRUE(is_address_of("127.0.0.1", any));
  EXPECT_TRUE(is_address_of("localhost", any));
  EXPECT_FALSE(is_address_of("127.0.0.2", any));
  EXPECT_FALSE(is_address_of("[::1]", any));
}

}  // namespace castboard
