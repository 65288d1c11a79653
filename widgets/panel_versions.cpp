// The strip pane, and what is asked of versions: from the strip, the viewer, the details or a menu.
#include <algorithm>
#include <utility>

#include "command_line.h"
#include "controls.h"
#include "imgui_compat.h"
#include "panel_parts.h"
#include "recall.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr const char* kPurgeDialog = "castboard_purge";
constexpr std::size_t kMostNamed = 8;  // versions by their number, in a question

Recall recall_of(VersionRequest::What what) {
  using What = VersionRequest::What;
  if (what == What::recall_prompt) return Recall::prompt;
  if (what == What::recall_seed) return Recall::seed;
  return what == What::remix ? Recall::remix : Recall::all;
}

}  // namespace

VersionId Panel::Parts::viewed_id() const {
  const Version* version = board.viewed();
  return version != nullptr ? version->id : VersionId();
}

void Panel::Parts::draw_versions() {
  const VersionListPtr versions = board.listed();
  VersionStripInput input{
      .look = look,
      .keymap = keymap,
      .versions = {},
      .shown = board.shown_versions(),
      .choices = board.filter_choices(),
      .filter = board.filter(),
      .grouping = board.grouping(),
      .chosen = board.chosen(),
      .targets = board.targets(),
      .lineage = board.lineage(),
      .in_trash = board.in_trash(),
      .loading = versions == nullptr,
      .has_character = !board.character_id().empty(),
      .viewed = viewed_id(),
      .thumbnail = thumbnails(),
      .path_of = [this](const std::string& url) { return session.absolute_path(url); },
      .find = [this](const VersionId& id) { return board.find_version(id); },
      .menu = [this](const Version& version) { return draw_version_menu(version); }};
  if (board.viewer_mode() == ViewerMode::compare && board.compared() != nullptr)
    input.compared = board.compared()->id;
  if (board.single()) input.cell = board.cell();
  if (versions != nullptr) input.versions = versions->versions;
  VersionStripResult done = version_strip("strip", input, strip);
  text_active |= done.bar.text_active;
  // What was drawn is not used any more: now it may change.
  if (done.bar.filter) board.set_filter(std::move(*done.bar.filter));
  if (done.grouping) board.set_grouping(std::move(*done.grouping));
  if (done.bar.trash) board.show_trash(*done.bar.trash);
  if (done.bar.jump) board.jump_to_number(*done.bar.jump);
  if (done.bar.clear_chosen) board.clear_chosen();
  if (!done.choose.empty()) board.choose_version(done.choose, done.keys);
  handle(done.request);
}

VersionRequest Panel::Parts::draw_version_menu(const Version& version) {
  VersionMenuInput input{.keymap = keymap,
                         .can_show_in_folder = bool(options.show_in_folder),
                         .is_viewed = version.id == viewed_id()};
  input.made_from = made_from(version);
  input.led_to = led_to(version);
  return version_menu(version, input);
}

std::string Panel::Parts::label_of(const VersionId& id) const {
  const Version* version = board.find_version(id);
  return version != nullptr ? version_label(version->version_number) : text("strip.elsewhere");
}

std::vector<RelatedVersion> Panel::Parts::made_from(const Version& version) const {
  std::vector<RelatedVersion> related;
  for (const Origin& origin : origins_of(version)) {
    related.push_back({origin.id, label_of(origin.id), origin_title(origin.kind)});
  }
  return related;
}

std::vector<RelatedVersion> Panel::Parts::led_to(const Version& version) const {
  std::vector<RelatedVersion> related;
  for (const VersionId& child : board.lineage().made_of(version.id)) {
    related.push_back({child, label_of(child), ""});
  }
  return related;
}

