// How in-house editors configure Dear ImGui: vectors and texture ids of their own, large meshes,
// nothing obsolete.
#pragma once

namespace editor {

struct Vec2 {
  float x = 0;
  float y = 0;
};
struct Vec4 {
  float x = 0;
  float y = 0;
  float z = 0;
  float w = 0;
};
class Texture;

}  // namespace editor

#define IM_VEC2_CLASS_EXTRA                                            \
  constexpr ImVec2(const editor::Vec2& from) : x(from.x), y(from.y) {} \
  operator editor::Vec2() const {                                      \
    return {x, y};                                                     \
  }
#define IM_VEC4_CLASS_EXTRA                                                                  \
  constexpr ImVec4(const editor::Vec4& from) : x(from.x), y(from.y), z(from.z), w(from.w) {} \
  operator editor::Vec4() const {                                                            \
    return {x, y, z, w};                                                                     \
  }

#define ImTextureID editor::Texture*
#define ImDrawIdx unsigned int
#define IMGUI_DEFINE_MATH_OPERATORS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_OBSOLETE_KEYIO
