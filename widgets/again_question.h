#pragma once

#include <string>

namespace castboard {

// What stands in the way of submitting a job again, beside that it may be billed twice.
struct AgainQuestion {
  std::string limit;    // the question of its project's soft limit; empty: none
  std::string refused;  // why it cannot be; empty: it can
};

}  // namespace castboard
