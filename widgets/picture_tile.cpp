#include "picture_tile.h"

#include <algorithm>
#include <cmath>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kRim = 0.016F;  // left out on each side of a face

void draw_failure(const Look& look, ImDrawList* list, const FitBox& box, const std::string& why) {
  const float mark = look.px(16);
  const float line = ImGui::GetTextLineHeight();
  const float top = box.y + std::max(0.0F, (box.height - mark - 2.4F * line) / 2);
  draw_mark(list, Mark::cross, {box.x + (box.width - mark) / 2, top}, mark, look.colour.omitted);
  const float width = box.width - look.px(12);
  // Short reasons stand under the mark, long ones fill the width.
  const float words = ImGui::CalcTextSize(why.c_str(), nullptr, false, width).x;
  const ImVec2 at{box.x + look.px(6) + std::max(0.0F, (width - words) / 2),
                  top + mark + look.px(4)};
  list->PushClipRect({box.x, box.y}, {box.x + box.width, box.y + box.height}, true);
  list->AddText(ImGui::GetFont(), ImGui::GetFontSize(), at, look.colour.quiet, why.c_str(), nullptr,
                width);
  list->PopClipRect();
}

}  // namespace

void draw_picture(const Look& look, ImDrawList* list, const FitBox& box, const Thumbnail& picture,
                  PictureCrop crop, float radius, ImDrawFlags corners) {
  const ImVec2 min{box.x, box.y};
  const ImVec2 max{box.x + box.width, box.y + box.height};
  const auto width = static_cast<float>(picture.width);
  const auto height = static_cast<float>(picture.height);
  if (!picture.texture) {
    list->AddRectFilled(min, max, look.colour.input, radius, corners);
    if (!picture.failure.empty()) {
      scoped::font(look.caption_font, 12.0F / 14.0F,
                   [&] { draw_failure(look, list, box, picture.failure); });
    }
    return;
  }
  if (crop == PictureCrop::face) {
    const CropUv uv = crop_to_face(width, height, box.width, box.height);
    // A cell cut by thirds keeps a sliver of its gutter.
    const float in_x = (uv.right - uv.left) * kRim;
    const float in_y = (uv.bottom - uv.top) * kRim;
    list->AddImageRounded(compat::texture(*picture.texture), min, max,
                          {uv.left + in_x, uv.top + in_y}, {uv.right - in_x, uv.bottom - in_y},
                          IM_COL32_WHITE, radius, corners);
    return;
  }
  list->AddRectFilled(min, max, look.colour.input, radius, corners);
  const FitBox whole = contain(width, height, box);
  list->AddImageRounded(compat::texture(*picture.texture), {whole.x, whole.y},
                        {whole.x + whole.width, whole.y + whole.height}, {0, 0}, {1, 1},
                        IM_COL32_WHITE, radius, corners);
}

void draw_silhouette(const Look& look, ImDrawList* list, const FitBox& box, float radius,
                     ImDrawFlags corners) {
  const ImVec2 min{box.x, box.y};
  const ImVec2 max{box.x + box.width, box.y + box.height};
  list->AddRectFilled(min, max, look.colour.input, radius, corners);
  const float unit = std::min(box.width, box.height);
  const ImVec2 head{box.x + box.width / 2, box.y + box.height * 0.42F};
  list->AddCircleFilled(head, unit * 0.17F, look.colour.line, 32);
  list->PushClipRect(min, max, true);
  list->AddCircleFilled({head.x, max.y + unit * 0.10F}, unit * 0.38F, look.colour.line, 40);
  list->PopClipRect();
}

}  // namespace castboard
