#include "providers/secrets.h"

#include <string_view>

namespace castboard {

namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kShortestMasked = 3;  // masking one letter would only spoil the text

void replace_all(std::string& text, const std::string& from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string stand_in(std::size_t place) {
  return "{castboard-secret-" + std::to_string(place) + "}";
}

}  // namespace

std::string mask_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.size() < kShortestMasked) continue;
    replace_all(text, secret, kMask);
  }
  return text;
}

std::string hide_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (std::size_t i = 0; i < secrets.size(); ++i)
    if (secrets[i].size() >= kShortestMasked) replace_all(text, secrets[i], stand_in(i));
  return text;
}

std::string restore_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (std::size_t i = 0; i < secrets.size(); ++i) replace_all(text, stand_in(i), secrets[i]);
  return text;
}

}  // namespace castboard
