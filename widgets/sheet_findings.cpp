#include "sheet_findings.h"

#include <imgui.h>

#include <algorithm>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kListWidth = 320;

std::string words_of(const SheetFindingsInput& input) {
  if (input.report == nullptr) return input.narrow ? "..." : text("check.looking");
  const auto count = static_cast<std::int64_t>(input.report->findings.size());
  if (count == 0) return input.narrow ? text("check.fine_narrow") : text("check.fine");
  return input.narrow ? "! " + std::to_string(count) : counted("check.findings", count);
}

// How the cells were found, in one line.
std::string origin_of(const SheetReport& report) {
  if (!report.found) return text("check.thirds");
  return text("check.found", {std::to_string(static_cast<int>(report.confidence * 100 + 0.5))});
}

void list(const SheetFindingsInput& input, SheetFindingsResult& result) {
  const Look& look = input.look;
  const SheetReport& report = *input.report;
  const float width = look.px(kListWidth);
  heading(look, report.findings.empty() ? text("check.fine_title") : text("check.title"));
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const SheetFinding& finding = report.findings[i];
    scoped::id(static_cast<int>(i), [&] {
      // Wrapped, which a Selectable is not: an item with the text drawn over it.
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float pad = look.px(6);
      const float indent = pad + look.px(16);
      const float wrap = width - indent - pad;
      const ImVec2 size = ImGui::CalcTextSize(finding.message.c_str(), nullptr, false, wrap);
      const std::string label = finding.message + "###finding";
      compat::pressable(label.c_str(), {width, size.y + 2 * pad});
      const bool leads = !finding.cells.empty();
      ImDrawList* canvas = ImGui::GetWindowDrawList();
      if (leads && (ImGui::IsItemHovered() || ImGui::IsItemFocused()))
        canvas->AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(),
                              look.colour.selected, look.px(4));
      draw_mark(canvas, Mark::dot, {at.x + pad, at.y + pad + look.px(2)}, look.px(10),
                look.colour.pending);
      canvas->AddText(ImGui::GetFont(), ImGui::GetFontSize(), {at.x + indent, at.y + pad},
                      look.colour.text, finding.message.c_str(), nullptr, wrap);
      if (leads && ImGui::IsItemClicked()) {
        result.show_cell = finding.cells.front();
        ImGui::CloseCurrentPopup();
      }
    });
  }
  scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] { caption(look, origin_of(report)); });
}

}  // namespace

float sheet_findings_width(const SheetFindingsInput& input) {
  return button_width(input.look, words_of(input).c_str());
}

SheetFindingsResult sheet_findings(const char* id, const SheetFindingsInput& input) {
  SheetFindingsResult result;
  scoped::id(id, [&] {
    const bool wrong = input.report != nullptr && !input.report->findings.empty();
    const std::string label = words_of(input) + "###check";
    const auto press = [&] {
      if (button(input.look, label.c_str(), ButtonKind::normal, "",
                 {sheet_findings_width(input), input.height}))
        ImGui::OpenPopup("list");
    };
    if (wrong) {
      scoped::colours({{ImGuiCol_Text, input.look.colour.pending}}, press);
    } else {
      press();
    }
    item_tooltip(text("check.hint"));
    scoped::popup("list", [&] {
      if (input.report != nullptr) list(input, result);
      if (!input.may_change) return;
      ImGui::Separator();
      const auto item = [](const char* key, const char* name) {
        const std::string words = labelled(key, name);
        return ImGui::MenuItem(words.c_str());
      };
      result.adjust = item("cells.adjust", "adjust_cells");
      result.find_again = item("cells.find_again", "find_again");
      result.thirds = item("cells.thirds", "exact_thirds");
    });
  });
  return result;
}

}  // namespace castboard
