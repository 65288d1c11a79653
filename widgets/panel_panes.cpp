// The panes: data from the board into a widget, and what the user did back to the board.
#include <utility>

#include "command_line.h"
#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

std::string counts_text(const Cast* cast) {
  if (cast == nullptr) return {};
  return text("project.counts", {counted("project.characters", cast->character_count),
                                 counted("project.versions", cast->version_count)});
}

}  // namespace

ThumbnailFn Panel::Parts::thumbnails() {
  return
      [this](const std::string& url, int longest_side) { return textures.get(url, longest_side); };
}

std::string Panel::Parts::library_option() const {
  return board.library().path;
}

void Panel::Parts::show_in_folder(const std::string& url) {
  if (options.show_in_folder && !url.empty()) options.show_in_folder(session.absolute_path(url));
}

void Panel::Parts::draw_opening() {
  if (const Error* error = board.open_error()) {
    empty_state(look, error->message, error->hint);
  } else {
    empty_state(look, text("panel.opening"), "");
  }
}

bool Panel::Parts::has_project() const {
  return !board.projects().empty() || !board.projects_known();
}

void Panel::Parts::draw_form(bool modal) {
  pointer_over_form |= ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows |
                                              ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  const Catalogue* catalogue = board.catalogue();
  if (catalogue == nullptr) {
    draw_opening();
    return;
  }
  // The dialog covers the tile that says whose picture this will be.
  if (modal && board.character() != nullptr) heading(look, board.character()->name);
  const VersionListPtr versions = board.versions();
  const Version* shown = board.viewed();
  const Version* active = board.active();
  GenerationFormInput input{.catalogue = *catalogue,
                            .look = look,
                            .can_browse = bool(options.pick_file),
                            .character = board.character(),
                            .versions = {},
                            .viewed = shown != nullptr ? shown->id : VersionId(),
                            .active = active != nullptr ? active->id : VersionId(),
                            .quote = board.quote_answer(),
                            .quote_pending = board.quote_pending(),
                            .quote_error = board.quote_error(),
                            .credits_left = board.credits_left(),
                            .busy = board.generate_pending(),
                            .modal = modal,
                            .has_tiles = session.draws_tiles(),
                            .presets = board.presets(),
                            .generate_key = keymap.key_text(Action::generate),
                            .thumbnail = thumbnails(),
                            .file_payload = options.file_payload};
  if (versions != nullptr) input.versions = versions->versions;
  // What was dropped belongs to the form that is in front.
  std::string for_the_other;
  if (modal != generate_dialog) for_the_other = std::exchange(form.dropped_file, {});
  const bool keyed = generate_pressed && modal == generate_dialog;
  const GenerationFormResult done = generation_form(modal ? "dialog" : "form", input, form, keyed);
  if (modal != generate_dialog) form.dropped_file = std::move(for_the_other);
  text_active |= done.text_active;
  handle(done.presets);
  if (const auto slot = std::exchange(form.dropped_into, std::nullopt)) say_dropped(*slot);
  if (done.quote_wanted) board.quote(*done.quote_wanted);
  if (done.browse) browse(*done.browse);
  if (done.generate) generate(*done.generate);
  if (modal && (done.cancel || done.generate)) {
    generate_dialog = false;
    ImGui::CloseCurrentPopup();
  }
}

void Panel::Parts::handle(const PresetMenuResult& done) {
  if (done.opened) board.read_presets();
  if (done.save) board.save_preset(*done.save, done.overwrite);
  if (!done.remove.empty()) board.delete_preset(done.remove);
  if (!done.show_file.empty()) show_in_folder(done.show_file);
  if (done.import_file) pick_file([this](const std::string& path) { board.import_preset(path); });
}

void Panel::Parts::say_dropped(ReferenceSlot slot) {
  const bool is_character = slot == ReferenceSlot::character;
  const GenerationRequest& request = form.draft.request;
  const Reference& taken =
      is_character ? request.character_reference : request.background_reference;
  const std::string name = taken.text.substr(taken.text.find_last_of('/') + 1);
  board.say(
      text(is_character ? "reference.dropped.character" : "reference.dropped.background", {name}));
}

// A soft limit asks first; the hard one refuses by itself.
void Panel::Parts::generate(const GenerationRequest& request) {
  const GenerationQuote* quote = board.quote_answer();
  if (quote == nullptr || quote->ask.empty()) {
    board.generate(request);
    return;
  }
  over_soft_limit = request;
  over_soft_limit->soft_limit_accepted = true;
  soft_limit_question = quote->ask;
  popup_to_open = kSoftLimitDialog;
}