void Panel::Parts::handle(const VersionRequest& request) {
  using What = VersionRequest::What;
  const std::vector<VersionId> ids = request.all();
  const Version* version = board.find_version(ids.front());
  switch (request.what) {
    case What::none:
      break;
    case What::view:
      board.view_version(ids.front());
      break;
    case What::go_to:
      board.go_to_version(request.id);
      break;
    case What::compare:
      board.compare_with(ids.front());
      break;
    case What::activate:
      board.activate(ids.front());
      break;
    case What::set_status:
      board.set_status(ids, request.status);
      break;
    case What::star:
      board.toggle_star(ids);
      break;
    case What::rename:
      if (version != nullptr) open_rename(*version);
      break;
    case What::trash:
      board.trash_versions(ids);
      break;
    case What::restore:
      board.restore_versions(ids);
      break;
    case What::purge:
      ask_to_purge(ids);
      break;
    case What::use_as_character:
    case What::use_as_background:
      if (version != nullptr) use_as_reference(*version, request.what == What::use_as_character);
      break;
    case What::recall_all:
    case What::recall_prompt:
    case What::recall_seed:
    case What::remix:
      if (version != nullptr) recall_settings(*version, recall_of(request.what));
      break;
    case What::details:
      // Of the viewed one the button opens and closes, as the key does.
      splits.version_details_open = !splits.version_details_open || ids.front() != viewed_id();
      if (ids.front() != viewed_id()) board.view_version(ids.front());
      break;
    case What::copy_id: {
      std::string lines;
      for (const VersionId& id : ids) lines += (lines.empty() ? "" : "\n") + id;
      ImGui::SetClipboardText(lines.c_str());
      break;
    }
    case What::copy_path:
    case What::copy_command:
    case What::show_in_folder:
      if (version != nullptr) copy_or_show(*version, request.what);
      break;
    case What::save_files:
      save_versions(ids, 0);
      break;
    case What::contact_sheet:
      open_contact_sheet(ContactOf::versions, {board.character_id()}, ids);
      break;
    case What::push:
      board.push_now();
      break;
  }
}

void Panel::Parts::copy_or_show(const Version& version, VersionRequest::What what) {
  using What = VersionRequest::What;
  if (what == What::show_in_folder) {
    show_in_folder(version.image_url);
  } else if (what == What::copy_path) {
    ImGui::SetClipboardText(session.absolute_path(version.image_url).c_str());
  } else {
    const Character* character = board.character();
    const Project* project = board.project();
    ImGui::SetClipboardText(generate_command(version, character != nullptr ? character->name : "",
                                             project != nullptr ? project->name : "",
                                             library_option())
                                .c_str());
  }
}

void Panel::Parts::recall_settings(const Version& version, Recall what) {
  const Catalogue* catalogue = board.catalogue();
  if (catalogue == nullptr) return;
  const DraftBefore before = before_recall(form.draft);
  const Recalled done = recall(form.draft, version, *catalogue, what);
  say_form_changed(done.message, before, done.changed);
}

void Panel::Parts::use_as_reference(const Version& version, bool as_character) {
  const DraftBefore before = before_recall(form.draft);
  set_reference(form, as_character ? ReferenceSlot::character : ReferenceSlot::background,
                {Reference::Kind::version, version.id});
  say_form_changed(text(as_character ? "recall.character_done" : "recall.background_done",
                        {version_label(version.version_number)}),
                   before, true);
}

void Panel::Parts::say_form_changed(const std::string& message, const DraftBefore& before,
                                    bool changed) {
  if (!changed) {
    board.say(message);
    return;
  }
  board.say_undoable(message, [this, before] { put_back(form.draft, before); });
}

// --- Purge ---------------------------------------------------------------------------------------

void Panel::Parts::ask_to_purge(const std::vector<VersionId>& ids) {
  purging = ids;
  popup_to_open = kPurgeDialog;
}

void Panel::Parts::draw_purge_question() {
  ImGui::SetNextWindowSize({look.px(440), 0});
  const std::string title = labelled("purge.title", kPurgeDialog);
  dialog(title, nullptr, ImGuiWindowFlags_NoResize, [&] {
    std::string which;
    for (std::size_t i = 0; i < std::min(purging.size(), kMostNamed); ++i) {
      which += (i == 0 ? "" : ", ") + label_of(purging[i]);
    }
    if (purging.size() > kMostNamed) which += " ...";
    const Character* character = board.character();
    ImGui::TextWrapped("%s", counted("purge.question", static_cast<int>(purging.size())).c_str());
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
      ImGui::TextWrapped(
          "%s", text("purge.which", {which, character != nullptr ? character->name : ""}).c_str());
    });
    ImGui::Dummy({0, look.px(4)});
    // The harmless answer has the keyboard.
    if (ImGui::IsWindowAppearing()) compat::focus_next_item();
    const std::string cancel_label = labelled("purge.cancel", "purge_cancel");
    const bool cancel =
        button(look, cancel_label.c_str()) || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::SameLine();
    const std::string purge_label = labelled("purge.do", "purge_do");
    bool purge = false;
    scoped::colours({{ImGuiCol_Text, look.colour.omitted}},
                    [&] { purge = button(look, purge_label.c_str()); });
    if (purge) board.purge_versions(purging);
    if (!purge && !cancel) return;
    purging.clear();
    ImGui::CloseCurrentPopup();
  });
}

}  // namespace castboard
