#include "job_card.h"

#include <algorithm>
#include <cmath>

#include "castboard/job_questions.h"
#include "controls.h"
#include "imgui_compat.h"
#include "job_list_layout.h"
#include "scoped.h"
#include "texts.h"

namespace castboard::job_strip {
namespace {

// An unknown progress moves one of so many places a second: visible, and no reason to redraw more.
constexpr int kUnknownPlaces = 6;
constexpr float kCardButtonHeight = 22;  // a line of text has room below
constexpr const char* kJobPayload = "castboard.job.v1";

std::string failure_text(const Job& job) {
  const bool is_uncertain = job.state == JobState::uncertain;
  std::string words = job.message;
  if (words.empty()) words = text(is_uncertain ? "jobs.state.uncertain" : "jobs.state.failed");
  if (job.hint.empty()) return words;
  words += words.back() == '.' ? " " : ". ";
  words += job.hint;
  return words;
}

// The arrow that sends a queued job before the one in front of it; true when pressed.
bool earlier(const Strip& strip, ImVec2 at) {
  const Look& look = strip.look;
  const float side = look.px(24);
  ImGui::SetCursorScreenPos(at);
  const bool pressed = compat::pressable("###earlier", {side, side});
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 centre{at.x + side / 2, at.y + side / 2};
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (hovered) list->AddRectFilled(at, {at.x + side, at.y + side}, look.colour.line, look.px(4));
  const float half = look.px(4.5F);
  list->AddTriangleFilled({centre.x - half, centre.y}, {centre.x + half * 0.7F, centre.y - half},
                          {centre.x + half * 0.7F, centre.y + half},
                          hovered ? look.colour.text : look.colour.quiet);
  item_tooltip(text("jobs.earlier"));
  return pressed;
}

// How far it is: what the provider says, else the time it has taken of what such a picture usually
// takes; never the end before it is there. Negative: nothing to go by.
double fraction_of(const Strip& strip, const Job& job) {
  if (job.progress >= 0) return std::clamp(job.progress, 0.0, 1.0);
  return usual_fraction(elapsed_of(job, strip.now), job.usual_ms);
}

std::string state_text(const Job& job) {
  if (job.elsewhere) {
    return text(job.state == JobState::queued ? "jobs.state.waits_elsewhere"
                                              : "jobs.state.runs_elsewhere");
  }
  switch (job.state) {
    case JobState::queued:
      return job.queue_position > 0 ? text("jobs.state.queued_at", {ordinal(job.queue_position)})
                                    : text("jobs.state.queued");
    case JobState::submitting:
      return text("jobs.state.submitting");
    case JobState::running:
      return job.progress >= 0 ? std::to_string(static_cast<int>(job.progress * 100)) + " %"
                               : text("jobs.state.running");
    case JobState::downloading:
      return text("jobs.state.downloading");
    case JobState::saving:
      return text("jobs.state.saving");
    default:
      return std::string(to_string(job.state));
  }
}

void draw_bar(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = (to.y - from.y) / 2;
  list->AddRectFilled(from, to, look.colour.input, radius);
  if (!is_running(job)) return;
  const float width = to.x - from.x;
  if (const double fraction = fraction_of(strip, job); fraction >= 0) {
    const auto filled = static_cast<float>(fraction) * width;
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
bool cross(const Strip& strip, const std::string& label, ImVec2 at, const char* tooltip) {
  const Look& look = strip.look;
  const float side = look.px(24);
  ImGui::SetCursorScreenPos(at);
  const bool pressed = compat::pressable(label.c_str(), {side, side});
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

// First line of a job under way: title, elapsed time; second: state and bar.
void draw_progress(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = from.x + look.px(10);
  const float right = to.x - look.px(32);
  const float top = from.y + look.px(7);
  std::string time = is_running(job) ? elapsed_text(elapsed_of(job, strip.now)) : "";
  // Worth a word only while it says how long is left.
  constexpr std::int64_t kWorthSaying = 2000;
  if (job.usual_ms >= kWorthSaying && elapsed_of(job, strip.now) < job.usual_ms) {
    time = text("jobs.time", {time, elapsed_text(job.usual_ms)});
  }
  const float time_width = time.empty() ? 0 : ImGui::CalcTextSize(time.c_str()).x;
  if (!time.empty()) list->AddText({right - time_width, top}, look.colour.quiet, time.c_str());
  draw_text_elided(list, {left, top}, right - left - time_width - look.px(8), look.colour.text,
                   title_of(job));
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const std::string state = state_text(job);
    const float height = ImGui::GetFontSize();
    const float line = to.y - look.px(8) - height;
    list->AddText({left, line}, look.colour.quiet, state.c_str());
    if (!is_running(job)) return;
    // One place for all bars, so that they line up while the word changes.
    const float bar_left =
        left + std::max(look.px(62), ImGui::CalcTextSize(state.c_str()).x + look.px(8));
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
    // Below the buttons, with all the room there is: why it failed is what matters.
    const float line = to.y - look.px(5) - ImGui::GetFontSize();
    draw_text_elided(list, {left, line}, to.x - left - look.px(8), colour, failure_text(job));
  });
}

bool can_submit_again(const Job& job) {
  return job.state == JobState::uncertain && job.submitted_again_as.empty();
}

bool menu_item(std::string_view key, std::string_view name) {
  return ImGui::MenuItem(labelled(key, name).c_str());
}

void queue_menu(const Strip& strip, const Job& job) {
  ImGui::Separator();
  const auto entry = [&](const char* key, const char* name, QueueMove move) {
    if (menu_item(key, name)) {
      strip.result.move = job.id;
      strip.result.move_to = move;
    }
  };
  entry("jobs.move_first", "move_first", QueueMove::first);
  entry("jobs.move_up", "move_up", QueueMove::up);
  entry("jobs.move_down", "move_down", QueueMove::down);
  entry("jobs.move_last", "move_last", QueueMove::last);
}

// A queued card can be dragged onto another one, and takes its place.
void drag_in_queue(const Strip& strip, const Job& job) {
  scoped::drag_source([&] {
    ImGui::SetDragDropPayload(kJobPayload, job.id.data(), job.id.size());
    ImGui::TextUnformatted(title_of(job).c_str());
  });
  scoped::drop_target([&] {
    const ImGuiPayload* payload = ImGui::AcceptDragDropPayload(kJobPayload);
    if (payload == nullptr) return;
    strip.result.move.assign(static_cast<const char*>(payload->Data),
                             static_cast<std::size_t>(payload->DataSize));
    strip.result.place_of = job.id;
  });
}

void card_menu(const Strip& strip, const Job& job) {
  scoped::context_menu("###job_menu", [&] {
    if (menu_item("jobs.menu.show", "show")) strip.result.show = job.id;
    if (menu_item("jobs.menu.retry", "retry")) strip.result.retry = job.id;
    if (menu_item("jobs.menu.copy_id", "copy_id")) ImGui::SetClipboardText(job.id.c_str());
    if (is_failure(job) && menu_item("jobs.menu.copy_message", "copy_message")) {
      ImGui::SetClipboardText(failure_text(job).c_str());
    }
    if (is_elsewhere(job) && job.state == JobState::queued &&
        menu_item("jobs.menu.resume", "resume")) {
      strip.result.resume = job.id;
    }
    if (can_submit_again(job) && menu_item("jobs.submit_again", "submit_again")) {
      strip.state.submitting_again = job.id;
    }
    if (is_queued(job)) queue_menu(strip, job);
    ImGui::Separator();
    if (!is_final(job.state) && menu_item("jobs.menu.cancel", "cancel_job")) {
      strip.result.cancel = job.id;
    }
    if (is_final(job.state) && menu_item("jobs.dismiss", "dismiss")) {
      strip.state.dismissed.insert(job.id);
    }
  });
}

// The parts of a failed card that can be pressed; returns where text has to end.
float failure_buttons(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  const float top = from.y + look.px(3);
  float right = to.x - look.px(6) - look.px(24);
  if (cross(strip, labelled("jobs.dismiss", "dismiss"), {right, top}, text("jobs.dismiss.hint"))) {
    strip.state.dismissed.insert(job.id);
  }
  right -= look.px(4);
  bool pressed = false;
  const auto check_again = [&] {
    if (!can_be_checked(job)) return;
    right = card_button(strip, labelled("jobs.check_again", "check"), right, top, pressed,
                        text("jobs.check_again.hint"));
    if (pressed) strip.result.check = job.id;
  };
  if (job.state == JobState::uncertain) {
    if (can_submit_again(job)) {
      right = card_button(strip, labelled("jobs.submit_again", "submit_again"), right, top, pressed,
                          text("jobs.submit_again.hint"));
      if (pressed) strip.state.submitting_again = job.id;
    }
    check_again();
    return right;
  }
  right = card_button(strip, labelled("jobs.retry", "retry"), right, top, pressed,
                      text("jobs.retry.hint"));
  if (pressed) strip.result.retry = job.id;
  check_again();
  return right;
}

// A job of another process: it can be taken over when that one is gone.
void draw_elsewhere(const Strip& strip, const Job& job, ImVec2 from, ImVec2 to) {
  const Look& look = strip.look;
  const bool queued = job.state == JobState::queued;
  bool pressed = false;
  const float top = from.y + look.px(5);
  const float text_right = card_button(
      strip, queued ? labelled("jobs.resume", "resume") : labelled("jobs.check", "check"),
      to.x - look.px(6), top, pressed, text(queued ? "jobs.resume.hint" : "jobs.check.hint"));
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

}  // namespace

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

std::string title_of(const Job& job) {
  return job.character_name.empty()
             ? job.request.version_name
             : text("jobs.title", {job.character_name, job.request.version_name});
}

std::int64_t elapsed_of(const Job& job, std::int64_t now) {
  const auto started = read_time(job.started_at);
  return started ? std::max<std::int64_t>(0, now - *started) : 0;
}

float card_button(const Strip& strip, const std::string& label, float right, float top,
                  bool& pressed, const char* tooltip) {
  const Look& look = strip.look;
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float width = button_width(look, label.c_str()) - look.px(4);
    ImGui::SetCursorScreenPos({right - width, top});
    pressed =
        button(look, label.c_str(), ButtonKind::normal, "", {width, look.px(kCardButtonHeight)});
    right -= width;
  });
  item_tooltip(tooltip);
  return right - look.px(4);
}

void draw_card(const Look& look, ImVec2 from, ImVec2 to, ImU32 line) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(from, to, look.colour.raised, look.tile_radius());
  list->AddRect(from, to, line, look.tile_radius());
}

