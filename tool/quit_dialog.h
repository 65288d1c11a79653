#pragma once

#include <span>
#include <string>
#include <vector>

#include "castboard/session.h"

struct ImFont;

namespace castboard {

// What happens to jobs under way when the window is closed.
enum class QuitChoice {
  undecided,
  stay,
  finish_then_quit,
  cancel_then_quit,
  leave,  // quit now; what is at a provider goes on there, what is queued waits in the library
};

// The question asked when the window is closed while jobs are under way: lists them. Main thread.
class QuitDialog {
 public:
  void ask() { asking_ = true; }
  [[nodiscard]] bool is_open() const { return asking_; }
  // Draws the modal while it is open; the user's choice closes it.
  QuitChoice draw(std::span<const Job> jobs, ImFont* heading_font, float scale);

 private:
  bool asking_ = false;
};

}  // namespace castboard
