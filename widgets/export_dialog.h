#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castboard/export.h"
#include "castboard/result.h"
#include "theme.h"

namespace castboard {

// One of the things a user may save of what was chosen.
struct ExportChoice {
  std::string title;  // "Active picture"
  ExportWhat what = ExportWhat::active;
  ContactOf contact_of = ContactOf::poses;
};

// What the dialog asks about; made when it is opened, then the user's. Owned by the caller.
struct ExportDialogState {
  std::string subject;  // "Mira Voss", "3 characters", "v003 of Mira Voss"
  std::vector<ExportChoice> choices;
  int choice = 0;
  ExportRequest request;  // what is chosen, kept up by the dialog
};

struct ExportDialogInput {
  const Look& look;
  const ExportReport* report = nullptr;  // the names; nullptr: not known yet
  const Error* error = nullptr;          // why it cannot be done
  bool can_browse = false;
  bool busy = false;  // being written
};

struct ExportDialogResult {
  bool save = false;
  bool cancel = false;
  bool browse = false;
  bool text_active = false;
};

// Save as files: what, where to, the names it would write and which of them are taken. Fills a
// modal window; nothing is written here.
ExportDialogResult export_dialog(const char* id, const ExportDialogInput& input,
                                 ExportDialogState& state);

}  // namespace castboard
