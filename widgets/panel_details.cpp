// The viewer's pane: what is viewed and, beside it, every setting of it.
#include <algorithm>

#include "controls.h"
#include "drag_drop.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"
#include "version_details.h"
#include "version_details_layout.h"

namespace castboard {
namespace {

constexpr float kGrip = 7;  // of the line between them, design pixels
constexpr float kGap = 12;  // around it

// Whose the version is, as far as it is known here.
std::string user_words(const LibraryInfo& library, const Version& version) {
  return version.user_id == library.user_id ? library.user_name : std::string();
}

UsedReference reference_of(const char* label, const Version& version, const std::string& words,
                           const std::string& hash) {
  UsedReference used{label, words, hash, reference_copies(hash), {}};
  const auto& parents = version.parent_ids;
  if (std::find(parents.begin(), parents.end(), words) != parents.end()) used.version = words;
  return used;
}

}  // namespace

void Panel::Parts::draw_viewer_pane() {
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  draw_viewer_with_details(start, room);
  take_host_file(start, room);
}

// A file that is dragged in the host, dropped anywhere on the pictures, is shown like one that is
// dropped on the window.
void Panel::Parts::take_host_file(ImVec2 start, ImVec2 room) {
  const ImGuiPayload* dragged = ImGui::GetDragDropPayload();
  if (options.file_payload.empty() || dragged == nullptr || room.x <= 0 || room.y <= 0) return;
  if (!dragged->IsDataType(options.file_payload.c_str())) return;
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(room);
  scoped::drop_target([&] {
    if (auto file = accept_file(options.file_payload)) show_files({std::move(*file)});
  });
}

void Panel::Parts::draw_viewer_with_details(ImVec2 start, ImVec2 room) {
  if (!splits.version_details_open) {
    draw_viewer();
    return;
  }
  if (room.x < look.px(40) || room.y < look.px(40)) return;
  const DetailsLayout layout =
      lay_out_details(room.x, look.px(splits.version_details_width), look.scale);
  const float gap = look.px(kGap);
  if (layout.view > 0) {
    scoped::child("view", {layout.view - gap, room.y}, 0,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                  [&] { draw_viewer(); });
    const float line = start.x + layout.view;
    ImGui::SetCursorScreenPos({line - look.px(kGrip) / 2, start.y});
    ImGui::InvisibleButton("split_details", {look.px(kGrip), room.y});
    const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (hot) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    if (ImGui::IsItemActive()) {
      splits.version_details_width = (layout.details - ImGui::GetIO().MouseDelta.x) / look.scale;
    }
    ImGui::GetWindowDrawList()->AddLine({line, start.y}, {line, start.y + room.y},
                                        hot ? look.colour.accent : look.colour.line);
  }
  const float left = layout.view > 0 ? layout.view + gap : 0;
  ImGui::SetCursorScreenPos({start.x + left, start.y});
  scoped::child("details", {room.x - left, room.y}, 0,
                ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                [&] { draw_details(); });
}

void Panel::Parts::draw_details() {
  const Version* version = board.viewed();
  const Catalogue* catalogue = board.catalogue();
  const Character* character = board.character();
  const std::string character_name = character != nullptr ? character->name : std::string();
  VersionDetailsInput input{.look = look, .keymap = keymap, .version = version, .facts = {}};
  input.thumbnail = thumbnails();
  if (version != nullptr) {
    input.facts =
        version_facts({.version = *version,
                       .catalogue = catalogue,
                       .character_name = character_name,
                       .user_name = user_words(board.library(), *version),
                       .path = session.absolute_path(version->image_url),
                       .original_path = version->original_url.empty()
                                            ? std::string()
                                            : session.absolute_path(version->original_url)});
    if (!version->character_ref_url.empty()) {
      input.references.push_back(reference_of(text("details.character_reference"), *version,
                                              version->character_ref_url,
                                              version->character_ref_hash));
    }
    if (!version->background_ref_url.empty()) {
      input.references.push_back(reference_of(text("details.background_reference"), *version,
                                              version->background_ref_url,
                                              version->background_ref_hash));
    }
    for (UsedReference& each : input.references) {
      if (!each.version.empty()) each.words = label_of(each.version);
    }
    input.made_from = made_from(*version);
    input.led_to = led_to(*version);
    for (const Cell& cell : version->cells) {
      const Shot* shot =
          catalogue != nullptr ? catalogue->find_shot(version->template_type, cell.pose) : nullptr;
      DetailedCell detailed{
          cell.number, shot != nullptr ? shot->title : cell.pose, cell.status, {}};
      if (!cell.source_version_id.empty()) {
        detailed.from = text("details.cell_from",
                             {label_of(cell.source_version_id), std::to_string(cell.source_cell)});
      }
      input.cells.push_back(std::move(detailed));
    }
  }
  VersionDetailsResult done = version_details("details", input);
  text_active |= done.text_active;
  if (done.close) splits.version_details_open = false;
  if (!done.copy.empty()) {
    ImGui::SetClipboardText(done.copy.c_str());
    board.say(text("details.copied", {done.copied}));
  }
  if (version != nullptr && (done.copy_all || done.copy_json)) {
    const auto path_of = [this](std::string_view url) { return session.absolute_path(url); };
    ImGui::SetClipboardText(done.copy_json ? version_json(*version, character_name, path_of).c_str()
                                           : facts_text(input.facts).c_str());
    board.say(text("details.copied_all", {version_label(version->version_number)}));
  }
  if (done.show_cell != 0) board.show_cell(done.show_cell);
  handle(done.request);
}

}  // namespace castboard
