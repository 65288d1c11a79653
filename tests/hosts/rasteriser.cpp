#include "rasteriser.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

// Whatever this editor's ImTextureID is, pointer or number, it holds the number of a texture.
std::size_t number_of(ImTextureID id) {
  return (std::size_t)(std::uintptr_t)(id);
}
ImTextureID id_of(std::size_t number) {
  return (ImTextureID)(std::uintptr_t)(number);
}

float cross(ImVec2 from, ImVec2 to, float x, float y) {
  return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
}

std::array<float, 4> channels(ImU32 colour) {
  return {static_cast<float>(colour >> IM_COL32_R_SHIFT & 0xFF),
          static_cast<float>(colour >> IM_COL32_G_SHIFT & 0xFF),
          static_cast<float>(colour >> IM_COL32_B_SHIFT & 0xFF),
          static_cast<float>(colour >> IM_COL32_A_SHIFT & 0xFF)};
}

}  // namespace

std::size_t Rasteriser::add(int width, int height, const std::uint8_t* rgba) {
  const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  textures_[++last_] = {width, height, {rgba, rgba + bytes}};
  return last_;
}

castboard::TextureHost Rasteriser::textures() {
  return {.create = [this](const castboard::Image& image) -> std::optional<ImTextureID> {
            return id_of(add(image.width, image.height, image.pixels.data()));
          },
          .destroy = [this](ImTextureID id) { textures_.erase(number_of(id)); }};
}

void Rasteriser::follow_font() {
#if IMGUI_VERSION_NUM >= 19200
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    const bool is_new = texture->Status == ImTextureStatus_WantCreate;
    if (is_new || texture->Status == ImTextureStatus_WantUpdates) {
      const auto* pixels = static_cast<const std::uint8_t*>(texture->GetPixels());
      if (is_new) {
        texture->SetTexID(id_of(add(texture->Width, texture->Height, pixels)));
      } else {
        Texture& kept = textures_[number_of(texture->TexID)];
        kept.rgba.assign(pixels, pixels + kept.rgba.size());
      }
      texture->SetStatus(ImTextureStatus_OK);
    } else if (texture->Status == ImTextureStatus_WantDestroy) {
      textures_.erase(number_of(texture->TexID));
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
#else
  if (has_font_) return;
  has_font_ = true;
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  ImGui::GetIO().Fonts->SetTexID(id_of(add(width, height, pixels)));
#endif
}

void Rasteriser::triangle(Canvas& canvas, const ImDrawVert* const corners[3], const ImVec4& clip,
                          const Texture* texture) const {
  const ImVec2 a = corners[0]->pos;
  const ImVec2 b = corners[1]->pos;
  const ImVec2 c = corners[2]->pos;
  const float area = cross(a, b, c.x, c.y);
  if (area == 0) return;
  const auto first = [](float low, float edge) {
    return static_cast<int>(std::floor(std::max({low, edge, 0.0F})));
  };
  const auto last = [](float high, float edge, int size) {
    return static_cast<int>(std::ceil(std::min({high, edge, static_cast<float>(size)})));
  };
  const int left = first(std::min({a.x, b.x, c.x}), clip.x);
  const int top = first(std::min({a.y, b.y, c.y}), clip.y);
  const int right = last(std::max({a.x, b.x, c.x}), clip.z, canvas.width);
  const int bottom = last(std::max({a.y, b.y, c.y}), clip.w, canvas.height);
  const std::array<std::array<float, 4>, 3> colours{
      channels(corners[0]->col), channels(corners[1]->col), channels(corners[2]->col)};
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const float at_x = static_cast<float>(x) + 0.5F;
      const float at_y = static_cast<float>(y) + 0.5F;
      const std::array<float, 3> weight{cross(b, c, at_x, at_y) / area,
                                        cross(c, a, at_x, at_y) / area,
                                        cross(a, b, at_x, at_y) / area};
      if (weight[0] < 0 || weight[1] < 0 || weight[2] < 0) continue;
      std::array<float, 4> colour{};
      float u = 0;
      float v = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t k = 0; k < 4; ++k) colour[k] += weight[i] * colours[i][k];
        u += weight[i] * corners[i]->uv.x;
        v += weight[i] * corners[i]->uv.y;
      }
      if (texture != nullptr) {
        const int tx = std::clamp(static_cast<int>(u * static_cast<float>(texture->width)), 0,
                                  texture->width - 1);
        const int ty = std::clamp(static_cast<int>(v * static_cast<float>(texture->height)), 0,
                                  texture->height - 1);
        const std::size_t texel = static_cast<std::size_t>(ty * texture->width + tx) * 4;
        for (std::size_t k = 0; k < 4; ++k) {
          colour[k] *= static_cast<float>(texture->rgba[texel + k]) / 255;
        }
      }
      std::uint8_t* pixel = &canvas.rgba[static_cast<std::size_t>(y * canvas.width + x) * 4];
      const float alpha = colour[3] / 255;
      for (std::size_t k = 0; k < 3; ++k) {
        const float under = static_cast<float>(pixel[k]);
        pixel[k] = static_cast<std::uint8_t>(
            std::clamp(std::lround(under + (colour[k] - under) * alpha), 0L, 255L));
      }
      pixel[3] = 255;
    }
  }
}

Canvas Rasteriser::draw(const ImDrawData& data) {
  Canvas canvas;
  canvas.width = static_cast<int>(data.DisplaySize.x);
  canvas.height = static_cast<int>(data.DisplaySize.y);
  canvas.rgba.assign(static_cast<std::size_t>(canvas.width * canvas.height) * 4, 0);
  for (int i = 0; i < data.CmdLists.Size; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
      const auto found = textures_.find(number_of(command.GetTexID()));
      const Texture* texture = found != textures_.end() ? &found->second : nullptr;
      for (unsigned at = 0; at + 2 < command.ElemCount; at += 3) {
        const ImDrawVert* corners[3];
        for (unsigned k = 0; k < 3; ++k) {
          const auto index =
              static_cast<int>(list.IdxBuffer[static_cast<int>(command.IdxOffset + at + k)]);
          corners[k] = &list.VtxBuffer[static_cast<int>(command.VtxOffset) + index];
        }
        triangle(canvas, corners, command.ClipRect, texture);
      }
    }
  }
  return canvas;
}
