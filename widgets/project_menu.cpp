#include "project_menu.h"

#include <algorithm>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr const char* kMenu = "###project_menu";

std::string counts(const Project& project) {
  return text("project.counts", {counted("project.characters", project.character_count),
                                 counted("project.versions", project.version_count)});
}

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t") == std::string::npos;
}

// The button with the name shortened to fit and a triangle drawn, not typed.
bool menu_button(const Look& look, const std::string& name, float width) {
  const float arrow = look.px(18);
  const float padding = 2 * ImGui::GetStyle().FramePadding.x;
  const std::string full = text("project.shown", {name});
  const float wanted = ImGui::CalcTextSize(full.c_str()).x + padding + arrow;
  const float shown_width = std::min(width, wanted);
  const std::string shown = elided(full, shown_width - padding - arrow);
  ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, ImVec2(0, 0.5F));
  const bool pressed =
      button(look, (shown + "###project").c_str(), ButtonKind::normal, " ", {shown_width, 0});
  ImGui::PopStyleVar();
  if (shown != full) item_tooltip(full);
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const float half = look.px(3.5F);
  const ImVec2 at{to.x - look.px(15), (from.y + to.y) / 2};
  ImGui::GetWindowDrawList()->AddTriangleFilled({at.x - half, at.y - half * 0.6F},
                                                {at.x + half, at.y - half * 0.6F},
                                                {at.x, at.y + half * 0.8F}, look.colour.quiet);
  return pressed;
}

void project_row(const Look& look, const Project& project, bool is_shown, ProjectMenuState& state,
                 ProjectMenuResult& result) {
  const float height = look.px(40);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetNextItemAllowOverlap();
  if (ImGui::Selectable(("###project_" + project.id).c_str(), is_shown, 0, {0, height})) {
    result.show = project.id;
    ImGui::CloseCurrentPopup();
  }
  const float width = ImGui::GetItemRectSize().x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float rename = button_width(look, text("project.rename"));
  const float room = width - rename - look.px(20);
  scoped::font(look.heading_font, 1, [&] {
    draw_text_elided(list, {at.x + look.px(6), at.y + look.px(3)}, room, look.colour.text,
                     project.name);
  });
  scoped::font(look.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, {at.x + look.px(6), at.y + look.px(21)}, room, look.colour.quiet,
                     counts(project));
  });
  ImGui::SetCursorScreenPos({at.x + width - rename - look.px(2), at.y + look.px(5)});
  if (button(look, labelled("project.rename", "rename").c_str(), ButtonKind::quiet)) {
    state.renaming = project.id;
    state.rename_to = project.name;
  }
}

void rename_row(const Look& look, const Project& project, ProjectMenuState& state,
                ProjectMenuResult& result) {
  const float save = button_width(look, text("project.save"));
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  if (state.focus_rename) compat::focus_next_item();
  state.focus_rename = false;
  const bool entered = text_field("###rename_to", text("project.name"), state.rename_to,
                                  ImGui::GetContentRegionAvail().x - save - gap,
                                  ImGuiInputTextFlags_EnterReturnsTrue);
  result.text_active |= ImGui::IsItemActive();
  ImGui::SameLine();
  bool pressed = false;
  scoped::disabled(is_blank(state.rename_to),
                   [&] { pressed = button(look, labelled("project.save", "save_name").c_str()); });
  if ((!entered && !pressed) || is_blank(state.rename_to)) return;
  if (state.rename_to != project.name) {
    result.rename = project.id;
    result.rename_to = state.rename_to;
  }
  state.renaming.clear();
}

void rows(const Look& look, std::span<const Project> projects, const ProjectId& shown,
          ProjectMenuState& state, ProjectMenuResult& result) {
  constexpr std::size_t kMostRows = 8;
  const float row = look.px(40) + ImGui::GetStyle().ItemSpacing.y;
  const float height = row * static_cast<float>(std::min(projects.size(), kMostRows));
  scoped::child("projects", {look.px(320), height}, [&] {
    for (const Project& project : projects) {
      scoped::id(project.id, [&] {
        if (state.renaming == project.id) {
          rename_row(look, project, state, result);
        } else {
          // The button lies on the row: together they are one item.
          scoped::group([&] { project_row(look, project, project.id == shown, state, result); });
          if (state.renaming == project.id) state.focus_rename = true;
        }
      });
    }
  });
}

void create_row(const Look& look, float width, const char* placeholder, ProjectMenuState& state,
                ProjectMenuResult& result) {
  const float create = button_width(look, text("project.create"));
  const bool entered = text_field("###new_project", placeholder, state.new_name,
                                  width - create - ImGui::GetStyle().ItemSpacing.x,
                                  ImGuiInputTextFlags_EnterReturnsTrue);
  result.text_active |= ImGui::IsItemActive();
  ImGui::SameLine();
  bool pressed = false;
  scoped::disabled(is_blank(state.new_name),
                   [&] { pressed = button(look, labelled("project.create", "create").c_str()); });
  if ((entered || pressed) && !is_blank(state.new_name)) {
    result.create = state.new_name;
    state.new_name.clear();
  }
}

}  // namespace

ProjectMenuResult project_menu(const char* id, std::span<const Project> projects,
                               const ProjectId& shown, ProjectMenuState& state, const Look& look,
                               float width, const Error* error) {
  ProjectMenuResult result;
  scoped::id(id, [&] {
    const auto found = std::find_if(projects.begin(), projects.end(),
                                    [&shown](const Project& each) { return each.id == shown; });
    if (menu_button(look, found == projects.end() ? text("project.none") : found->name, width)) {
      state.renaming.clear();
      ImGui::OpenPopup(kMenu);
    }
    const ImVec2 below{ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + look.px(4)};
    ImGui::SetNextWindowPos(below, ImGuiCond_Appearing);
    state.open = false;
    scoped::popup(kMenu, [&] {
      state.open = true;
      if (!projects.empty()) {
        rows(look, projects, shown, state, result);
        ImGui::Separator();
      }
      field_label(look, text("project.new"));
      create_row(look, look.px(320), text("project.name"), state, result);
      if (error != nullptr) field_problem(look, error->message);
    });
  });
  return result;
}

ProjectMenuResult first_project(const char* id, ProjectMenuState& state, const Look& look,
                                const Error* error) {
  ProjectMenuResult result;
  scoped::id(id, [&] {
    pane_title(look, text("cast.title"));
    empty_state(look, text("project.first"), text("project.first.hint"));
    ImGui::Dummy({0, look.px(4)});
    create_row(look, ImGui::GetContentRegionAvail().x, text("project.first.name"), state, result);
    if (error != nullptr) field_problem(look, error->message);
  });
  return result;
}

}  // namespace castboard
