#pragma once

#include <string>

#include "castboard/sheet.h"
#include "theme.h"

namespace castboard {

struct SheetFindingsInput {
  const Look& look;
  const SheetReport* report = nullptr;  // nullptr: it is still being looked at
  bool may_change = false;              // the cells are a version's: they can be moved
  float height = 0;                     // of the button
  bool narrow = false;                  // only a mark and a number
};

struct SheetFindingsResult {
  int show_cell = 0;  // 1..9: of the finding that was clicked
  bool adjust = false;
  bool find_again = false;
  bool thirds = false;
};

// A button that says what the check of a sheet came to, "Check: 2 findings", and opens the list of
// them; a click on one goes to its cell. With `may_change` the list ends with what can be done
// about the cells.
SheetFindingsResult sheet_findings(const char* id, const SheetFindingsInput& input);
float sheet_findings_width(const SheetFindingsInput& input);

}  // namespace castboard
