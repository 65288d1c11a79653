#include "job_list.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "controls.h"
#include "job_list_layout.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kCardHeight = 48;
constexpr float kSmallestCard = 250;
constexpr float kLargestCard = 330;
// An unknown progress moves one of so many places a second: visible, and no reason to redraw more.
constexpr int kUnknownPlaces = 6;

struct Strip {
  const Look& look;
  JobListState& state;
  JobListResult& result;
  std::int64_t now;
};

bool is_failure(const Job& job) {
  return job.state == JobState::failed || job.state == JobState::uncertain;
}

bool is_running(const Job& job) {
  return job.state != JobState::queued && !is_final(job.state) && !job.elsewhere;
}

bool is_queued(const Job& job) {
  return job.state == JobState::queued && !job.elsewhere;
}

bool is_elsewhere(const Job& job) {
  return job.elsewhere && !is_final(job.state);
}

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

std::string title_of(const Job& job) {
  return job.character_name.empty() ? job.request.version_name
                                    : job.character_name + ": " + job.request.version_name;
}

std::string failure_text(const Job& job) {
  std::string text = job.message.empty() ? std::string(to_string(job.state)) : job.message;
  if (job.hint.empty()) return text;
  text += text.back() == '.' ? " " : ". ";
  text += job.hint;
  return text;
}

std::string state_text(const Job& job) {
  if (job.elsewhere) {
    return job.state == JobState::queued ? "waits in another Castboard"
                                         : "runs in another Castboard";
  }
  switch (job.state) {
    case JobState::queued:
      return job.queue_position > 0 ? "queued " + ordinal(job.queue_position) : "queued";
    case JobState::submitting:
      return "sending";
    case JobState::running:
      return job.progress >= 0 ? std::to_string(static_cast<int>(job.progress * 100)) + " %"
                               : "drawing";
    case JobState::downloading:
      return "receiving";
    case JobState::saving:
      return "saving";
    default:
      return std::string(to_string(job.state));
  }
}

std::int64_t elapsed_of(const Job& job, std::int64_t now) {
  const auto started = read_time(job.started_at);
  return started ? std::max<std::int64_t>(0, now - *started) : 0;
}

void draw_bar(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = (to.y - from.y) / 2;
  list->AddRectFilled(from, to, look.colour.input, radius);
  if (!is_running(job)) return;
  const float width = to.x - from.x;
  if (job.progress >= 0) {
    const auto filled = static_cast<float>(std::clamp(job.progress, 0.0, 1.0)) * width;
    if (filled >= 2 * radius) {
      list->AddRectFilled(from, {from.x + filled, to.y}, look.colour.accent, radius);
    }
    return;
  }
  const auto place = elapsed_of(job, strip.now) / 1000 % kUnknownPlaces;
  const float part = width / kUnknownPlaces;
  const float left = from.x + part * static_cast<float>(place);
  list->AddRectFilled({left, from.y}, {left + part, to.y}, look.colour.accent, radius);
}

// The cross at a card's right end; true when pressed.
bool cross(const Strip& strip, const char* label, ImVec2 at, const char* tooltip) {
  const Look& look = strip.look;
  const float side = look.px(24);
  ImGui::SetCursorScreenPos(at);
  const bool pressed = ImGui::InvisibleButton(label, {side, side});
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 corner = ImGui::GetItemRectMin();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (hovered) {
    list->AddRectFilled(corner, ImGui::GetItemRectMax(), look.colour.line, look.px(4));
  }
  const float mark = look.px(9);
  draw_mark(list, Mark::cross, {corner.x + (side - mark) / 2, corner.y + (side - mark) / 2}, mark,
            hovered ? look.colour.text : look.colour.quiet);
  item_tooltip(tooltip);
  return pressed;
}

// A small button on a card, its right edge at `right`; returns its left edge.
float card_button(const Strip& strip, const char* label, float right, float top, bool& pressed,
                  const char* tooltip) {
  const Look& look = strip.look;
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float width = button_width(look, label) - look.px(4);
    ImGui::SetCursorScreenPos({right - width, top});
    pressed = button(look, label, ButtonKind::normal, "", {width, look.px(24)});
    right -= width;
  });
  item_tooltip(tooltip);
  return right - look.px(4);
}

