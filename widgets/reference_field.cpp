#include "reference_field.h"

#include <algorithm>

#include "controls.h"
#include "drag_drop.h"
#include "generation_draft.h"
#include "icons.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr const char* kMenu = "###reference_menu";

const Version* find_version(std::span<const Version> versions, const VersionId& id) {
  const auto found = std::find_if(versions.begin(), versions.end(),
                                  [&id](const Version& version) { return version.id == id; });
  return found == versions.end() ? nullptr : &*found;
}

std::string file_name(const std::string& path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string::npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

// The picture cropped to a square from the upper middle, where faces are.
void draw_square(const Look& look, const Thumbnail& picture, ImVec2 at, float side) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + side, at.y + side};
  if (!picture.texture || picture.width <= 0 || picture.height <= 0) {
    list->AddRectFilled(at, end, look.colour.input, look.px(4));
    return;
  }
  const auto width = static_cast<float>(picture.width);
  const auto height = static_cast<float>(picture.height);
  const float edge = std::min(width, height);
  const float left = (width - edge) / 2 / width;
  const float top = (height - edge) / 3 / height;
  list->AddImageRounded(compat::texture(*picture.texture), at, end, {left, top},
                        {left + edge / width, top + edge / height}, IM_COL32_WHITE, look.px(4));
}

std::string picture_url(const ReferenceFieldInput& input, const Reference& reference) {
  if (reference.kind == Reference::Kind::version || reference.kind == Reference::Kind::active) {
    const bool active = reference.kind == Reference::Kind::active;
    const Version* version = find_version(input.versions, active ? input.active : reference.text);
    return version != nullptr ? version->thumbnail_url : std::string();
  }
  // Relative paths would be looked for in the library.
  const bool is_absolute = reference.text.starts_with('/');
  return reference.kind == Reference::Kind::file && is_absolute ? reference.text : std::string();
}

void draw_two_lines(const Look& look, ImVec2 at, ImVec2 room, const ReferenceWords& words) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float line = ImGui::GetFontSize();
  const float top = at.y + (room.y - 2 * line - look.px(2)) / 2;
  scoped::font(look.heading_font, kCaptionScale, [&] {
    draw_text_elided(list, {at.x, top}, room.x, look.colour.text, words.title);
  });
  scoped::font(look.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, {at.x, top + line + look.px(2)}, room.x, look.colour.quiet,
                     words.detail);
  });
}

void draw_box(const ReferenceFieldInput& input, const Reference& reference, ImVec2 from, ImVec2 to,
              bool hovered) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float padding = look.px(6);
  const bool disabled = !input.disabled_reason.empty();
  if (hovered && !disabled) {
    list->AddRectFilled(from, to, look.colour.raised, look.control_radius());
  }
  draw_dashed_rect(list, from, to, look.control_radius(),
                   input.has_problem      ? look.colour.omitted
                   : hovered && !disabled ? look.colour.accent
                                          : look.colour.line);
  ImVec2 at{from.x + padding, from.y + padding};
  ImVec2 room{to.x - from.x - 2 * padding, to.y - from.y - 2 * padding};
  if (reference) {
    const float side = room.y;
    const std::string url = picture_url(input, reference);
    if (!url.empty() && input.thumbnail && room.x > 1.6F * side) {
      const Thumbnail picture = input.thumbnail(url, static_cast<int>(side * 2));
      // What cannot be shown leaves its place to the words.
      if (picture.failure.empty()) {
        draw_square(look, picture, at, side);
        at.x += side + look.px(7);
        room.x -= side + look.px(7);
      }
    }
    draw_two_lines(look, at, {room.x - look.px(14), room.y},
                   reference_words(reference, input.versions, input.active));
    return;
  }
  at.x += look.px(2);
  const bool is_character = input.slot == ReferenceSlot::character;
  draw_two_lines(look, at, room,
                 {text(is_character ? "reference.character" : "reference.background"),
                  text(disabled ? "reference.not_taken" : "reference.how")});
}

