#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <type_traits>

#include "castboard/texture_host.h"

namespace castboard {

// A TextureHost that only keeps account: which textures are alive, and that nothing is destroyed
// twice or with pixels of the wrong size. Outlives what it is handed to.
class FakeTextures {
 public:
  TextureHost host() {
    return {.create = [this](const Image& image) { return create(image); },
            .destroy = [this](ImTextureID id) { destroy(id); }};
  }

  [[nodiscard]] bool alive(ImTextureID id) const { return alive_.contains(number(id)); }
  // Made by somebody else, such as the font's.
  [[nodiscard]] bool is_foreign(ImTextureID id) const { return number(id) <= kFirst; }
  [[nodiscard]] std::size_t count() const { return alive_.size(); }
  [[nodiscard]] int created() const { return static_cast<int>(last_ - kFirst); }

  bool refuse = false;   // as a renderer without memory
  int refuse_wider = 0;  // as one with textures of at most this width; 0: any

 private:
  // Not a number any other texture has, such as the font's.
  static constexpr std::uintptr_t kFirst = 1000;

  // A pointer or a number, as this Dear ImGui has it.
  template <class Id>
  static std::uintptr_t number(Id id) {
    if constexpr (std::is_pointer_v<Id>) {
      return reinterpret_cast<std::uintptr_t>(id);
    } else {
      return static_cast<std::uintptr_t>(id);
    }
  }

  template <class Id>
  static Id as(std::uintptr_t number) {
    if constexpr (std::is_pointer_v<Id>) {
      return reinterpret_cast<Id>(number);
    } else {
      return static_cast<Id>(number);
    }
  }

  std::optional<ImTextureID> create(const Image& image) {
    EXPECT_GT(image.width, 0);
    EXPECT_GT(image.height, 0);
    EXPECT_EQ(image.pixels.size(),
              static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
    if (refuse || (refuse_wider > 0 && image.width > refuse_wider)) return std::nullopt;
    alive_.insert(++last_);
    return as<ImTextureID>(last_);
  }

  void destroy(ImTextureID texture) {
    EXPECT_EQ(alive_.erase(number(texture)), 1u) << "destroyed twice, or never created";
  }

  std::set<std::uintptr_t> alive_;
  std::uintptr_t last_ = kFirst;
};

}  // namespace castboard
