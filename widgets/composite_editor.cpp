#include "composite_editor.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "castboard/catalogue.h"
#include "controls.h"
#include "drop_down.h"
#include "imgui_compat.h"
#include "picture_tile.h"
#include "scoped.h"
#include "texts.h"
#include "zoomed_picture.h"

namespace castboard {
namespace {

const Version* find(std::span<const Version> versions, const VersionId& id) {
  const auto found = std::find_if(versions.begin(), versions.end(),
                                  [&](const Version& version) { return version.id == id; });
  return found == versions.end() ? nullptr : &*found;
}

const Cell* find_cell(const Version& version, int number) {
  for (const Cell& cell : version.cells) {
    if (cell.number == number) return &cell;
  }
  return nullptr;
}

// One drawing of the editor. Lives for one call.
class Editor {
 public:
  Editor(const CompositeInput& input, CompositeState& state, const Version& base)
      : input_(input), state_(state), look_(input.look), base_(base) {}

  CompositeResult draw() {
    draw_bar();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float strip = std::min(look_.px(176), room.y * 0.4F);
    draw_sheet({room.x, std::max(1.0F, room.y - strip - look_.px(8))});
    draw_sources(strip);
    return result_;
  }

 private:
  [[nodiscard]] std::string pose_title(const Cell& cell) const {
    const Shot* shot = input_.catalogue != nullptr
                           ? input_.catalogue->find_shot(base_.template_type, cell.pose)
                           : nullptr;
    return shot != nullptr ? shot->title : cell.pose;
  }

  // What cell `number` of the new sheet would be.
  [[nodiscard]] CompositeSource chosen(const Cell& cell) const {
    if (const CompositePick* pick = state_.pick(cell.number)) {
      if (const Version* version = find(input_.versions, pick->version_id)) {
        if (!version->is_sheet()) return {version, 0, version->image_url};
        const int number = pick->source_cell == 0 ? cell.number : pick->source_cell;
        if (const Cell* from = find_cell(*version, number))
          return {version, number, from->image_url};
      }
    }
    return {&base_, cell.number, cell.image_url};
  }

  void draw_bar();
  void draw_sheet(ImVec2 room);
  void draw_cell(const Cell& cell, const FitBox& box);
  void draw_sources(float height);

