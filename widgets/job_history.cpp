#include "job_history.h"

#include <imgui.h>

#include <algorithm>

#include "castboard/job_questions.h"
#include "controls.h"
#include "job_card.h"
#include "job_list_layout.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kRow = 48;

struct StateFilter {
  const char* name;  // of the item
  const char* key;   // of its text
  std::optional<JobState> state;
};
constexpr StateFilter kFilters[] = {
    {"all", "history.all", std::nullopt},
    {"done", "history.done", JobState::done},
    {"failed", "history.failed", JobState::failed},
    {"uncertain", "history.uncertain", JobState::uncertain},
    {"cancelled", "history.cancelled", JobState::cancelled},
};

void filters(const JobHistoryInput& input, std::string& typed, JobHistoryResult& result) {
  const Look& look = input.look;
  const float gap = look.px(6);
  float buttons = 0;
  for (const StateFilter& each : kFilters) buttons += button_width(look, text(each.key)) + gap;
  const float room = ImGui::GetContentRegionAvail().x;
  if (text_field("###find", text("history.find"), typed, std::max(look.px(120), room - buttons))) {
    result.query = input.query;
    result.query->text = typed;
  }
  result.text_active = ImGui::IsItemActive();
  for (const StateFilter& each : kFilters) {
    ImGui::SameLine(0, gap);
    const bool is_chosen = input.query.state == each.state;
    const std::string label = labelled(each.key, each.name);
    if (button(look, label.c_str(), is_chosen ? ButtonKind::selected : ButtonKind::normal)) {
      result.query = input.query;
      result.query->state = each.state;
    }
  }
}

struct StateMark {
  Mark mark;
  ImU32 colour;
  const char* key;
};

StateMark mark_of(const Look& look, JobState state) {
  switch (state) {
    case JobState::done:
      return {Mark::check, look.colour.approved, "history.done"};
    case JobState::failed:
      return {Mark::cross, look.colour.omitted, "history.failed"};
    case JobState::uncertain:
      return {Mark::dot, look.colour.pending, "history.uncertain"};
    default:
      return {Mark::cross, look.colour.quiet, "history.cancelled"};
  }
}

std::string credits_of(const Job& job) {
  if (job.billing == Billing::free) return text("history.free");
  if (job.billing == Billing::not_billed) return text("history.not_billed");
  const std::string credits = counted("history.credits", job.credits);
  return job.billing == Billing::uncertain ? text("history.perhaps", {credits}) : credits;
}

// "failed, 5 min ago, 12 credits: The provider refused it. Change the description."
std::string about(const JobHistoryInput& input, const Job& job, const char* state) {
  std::string line = text("history.about", {state, ago_text(input.now, job.finished_at),
                                            job.request.provider, credits_of(job)});
  if (!job.message.empty()) line += ": " + job.message;
  if (!job.message.empty() && !job.hint.empty()) line += " " + job.hint;
  return line;
}

// What can be done with a job that is over; returns where its text has to end.
float row_buttons(const JobHistoryInput& input, const Job& job, ImVec2 from, float right,
                  JobHistoryResult& result) {
  const Look& look = input.look;
  const float top = from.y + (look.px(kRow) - look.control_height()) / 2;
  const auto add = [&](const char* key, const char* name, JobId& into) {
    const std::string label = labelled(key, name);
    right -= button_width(look, label.c_str());
    ImGui::SetCursorScreenPos({right, top});
    if (button(look, label.c_str())) into = job.id;
    right -= look.px(6);
  };
  add("history.retry", "retry", result.retry);
  item_tooltip(text("history.retry_tip"));
  if (job.state == JobState::done && !job.version_ids.empty()) {
    add("history.show", "show", result.show);
  }
  if (can_be_checked(job)) {
    add("history.check", "check", result.check);
  }
  return right;
}

void job_row(const JobHistoryInput& input, const Job& job, JobHistoryResult& result) {
  const Look& look = input.look;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = look.px(kRow);
  const StateMark state = mark_of(look, job.state);
  const float right = row_buttons(input, job, from, from.x + width - look.px(4), result);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float mark = look.px(11);
  draw_mark(list, state.mark, {from.x + look.px(4), from.y + (height - mark) / 2}, mark,
            state.colour);
  const float left = from.x + mark + look.px(14);
  const float room = std::max(1.0F, right - left - look.px(8));
  draw_text_elided(list, {left, from.y + look.px(7)}, room, look.colour.text,
                   job_strip::title_of(job));
  const std::string line = about(input, job, text(state.key));
  scoped::font(look.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, {left, from.y + look.px(27)}, room, look.colour.quiet, line);
  });
  list->AddLine({from.x, from.y + height - 1}, {from.x + width, from.y + height - 1},
                look.colour.line);
  ImGui::SetCursorScreenPos(from);
  ImGui::Dummy({std::max(1.0F, right - from.x), height});
  if (!job.message.empty()) item_tooltip(line);
}

}  // namespace

std::string ago_text(std::int64_t now, const std::string& time) {
  const auto then = read_time(time);
  if (!then) return {};
  constexpr std::int64_t kMinute = 60'000;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::int64_t passed = std::max<std::int64_t>(0, now - *then);
  if (passed < kMinute) return text("history.just_now");
  if (passed < kHour) return text("history.minutes_ago", {std::to_string(passed / kMinute)});
  if (passed < kDay) return text("history.hours_ago", {std::to_string(passed / kHour)});
  return time.substr(0, 10);
}

JobHistoryResult job_history(const char* id, const JobHistoryInput& input, std::string& typed) {
  JobHistoryResult result;
  scoped::id(id, [&] {
    filters(input, typed, result);
    ImGui::Spacing();
    scoped::child("rows", ImGui::GetContentRegionAvail(), [&] {
      if (input.jobs == nullptr) return caption(input.look, text("history.loading"));
      if (input.jobs->empty()) {
        const bool is_all = input.query.text.empty() && !input.query.state;
        return empty_state(input.look, text(is_all ? "history.none" : "history.none_such"),
                           text("history.none_next"));
      }
      scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(0, 0)}}, [&] {
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(input.jobs->size()), input.look.px(kRow));
        while (clipper.Step()) {
          for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const Job& job = (*input.jobs)[static_cast<std::size_t>(i)];
            scoped::id(job.id, [&] { job_row(input, job, result); });
          }
        }
      });
      if (static_cast<int>(input.jobs->size()) >= input.query.limit) {
        caption(input.look, text("history.more", {std::to_string(input.query.limit)}));
      }
    });
  });
  return result;
}

}  // namespace castboard