void Panel::Parts::browse(ReferenceSlot slot) {
  pick_file([this, slot](const std::string& path) {
    set_reference(form, slot, {Reference::Kind::file, path});
  });
}

void Panel::Parts::pick_file(std::function<void(const std::string& path)> then) {
  if (!options.pick_file) return;
  picking = true;
  options.pick_file(
      [this, chosen = std::move(then), still_here = std::weak_ptr(alive)](const std::string& path) {
        if (still_here.expired()) return;
        picking = false;
        if (!path.empty()) chosen(path);
      });
}

// From right to left: push, credits, saved; what has no room is left out.
void Panel::Parts::draw_status(float right) {
  const float y = ImGui::GetCursorPosY();
  const float gap = look.px(16);
  const auto place = [&](const std::string& words, std::string_view hint) {
    const float width = ImGui::CalcTextSize(words.c_str()).x;
    if (right - width < ImGui::GetCursorPosX() + gap) return;
    const float left = ImGui::GetCursorPosX();
    ImGui::SetCursorPos({right - width, y});
    ImGui::TextUnformatted(words.c_str());
    if (!hint.empty()) item_tooltip(hint);
    ImGui::SetCursorPos({left, y});
    right -= width + gap;
  };
  scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
    place(board.push_text(), board.push_summary().message);
    const Project* project = board.project();
    if (project != nullptr && project->credit_limit) {
      place(text("panel.credits",
                 {std::to_string(project->credits_used), std::to_string(*project->credit_limit)}),
            text("panel.credits_hint"));
    }
    place(board.save_text(), "");
  });
}

void Panel::Parts::draw_top_bar() {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float text_y = start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
  float x = start.x;
  if (is_composite) {
    ImGui::SetCursorPosY(text_y);
    heading(look, text("panel.name"));
    x += ImGui::GetItemRectSize().x + look.px(14);
  }
  ImGui::SetCursorPos({x, start.y});
  const ProjectId shown = board.query().project_id;
  const ProjectMenuResult done =
      project_menu("project", board.projects(), shown, project_menu_state, look,
                   is_composite ? look.px(260) : room - look.control_height() - look.px(8),
                   board.project_error());
  text_active |= done.text_active;
  if (!done.show.empty()) board.show_project(done.show);
  if (!done.create.empty()) board.create_project(done.create);
  if (!done.rename.empty()) board.rename_project(done.rename, done.rename_to);
  x += ImGui::GetItemRectSize().x + look.px(12);
  const std::string counts = counts_text(board.cast().get());
  const float menu_x = start.x + room - look.control_height();
  ImGui::SetCursorPos({menu_x, start.y});
  draw_menu();
  if (!is_composite) {
    caption(look,
            counts + (counts.empty() ? "" : "   ") + board.save_text() + "   " + board.push_text());
    return;
  }
  ImGui::SetCursorPos({x, start.y});
  const bool is_board = board.viewer_mode() == ViewerMode::board;
  const std::string board_label = labelled("board.open", "open_board");
  if (button(look, board_label.c_str(), is_board ? ButtonKind::selected : ButtonKind::normal,
             keymap.key_text(Action::board))) {
    board.show(is_board ? ViewerMode::version : ViewerMode::board);
  }
  item_tooltip(text("board.open.hint"));
  x += ImGui::GetItemRectSize().x + look.px(12);
  ImGui::SetCursorPos({x, text_y});
  scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                  [&] { ImGui::TextUnformatted(counts.c_str()); });
  ImGui::SetCursorPos({x + ImGui::GetItemRectSize().x, text_y});
  draw_status(menu_x - look.px(14));
}

void Panel::Parts::draw_toasts(ImVec2 bottom_right, ImVec2 room) {
  const ToastsResult done = toasts("toasts", board.toasts(), toasts_state, look, bottom_right, room,
                                   double(ImGui::GetIO().DeltaTime), bool(options.show_in_folder));
  ask_frame_in(done.next_frame_in);
  if (done.undo) board.undo(*done.undo);
  if (done.undo_toast != 0) board.undo_toast(done.undo_toast);
  if (!done.show_version.empty()) board.show(ViewerMode::version);
  if (!done.show_version.empty()) board.show_version(done.show_character, done.show_version);
  if (!done.show_file.empty()) show_in_folder(done.show_file);
  if (done.close != 0) board.close_toast(done.close);
  if (done.close_all) board.toasts().clear();
}

}  // namespace castboard