// First line of a job under way: title, elapsed time; second: state and bar.
void draw_progress(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = from.x + look.px(10);
  const float right = to.x - look.px(32);
  const float top = from.y + look.px(7);
  const std::string time = is_running(job) ? elapsed_text(elapsed_of(job, strip.now)) : "";
  const float time_width = time.empty() ? 0 : ImGui::CalcTextSize(time.c_str()).x;
  if (!time.empty()) list->AddText({right - time_width, top}, look.colour.quiet, time.c_str());
  draw_text_elided(list, {left, top}, right - left - time_width - look.px(8), look.colour.text,
                   title_of(job));
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const std::string text = state_text(job);
    const float height = ImGui::GetFontSize();
    const float line = to.y - look.px(8) - height;
    list->AddText({left, line}, look.colour.quiet, text.c_str());
    if (!is_running(job)) return;
    // One place for all bars, so that they line up while the word changes.
    const float bar_left =
        left + std::max(look.px(62), ImGui::CalcTextSize(text.c_str()).x + look.px(8));
    const float middle = std::round(line + height / 2);
    draw_bar(strip, job, {bar_left, middle - look.px(2)}, {right, middle + look.px(2)});
  });
}

void draw_failure(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to, float text_right) {
  const Look& look = strip.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool is_uncertain = job.state == JobState::uncertain;
  const ImU32 colour = is_uncertain ? look.colour.pending : look.colour.omitted;
  const float left = from.x + look.px(10);
  const float mark = look.px(10);
  const float top = from.y + look.px(7);
  draw_mark(list, is_uncertain ? Mark::dot : Mark::cross,
            {left, top + (ImGui::GetFontSize() - mark) / 2}, mark, colour);
  draw_text_elided(list, {left + mark + look.px(6), top}, text_right - left - mark - look.px(6),
                   look.colour.text, title_of(job));
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float line = to.y - look.px(8) - ImGui::GetFontSize();
    draw_text_elided(list, {left, line}, text_right - left, colour, failure_text(job));
  });
}

void card_menu(const Strip& strip, const Job& job) {
  scoped::context_menu("###job_menu", [&] {
    if (ImGui::MenuItem("Show character###show")) strip.result.show = job.character_id;
    if (ImGui::MenuItem("Use these settings###retry")) strip.result.retry = job.id;
    if (ImGui::MenuItem("Copy job id###copy_id")) ImGui::SetClipboardText(job.id.c_str());
    if (is_failure(job) && ImGui::MenuItem("Copy message###copy_message")) {
      ImGui::SetClipboardText(failure_text(job).c_str());
    }
    if (is_elsewhere(job) && job.state == JobState::queued &&
        ImGui::MenuItem("Resume here###resume")) {
      strip.result.resume = job.id;
    }
    ImGui::Separator();
    if (!is_final(job.state) && ImGui::MenuItem("Cancel job###cancel_job")) {
      strip.result.cancel = job.id;
    }
    if (is_final(job.state) && ImGui::MenuItem("Dismiss###dismiss")) {
      strip.state.dismissed.insert(job.id);
    }
  });
}

// The parts of a failed card that can be pressed; returns where text has to end.
float failure_buttons(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  const float top = from.y + look.px(5);
  float right = to.x - look.px(6) - look.px(24);
  if (cross(strip, "Dismiss###dismiss", {right, top}, "Put this message away")) {
    strip.state.dismissed.insert(job.id);
  }
  right -= look.px(4);
  bool pressed = false;
  if (job.state == JobState::uncertain) {
    right = card_button(strip, "Check###check", right, top, pressed,
                        "Ask the provider whether the picture was made; never sends it again");
    if (pressed) strip.result.check = job.id;
  }
  right = card_button(strip, "Retry...###retry", right, top, pressed,
                      "Put these settings into the form again");
  if (pressed) strip.result.retry = job.id;
  return right;
}

// A job of another process: it can be taken over when that one is gone.
void draw_elsewhere(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  const bool queued = job.state == JobState::queued;
  bool pressed = false;
  const float top = from.y + look.px(5);
  const float text_right = card_button(
      strip, queued ? "Resume###resume" : "Check###check", to.x - look.px(6), top, pressed,
      queued ? "Run it here, if the Castboard that queued it has ended"
             : "Ask the provider about it here, if the Castboard that sent it has ended");
  if (pressed) (queued ? strip.result.resume : strip.result.check) = job.id;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = from.x + look.px(10);
  draw_text_elided(list, {left, from.y + look.px(7)}, text_right - left, look.colour.quiet,
                   title_of(job));
  scoped::font(look.caption_font, kCaptionScale, [&] {
    draw_text_elided(list, {left, to.y - look.px(8) - ImGui::GetFontSize()}, to.x - left,
                     look.colour.quiet, state_text(job));
  });
}

