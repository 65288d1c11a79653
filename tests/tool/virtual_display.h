#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace castboard::testing {

// An X server without a screen, on a display number of its own choice; ends with this object, or
// with the test when that is killed. One thread.
class VirtualDisplay {
 public:
  // Empty when there is no Xvfb here, or it does not start.
  static std::optional<VirtualDisplay> open(int width, int height);
  ~VirtualDisplay();
  VirtualDisplay(VirtualDisplay&& other) noexcept;
  VirtualDisplay& operator=(VirtualDisplay&&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }  // ":7", for DISPLAY

 private:
  VirtualDisplay(pid_t pid, std::string name) : pid_(pid), name_(std::move(name)) {}

  pid_t pid_;
  std::string name_;
};

class Sandbox;

// For programs that open a window in it. Under the address sanitizer: see keep_libraries.c.
void keep_libraries(Sandbox& sandbox);

}  // namespace castboard::testing
