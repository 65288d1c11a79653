#include "providers/secrets.h"

#include <algorithm>
#include <charconv>
#include <optional>

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

}  // namespace

std::string masked_start(std::string_view text, std::size_t most,
                         const std::vector<std::string>& secrets) {
  const std::vector<bool> letters = first_letters(secrets);
  std::string masked;
  masked.reserve(std::min(most, text.size()));
  for (std::size_t at = 0; at < std::min(most, text.size());) {
    std::optional<std::size_t> secret;
    if (letters[static_cast<unsigned char>(text[at])]) secret = secret_at(text.substr(at), secrets);
    if (secret) {
      masked += kMask;
      at += secrets[*secret].size();
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
