#include "export_dialog.h"

#include <imgui.h>

#include <algorithm>

#include "controls.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr std::size_t kNamesShown = 7;

std::string name_of(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

// No larger than its line of text.
bool radio(const Look& look, const char* label, bool chosen) {
  bool pressed = false;
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(4), look.px(1))}},
               [&] { pressed = ImGui::RadioButton(label, chosen); });
  return pressed;
}

void draw_choices(const Look& look, ExportDialogState& state) {
  field_label(look, text("export.what"));
  for (std::size_t i = 0; i < state.choices.size(); ++i) {
    const auto index = static_cast<int>(i);
    if (radio(look, state.choices[i].title.c_str(), state.choice == index)) {
      state.choice = index;
    }
  }
  const ExportChoice& chosen = state.choices[static_cast<std::size_t>(state.choice)];
  state.request.what = chosen.what;
  state.request.contact_of = chosen.contact_of;
}

void draw_contact_options(const Look& look, ContactSheetOptions& options) {
  field_label(look, text("export.tile"));
  ImGui::SetNextItemWidth(look.px(180));
  ImGui::SliderInt("###contact_tile", &options.tile_side, 64, 1024, "%d px",
                   ImGuiSliderFlags_AlwaysClamp);
  field_label(look, text("export.columns"));
  ImGui::SetNextItemWidth(look.px(180));
  const char* format = options.columns == 0 ? text("export.columns.auto") : "%d";
  ImGui::SliderInt("###contact_columns", &options.columns, 0, 24, format,
                   ImGuiSliderFlags_AlwaysClamp);
}

// "9 files", then their names; those that are taken are marked in words.
void draw_names(const ExportDialogInput& input, bool overwrite) {
  const Look& look = input.look;
  if (input.error != nullptr) {
    field_problem(look, input.error->message);
    caption(look, input.error->hint);
    return;
  }
  if (input.report == nullptr) {
    caption(look, text("export.waiting"));
    return;
  }
  const ExportReport& report = *input.report;
  std::string head = counted("export.files", static_cast<std::int64_t>(report.files.size()));
  if (const int taken = report.names_taken(); taken > 0) {
    head += ", " + (overwrite ? counted("export.replaced", taken) : counted("export.taken", taken));
  }
  ImGui::TextUnformatted(head.c_str());
  const float width = ImGui::GetContentRegionAvail().x;
  scoped::font(look.caption_font, kCaptionScale, [&] {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
      for (std::size_t i = 0; i < std::min(kNamesShown, report.files.size()); ++i) {
        text_elided(name_of(report.files[i].path), width);
      }
      if (report.files.size() > kNamesShown) {
        ImGui::TextUnformatted(
            counted("export.more", static_cast<std::int64_t>(report.files.size() - kNamesShown))
                .c_str());
      }
      for (std::size_t i = 0; i < std::min<std::size_t>(3, report.notes.size()); ++i) {
        text_elided(report.notes[i], width);
      }
    });
  });
}

}  // namespace

ExportDialogResult export_dialog(const char* id, const ExportDialogInput& input,
                                 ExportDialogState& state) {
  ExportDialogResult result;
  const Look& look = input.look;
  scoped::id(id, [&] {
    caption(look, state.subject);
    draw_choices(look, state);
    if (state.request.what == ExportWhat::contact_sheet) {
      draw_contact_options(look, state.request.contact_sheet);
    }
    ImGui::Dummy({0, look.px(2)});
    field_label(look, text("export.folder"));
    const std::string browse = labelled("export.browse", "browse_folder");
    const float room = ImGui::GetContentRegionAvail().x;
    const float browse_width =
        input.can_browse ? button_width(look, browse.c_str()) + look.px(6) : 0;
    text_field("##export_folder", text("export.folder.hint"), state.request.directory,
               room - browse_width);
    result.text_active = ImGui::IsItemActive();
    if (input.can_browse) {
      ImGui::SameLine(0, look.px(6));
      result.browse = button(look, browse.c_str());
    }
    field_label(look, text("export.collision"));
    if (radio(look, text("export.keep_both"), !state.request.overwrite)) {
      state.request.overwrite = false;
    }
    ImGui::SameLine(0, look.px(14));
    if (radio(look, text("export.replace"), state.request.overwrite)) {
      state.request.overwrite = true;
    }
    ImGui::Dummy({0, look.px(2)});
    draw_names(input, state.request.overwrite);
    ImGui::Dummy({0, look.px(4)});
    const std::string cancel = labelled("export.cancel", "export_cancel");
    const std::string save = labelled("export.save", "export_save");
    result.cancel = button(look, cancel.c_str()) ||
                    (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !result.text_active);
    ImGui::SameLine();
    const bool ready = input.error == nullptr && input.report != nullptr &&
                       !input.report->files.empty() && !input.busy;
    scoped::disabled(!ready, [&] {
      result.save = button(look, save.c_str(), ButtonKind::primary, "", {0, look.control_height()});
    });
  });
  return result;
}

}  // namespace castboard
