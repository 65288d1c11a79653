#pragma once

#include <memory>
#include <string>
#include <vector>

#include "castboard/panel.h"

namespace castboard {

// Any picture files as 3x3 sheets, no library needed: the sheet view, comparing two files or two
// cells, saving the cells, a strip of the files. Owned by the host, drawing thread only. The
// session needs no library.
class PreviewPanel {
 public:
  PreviewPanel(Session& session, TextureHost textures, std::vector<std::string> files,
               PanelOptions options = {});
  ~PreviewPanel();
  PreviewPanel(const PreviewPanel&) = delete;
  PreviewPanel& operator=(const PreviewPanel&) = delete;

  void update();
  void draw();  // into the current window
  // Shows these instead, read again; the chosen cell, zoom, place and mode stay. Between frames.
  void show(std::vector<std::string> files);
  // Shows these too, as after dropping them on the window.
  void add(std::vector<std::string> files);
  // The cell 1..9 that fills the view; 0: all nine.
  [[nodiscard]] int cell() const;
  // Which of the files, from 0, is looked at; and whether it is compared with another or a cell.
  [[nodiscard]] int shown() const;
  [[nodiscard]] bool compares() const;
  // Something moves by itself (a flipbook): draw again within this many seconds. Negative: only
  // after an event or input.
  [[nodiscard]] double next_frame_in() const;
  [[nodiscard]] bool settled() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace castboard