void job_card(const Strip& strip, const Job& job, ImVec2 size) {
  const Look& look = strip.look;
  ImGui::SetNextItemAllowOverlap();
  if (compat::pressable("###job", size)) strip.result.show = job.id;
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const bool hovered = ImGui::IsItemHovered();
  const bool failed = is_failure(job);
  item_tooltip(failed ? title_of(job) + "\n" + failure_text(job) : title_of(job));
  if (is_queued(job)) drag_in_queue(strip, job);
  card_menu(strip, job);
  ImU32 line = hovered ? look.colour.quiet : look.colour.line;
  if (failed) line = job.state == JobState::failed ? look.colour.omitted : look.colour.pending;
  draw_card(look, from, to, line);
  if (failed) {
    const float text_right = failure_buttons(strip, job, from, to);
    draw_failure(strip, job, from, to, text_right);
  } else if (is_elsewhere(job)) {
    draw_elsewhere(strip, job, from, to);
  } else {
    const float side = look.px(24);
    const bool can_go_earlier = is_queued(job) && job.queue_position > 1;
    draw_progress(strip, job, from, can_go_earlier ? ImVec2(to.x - side, to.y) : to);
    if (can_go_earlier &&
        earlier(strip, {to.x - look.px(4) - 2 * side, from.y + (size.y - side) / 2})) {
      strip.result.move = job.id;
      strip.result.move_to = QueueMove::up;
    }
    if (cross(strip, labelled("jobs.cancel", "cancel"),
              {to.x - look.px(4) - side, from.y + (size.y - side) / 2}, text("jobs.cancel.hint"))) {
      strip.result.cancel = job.id;
    }
  }
}

}  // namespace castboard::job_strip
