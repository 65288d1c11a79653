#include "version_strip.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "controls.h"
#include "drag_drop.h"
#include "imgui_compat.h"
#include "keys.h"
#include "picture_tile.h"
#include "scoped.h"
#include "texts.h"
#include "version_strip_layout.h"

namespace castboard {
namespace {

void draw_label(const Look& look, ImDrawList* list, const FitBox& box, const Version& version) {
  const float mark = look.px(11);
  const std::string label = version_label(version.version_number);
  float x = box.x;
  scoped::font(look.heading_font, kCaptionScale, [&] {
    const float y = std::round(box.y + (box.height - ImGui::GetFontSize()) / 2);
    list->AddText({x, y}, look.colour.text, label.c_str());
    x += ImGui::CalcTextSize(label.c_str()).x + look.px(4);
  });
  const float mark_y = std::round(box.y + (box.height - mark) / 2);
  if (version.starred) draw_mark(list, Mark::star, {x, mark_y}, mark, look.colour.text);
  if (version.status == Status::none) return;
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const char* code = status_code(version.status);
    const float width = ImGui::CalcTextSize(code).x;
    const float y = std::round(box.y + (box.height - ImGui::GetFontSize()) / 2);
    const ImU32 colour = look.status_colour(version.status);
    const float right = box.x + box.width;
    // Where the code has no room its mark alone says it, by its shape; the same for all numbers of
    // so many digits.
    const std::string widest = "v" + std::string(label.size() - 1, '0');
    const float marks_end = box.x + ImGui::CalcTextSize(widest.c_str()).x + look.px(5) +
                            (version.starred ? mark + look.px(4) : 0);
    if (marks_end + mark + look.px(3) + width > right) {
      draw_mark(list, status_mark(version.status), {right - mark, mark_y}, mark, colour);
      return;
    }
    const float text_x = right - width;
    list->AddText({text_x, y}, colour, code);
    draw_mark(list, status_mark(version.status), {text_x - mark - look.px(3), mark_y}, mark,
              colour);
  });
}

bool is_chosen(const VersionStripInput& input, const Version& version) {
  return input.targets.size() > 1 && input.chosen.contains(version.id);
}

// The cell that a sheet is judged by while one fills the view; nullptr: all of the picture.
const Cell* shown_cell(const VersionStripInput& input, const Version& version) {
  for (const Cell& cell : version.cells) {
    if (cell.number == input.cell && !cell.image_url.empty()) return &cell;
  }
  return nullptr;
}

void draw_thumbnail(const VersionStripInput& input, ImDrawList* list, const FitBox& box,
                    const Version& version, float radius) {
  const auto side = static_cast<int>(box.width * 1.5F);
  const Cell* cell = shown_cell(input, version);
  const std::string& url = cell != nullptr                 ? cell->image_url
                           : version.thumbnail_url.empty() ? version.image_url
                                                           : version.thumbnail_url;
  const bool all_nine = version.is_sheet() && cell == nullptr;
  draw_picture(input.look, list, box, input.thumbnail(url, (side + 63) / 64 * 64),
               all_nine ? PictureCrop::whole : PictureCrop::face, radius);
}

// A tick in a disc: chosen, whatever the colours.
void draw_tick(const Look& look, ImDrawList* list, ImVec2 at) {
  const float radius = look.px(9);
  const ImVec2 centre{at.x + radius, at.y + radius};
  list->AddCircleFilled(centre, radius, look.colour.accent);
  const float mark = look.px(10);
  draw_mark(list, Mark::check, {centre.x - mark / 2, centre.y - mark / 2}, mark,
            look.colour.on_accent);
}

