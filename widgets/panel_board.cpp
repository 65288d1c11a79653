// The viewer pane's modes that show many pictures: expression board, contact sheet, composite, and
// a cell that was made again beside the old one.
#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "compare_modes.h"
#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kLeastRedoTitle = 170;  // design pixels

std::string pose_title(const Catalogue* catalogue, const std::string& template_type,
                       const std::string& pose) {
  const Shot* shot = catalogue != nullptr ? catalogue->find_shot(template_type, pose) : nullptr;
  return shot != nullptr ? shot->title : pose;
}

// Those that are chosen and still there, in the list's order; nothing chosen: all.
std::vector<const Version*> contact_versions(const VersionList& list,
                                             const std::vector<VersionId>& chosen) {
  const std::unordered_set<std::string_view> wanted(chosen.begin(), chosen.end());
  std::vector<const Version*> shown;
  for (const Version& version : list.versions) {
    if (wanted.empty() || wanted.contains(version.id)) shown.push_back(&version);
  }
  return shown;
}

}  // namespace

bool Panel::Parts::prepare_poses() {
  const Catalogue* catalogue = board.catalogue();
  if (catalogue == nullptr) return false;
  if (pictures.sets.empty()) pictures.sets = pose_sets(*catalogue);
  if (pictures.sets.empty()) return false;
  pictures.set = std::clamp(pictures.set, 0, static_cast<int>(pictures.sets.size()) - 1);
  pictures.poses.show(board.query(), pictures.sets[static_cast<std::size_t>(pictures.set)],
                      pictures.source);
  return true;
}

void Panel::Parts::draw_board() {
  if (!board.is_open() || !prepare_poses()) {
    draw_opening();
    return;
  }
  const ExpressionBoardInput input{
      .look = look,
      .sets = pictures.sets,
      .set = pictures.set,
      .source = pictures.source,
      .filter = pictures.poses.filter(),
      .gaps = pictures.poses.gaps(),
      .rows = pictures.poses.shown(),
      .missing_of_rows = pictures.poses.missing_of_shown(),
      .shown_character = board.character_id(),
      .generate_cost = missing_cost(),
      .can_generate = can_generate_missing(),
      .character = [this](const CharacterId& id) { return board.row(id); },
      .poses = [this](const CharacterId& id) { return pictures.poses.get(id); },
      .thumbnail = thumbnails()};
  const ExpressionBoardResult done = expression_board("board", input, pictures.board);
  pictures.cells_submitted = done.submitted;
  if (done.set) pictures.set = *done.set;
  if (done.source) pictures.source = *done.source;
  if (done.filter) pictures.poses.filter(*done.filter);
  if (done.close) board.show(ViewerMode::version);
  if (done.open) show_board_cell(*done.open);
  if (done.save) save_board_cell(*done.save);
  if (done.redo) open_redo(done.redo->picture->version_id, done.redo->picture->cell);
  if (done.generate) generate_missing(done.generate->character_id, done.generate->pose);
  if (done.generate_missing) generate_missing({}, {});
  std::vector<CharacterId> shown;
  for (const PoseGaps::Row& row : pictures.poses.shown()) shown.push_back(row.id);
  if (done.contact_sheet_of_all) open_contact_sheet(ContactOf::poses, {});
  if (done.contact_sheet) open_contact_sheet(ContactOf::poses, {done.contact_sheet->character_id});
  if (done.save_all) save_characters(shown);
}

void Panel::Parts::show_board_cell(const BoardCell& cell) {
  const VersionId version = cell.picture ? cell.picture->version_id : VersionId();
  board.show(ViewerMode::version);
  if (version.empty()) {
    board.show_character(cell.character_id);
  } else {
    board.show_version(cell.character_id, version, cell.picture->cell);
  }
}

void Panel::Parts::open_contact_sheet(ContactOf of, std::vector<CharacterId> characters,
                                      std::vector<VersionId> versions) {
  pictures.contact = {of, std::move(characters), std::move(versions)};
  pictures.pose_tiles_edition = 0;
  board.show(ViewerMode::contact_sheet);
}

// The pictures there are, character by character; those that are missing are left out, as in the
// file.
void Panel::Parts::list_pose_tiles() {
  if (pictures.pose_tiles_edition == pictures.poses.edition()) return;
  pictures.pose_tiles_edition = pictures.poses.edition();
  pictures.pose_tiles.clear();
  const PoseGaps* gaps = pictures.poses.gaps();
  if (gaps == nullptr) return;
  const auto& only = pictures.contact.characters;
  for (const PoseGaps::Row& row : only.empty() ? pictures.poses.shown() : gaps->rows) {
    if (!only.empty() && std::find(only.begin(), only.end(), row.id) == only.end()) continue;
    for (std::size_t column = 0; column < gaps->poses.size(); ++column) {
      if ((row.missing >> column & 1U) == 0) pictures.pose_tiles.push_back({row.id, column});
    }
  }
}

