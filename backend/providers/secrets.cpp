#include "providers/secrets.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "catalogue/utf8.h"
#include "providers/written_characters.h"

namespace castboard {

namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kShortestMasked = 3;  // masking one letter would only spoil the text
// "{castboard-secret-0}" stands for the first secret, "{castboard-text-" for "{castboard-".
constexpr std::string_view kOurs = "{castboard-";
constexpr std::string_view kStandIn = "{castboard-secret-";
constexpr std::string_view kOursAsText = "{castboard-text-";

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

// The place in the list of the longest secret that `text` begins with.
std::optional<std::size_t> secret_at(std::string_view text,
                                     const std::vector<std::string>& secrets) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    const bool longer = !found || secrets[i].size() > secrets[*found].size();
    if (longer && secrets[i].size() >= kShortestMasked && begins_with(text, secrets[i])) found = i;
  }
  return found;
}

// What a secret may begin with: most of a text is passed over by one look.
std::vector<bool> first_letters(const std::vector<std::string>& secrets) {
  std::vector<bool> letters(256, false);
  for (const std::string& secret : secrets)
    if (secret.size() >= kShortestMasked) letters[static_cast<unsigned char>(secret[0])] = true;
  return letters;
}

std::string encoded(char32_t character) {
  std::string text;
  append_utf8(text, character);
  return text;
}

// How many bytes of `text` write `secret`, each character of it as it is or escaped in any of the
// ways of JSON, HTML and URLs; 0: it does not begin with it. Where a place can be read in two ways,
// both are followed.
std::size_t written_length(std::string_view text, std::string_view secret) {
  struct Place {
    std::size_t in_secret;
    std::size_t in_text;
  };
  std::size_t same = 0;  // as it is, and in no other way
  while (same < secret.size() && same < text.size() && text[same] == secret[same] &&
         !may_be_written(text[same]))
    ++same;
  if (same == secret.size()) return same;
  if (same == text.size() || !may_be_written(text[same])) return 0;
  std::vector<Place> places;  // reached so far; those from `next` on are to be followed
  const auto follow = [&](Place from, std::string_view read, std::size_t length) {
    if (!begins_with(secret.substr(from.in_secret), read)) return;
    const Place to{from.in_secret + read.size(), from.in_text + length};
    const bool known = std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return place.in_secret == to.in_secret && place.in_text == to.in_text;
    });
    if (!known) places.push_back(to);
  };
  const auto follow_all = [&](Place from) {
    const std::string_view rest = text.substr(from.in_text);
    if (rest.empty()) return;
    follow(from, rest.substr(0, 1), 1);
    if (!may_be_written(rest[0])) return;
    if (const auto read = url_character(rest)) {
      const char byte = static_cast<char>(read->character);
      follow(from, {&byte, 1}, read->length);
    }
    for (const auto& read : {html_character(rest), json_character(rest)})
      if (read) follow(from, encoded(read->character), read->length);
  };
  std::size_t longest = 0;
  follow_all({same, same});
  for (std::size_t next = 0; next < places.size(); ++next) {
    const Place place = places[next];
    if (place.in_secret < secret.size())
      follow_all(place);
    else
      longest = std::max(longest, place.in_text);
  }
  return longest;
}

// The longest that any of them takes at the beginning of `text`.
std::size_t written_secret(std::string_view text, const std::vector<std::string>& secrets) {
  std::size_t longest = 0;
  for (const std::string& secret : secrets)
    if (secret.size() >= kShortestMasked) longest = std::max(longest, written_length(text, secret));
  return longest;
}

}  // namespace

std::string masked_start(std::string_view text, std::size_t most,
                         const std::vector<std::string>& secrets) {
  const std::vector<bool> letters = first_letters(secrets);
  std::string masked;
  masked.reserve(std::min(most, text.size()));
  for (std::size_t at = 0; at < std::min(most, text.size());) {
    const char c = text[at];
    std::size_t length = 0;
    if (letters[static_cast<unsigned char>(c)] || may_be_written(c))
      length = written_secret(text.substr(at), secrets);
    if (length > 0) {
      masked += kMask;
      at += length;
    } else {
      masked += text[at++];
    }
  }
  return masked;
}

std::string mask_secrets(std::string_view text, const std::vector<std::string>& secrets) {
  return masked_start(text, text.size(), secrets);
}

std::string hide_secrets(std::string_view text, const std::vector<std::string>& secrets) {
  std::string hidden;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (const auto secret = secret_at(rest, secrets)) {
      hidden.append(kStandIn).append(std::to_string(*secret)).append("}");
      at += secrets[*secret].size();
    } else if (begins_with(rest, kOurs)) {
      hidden += kOursAsText;
      at += kOurs.size();
    } else {
      hidden += text[at++];
    }
  }
  return hidden;
}

std::string restore_secrets(std::string_view text, const std::vector<std::string>& secrets) {
  std::string restored;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (begins_with(rest, kOursAsText)) {
      restored += kOurs;
      at += kOursAsText.size();
      continue;
    }
    std::size_t place = secrets.size();
    const char* end = nullptr;
    if (begins_with(rest, kStandIn))
      end = std::from_chars(rest.data() + kStandIn.size(), rest.data() + rest.size(), place).ptr;
    if (end && end < rest.data() + rest.size() && *end == '}' && place < secrets.size()) {
      restored += secrets[place];
      at += static_cast<std::size_t>(end - rest.data()) + 1;
    } else {
      restored += text[at++];
    }
  }
  return restored;
}

}  // namespace castboard
