// The viewer pane as a preview of files that were dropped on the window.
#include <utility>

#include "panel_parts.h"
#include "texts.h"

namespace castboard {

void Panel::Parts::show_files(const std::vector<std::string>& paths) {
  if (!dropped) dropped.emplace(session, textures);
  dropped->add(paths);
  board.show(ViewerMode::files);
}

void Panel::Parts::use_file_as_reference(std::string path) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  set_reference(form, ReferenceSlot::character, {Reference::Kind::file, std::move(path)});
  board.say(text("preview.is_reference", {name}));
}

void Panel::Parts::draw_files() {
  if (!dropped) {
    board.show(ViewerMode::version);
    return;
  }
  FilePreviewResult done =
      dropped->draw(look, keymap, {.can_use_as_reference = true, .can_close = true});
  ask_frame_in(done.next_frame_in);
  if (!done.use_as_reference.empty()) use_file_as_reference(std::move(done.use_as_reference));
  if (!done.close) return;
  dropped.reset();
  board.show(ViewerMode::version);
}

}  // namespace castboard
