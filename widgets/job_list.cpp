#include "job_list.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "controls.h"
#include "job_card.h"
#include "job_list_layout.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kCardHeight = 48;
constexpr float kSmallestCard = 250;
constexpr float kLargestCard = 330;
constexpr float kSmallestFailed = 350;  // a title, two buttons, and a sentence below
constexpr float kCardInMenu = 440;

using namespace job_strip;

// Running ones first, then what went wrong, then the queue, then what other processes have; each in
// queue order.
std::vector<const Job*> shown_jobs(std::span<const Job> jobs, const JobListState& state) {
  std::vector<const Job*> shown;
  const auto add = [&](auto&& wanted) {
    for (const Job& job : jobs) {
      if (wanted(job)) shown.push_back(&job);
    }
  };
  add(is_running);
  add([&](const Job& job) { return is_failure(job) && !state.dismissed.contains(job.id); });
  add(is_queued);
  add(is_elsewhere);
  return shown;
}

std::string rest_text(std::span<const Job* const> rest) {
  const bool all_queued =
      std::all_of(rest.begin(), rest.end(), [](const Job* job) { return is_queued(*job); });
  return text(all_queued ? "jobs.rest.queued" : "jobs.rest.more", {std::to_string(rest.size())});
}

// Text at the cursor, in the middle of a row as high as a card.
void centred_text(ImU32 colour, const std::string& words, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  ImGui::GetWindowDrawList()->AddText({at.x, std::round(at.y + (height - size.y) / 2)}, colour,
                                      words.c_str());
  ImGui::Dummy({size.x, height});
}

// The jobs that have no room in the strip, behind a button.
void rest_of_jobs(const Strip& strip, std::span<const Job* const> rest, float height) {
  const Look& look = strip.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x, at.y + (height - look.control_height()) / 2});
  const std::string label = rest_text(rest) + "###rest_of_jobs";
  if (button(look, label.c_str(), ButtonKind::quiet)) ImGui::OpenPopup("rest_menu");
  item_tooltip(text("jobs.rest.hint"));
  scoped::popup("rest_menu", [&] {
    for (const Job* job : rest) {
      scoped::id(job->id, [&] {
        scoped::group([&] { job_card(strip, *job, {look.px(kCardInMenu), look.px(kCardHeight)}); });
      });
    }
  });
}

void note_next_frame(const Strip& strip, const Job& job) {
  if (!is_running(job)) return;
  const double wait = until_next_second(elapsed_of(job, strip.now));
  double& next = strip.result.next_frame_in;
  next = next < 0 ? wait : std::min(next, wait);
}

// What can be done to the whole queue; three ways to cancel are three actions.
void queue_controls(const Strip& strip, const QueueState& queue, std::size_t queued,
                    std::size_t open, float& right, float top) {
  const Look& look = strip.look;
  const float width = button_width(look, text("jobs.queue"));
  right -= width;
  ImGui::SetCursorScreenPos({right, top});
  if (button(look, labelled("jobs.queue", "queue").c_str())) ImGui::OpenPopup("queue_menu");
  right -= look.px(10);
  scoped::popup("queue_menu", [&] {
    const std::string pause = labelled(queue.paused ? "jobs.go_on" : "jobs.pause", "pause");
    if (ImGui::MenuItem(pause.c_str())) {
      strip.result.pause = !queue.paused;
    }
    item_tooltip(text("jobs.pause.hint"));
    ImGui::Separator();
    const std::string waiting =
        text("jobs.cancel_queued", {std::to_string(queued)}) + "###cancel_queued";
    if (ImGui::MenuItem(waiting.c_str(), nullptr, false, queued > 0)) {
      strip.result.cancel_queued = true;
    }
    const std::string all = text("jobs.cancel_all", {std::to_string(open)}) + "###cancel_all";
    if (ImGui::MenuItem(all.c_str(), nullptr, false, open > 0)) strip.result.cancel_all = true;
    item_tooltip(text("jobs.cancel_all.hint"));
  });
}

void history_button(const Strip& strip, float& right, float top) {
  const Look& look = strip.look;
  const std::string label = labelled("history.button", "history");
  right -= button_width(look, label.c_str());
  ImGui::SetCursorScreenPos({right, top});
  strip.result.history = button(look, label.c_str());
  item_tooltip(text("history.button_tip"));
  right -= look.px(10);
}

// A provider without credit, or that asked to wait for long, holds its whole queue: one card says
// so for all its jobs.
void stopped_card(const Strip& strip, const StoppedProvider& stopped, ImVec2 size) {
  const Look& look = strip.look;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const ImVec2 to{from.x + size.x, from.y + size.y};
  draw_card(look, from, to, look.colour.pending);
  bool pressed = false;
  const float text_right =
      card_button(strip, labelled("jobs.start_provider", "start_provider"), to.x - look.px(6),
                  from.y + look.px(3), pressed, text("jobs.start_provider.hint"));
  if (pressed) strip.result.start_provider = stopped.name;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = from.x + look.px(10);
  draw_text_elided(list, {left, from.y + look.px(7)}, text_right - left, look.colour.text,
                   text("jobs.stopped", {stopped.name}));
  scoped::font(look.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, {left, to.y - look.px(5) - ImGui::GetFontSize()},
                     to.x - left - look.px(8), look.colour.pending, stopped.reason);
  });
  ImGui::SetCursorScreenPos(from);
  ImGui::Dummy(size);
  item_tooltip(stopped.reason);
}

// Text right of the title where there is no card.
std::string idle_text(const QueueState& queue) {
  return text(queue.paused ? "jobs.paused" : "jobs.none");
}