std::optional<ContactTile> Panel::Parts::pose_tile(int index) {
  const PictureModes::PoseTile& at = pictures.pose_tiles[static_cast<std::size_t>(index)];
  const PoseSet& set = pictures.sets[static_cast<std::size_t>(pictures.set)];
  const CharacterPoses* poses = pictures.poses.get(at.character);
  const Character* character = board.row(at.character);
  if (poses == nullptr || character == nullptr || at.column >= set.columns.size()) {
    return std::nullopt;
  }
  const PoseSet::Column& column = set.columns[at.column];
  const PosePicture* picture = poses->find(column.pose);
  if (picture == nullptr) return std::nullopt;
  return ContactTile{picture->url,
                     0,
                     0,
                     character->name,
                     version_label(picture->version_number) + "  " + column.title,
                     picture->status};
}

void Panel::Parts::draw_contact_sheet() {
  if (!board.is_open() || !prepare_poses()) {
    draw_opening();
    return;
  }
  list_pose_tiles();
  std::vector<CharacterId> who = pictures.contact.characters;
  if (who.empty()) {
    for (const PoseGaps::Row& row : pictures.poses.shown()) who.push_back(row.id);
  }
  const bool one = who.size() == 1;
  const VersionListPtr versions = board.versions();
  const bool of_versions = pictures.contact.of == ContactOf::versions && one &&
                           versions != nullptr && versions->character_id == who.front();
  std::vector<const Version*> shown;
  if (of_versions) shown = contact_versions(*versions, pictures.contact.versions);
  ContactSheetInput input{.look = look,
                          .subject = {},
                          .of = pictures.contact.of,
                          .one_character = one,
                          .thumbnail = thumbnails()};
  if (one && board.row(who.front()) != nullptr) {
    input.subject = board.row(who.front())->name;
  } else {
    input.subject = counted("board.characters", static_cast<std::int64_t>(who.size()));
  }
  if (pictures.contact.of == ContactOf::poses) {
    input.count = static_cast<int>(pictures.pose_tiles.size());
    input.tile = [this](int index) { return pose_tile(index); };
  } else if (pictures.contact.of == ContactOf::active) {
    input.count = static_cast<int>(who.size());
    input.tile = [this, &who](int index) -> std::optional<ContactTile> {
      const Character* row = board.row(who[static_cast<std::size_t>(index)]);
      if (row == nullptr) return std::nullopt;
      const std::string label =
          row->active_version_number > 0 ? version_label(row->active_version_number) : "";
      return ContactTile{row->image_url.empty() ? row->thumbnail_url : row->image_url,
                         0,
                         0,
                         row->name,
                         label,
                         row->active_status};
    };
  } else if (of_versions) {
    input.count = static_cast<int>(shown.size());
    if (!pictures.contact.versions.empty()) {
      input.subject += "  " + counted("board.versions", input.count);
    }
    input.tile = [this, &shown](int index) -> std::optional<ContactTile> {
      const Version& version = *shown[static_cast<std::size_t>(index)];
      return ContactTile{version.image_url,
                         version.width,
                         version.height,
                         version.version_name,
                         version_label(version.version_number) + "  " +
                             pose_title(board.catalogue(), version.template_type, version.shot),
                         version.status};
    };
  }
  const ContactSheetResult done = contact_sheet_view("contact", input, pictures.contact_sheet);
  if (done.of) {
    pictures.contact.of = *done.of;
    pictures.contact.versions.clear();
    if (one && *done.of == ContactOf::versions) board.show_character(who.front());
  }
  if (done.save) save_contact_sheet(who);
  if (done.open) {
    board.show(ViewerMode::version);
    const auto index = static_cast<std::size_t>(*done.open);
    if (pictures.contact.of == ContactOf::poses) {
      const PictureModes::PoseTile at = pictures.pose_tiles[index];
      const std::string pose = pictures.poses.gaps()->poses[at.column];
      const CharacterPoses* poses = pictures.poses.get(at.character);
      const PosePicture* picture = poses != nullptr ? poses->find(pose) : nullptr;
      if (picture != nullptr) {
        board.show_version(at.character, VersionId(picture->version_id), picture->cell);
      }
    } else if (of_versions) {
      board.view_version(VersionId(shown[index]->id));
    } else {
      board.show_character(CharacterId(who[index]));
    }
  }
  if (done.close) board.show(ViewerMode::version);
}

void Panel::Parts::open_composite(const VersionId& base, int cell) {
  if (pictures.composite.base != base) pictures.composite = {base, {}, 1};
  pictures.composite.cell = std::clamp(cell, 1, kCellsPerSheet);
  board.show(ViewerMode::composite);
}

void Panel::Parts::draw_composite_editor() {
  const VersionListPtr versions = board.versions();
  CompositeInput input{.look = look,
                       .versions = {},
                       .catalogue = board.catalogue(),
                       .busy = pictures.work.making_composite(),
                       .thumbnail = thumbnails()};
  if (versions != nullptr) input.versions = versions->versions;
  const CompositeResult done = composite_editor("composite", input, pictures.composite);
  if (done.close) board.show(ViewerMode::version);
  if (done.create) {
    pictures.work.make_composite({pictures.composite.base, pictures.composite.picks, {}},
                                 board.character_id());
  }
}

