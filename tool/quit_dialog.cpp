#include "quit_dialog.h"

#include <imgui.h>

#include <algorithm>

namespace castboard {
namespace {

constexpr const char* kTitle = "Jobs are under way###quit";

const char* what_becomes_of(const Job& job) {
  if (job.state == JobState::queued) return "queued, not sent yet";
  if (job.state == JobState::saving) return "saving";
  if (job.known_to_provider()) return "at the provider, fetched at the next start";
  return "sent, cannot be fetched later";
}

void list(std::span<const Job> jobs, float scale) {
  constexpr std::size_t kMostLines = 6;
  const float line = ImGui::GetTextLineHeightWithSpacing();
  const float height = line * static_cast<float>(std::min(jobs.size(), kMostLines)) + 4 * scale;
  if (ImGui::BeginChild("jobs", {0, height})) {
    for (const Job& job : jobs) {
      ImGui::TextUnformatted((job.character_name + ": " + job.request.version_name).c_str());
      ImGui::SameLine();
      ImGui::TextDisabled("%s", what_becomes_of(job));
    }
  }
  ImGui::EndChild();
}

bool choice(const char* label, const char* explained, bool first) {
  ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, ImVec2(0, 0.5F));
  const bool pressed = ImGui::Button(label, {-FLT_MIN, 0});
  ImGui::PopStyleVar();
  if (first) ImGui::SetItemDefaultFocus();
  ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  ImGui::TextWrapped("%s", explained);
  ImGui::PopStyleColor();
  ImGui::Spacing();
  return pressed;
}

QuitChoice choices() {
  QuitChoice chosen = QuitChoice::undecided;
  if (choice("Finish, then quit###finish", "The window closes by itself when all are done.",
             true)) {
    chosen = QuitChoice::finish_then_quit;
  }
  if (choice("Cancel them and quit###cancel_jobs",
             "Nothing more is sent; what was sent may still be billed.", false)) {
    chosen = QuitChoice::cancel_then_quit;
  }
  if (choice("Quit now and leave them###leave",
             "Queued ones wait in the library, those at a provider are fetched at the next start; "
             "what was sent and has no id becomes uncertain.",
             false)) {
    chosen = QuitChoice::leave;
  }
  if (choice("Stay###stay", "Go on working.", false) ||
      ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
    chosen = QuitChoice::stay;
  }
  return chosen;
}

}  // namespace

QuitChoice QuitDialog::draw(std::span<const Job> jobs, ImFont* heading_font, float scale) {
  if (!asking_) return QuitChoice::undecided;
  if (!ImGui::IsPopupOpen(kTitle)) ImGui::OpenPopup(kTitle);
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({560 * scale, 0});
  ImGui::PushFont(heading_font, 0);
  const bool visible = ImGui::BeginPopupModal(
      kTitle, nullptr, ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopFont();
  if (!visible) return QuitChoice::undecided;
  list(jobs, scale);
  ImGui::Separator();
  ImGui::Spacing();
  const QuitChoice chosen = jobs.empty() ? QuitChoice::finish_then_quit : choices();
  if (chosen != QuitChoice::undecided) {
    asking_ = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
  return chosen;
}

}  // namespace castboard
