// What is chosen by its look: templates, art styles, image sizes.
#include <algorithm>
#include <cmath>

#include "generation_form_layout.h"
#include "generation_form_parts.h"
#include "icons.h"
#include "imgui_compat.h"
#include "picture_fit.h"
#include "scoped.h"
#include "texts.h"

namespace castboard::form_parts {
namespace {

constexpr float kGap = 6;
constexpr float kCaptionLine = 17;  // under a tile's picture

// The tile's picture, or its place while it is not there yet. False: there will be none.
bool draw_picture(const Form& form, const std::string& what, ImVec2 from, ImVec2 to) {
  if (!form.input.has_tiles || !form.input.thumbnail) return false;
  const Look& look = form.look();
  const int side = static_cast<int>(std::ceil(std::max(to.x - from.x, to.y - from.y)));
  const Thumbnail picture = form.input.thumbnail("tile:" + what, side);
  if (!picture.failure.empty()) return false;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (!picture.texture) {
    list->AddRectFilled(from, to, look.colour.input, look.px(4));
    return true;
  }
  const CropUv part = crop_to_face(1, 1, to.x - from.x, to.y - from.y);
  list->AddImageRounded(compat::texture(*picture.texture), from, to, {part.left, part.top},
                        {part.right, part.bottom}, IM_COL32_WHITE, look.px(4));
  return true;
}

void draw_icon(const Form& form, const std::string& name, ImVec2 from, ImVec2 to, ImU32 ink) {
  const char* icon = icon_text(form.look(), find_icon(name));
  const ImVec2 size = ImGui::CalcTextSize(icon);
  ImGui::GetWindowDrawList()->AddText(
      {std::round((from.x + to.x - size.x) / 2), std::round((from.y + to.y - size.y) / 2)}, ink,
      icon);
}

void draw_caption(const Form& form, const std::string& title, ImVec2 from, ImVec2 to) {
  const Look& look = form.look();
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float room = to.x - from.x - look.px(2);
    std::string shown = title;
    if (ImGui::CalcTextSize(shown.c_str()).x > room) shown = first_word(title);
    shown = elided(shown, room);
    const ImVec2 size = ImGui::CalcTextSize(shown.c_str());
    ImGui::GetWindowDrawList()->AddText(
        {std::round((from.x + to.x - size.x) / 2), std::round((from.y + to.y - size.y) / 2)},
        look.colour.text, shown.c_str());
  });
}

struct Tile {
  std::string id;     // "template_portrait"
  std::string what;   // "template/portrait"
  std::string title;  // in full, as tooltip
  std::string short_title;
  std::string icon;  // where there is no picture; empty: words alone
  bool chosen = false;
};

bool tile_button(const Form& form, const Tile& tile, ImVec2 size) {
  const Look& look = form.look();
  const bool pressed = compat::pressable(("###" + tile.id).c_str(), size);
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 fill = tile.chosen ? look.colour.selected
                     : hovered   ? look.colour.line
                                 : look.colour.raised;
  list->AddRectFilled(from, to, fill, look.control_radius());
  const float inset = look.px(2);
  const float caption_top = to.y - look.px(kCaptionLine);
  const ImVec2 picture_from{from.x + inset, from.y + inset};
  const ImVec2 picture_to{to.x - inset, caption_top};
  const bool has_picture = draw_picture(form, tile.what, picture_from, picture_to);
  if (!has_picture && !tile.icon.empty()) {
    draw_icon(form, tile.icon, picture_from, picture_to,
              tile.chosen ? look.colour.text : look.colour.quiet);
  }
  const bool words_alone = !has_picture && tile.icon.empty();
  draw_caption(form, tile.short_title, {from.x, words_alone ? from.y : caption_top}, to);
  compat::outline(list, from, to, tile.chosen ? look.colour.accent : look.colour.line,
                  look.control_radius(), tile.chosen ? look.px(1.6F) : 1.0F);
  item_tooltip(tile.title);
  return pressed;
}

// A small button of a row of choices.
bool choice(const Form& form, const std::string& text, const std::string& id, bool chosen,
            ImVec2 size, const std::string& tooltip) {
  bool pressed = false;
  const Look& look = form.look();
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(3), 0)}}, [&] {
    scoped::font(look.caption_font, kCaptionScale, [&] {
      std::string shown = text;
      const float room = size.x - look.px(6);
      if (ImGui::CalcTextSize(shown.c_str()).x > room) shown = first_word(text);
      shown = elided(shown, room);
      pressed = button(look, (shown + "###" + id).c_str(),
                       chosen ? ButtonKind::selected : ButtonKind::normal, "", size);
    });
  });
  if (!tooltip.empty() && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ImGui::SetItemTooltip("%s", tooltip.c_str());
  }
  return pressed;
}

}  // namespace