// The cross in the box's corner; drawn over it, so the box must allow overlap.
bool clear_cross(const Look& look, ImVec2 from, ImVec2 to) {
  const float side = look.px(20);
  ImGui::SetCursorScreenPos({to.x - side - look.px(1), from.y + look.px(1)});
  const bool pressed = compat::pressable("###clear", {side, side});
  const ImU32 colour = ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet;
  item_tooltip(text("reference.clear"));
  const float mark = look.px(8);
  const ImVec2 corner = ImGui::GetItemRectMin();
  draw_mark(ImGui::GetWindowDrawList(), Mark::cross,
            {corner.x + (side - mark) / 2, corner.y + (side - mark) / 2}, mark, colour);
  return pressed;
}

void take_drop(Reference& reference, const std::string& file_payload) {
  scoped::drop_target([&] {
    if (auto version = accept_version()) {
      reference = {Reference::Kind::version, std::move(version->version)};
    } else if (auto file = accept_file(file_payload)) {
      reference = {Reference::Kind::file, std::move(*file)};
    }
  });
}

// "Use v003, viewed"
std::string use_words(const ReferenceFieldInput& input, const Version& version) {
  const bool is_viewed = version.id == input.viewed;
  const bool is_active = version.id == input.active;
  const char* key = is_viewed && is_active ? "reference.use.viewed_active"
                    : is_viewed            ? "reference.use.viewed"
                    : is_active            ? "reference.use.active"
                                           : "reference.use";
  return text(key, {version_label(version.version_number)});
}

bool version_row(const ReferenceFieldInput& input, const Version& version, bool chosen) {
  const Look& look = input.look;
  const float height = look.px(38);
  bool pressed = false;
  scoped::id(version.id, [&] {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    pressed = ImGui::Selectable(("###use_" + version_label(version.version_number)).c_str(), chosen,
                                0, {0, height});
    if (!ImGui::IsItemVisible()) return;
    if (input.thumbnail) {
      const Thumbnail picture =
          input.thumbnail(version.thumbnail_url, static_cast<int>(height * 2));
      draw_square(look, picture, {at.x + look.px(2), at.y + look.px(2)}, height - look.px(4));
    }
    const ReferenceWords words{use_words(input, version), version.version_name};
    draw_two_lines(look, {at.x + height + look.px(6), at.y},
                   {ImGui::GetItemRectSize().x - height - look.px(10), height}, words);
  });
  return pressed;
}

void version_rows(const ReferenceFieldInput& input, Reference& reference) {
  const auto shown = std::min<std::size_t>(input.versions.size(), 5);
  const float height =
      static_cast<float>(shown) * (input.look.px(38) + ImGui::GetStyle().ItemSpacing.y);
  scoped::child("versions", {0, height}, [&] {
    // Newest first: what was made last is what is wanted most.
    for (auto version = input.versions.rbegin(); version != input.versions.rend(); ++version) {
      const bool chosen =
          reference.kind == Reference::Kind::version && reference.text == version->id;
      if (version_row(input, *version, chosen)) {
        reference = {Reference::Kind::version, version->id};
        ImGui::CloseCurrentPopup();
      }
    }
  });
}

// Only text comes from the clipboard: Dear ImGui and GLFW know no pictures there.
void paste(const Look& look, Reference& reference) {
  const char* clipboard = ImGui::GetClipboardText();
  const Reference pasted = read_reference(clipboard != nullptr ? clipboard : "");
  const std::string label = labelled("reference.paste", "paste");
  scoped::disabled(!pasted, [&] {
    if (button(look, label.c_str())) {
      reference = pasted;
      ImGui::CloseCurrentPopup();
    }
  });
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ImGui::SetItemTooltip("%s", text(pasted ? "reference.paste.hint" : "reference.paste.none"));
  }
}