void draw_item(const VersionStripInput& input, const StripLayout& layout, ImVec2 at,
               const Version& version, bool hovered) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = look.px(6);
  const FitBox thumb{at.x, at.y, layout.thumb, layout.thumb};
  const ImVec2 end{at.x + layout.thumb, at.y + layout.thumb};
  const bool chosen = is_chosen(input, version);
  draw_thumbnail(input, list, thumb, version, radius);
  if (chosen) list->AddRectFilled(at, end, faded(look.colour.accent, 0.28F), radius);
  const float inset = look.px(5);
  if (version.is_active) {
    const ImVec2 size = badge_size(look, text("badge.active"));
    draw_badge(look, list, {at.x + inset, end.y - inset - size.y}, text("badge.active"),
               look.colour.accent, look.colour.on_accent);
  }
  if (!version.viewed && !version.trashed()) {
    const ImVec2 size = badge_size(look, text("badge.new"));
    const ImVec2 corner{end.x - inset - size.x, at.y + inset};
    draw_badge(look, list, corner, text("badge.new"), look.colour.text, look.colour.panel);
  }
  const bool is_viewed = version.id == input.viewed;
  const bool is_compared = !input.compared.empty() && version.id == input.compared;
  if (chosen) {
    draw_tick(look, list, {at.x + inset, at.y + inset});
  } else if (!input.compared.empty() && (is_viewed || is_compared)) {
    const char* letter = is_viewed && is_compared ? "A B" : is_viewed ? "A" : "B";
    draw_badge(look, list, {at.x + inset, at.y + inset}, letter, look.colour.accent,
               look.colour.on_accent);
  }
  if (is_viewed || is_compared) {
    const float gap = look.px(2);
    compat::outline(list, {at.x - gap, at.y - gap}, {end.x + gap, end.y + gap}, look.colour.accent,
                    radius + gap, std::max(1.5F, look.px(2)));
  } else {
    list->AddRect(at, end,
                  chosen    ? look.colour.accent
                  : hovered ? look.colour.quiet
                            : look.colour.line,
                  radius);
  }
  draw_label(look, list, {at.x, end.y + look.px(2), layout.thumb, layout.label}, version);
}

std::string label_of(const VersionStripInput& input, const VersionId& id) {
  const Version* version = input.find(id);
  return version != nullptr ? version_label(version->version_number) : text("strip.elsewhere");
}

void item_hint(const VersionStripInput& input, const Version& version) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) return;
  std::string words = version_label(version.version_number) + "  " + version.version_name;
  const auto add = [&words](const std::string& line) { words += "\n" + line; };
  if (version.trashed()) add(text("strip.is_trashed"));
  if (version.is_active) add(text("strip.is_active"));
  if (version.status != Status::none) add(status_title(version.status));
  if (version.starred) add(text("strip.is_starred"));
  if (!version.viewed) add(text("strip.is_new"));
  for (const Origin& origin : origins_of(version)) {
    add(text("strip.made_from", {label_of(input, origin.id)}) + ", " + origin_title(origin.kind));
  }
  std::string children;
  for (const VersionId& child : input.lineage.made_of(version.id)) {
    children += (children.empty() ? "" : ", ") + label_of(input, child);
  }
  if (!children.empty()) add(text("strip.led_to", {children}));
  item_tooltip(words);
}

// "from v003" in the corner of a thumbnail; lies over the item. A click leads there.
void from_badge(const VersionStripInput& input, const StripLayout& layout, ImVec2 at,
                const Version& version, VersionStripResult& result) {
  const std::vector<Origin> origins = origins_of(version);
  if (origins.empty() || input.targets.size() > 1) return;
  const Look& look = input.look;
  const Origin& origin = origins.front();
  const Version* parent = input.find(origin.id);
  const std::string label = label_of(input, origin.id);
  const float arrow = look.px(11);
  const float inset = look.px(5);
  ImVec2 size = badge_size(look, label.c_str());
  size.x += arrow;
  // NEW has the other corner; where both have no room, this one goes lower, as below the A or B of
  // a comparison.
  const bool compared =
      !input.compared.empty() && (version.id == input.viewed || version.id == input.compared);
  const bool beside =
      !compared && (version.viewed ||
                    size.x + badge_size(look, text("badge.new")).x + 3 * inset <= layout.thumb);
  const ImVec2 corner{at.x + inset, at.y + inset + (beside ? 0 : size.y + look.px(3))};
  ImGui::SetCursorScreenPos(corner);
  if (compat::pressable("###from", size)) {
    result.request = {VersionRequest::What::go_to, origin.id, {}};
  }
  ++result.submitted;
  const bool hovered = ImGui::IsItemHovered();
  item_tooltip(parent != nullptr ? text("strip.from_hint", {label, origin_title(origin.kind)})
                                 : text("strip.from_elsewhere", {origin_title(origin.kind)}));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end{corner.x + size.x, corner.y + size.y};
  list->AddRectFilled(corner, end, hovered ? look.colour.selected : look.colour.badge_fill,
                      look.px(4));
  // An arrow that comes down and turns right: out of the one before.
  const float left = corner.x + look.px(6);
  const float middle = (corner.y + end.y) / 2 + look.px(1.5F);
  const ImVec2 line[] = {
      {left, corner.y + look.px(5)}, {left, middle}, {left + look.px(6), middle}};
  compat::polyline(list, line, 3, look.colour.text, 0, std::max(1.0F, look.px(1.2F)));
  const float head = look.px(2.6F);
  list->AddTriangleFilled({line[2].x, line[2].y - head}, {line[2].x + head * 1.2F, line[2].y},
                          {line[2].x, line[2].y + head}, look.colour.text);
  scoped::font(look.heading_font, 11.0F / 14.0F, [&] {
    const float y = std::round((corner.y + end.y - ImGui::GetFontSize()) / 2);
    list->AddText({corner.x + look.px(6) + arrow, y}, look.colour.text, label.c_str());
  });
}