void card(const Strip& strip, const Job& job, ImVec2 size) {
  const Look& look = strip.look;
  ImGui::SetNextItemAllowOverlap();
  if (ImGui::InvisibleButton("###job", size)) strip.result.show = job.character_id;
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const bool hovered = ImGui::IsItemHovered();
  const bool failed = is_failure(job);
  item_tooltip(failed ? title_of(job) + "\n" + failure_text(job) : title_of(job));
  card_menu(strip, job);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(from, to, look.colour.raised, look.tile_radius());
  ImU32 line = hovered ? look.colour.quiet : look.colour.line;
  if (failed) line = job.state == JobState::failed ? look.colour.omitted : look.colour.pending;
  list->AddRect(from, to, line, look.tile_radius());
  if (failed) {
    const float text_right = failure_buttons(strip, job, from, to);
    draw_failure(strip, job, from, to, text_right);
  } else if (is_elsewhere(job)) {
    draw_elsewhere(strip, job, from, to);
  } else {
    draw_progress(strip, job, from, to);
    const float side = look.px(24);
    if (cross(strip, "Cancel###cancel", {to.x - look.px(4) - side, from.y + (size.y - side) / 2},
              "Cancel this job")) {
      strip.result.cancel = job.id;
    }
  }
}

std::string rest_text(std::span<const Job* const> rest) {
  const bool all_queued =
      std::all_of(rest.begin(), rest.end(), [](const Job* job) { return is_queued(*job); });
  return "+ " + std::to_string(rest.size()) + (all_queued ? " queued" : " more");
}

// Text at the cursor, in the middle of a row as high as a card.
void centred_text(ImU32 colour, const std::string& text, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  ImGui::GetWindowDrawList()->AddText({at.x, std::round(at.y + (height - size.y) / 2)}, colour,
                                      text.c_str());
  ImGui::Dummy({size.x, height});
}

void note_next_frame(const Strip& strip, const Job& job) {
  if (!is_running(job)) return;
  const double wait = until_next_second(elapsed_of(job, strip.now));
  double& next = strip.result.next_frame_in;
  next = next < 0 ? wait : std::min(next, wait);
}

void draw_strip(const Strip& strip, std::span<const Job* const> jobs) {
  const Look& look = strip.look;
  const float gap = look.px(10);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float height = std::min(look.px(kCardHeight), std::max(look.px(36), room.y));
  const int rows = std::max(1, static_cast<int>((room.y + gap) / (height + gap)));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  scoped::font(look.heading_font, 1, [&] { centred_text(look.colour.text, "Jobs", height); });
  float left = start.x + ImGui::GetItemRectSize().x + look.px(14);
  const auto at = [&](float x, int row) {
    ImGui::SetCursorScreenPos({x, start.y + static_cast<float>(row) * (height + gap)});
  };
  if (jobs.empty()) {
    at(left, 0);
    centred_text(look.colour.quiet, "None under way", height);
    return;
  }
  const auto queued =
      std::count_if(jobs.begin(), jobs.end(), [](const Job* job) { return is_queued(*job); });
  float right = start.x + room.x;
  if (queued > 1) {
    const float width = button_width(look, "Cancel queued");
    right -= width;
    ImGui::SetCursorScreenPos({right, start.y + (height - look.control_height()) / 2});
    strip.result.cancel_queued = button(look, "Cancel queued###cancel_queued");
    right -= gap;
  }
  const float rest_width = ImGui::CalcTextSize("+ 999 queued").x;
  // What went wrong is a sentence: it gets the room there is.
  const bool has_failure =
      std::any_of(jobs.begin(), jobs.end(), [](const Job* job) { return is_failure(*job); });
  const float largest = has_failure ? std::max(right - left, 1.0F) : look.px(kLargestCard);
  const JobCards cards = place_job_cards(static_cast<int>(jobs.size()), rows, right - left,
                                         look.px(kSmallestCard), largest, gap, rest_width);
  const int per_row = std::max(1, (cards.shown + rows - 1) / rows);
  for (int i = 0; i < cards.shown; ++i) {
    const Job& job = *jobs[static_cast<std::size_t>(i)];
    at(left + static_cast<float>(i % per_row) * (cards.card_width + gap), i / per_row);
    scoped::id(job.id, [&] {
      // What lies on a card is one item with it.
      scoped::group([&] { card(strip, job, {cards.card_width, height}); });
    });
  }
  const auto rest = jobs.subspan(static_cast<std::size_t>(cards.shown));
  if (rest.empty()) return;
  at(left + static_cast<float>(per_row) * (cards.card_width + gap), 0);
  centred_text(look.colour.quiet, rest_text(rest), height);
}

}  // namespace

JobListResult job_list(const char* id, std::span<const Job> jobs, JobListState& state,
                       const Look& look, std::int64_t now) {
  JobListResult result;
  const Strip strip{look, state, result, now};
  const auto shown = shown_jobs(jobs, state);
  scoped::id(id, [&] { draw_strip(strip, shown); });
  for (const Job* job : shown) note_next_frame(strip, *job);
  return result;
}

std::int64_t now_in_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace castboard