void templates(const Form& form) {
  label(form, text("form.template"));
  const auto& all = form.catalogue().templates;
  const Look& look = form.look();
  const float gap = look.px(kGap);
  const int columns = even_columns(static_cast<int>(all.size()), room_width(), look.px(46), gap);
  const bool pictures = form.input.has_tiles;
  const float height = form.is_short ? (pictures ? 54.0F : 46.0F) : (pictures ? 64.0F : 54.0F);
  const ImVec2 size{column_width(columns, room_width(), gap), look.px(height)};
  std::string chosen;
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap)}}, [&] {
    int place = 0;
    for (const Template& each : all) {
      if (place++ % columns != 0) ImGui::SameLine();
      const Tile tile{.id = "template_" + each.key,
                      .what = "template/" + each.key,
                      .title = each.title,
                      .short_title = each.short_title.empty() ? each.title : each.short_title,
                      .icon = each.icon,
                      .chosen = form.request().template_type == each.key};
      if (tile_button(form, tile, size)) chosen = each.key;
    }
  });
  if (!chosen.empty()) choose_template(form.state.draft, form.catalogue(), chosen);
}

void styles(const Form& form) {
  label(form, text("form.style"));
  const auto& all = form.catalogue().styles;
  const Look& look = form.look();
  const float gap = look.px(kGap);
  const bool pictures = form.input.has_tiles;
  // As wide as the longest of the usual names.
  const float smallest = look.px(pictures ? 66 : 70);
  const int columns = std::max(2, static_cast<int>((room_width() + gap) / (smallest + gap)));
  const ImVec2 size{column_width(columns, room_width(), gap), look.px(pictures ? 62 : 27)};
  const auto chosen = std::find_if(all.begin(), all.end(), [&](const ArtStyle& style) {
    return style.key == form.request().art_style;
  });
  const int rows = form.is_short ? 1 : 2;
  const auto shown = shown_choices(static_cast<int>(all.size()), rows * columns,
                                   static_cast<int>(chosen - all.begin()), form.state.all_styles);
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap)}}, [&] {
    int place = 0;
    for (const int index : shown) {
      const ArtStyle& style = all[static_cast<std::size_t>(index)];
      if (place++ % columns != 0) ImGui::SameLine();
      const Tile tile{.id = "style_" + style.key,
                      .what = "style/" + style.key,
                      .title = style.title,
                      .short_title = style.title,
                      .icon = {},
                      .chosen = style.key == form.request().art_style};
      if (tile_button(form, tile, size)) form.request().art_style = style.key;
    }
    if (static_cast<int>(all.size()) <= rows * columns) return;
    if (place % columns != 0) ImGui::SameLine();
    const bool open = form.state.all_styles;
    if (choice(form, text(open ? "form.fewer_styles" : "form.more_styles"), "more_styles", false,
               size, text(open ? "form.fewer_styles.hint" : "form.more_styles.hint"))) {
      form.state.all_styles = !open;
    }
  });
}

void sizes(const Form& form) {
  label(form, text("form.size"));
  const auto& all = form.catalogue().sizes;
  const Look& look = form.look();
  const float gap = look.px(kGap);
  const int columns = even_columns(static_cast<int>(all.size()), room_width(), look.px(36), gap);
  const ImVec2 size{column_width(columns, room_width(), gap), look.px(28)};
  const ProviderInfo* provider = form.provider();
  std::string impossible;
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap)}}, [&] {
    int place = 0;
    for (const ImageSize& each : all) {
      if (place++ % columns != 0) ImGui::SameLine();
      const std::string why_not =
          provider != nullptr ? why_not_size(*provider, form.request().model, each) : "";
      if (!why_not.empty()) impossible += (impossible.empty() ? "" : ", ") + each.key;
      scoped::disabled(!why_not.empty(), [&] {
        if (choice(form, each.key, "size_" + each.key, each.key == form.request().aspect_ratio,
                   size, why_not.empty() ? each.title : why_not)) {
          form.request().aspect_ratio = each.key;
        }
      });
    }
  });
  if (!impossible.empty()) {
    hint(form, text("form.sizes_impossible", {impossible, provider->title}));
  }
  problems_at(form, DraftField::size);
}

}  // namespace castboard::form_parts