void drag_preview(const VersionStripInput& input, const Version& version) {
  const float side = input.look.px(72);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({side, side});
  draw_thumbnail(input, ImGui::GetWindowDrawList(), {at.x, at.y, side, side}, version,
                 input.look.px(6));
  ImGui::TextUnformatted(version_label(version.version_number).c_str());
}

void item(const VersionStripInput& input, const StripLayout& layout, const Version& version,
          ImVec2 cursor, VersionStripResult& result) {
  scoped::id(version.id, [&] {
    ImGui::SetCursorPos(cursor);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string label = version_label(version.version_number) + "###version";
    ImGui::SetNextItemAllowOverlap();
    if (compat::pressable(label.c_str(), {layout.thumb, layout.thumb + layout.label})) {
      // With Alt it becomes B, as Alt and the arrows move B.
      if (alt_held()) {
        result.request = {VersionRequest::What::compare, version.id, {}};
      } else {
        result.choose = version.id;
        result.keys = {.ctrl = ctrl_held(), .shift = shift_held()};
      }
    }
    ++result.submitted;
    const bool hovered = ImGui::IsItemHovered();
    if (!version.trashed()) {
      scoped::drag_source([&] {
        drag_version(version.id, version.character_id,
                     input.path_of ? input.path_of(version.image_url) : "");
        drag_preview(input, version);
      });
    }
    scoped::context_menu("menu", [&] {
      const VersionRequest request =
          is_chosen(input, version) ? versions_menu(input.targets, input.in_trash, input.keymap)
                                    : input.menu(version);
      if (request) result.request = request;
    });
    item_hint(input, version);
    draw_item(input, layout, at, version, hovered);
    from_badge(input, layout, at, version, result);
  });
}

// Names the group that follows; folds and unfolds it.
void heading_tile(const VersionStripInput& input, const StripLayout& layout, float width,
                  const VersionSection& section, ImVec2 cursor, VersionStripResult& result) {
  const Look& look = input.look;
  ImGui::SetCursorPos(cursor);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string label = section.title + "###section_" + section.key;
  if (compat::pressable(label.c_str(), {width, layout.thumb})) {
    VersionGrouping grouping = input.grouping;
    toggle(grouping.folded, section.key);
    result.grouping = std::move(grouping);
  }
  ++result.submitted;
  const bool hovered = ImGui::IsItemHovered();
  item_tooltip(text("strip.fold"));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + width, at.y + layout.thumb};
  list->AddRectFilled(at, end, section.folded ? look.colour.raised : look.colour.input, look.px(6));
  list->AddRect(at, end, hovered ? look.colour.quiet : look.colour.line, look.px(6));
  const float pad = look.px(8);
  const float line = ImGui::GetTextLineHeight();
  const float top = at.y + (layout.thumb - 2 * line - look.px(4)) / 2;
  scoped::font(look.heading_font, kCaptionScale, [&] {
    draw_text_elided(list, {at.x + pad, top}, width - 2 * pad, look.colour.text, section.title);
  });
  const std::string count = std::to_string(section.total);
  list->AddText({at.x + pad, top + line + look.px(4)}, look.colour.quiet, count.c_str());
  // Points to what it opens, down to the thumbnails when they are there.
  const float half = look.px(4);
  const ImVec2 middle{end.x - pad - half, top + line * 1.5F + look.px(4)};
  if (section.folded) {
    list->AddTriangleFilled({middle.x - half, middle.y - half}, {middle.x + half, middle.y},
                            {middle.x - half, middle.y + half}, look.colour.quiet);
  } else {
    list->AddTriangleFilled({middle.x + half, middle.y - half}, {middle.x - half, middle.y},
                            {middle.x + half, middle.y + half}, look.colour.quiet);
  }
}

const Version& version_at(const VersionStripInput& input, int index) {
  return input
      .versions[static_cast<std::size_t>(input.shown.rows[static_cast<std::size_t>(index)])];
}