void draw_strip(const Strip& strip, const QueueState& queue, std::span<const Job* const> jobs) {
  const Look& look = strip.look;
  const float gap = look.px(10);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float height = std::min(look.px(kCardHeight), std::max(look.px(36), room.y));
  const int rows = std::max(1, static_cast<int>((room.y + gap) / (height + gap)));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const std::string title =
      text(queue.paused && !jobs.empty() ? "jobs.title_paused" : "composite.jobs");
  scoped::font(look.heading_font, 1, [&] { centred_text(look.colour.text, title, height); });
  float left = start.x + ImGui::GetItemRectSize().x + look.px(14);
  const auto at = [&](float x, int row) {
    ImGui::SetCursorScreenPos({x, start.y + static_cast<float>(row) * (height + gap)});
  };
  const auto count = [&](auto&& wanted) {
    return static_cast<std::size_t>(
        std::count_if(jobs.begin(), jobs.end(), [&](const Job* job) { return wanted(*job); }));
  };
  const std::size_t queued = count(is_queued);
  const std::size_t open = queued + count(is_running);
  float right = start.x + room.x;
  history_button(strip, right, start.y + (height - look.control_height()) / 2);
  if (open > 0 || queue.paused) {
    queue_controls(strip, queue, queued, open, right,
                   start.y + (height - look.control_height()) / 2);
  }
  for (const StoppedProvider& stopped : queue.stopped) {
    at(left, 0);
    const float width = std::min(look.px(kLargestCard), right - left);
    scoped::id(stopped.name, [&] { stopped_card(strip, stopped, {width, height}); });
    left += width + gap;
  }
  if (jobs.empty()) {
    if (!queue.stopped.empty()) return;
    at(left, 0);
    centred_text(look.colour.quiet, idle_text(queue), height);
    return;
  }
  const float rest_width = button_width(look, text("jobs.rest.queued", {"999"}).c_str());
  // What went wrong is a sentence: it gets the room there is.
  const bool failures = count(is_failure) > 0;
  const float largest = failures ? std::max(right - left, 1.0F) : look.px(kLargestCard);
  const JobCards cards = place_job_cards(static_cast<int>(jobs.size()), rows, right - left,
                                         look.px(failures ? kSmallestFailed : kSmallestCard),
                                         largest, gap, rest_width);
  const int per_row = std::max(1, (cards.shown + rows - 1) / rows);
  for (int i = 0; i < cards.shown; ++i) {
    const Job& job = *jobs[static_cast<std::size_t>(i)];
    at(left + static_cast<float>(i % per_row) * (cards.card_width + gap), i / per_row);
    scoped::id(job.id, [&] {
      // What lies on a card is one item with it.
      scoped::group([&] { job_card(strip, job, {cards.card_width, height}); });
    });
  }
  const auto rest = jobs.subspan(static_cast<std::size_t>(cards.shown));
  if (rest.empty()) return;
  at(left + static_cast<float>(per_row) * (cards.card_width + gap), 0);
  rest_of_jobs(strip, rest, height);
}

// Nothing is sent twice without the user's word, given where the risk is written.
void ask_to_submit_again(const Strip& strip, std::span<const Job> jobs) {
  const auto job = std::find_if(jobs.begin(), jobs.end(), [&](const Job& each) {
    return each.id == strip.state.submitting_again;
  });
  if (job == jobs.end()) {
    strip.state.submitting_again.clear();
    return;
  }
  const Look& look = strip.look;
  const std::string title = labelled("jobs.submit_again.title", "submit_again_dialog");
  if (!ImGui::IsPopupOpen(title.c_str())) ImGui::OpenPopup(title.c_str());
  ImGui::SetNextWindowSize({look.px(440), 0});
  scoped::modal(title.c_str(), nullptr, ImGuiWindowFlags_NoResize, [&] {
    heading(look, title_of(*job));
    ImGui::TextWrapped("%s", job->message.c_str());
    const std::string risk = job->credits > 0
                                 ? text("jobs.submit_again.risk_of", {std::to_string(job->credits)})
                                 : text("jobs.submit_again.risk");
    ImGui::TextWrapped("%s", risk.c_str());
    const AgainQuestion& again = strip.state.again;
    for (const std::string* more : {&again.limit, &again.refused}) {
      if (more->empty()) continue;
      ImGui::Dummy({0, look.px(2)});
      scoped::colours({{ImGuiCol_Text, look.colour.pending}},
                      [&] { ImGui::TextWrapped("%s", more->c_str()); });
    }
    ImGui::Dummy({0, look.px(4)});
    bool is_sent = false;
    scoped::disabled(!again.refused.empty(), [&] {
      is_sent = button(look, labelled("jobs.submit_again.do", "send_again").c_str());
    });
    ImGui::SameLine();
    const bool is_left = button(look, labelled("jobs.submit_again.leave", "leave").c_str(),
                                ButtonKind::primary, "", {0, look.control_height()}) ||
                         ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    if (is_sent) strip.result.submit_again = job->id;
    strip.result.accepts_limit = is_sent && !again.limit.empty();
    if (!is_sent && !is_left) return;
    strip.state.submitting_again.clear();
    ImGui::CloseCurrentPopup();
  });
}

}  // namespace

JobListResult job_list(const char* id, std::span<const Job> jobs, const QueueState& queue,
                       JobListState& state, const Look& look, std::int64_t now) {
  JobListResult result;
  const Strip strip{look, state, result, now};
  const auto shown = shown_jobs(jobs, state);
  scoped::id(id, [&] {
    draw_strip(strip, queue, shown);
    if (!state.submitting_again.empty()) ask_to_submit_again(strip, jobs);
  });
  for (const Job* job : shown) note_next_frame(strip, *job);
  return result;
}

std::int64_t now_in_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace castboard
