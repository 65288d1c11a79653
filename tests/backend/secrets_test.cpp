#include "providers/secrets.h"

#include <gtest/gtest.h>

namespace castboard {

namespace {

const std::vector<std::string> kSecrets{"ada:open sesame", "open sesame", "ab"};

std::string there_and_back(const std::string& text) {
  return restore_secrets(hide_secrets(text, kSecrets), kSecrets);
}

}  // namespace

TEST(Secrets, are_masked_wherever_they_stand_the_longest_first) {
  EXPECT_EQ(mask_secrets("who is ada:open sesame? open sesame!", kSecrets), "who is ***? ***!");
  EXPECT_EQ(mask_secrets("cab", kSecrets), "cab") << "too short to be told from words";
}

TEST(Secrets, are_masked_however_a_reply_writes_them) {
  const std::vector<std::string> secrets{"ab/c+d&e<f>longsecret99"};
  for (const std::string written :
       {"ab/c+d&e<f>longsecret99", R"(ab\/c+d&e<f>longsecret99)",
        R"(ab\/c\u002bd\u0026e\u003cf\u003elongsecret99)",
        R"(ab\u002Fc\u002Bd\u0026e\u003Cf\u003Elongsecret99)", "ab/c+d&amp;e&lt;f&gt;longsecret99",
        "ab&#47;c&#43;d&#38;e&#60;f&#62;longsecret99",
        "ab&#x2F;c&#x2b;d&#x0026;e&#x3C;f&#x3e;longsecret99",
        "ab&sol;c&plus;d&amp;e&lt;f&gt;longsecret99", "ab%2Fc%2Bd%26e%3Cf%3Elongsecret99",
        "ab%2fc%2bd%26e%3cf%3elongsecret99", "&#97;b/c+d&amp;e\\u003cf&gt;longsecret99",
        "&#97;&#98&#47c%2Bd&e<f>longsecret99"})
    EXPECT_EQ(mask_secrets("the key " + written + " is none", secrets), "the key *** is none")
        << written;
  EXPECT_EQ(mask_secrets("a+long+word, a%20long+word", {"a long word"}), "***, ***");
  EXPECT_EQ(mask_secrets("a\\\\b", {"a\\b"}), "***");
  EXPECT_EQ(mask_secrets(R"(caf\u00e9 caf&#233; caf%C3%A9)", {"café"}), "*** *** ***");
  EXPECT_EQ(mask_secrets("100% &amp; a\\/b", secrets), "100% &amp; a\\/b");
}

TEST(Secrets, of_nothing_but_what_can_be_read_in_two_ways_are_found_in_little_time) {
  const std::string backslashes(40, '\\');
  EXPECT_EQ(mask_secrets(std::string(60, '\\') + "x", {backslashes + "y"}),
            std::string(60, '\\') + "x");
}

TEST(Secrets, leave_no_half_of_themselves_at_a_cut) {
  const std::string text = "0123open sesame and more";
  for (std::size_t most = 0; most <= text.size(); ++most) {
    const std::string start = masked_start(text, most, kSecrets);
    EXPECT_EQ(start.substr(0, 4), text.substr(0, std::min<std::size_t>(most, 4)));
    EXPECT_EQ(start.find("***"), most > 4 ? 4 : std::string::npos) << most;
    EXPECT_EQ(start.find("open"), std::string::npos) << start;
    EXPECT_EQ(start.find("sesame"), std::string::npos) << start;
  }
  EXPECT_EQ(masked_start("open sesame and open sesame", 17, kSecrets), "*** and ***");
}

TEST(Secrets, are_not_in_what_is_written_down_and_are_back_where_it_is_read) {
  for (const std::string text : {"plain", "/jobs/7?key=open sesame&user=ada:open sesame"}) {
    EXPECT_EQ(hide_secrets(text, kSecrets).find("sesame"), std::string::npos);
    EXPECT_EQ(there_and_back(text), text);
  }
}

TEST(Secrets, do_not_come_into_text_that_only_looks_like_a_stand_in) {
  for (const std::string text :
       {"https://evil.example/?k={castboard-secret-0}", "{castboard-text-secret-1}",
        "{castboard-text-{castboard-secret-1}", "{castboard-", "{castboard-secret-99}"})
    EXPECT_EQ(there_and_back(text), text);
}

TEST(Secrets, may_be_words_of_the_stand_ins_themselves) {
  const std::vector<std::string> words{"castboard", "secret", "text-"};
  const std::string text = "castboard {castboard-secret-1} secret {castboard-text-0}";
  EXPECT_EQ(restore_secrets(hide_secrets(text, words), words), text);
}

TEST(Secrets, stand_in_of_a_list_that_is_shorter_now_stays_what_it_is) {
  EXPECT_EQ(restore_secrets("{castboard-secret-3}{castboard-secret-x}", kSecrets),
            "{castboard-secret-3}{castboard-secret-x}");
}

}  // namespace castboard
