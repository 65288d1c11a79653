#pragma once

#include <map>
#include <string>
#include <vector>

#include "castboard/session.h"

namespace castboard {

// What is known of sheets as pictures: asks the session once for each version or file that is
// looked at and keeps the answers. A version whose cells were moved is asked for again. Drawing
// thread only.
class SheetReports {
 public:
  explicit SheetReports(Session& session) : session_(session) {}

  // nullptr while it is being found out, and where it cannot be.
  const SheetReport* of_version(const Version& version);
  const SheetReport* of_file(const std::string& path);
  // Takes an answer to what was asked here; false: it was for somebody else.
  bool apply(const Reply& reply);
  [[nodiscard]] bool waiting() const;
  void forget_files();  // they may have changed under their names

 private:
  struct Known {
    Ticket<SheetReport> ticket;
    bool is_there = false;
    SheetReport report;
    std::vector<PixelRect> boxes;  // of the version when it was asked for
  };

  Session& session_;
  std::map<std::string, Known> versions_;
  std::map<std::string, Known> files_;
};

}  // namespace castboard
