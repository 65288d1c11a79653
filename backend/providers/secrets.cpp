#include "providers/secrets.h"

#include <string_view>

namespace castboard {

namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kShortestMasked = 3;  // masking one letter would only spoil the text

}  // namespace

std::string mask_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.size() < kShortestMasked) continue;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += kMask.size())
      text.replace(at, secret.size(), kMask);
  }
  return text;
}

}  // namespace castboard