void scroll(const VersionStripInput& input, VersionStripState& state, const StripLayout& layout,
            const StripRuns& runs) {
  const float width = ImGui::GetWindowWidth();
  const float wheel = ImGui::GetIO().MouseWheel;
  // A strip has one direction: the usual wheel moves it too.
  if (wheel != 0 && ImGui::IsWindowHovered()) {
    ImGui::SetScrollX(ImGui::GetScrollX() - wheel * layout.step());
  }
  const float before = ImGui::GetScrollX();
  float position = before;
  // What the user looks at stays where it is when others come, go or are filtered away.
  if (state.revision != input.shown.revision) {
    state.revision = input.shown.revision;
    const int index = input.shown.index_of(state.anchor);
    if (index >= 0) {
      position = std::max(0.0F, item_x(layout, runs, index) - state.anchor_x);
    } else {
      state.scrolled_to.clear();
    }
  }
  if (state.scrolled_to != input.viewed) {
    const int viewed = input.shown.index_of(input.viewed);
    if (viewed >= 0) {
      position = scroll_to_place(layout, item_x(layout, runs, viewed), position, width);
      state.scrolled_to = input.viewed;
    }
  }
  if (position != before) ImGui::SetScrollX(position);
}

std::vector<StripRun> runs_of(const ShownVersions& shown) {
  std::vector<StripRun> runs;
  for (const VersionSection& section : shown.sections) {
    runs.push_back({section.first, section.count, !section.title.empty()});
  }
  return runs;
}

void draw_items(const VersionStripInput& input, VersionStripState& state,
                VersionStripResult& result) {
  const float margin = input.look.px(4);
  const float height = ImGui::GetWindowHeight() - 2 * margin;
  const std::vector<StripRun> wanted = runs_of(input.shown);
  StripLayout layout = lay_out_strip(height, input.look.scale);
  StripRuns runs = lay_out_runs(layout, wanted, input.look.scale);
  // Room for the scrollbar only where there is one.
  if (runs.width + 2 * margin > ImGui::GetWindowWidth()) {
    layout = lay_out_strip(height - ImGui::GetStyle().ScrollbarSize, input.look.scale);
    runs = lay_out_runs(layout, wanted, input.look.scale);
  }
  scroll(input, state, layout, runs);
  const ImVec2 start = ImGui::GetCursorPos();
  const float from = ImGui::GetScrollX() - margin;
  const float width = ImGui::GetWindowWidth();
  state.anchor.clear();
  for (std::size_t i = 0; i < runs.runs.size(); ++i) {
    const PlacedRun& run = runs.runs[i];
    const bool heading_in_sight =
        run.heading && run.heading_x < from + width && run.heading_x + runs.heading_width > from;
    if (heading_in_sight) {
      heading_tile(input, layout, runs.heading_width, input.shown.sections[i],
                   {start.x + margin + run.heading_x, start.y + margin}, result);
    }
    const StripRange range = visible_of_run(layout, run, from, width);
    for (int index = range.first; index < range.last; ++index) {
      const float x = run.items_x + layout.x(index - run.first);
      const Version& version = version_at(input, index);
      // The viewed one, else the first wholly in sight.
      if (version.id == input.viewed || (state.anchor.empty() && x >= from)) {
        state.anchor = version.id;
        state.anchor_x = x - ImGui::GetScrollX();
      }
      item(input, layout, version, {start.x + margin + x, start.y + margin}, result);
    }
  }
  ImGui::SetCursorPos(start);
  ImGui::Dummy({runs.width + 2 * margin, layout.thumb + layout.label});
}

const char* why_empty(const VersionStripInput& input) {
  if (!input.has_character) return text("strip.no_character");
  if (input.loading) return text("strip.loading");
  if (!input.versions.empty()) return text("strip.none_passes");
  return input.in_trash ? text("strip.empty_trash") : text("strip.empty");
}

}  // namespace

VersionStripResult version_strip(const char* id, const VersionStripInput& input,
                                 VersionStripState& state) {
  VersionStripResult result;
  scoped::id(id, [&] {
    const VersionFilterBarInput bar{.look = input.look,
                                    .keymap = input.keymap,
                                    .shown = input.shown,
                                    .choices = input.choices,
                                    .filter = input.filter,
                                    .grouping = input.grouping,
                                    .targets = input.targets,
                                    .in_trash = input.in_trash};
    result.bar = version_filter_bar("bar", bar, state.bar);
    if (result.bar.request) result.request = result.bar.request;
    result.grouping = result.bar.grouping;
    if (input.shown.sections.empty() || input.shown.passing == 0) {
      scoped::colours({{ImGuiCol_Text, input.look.colour.quiet}},
                      [&] { ImGui::TextWrapped("%s", why_empty(input)); });
      return;
    }
    const float margin = input.look.px(4);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() - margin);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    scoped::child("items", {room.x + 2 * margin, room.y}, 0,
                  ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                      own_arrow_keys(),
                  [&] {
                    result.has_focus = ImGui::IsWindowFocused();
                    draw_items(input, state, result);
                  });
  });
  return result;
}

}  // namespace castboard
