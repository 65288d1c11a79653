// The pane of the jobs, and those that are over.
#include <algorithm>
#include <string>

#include "job_card.h"
#include "job_history.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {

namespace {

constexpr const char* kHistoryDialog = "castboard_history";

}  // namespace

void Panel::Parts::draw_jobs() {
  job_cards.again = board.question_again(job_cards.submitting_again);
  const JobListResult done =
      job_list("jobs", board.jobs(), board.queue(), job_cards, look, now_in_milliseconds());
  ask_frame_in(done.next_frame_in);
  if (!done.cancel.empty()) board.cancel_job(done.cancel);
  if (!done.check.empty()) board.check_job(done.check);
  if (!done.resume.empty()) board.resume_job(done.resume);
  if (!done.submit_again.empty()) board.submit_again(done.submit_again, done.accepts_limit);
  if (!done.move.empty() && !done.place_of.empty()) {
    board.move_job_to(done.move, done.place_of);
  } else if (!done.move.empty()) {
    board.move_job(done.move, done.move_to);
  }
  if (done.pause) board.pause_queue(*done.pause);
  if (!done.start_provider.empty()) board.start_provider(done.start_provider);
  if (done.cancel_queued) board.cancel_queued_jobs();
  if (done.cancel_all) board.cancel_all_jobs();
  if (done.history) {
    history_query = JobHistoryQuery{};
    history_text.clear();
    popup_to_open = kHistoryDialog;
  }
  for (const Job& job : board.jobs()) {
    if (job.id == done.show) {
      board.show_character(CharacterId(job.character_id));
      break;
    }
    if (job.id == done.retry) {
      use_settings(form.draft, job.request, text("form.recalled_job"));
      break;
    }
  }
}

// "2 under way, 3 queued, 1 failed": the jobs in one line.
std::string Panel::Parts::jobs_summary() const {
  std::string summary;
  const auto add = [&](const char* key, auto&& wanted) {
    const auto count = std::count_if(board.jobs().begin(), board.jobs().end(), wanted);
    if (count == 0) return;
    if (!summary.empty()) summary += ", ";
    summary += text(key, {std::to_string(count)});
  };
  const auto unseen = [this](const Job& job, JobState state) {
    return job.state == state && !job_cards.dismissed.contains(job.id);
  };
  add("jobs.running", job_strip::is_running);
  add("jobs.queued", job_strip::is_queued);
  add("jobs.failed", [&](const Job& job) { return unseen(job, JobState::failed); });
  add("jobs.uncertain", [&](const Job& job) { return unseen(job, JobState::uncertain); });
  return summary.empty() ? text("jobs.none") : summary;
}

// Asked for only while it is open; again when a job ends meanwhile.
void Panel::Parts::draw_history_dialog() {
  const ImVec2 screen = ImGui::GetMainViewport()->WorkSize;
  const ImVec2 size{std::min(look.px(860), screen.x - look.px(32)),
                    std::min(look.px(560), screen.y - look.px(32))};
  ImGui::SetNextWindowSize(size, ImGuiCond_Appearing);
  bool open = true;
  bool is_drawn = false;
  const std::string title = labelled("history.title", kHistoryDialog);
  dialog(title, &open, 0, [&] {
    is_drawn = true;
    board.watch_history(history_query);
    const JobHistoryResult done = job_history("history",
                                              {.look = look,
                                               .jobs = board.history(),
                                               .query = history_query,
                                               .now = now_in_milliseconds()},
                                              history_text);
    text_active |= done.text_active;
    if (done.query) history_query = *done.query;
    if (!done.check.empty()) board.check_job(done.check);
    bool is_left = ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !done.text_active;
    for (const Job& job : board.history() != nullptr ? *board.history() : std::vector<Job>()) {
      if (job.id == done.show) board.show_version(job.character_id, job.version_ids.back());
      if (job.id == done.retry) {
        board.show_character(job.character_id);
        use_settings(form.draft, job.request, text("form.recalled_job"));
      }
      is_left |= job.id == done.show || job.id == done.retry;
    }
    if (is_left) ImGui::CloseCurrentPopup();
  });
  if (!is_drawn && popup_to_open != kHistoryDialog) board.watch_history(std::nullopt);
}

}  // namespace castboard