  const CompositeInput& input_;
  CompositeState& state_;
  const Look& look_;
  const Version& base_;
  CompositeResult result_;
};

void Editor::draw_bar() {
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = look_.px(6);
  const std::string back = labelled("board.back", "composite_back");
  const std::string create = labelled("composite.create", "composite_create");
  float right = start.x + room - button_width(look_, create.c_str());
  ImGui::SetCursorPos({right, start.y});
  scoped::disabled(state_.picks.empty() || input_.busy, [&] {
    if (button(look_, create.c_str(), ButtonKind::selected)) result_.create = true;
  });
  item_tooltip(text("composite.create.hint"));
  const float list = look_.px(150);
  right -= gap + list;
  ImGui::SetCursorPos({right, start.y});
  const auto label = [](const Version& version) {
    return text("composite.base", {version_label(version.version_number)});
  };
  drop_down(look_, "###composite_base", label(base_), list, [&] {
    for (auto version = input_.versions.rbegin(); version != input_.versions.rend(); ++version) {
      if (!version->is_sheet()) continue;
      if (ImGui::Selectable(label(*version).c_str(), version->id == base_.id)) {
        state_.base = version->id;
      }
    }
  });
  const float text_y = start.y + (look_.control_height() - ImGui::GetTextLineHeight()) / 2;
  ImGui::SetCursorPos(start);
  if (button(look_, back.c_str())) result_.close = true;
  ImGui::SetCursorPos({start.x + button_width(look_, back.c_str()) + look_.px(12), text_y});
  const float left = ImGui::GetCursorPosX();
  heading(look_, text("composite.title"));
  const float used = ImGui::GetItemRectSize().x + look_.px(8);
  ImGui::SetCursorPos({left + used, text_y});
  if (right - left - used > look_.px(40)) {
    scoped::colours({{ImGuiCol_Text, look_.colour.quiet}}, [&] {
      text_elided(counted("composite.taken", static_cast<std::int64_t>(state_.picks.size())),
                  right - left - used - gap);
    });
  }
  ImGui::SetCursorPos({start.x, start.y + look_.control_height() + look_.px(10)});
}

void Editor::draw_cell(const Cell& cell, const FitBox& box) {
  ImGui::SetCursorScreenPos({box.x, box.y});
  const std::string label = pose_title(cell) + "###composite_cell_" + std::to_string(cell.number);
  if (compat::pressable(label.c_str(), {box.width, box.height})) state_.cell = cell.number;
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const CompositeSource source = chosen(cell);
  const int side = static_cast<int>(std::ceil(box.width / 64)) * 64;
  draw_picture(look_, list, box, input_.thumbnail(source.url, side), PictureCrop::whole,
               look_.control_radius());
  const ImVec2 to{box.x + box.width, box.y + box.height};
  if (state_.cell == cell.number) {
    compat::outline(list, {box.x, box.y}, to, look_.colour.accent, look_.control_radius(),
                    std::max(1.5F, look_.px(2)));
  } else if (hovered) {
    list->AddRect({box.x, box.y}, to, look_.colour.quiet, look_.control_radius());
  }
  const float inset = look_.px(5);
  const bool taken = state_.pick(cell.number) != nullptr;
  const std::string from = version_label(source.version->version_number);
  draw_badge(look_, list, {box.x + inset, box.y + inset}, from.c_str(),
             taken ? look_.colour.accent : look_.colour.badge_fill,
             taken ? look_.colour.on_accent : look_.colour.text);
  scoped::font(look_.caption_font, kCaptionScale, [&] {
    const ImVec2 chip = chip_size(look_, "");
    const std::string title = elided(pose_title(cell), box.width - 2 * inset - chip.x);
    draw_chip(look_, list, {box.x + inset, to.y - inset - chip.y}, title);
  });
}

void Editor::draw_sheet(ImVec2 room) {
  scoped::colours({{ImGuiCol_ChildBg, look_.colour.background}}, [&] {
    scoped::child(
        "composite_sheet", room, 0, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoNav, [&] {
          const ImVec2 origin = ImGui::GetCursorScreenPos();
          const ImVec2 inside = ImGui::GetContentRegionAvail();
          const float ratio =
              base_.width > 0 && base_.height > 0
                  ? static_cast<float>(base_.width) / static_cast<float>(base_.height)
                  : 1;
          const float inset = look_.px(10);
          const FitBox whole = contain(
              ratio, 1,
              {origin.x + inset, origin.y + inset, inside.x - 2 * inset, inside.y - 2 * inset});
          const float gap = look_.px(4);
          const float width = (whole.width - 2 * gap) / 3;
          const float height = (whole.height - 2 * gap) / 3;
          for (const Cell& cell : base_.cells) {
            const auto column = static_cast<float>((cell.number - 1) % kSheetColumns);
            const auto row = static_cast<float>((cell.number - 1) / kSheetColumns);
            draw_cell(cell, {whole.x + column * (width + gap), whole.y + row * (height + gap),
                             width, height});
          }
        });
  });
}

void Editor::draw_sources(float height) {
  const Cell* cell = find_cell(base_, state_.cell);
  if (cell == nullptr) return;
  caption(look_, text("composite.sources", {pose_title(*cell)}));
  const float room = std::max(1.0F, height - ImGui::GetTextLineHeightWithSpacing());
  scoped::child(
      "composite_sources", {0, room}, 0,
      ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNav, [&] {
        const float line = ImGui::GetTextLineHeight();
        const float side =
            std::max(look_.px(40), room - line - ImGui::GetStyle().ScrollbarSize - look_.px(10));
        const CompositeSource now = chosen(*cell);
        bool first = true;
        for (const CompositeSource& source : sources_of_pose(input_.versions, cell->pose)) {
          if (!first) ImGui::SameLine(0, look_.px(8));
          first = false;
          const ImVec2 at = ImGui::GetCursorScreenPos();
          const std::string name = version_label(source.version->version_number);
          const bool is_now = now.version == source.version && now.cell == source.cell;
          if (compat::pressable((name + "###source_" + source.version->id).c_str(),
                                {side, side + line + look_.px(4)})) {
            state_.take(cell->number, source.version->id, source.cell);
          }
          ImDrawList* list = ImGui::GetWindowDrawList();
          draw_picture(look_, list, {at.x, at.y, side, side},
                       input_.thumbnail(source.url, static_cast<int>(std::ceil(side / 64)) * 64),
                       PictureCrop::whole, look_.control_radius());
          const ImVec2 to{at.x + side, at.y + side};
          if (is_now) {
            compat::outline(list, at, to, look_.colour.accent, look_.control_radius(),
                            std::max(1.5F, look_.px(2)));
          } else if (ImGui::IsItemHovered()) {
            list->AddRect(at, to, look_.colour.quiet, look_.control_radius());
          }
          const std::string words =
              source.version->redo_of_cell != 0 ? text("composite.redone", {name}) : name;
          scoped::font(look_.caption_font, kCaptionScale, [&] {
            draw_text_elided(list, {at.x, to.y + look_.px(3)}, side,
                             is_now ? look_.colour.text : look_.colour.quiet, words);
          });
        }
      });
}

}  // namespace

const CompositePick* CompositeState::pick(int number) const {
  for (const CompositePick& each : picks) {
    if (each.cell == number) return &each;
  }
  return nullptr;
}

void CompositeState::take(int number, const VersionId& version, int source_cell) {
  std::erase_if(picks, [number](const CompositePick& each) { return each.cell == number; });
  if (version == base && source_cell == number) return;
  picks.push_back({number, version, source_cell});
}

std::vector<CompositeSource> sources_of_pose(std::span<const Version> versions,
                                             const std::string& pose) {
  std::vector<CompositeSource> sources;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->is_sheet()) {
      for (const Cell& cell : version->cells) {
        if (cell.pose == pose) sources.push_back({&*version, cell.number, cell.image_url});
      }
    } else if (version->shot == pose) {
      sources.push_back({&*version, 0, version->image_url});
    }
  }
  return sources;
}

CompositeResult composite_editor(const char* id, const CompositeInput& input,
                                 CompositeState& state) {
  CompositeResult result;
  const Version* base = find(input.versions, state.base);
  // What was chosen may have been purged meanwhile.
  std::erase_if(state.picks, [&](const CompositePick& pick) {
    return find(input.versions, pick.version_id) == nullptr ||
           (pick.version_id == state.base && pick.source_cell == pick.cell);
  });
  scoped::id(id, [&] {
    if (base == nullptr || !base->is_sheet()) {
      empty_state(input.look, text("composite.no_base"), text("composite.no_base.hint"));
      return;
    }
    result = Editor(input, state, *base).draw();
  });
  return result;
}

}  // namespace castboard
