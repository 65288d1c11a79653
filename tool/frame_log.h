#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "castboard/texture_host.h"

namespace castboard {

// What the drawing thread spends on each frame without OpenGL's drawing: one line a frame, in
// milliseconds of that thread's own processor time. For `--frame-log`; drawing thread only.
class FrameLog {
 public:
  // Empty: nothing is measured. Throws std::runtime_error when the file cannot be written.
  explicit FrameLog(const std::string& path);

  // Around what builds a frame.
  void begin();
  void end();

  // The same textures; what their OpenGL calls take is not counted. The log must outlive them.
  [[nodiscard]] TextureHost uncounted(TextureHost host);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  double began_ = 0;
};

}  // namespace castboard
