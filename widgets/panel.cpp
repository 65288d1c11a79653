#include "castboard/panel.h"

#include <algorithm>
#include <utility>

#include "panel_parts.h"
#include "scoped.h"

namespace castboard {
namespace {

// A change of what is shown takes a frame to be asked for and one to be drawn.
constexpr int kQuietUpdates = 3;

}  // namespace

Panel::Parts::Parts(Session& session_to_show, TextureHost host, PanelOptions panel_options)
    : session(session_to_show),
      options(std::move(panel_options)),
      // Before the board asks for anything: answers come to subscriptions only.
      subscription(session_to_show.subscribe()),
      contract(session_to_show, subscription),
      board(session_to_show),
      textures(session_to_show, contract.complete(std::move(host))),
      pictures(session_to_show) {
  restore_settings();
}

Panel::Parts::~Parts() {
  if (subscription.closed()) textures.forget_session();
  save_settings();
}

void Panel::Parts::update() {
  refresh_look();
  const std::vector<Event> events = subscription.take_all();
  for (const Event& event : events) {
    const auto* reply = std::get_if<Reply>(&event);
    if (reply != nullptr && (textures.apply(*reply) || sheet_reports.apply(*reply))) continue;
    if (std::holds_alternative<LibraryChanged>(event)) textures.forget_failures();
    if (reply != nullptr && dropped && dropped->apply(*reply)) continue;
    const bool taken = pictures.poses.apply(event) || pictures.work.apply(event, board);
    if (!taken) board.apply(event);
  }
  follow_picture_work();
  had_focus = std::exchange(has_focus, false);
  grid_had_focus = std::exchange(grid_has_focus, false);
  pointer_was_over_form = std::exchange(pointer_over_form, false);
  text_was_active = std::exchange(text_active, false);
  generate_pressed = false;
  take_keys();
  take_unseen_drop();
  board.ask();
  pictures.poses.ask(session);
  textures.update();
  next_frame_in = -1;
  const bool quiet = events.empty() && !board.waiting() && !textures.loading() &&
                     !sheet_reports.waiting() && !(dropped && dropped->waiting()) &&
                     !pictures.poses.waiting() && !pictures.work.waiting();
  quiet_updates = quiet ? quiet_updates + 1 : 0;
  shows_toasts = std::exchange(toast_place, std::nullopt).value_or(PanelPart::viewer);
  tell_host(events);
}

// What is drawn into may have another font, and another scale, than what was drawn before: a window
// on another screen, or a host that pushes a font around it.
void Panel::Parts::refresh_look() {
  look = make_look(options);
  look.keys = &keymap;
}

// Last, and by copies: the host may answer by calling the panel, or by destroying it.
void Panel::Parts::tell_host(const std::vector<Event>& events) {
  const std::weak_ptr<bool> still_here = alive;
  const auto tell_selection = options.selection_changed;
  const auto tell_active = options.active_version_changed;
  const Session& open_session = session;
  if (follow_selection() && tell_selection) tell_selection(PanelSelection(selection));
  if (!tell_active) return;
  for (const Event& event : events) {
    const auto* changed = std::get_if<ActiveChanged>(&event);
    if (changed == nullptr) continue;
    for (const Character& character : changed->characters) {
      if (still_here.expired()) return;
      const bool has_one = !character.active_version_id.empty();
      tell_active(
          {.character = character.id,
           .character_name = character.name,
           .version = character.active_version_id,
           .version_number = has_one ? character.active_version_number : 0,
           .path = has_one ? open_session.absolute_path(character.image_url) : std::string()});
    }
  }
}

bool Panel::Parts::follow_selection() {
  const auto follow = [](auto& was, const auto& now) {
    const bool is_another = was != now;
    if (is_another) was = now;
    return is_another;
  };
  const bool is_another_character = follow(selection.character, board.character_id());
  bool is_another = is_another_character;
  is_another |= follow(selection.project, board.query().project_id);
  is_another |= follow(selection.version, viewed_id());
  is_another |= follow(selection.cell, board.cell());
  // Not in every frame: that would walk a cast of thousands.
  if (!is_another_character && board.cast() == chosen_in &&
      grid.chosen.revision() == chosen_revision) {
    return is_another;
  }
  chosen_in = board.cast();
  chosen_revision = grid.chosen.revision();
  std::vector<CharacterId> chosen;
  if (chosen_in != nullptr && grid.chosen.size() > 1) {
    chosen = grid.chosen.in_order(chosen_in->ids);
  }
  if (chosen.empty() && !selection.character.empty()) chosen = {selection.character};
  return follow(selection.characters, chosen) || is_another;
}

// Where the form is folded away a dropped file becomes the character's reference all the same.
void Panel::Parts::take_unseen_drop() {
  if (form.dropped_file.empty()) return;
  if (!std::exchange(drop_is_old, true)) return;
  set_reference(form, ReferenceSlot::character,
                {Reference::Kind::file, std::exchange(form.dropped_file, {})});
  say_dropped(ReferenceSlot::character);
}

void Panel::Parts::ask_frame_in(double seconds) {
  if (seconds < 0) return;
  next_frame_in = next_frame_in < 0 ? seconds : std::min(next_frame_in, seconds);
}

Panel::Panel(Session& session, TextureHost textures, PanelOptions options) {
  const bool headers_match = IMGUI_CHECKVERSION();
  parts_ = std::make_unique<Parts>(session, std::move(textures), std::move(options));
  if (!headers_match) parts_->contract.refuse_headers();
}

Panel::~Panel() = default;

void Panel::update() {
  if (parts_->contract.may_update()) parts_->update();
}

void Panel::draw_windows() {
  if (!parts_->contract.may_draw()) return;
  const auto pane = [this](const char* title, ImVec2 size, auto draw_pane) {
    const float scale = parts_->look.scale;
    ImGui::SetNextWindowSize({size.x * scale, size.y * scale}, ImGuiCond_FirstUseEver);
    const std::string name = title + parts_->options.window_suffix;
    scoped::window(name.c_str(), nullptr, 0, [&] {
      parts_->note_focus();
      draw_pane();
    });
  };
  parts_->is_composite = false;
  pane(kCastWindow, {326, 780}, [this] { parts_->draw(PanelPart::cast); });
  pane(kVersionsWindow, {740, 190}, [this] { parts_->draw(PanelPart::versions); });
  pane(kGenerateWindow, {342, 780}, [this] { parts_->draw(PanelPart::generate); });
  pane(kJobsWindow, {1400, 84}, [this] { parts_->draw(PanelPart::jobs); });
  // Last: messages and dialogs belong to the window people look at.
  pane(kViewerWindow, {740, 640}, [this] { parts_->draw(PanelPart::viewer); });
  parts_->draw_dialogs();
}

void Panel::Parts::draw(PanelPart part) {
  refresh_look();
  if (part == PanelPart::viewer || !toast_place) toast_place = part;
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  switch (part) {
    case PanelPart::cast:
      draw_cast();
      break;
    case PanelPart::viewer:
      draw_viewer_pane();
      break;
    case PanelPart::versions:
      draw_versions();
      break;
    case PanelPart::generate:
      draw_form(false);
      break;
    case PanelPart::jobs:
      draw_jobs();
      break;
  }
  if (part != shows_toasts) return;
  const float inset = look.px(14);
  draw_toasts({at.x + size.x - inset, at.y + size.y - inset},
              {std::min(look.px(460), size.x - 2 * inset), std::max(1.0F, size.y - 2 * inset)});
}

void Panel::draw_part(PanelPart part) {
  if (!parts_->contract.may_draw()) return;
  parts_->is_composite = false;
  parts_->note_focus();
  parts_->draw(part);
}

void Panel::draw_dialogs() {
  if (parts_->contract.may_draw()) parts_->draw_dialogs();
}

void Panel::draw_window(const char* title, bool* open) {
  if (!parts_->contract.may_draw()) return;
  const float scale = parts_->look.scale;
  ImGui::SetNextWindowSize({1200 * scale, 760 * scale}, ImGuiCond_FirstUseEver);
  // For this window only: menus and dialogs opened inside keep the host's padding.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  const bool is_visible =
      ImGui::Begin(title, open, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const scoped::Closer close([] { ImGui::End(); });
  ImGui::PopStyleVar();
  if (is_visible) {
    draw();
  } else {
    parts_->draw_dialogs();  // folded away, it still has what was opened
  }
}

void Panel::draw() {
  if (!parts_->contract.may_draw()) return;
  parts_->is_composite = true;
  parts_->note_focus();
  parts_->draw_composite();
  parts_->draw_dialogs();
}

void Panel::show_project(std::string name_or_id) {
  if (!parts_->contract.may_call()) return;
  parts_->board.show_project_by_name(std::move(name_or_id));
}

void Panel::show_character(std::string name_or_id) {
  if (!parts_->contract.may_call()) return;
  parts_->board.show_character_by_name(std::move(name_or_id));
}

void Panel::show_version(std::string id_or_label) {
  if (!parts_->contract.may_call()) return;
  parts_->board.show(ViewerMode::version);
  parts_->board.go_to_version(id_or_label);
}

const PanelSelection& Panel::selection() const {
  return parts_->selection;
}

void Panel::offer_files(std::vector<std::string> paths) {
  if (!parts_->contract.may_call()) return;
  const auto presets = std::partition(
      paths.begin(), paths.end(), [](const std::string& path) { return !path.ends_with(".json"); });
  for (auto preset = presets; preset != paths.end(); ++preset) parts_->board.import_preset(*preset);
  paths.erase(presets, paths.end());
  if (paths.empty()) return;
  if (parts_->pointer_was_over_form) {
    parts_->form.dropped_file = std::move(paths.front());
    parts_->drop_is_old = false;
  } else {
    parts_->show_files(paths);
  }
}

void Panel::open_generate_dialog() {
  if (parts_->contract.may_call()) parts_->open_form_dialog();
}

bool Panel::settled() const {
  return parts_->quiet_updates >= kQuietUpdates && parts_->board.jobs_under_way() == 0;
}

double Panel::next_frame_in() const {
  return parts_->next_frame_in;
}

int Panel::jobs_under_way() const {
  return parts_->board.jobs_under_way();
}

}  // namespace castboard