// The redone picture beside the cell it may replace.
void Panel::Parts::draw_redo_review() {
  const std::optional<RedoReview> review = pictures.work.review;
  const Version* sheet = review ? board.find_version(review->old_version) : nullptr;
  const Version* made = review ? board.find_version(review->new_version) : nullptr;
  const bool gone = !review || review->character_id != board.character_id();
  if (gone) {
    pictures.work.review.reset();
    board.show(ViewerMode::version);
    return;
  }
  if (sheet == nullptr || made == nullptr || !sheet->is_sheet()) {
    empty_state(look, text("redo.loading"), "");
    return;
  }
  const Cell& cell = sheet->cells[static_cast<std::size_t>(review->cell - 1)];
  const std::string title = pose_title(board.catalogue(), sheet->template_type, cell.pose);
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = look.px(6);
  const std::string accept = labelled("redo.accept", "redo_accept");
  const std::string keep = labelled("redo.keep", "redo_keep");
  const std::string discard = labelled("redo.discard", "redo_discard");
  float right = start.x + room;
  const auto place = [&](const std::string& label) {
    right -= button_width(look, label.c_str());
    ImGui::SetCursorPos({right, start.y});
    right -= gap;
  };
  enum class Answer { none, take_it, leave_both, drop_it } answer = Answer::none;
  place(accept);
  scoped::disabled(pictures.work.making_composite(), [&] {
    if (button(look, accept.c_str(), ButtonKind::selected)) answer = Answer::take_it;
  });
  item_tooltip(text("redo.accept.hint"));
  place(keep);
  if (button(look, keep.c_str())) answer = Answer::leave_both;
  item_tooltip(text("redo.keep.hint"));
  place(discard);
  if (button(look, discard.c_str())) answer = Answer::drop_it;
  item_tooltip(text("redo.discard.hint"));
  // How to compare stands in the same line where the title keeps room.
  const float modes_width = compare_modes_width(look, keymap);
  const float apart = look.px(14);
  const bool one_line = right - start.x - apart - modes_width > look.px(kLeastRedoTitle);
  const float modes_left = right - apart - modes_width;
  ImGui::SetCursorPos(
      {start.x, start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2});
  scoped::font(look.heading_font, 1, [&] {
    text_elided(text("redo.title", {title, version_label(sheet->version_number)}),
                (one_line ? modes_left - gap : right) - start.x);
  });
  const ImVec2 below{start.x, start.y + look.control_height() + look.px(10)};
  ImGui::SetCursorPos(one_line ? ImVec2(modes_left, start.y) : below);
  const CompareModesResult modes = compare_modes(
      "redo_modes", look, keymap, one_line ? modes_width : room, pictures.redo_compare);
  if (one_line) ImGui::SetCursorPos(below);
  if (modes.leave) answer = Answer::leave_both;
  if (modes.swap) pictures.redo_swapped = !pictures.redo_swapped;
  ComparedPicture before{.url = cell.image_url,
                         .width = cell.box.width,
                         .height = cell.box.height,
                         .name = text("redo.before", {version_label(sheet->version_number)})};
  ComparedPicture after{.url = made->image_url,
                        .width = made->width,
                        .height = made->height,
                        .thumbnail_url = made->thumbnail_url,
                        .name = text("redo.after", {version_label(made->version_number)})};
  if (pictures.redo_swapped) std::swap(before, after);
  compare_view("redo_pictures",
               {.look = look,
                .keymap = keymap,
                .a = std::move(before),
                .b = std::move(after),
                .picture = [this](const PictureRequest& wanted) { return textures.get(wanted); },
                .flash = keymap.held(Action::compare_hold)},
               pictures.redo_compare);

  if (answer == Answer::none) return;
  if (answer == Answer::take_it) {
    pictures.work.make_composite({sheet->id, {{review->cell, made->id, 0}}, {}},
                                 review->character_id);
    return;  // the answer ends the review
  }
  if (answer == Answer::drop_it) board.trash_version(VersionId(made->id));
  pictures.work.review.reset();
  board.show(ViewerMode::version);
  board.show_version(review->character_id, review->old_version, review->cell);
}

// What was answered since the last frame changes what is shown.
void Panel::Parts::follow_picture_work() {
  if (const std::optional<Version> made = pictures.work.take_composite()) {
    pictures.composite = {};
    const int cell = pictures.work.review ? pictures.work.review->cell : 0;
    pictures.work.review.reset();
    if (made->character_id == board.character_id()) {
      board.show(ViewerMode::version);
      board.show_version(made->character_id, made->id, cell);
    }
  }
  const bool other = pictures.work.review != shown_review;
  shown_review = pictures.work.review;
  if (other && pictures.work.review && board.viewer_mode() == ViewerMode::version) {
    board.show(ViewerMode::redo);
  }
}

}  // namespace castboard