void menu(const ReferenceFieldInput& input, Reference& reference, std::string& typed,
          ReferenceFieldResult& result) {
  const Look& look = input.look;
  const bool is_character = input.slot == ReferenceSlot::character;
  heading(look, text(is_character ? "reference.menu.character" : "reference.menu.background"));
  const float use = button_width(look, text("reference.use_typed"));
  if (ImGui::IsWindowAppearing()) compat::focus_next_item();
  const bool entered =
      text_field("###path", text("reference.path"), typed,
                 look.px(290) - use - ImGui::GetStyle().ItemSpacing.x,
                 ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  result.text_active |= ImGui::IsItemActive();
  ImGui::SameLine();
  const bool used = button(look, labelled("reference.use_typed", "use_typed").c_str());
  if (entered || used) {
    reference = read_reference(typed);
    ImGui::CloseCurrentPopup();
  }
  if (input.can_browse) {
    if (button(look, labelled("reference.browse", "browse").c_str())) {
      result.browse = true;
      ImGui::CloseCurrentPopup();
    }
    ImGui::SameLine();
  }
  paste(look, reference);
  if (reference) {
    ImGui::SameLine();
    if (button(look, labelled("reference.use_none", "clear_reference").c_str())) {
      reference = {};
      ImGui::CloseCurrentPopup();
    }
  }
  if (input.versions.empty()) return;
  field_label(look, text("reference.versions"));
  version_rows(input, reference);
}

bool box(const ReferenceFieldInput& input, Reference& reference, ImVec2 size) {
  ImGui::SetNextItemAllowOverlap();
  const bool pressed = compat::pressable("###box", size);
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const bool hovered = ImGui::IsItemHovered();
  if (!input.disabled_reason.empty()) {
    item_tooltip(input.disabled_reason);
  } else {
    take_drop(reference, input.file_payload);
    if (reference) {
      const bool is_version =
          reference.kind == Reference::Kind::version || reference.kind == Reference::Kind::active;
      item_tooltip(is_version ? reference_words(reference, input.versions, input.active).detail
                              : reference.text);
    }
  }
  draw_box(input, reference, from, to, hovered);
  // What a provider does not take can still be cleared.
  if (reference && clear_cross(input.look, from, to)) reference = {};
  return pressed;
}

}  // namespace

ReferenceFieldResult reference_field(const char* id, const ReferenceFieldInput& input,
                                     Reference& reference, std::string& typed, ImVec2 size) {
  ReferenceFieldResult result;
  scoped::id(id, [&] {
    const bool disabled = !input.disabled_reason.empty();
    bool pressed = false;
    // The cross lies in the box: together they are one item to what comes after.
    scoped::group([&] { pressed = box(input, reference, size); });
    if (pressed && !disabled) {
      typed = reference.kind == Reference::Kind::version ? std::string() : reference.text;
      ImGui::OpenPopup(kMenu);
    }
    scoped::popup(kMenu, [&] { menu(input, reference, typed, result); });
  });
  return result;
}

ReferenceWords reference_words(const Reference& reference, std::span<const Version> versions,
                               const VersionId& active) {
  switch (reference.kind) {
    case Reference::Kind::version: {
      const Version* version = find_version(versions, reference.text);
      if (version == nullptr)
        return {text("reference.elsewhere"), text("reference.elsewhere.detail")};
      return {version_label(version->version_number),
              version->id == active ? text("reference.is_active") : version->version_name};
    }
    case Reference::Kind::active: {
      const Version* version = find_version(versions, active);
      if (version == nullptr) return {text("reference.active"), text("reference.active.none")};
      return {version_label(version->version_number), text("reference.is_active")};
    }
    case Reference::Kind::url:
      return {file_name(reference.text), text("reference.from_web")};
    case Reference::Kind::file:
      return {file_name(reference.text), text("reference.is_file")};
    case Reference::Kind::none:
      break;
  }
  return {};
}

}  // namespace castboard
