// A renderer for Dear ImGui that is not OpenGL: triangles into pixels, in plain C++. What a host
// with a renderer of its own has to do for Castboard is in here: make a texture of an Image, look
// it up by its id when a command draws with it, and forget it.
#pragma once

#include <castboard/texture_host.h>

#include <cstdint>
#include <map>
#include <vector>

struct Canvas {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top
};

class Rasteriser {
 public:
  // The two callbacks of Castboard. Outlives the panel.
  castboard::TextureHost textures();

  // What Dear ImGui drew, over a black canvas.
  Canvas draw(const ImDrawData& data);

  // Dear ImGui's own textures, once a frame after Render().
  void follow_font();

  [[nodiscard]] std::size_t texture_count() const { return textures_.size(); }

 private:
  struct Texture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
  };

  std::size_t add(int width, int height, const std::uint8_t* rgba);
  void triangle(Canvas& canvas, const ImDrawVert* const corners[3], const ImVec4& clip,
                const Texture* texture) const;

  std::map<std::size_t, Texture> textures_;
  std::size_t last_ = 0;
  bool has_font_ = false;
};
