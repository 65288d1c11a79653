#pragma once

#include <cstdint>
#include <optional>

#include "castboard/catalogue.h"
#include "castboard/events.h"
#include "theme.h"

namespace castboard {

// What the confirmation is drawn from; everything is only read.
struct BatchDialogInput {
  const Look& look;
  const Catalogue& catalogue;
  const BatchRequest& batch;
  const BatchQuote* quote = nullptr;         // nullptr: still asked for
  const Error* error = nullptr;              // why it cannot be done for anybody
  std::optional<std::int64_t> credits_left;  // before it; none: no limit known
  bool own_prompt = false;                   // the form has one written by hand, for one of them
};

struct BatchDialogResult {
  bool generate = false;  // for everybody who is not refused; the soft limit was shown
  bool cancel = false;
  std::optional<bool> active_as_reference;  // ask for the price again
};

// The one question before several characters get a picture: with which settings, for whom, who is
// refused and why, and what it costs in all. Fills a modal window.
BatchDialogResult batch_dialog(const char* id, const BatchDialogInput& input);

}  // namespace castboard
