#pragma once

#include <memory>
#include <string>
#include <vector>

#include "castboard/panel.h"

namespace castboard {

// Any pictures as 3x3 sheets, no library needed: the sheet view alone with a strip of files.
// Owned by the host, drawing thread only. The session needs no library.
class PreviewPanel {
 public:
  PreviewPanel(Session& session, TextureHost textures, std::vector<std::string> files,
               PanelOptions options = {});
  ~PreviewPanel();
  PreviewPanel(const PreviewPanel&) = delete;
  PreviewPanel& operator=(const PreviewPanel&) = delete;

  void update();
  void draw();  // into the current window
  // Shows these instead, read again; the chosen cell, zoom and place stay. Between frames.
  void show(std::vector<std::string> files);
  // The cell 1..9 that fills the view; 0: all nine.
  [[nodiscard]] int cell() const;
  [[nodiscard]] bool settled() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace castboard
