#pragma once

#include <string>
#include <vector>

#include "library/export_pictures.h"

namespace castboard {

// One picture that was asked for, with all that its name and caption are made of.
struct ChosenPicture {
  std::string url;
  std::string character_name;
  CharacterId character_id;
  VersionId version_id;
  int version_number = 0;
  std::string template_type;
  int cell = 0;
  std::string pose;
  Status status = Status::none;
};

struct ExportSelection {
  std::vector<ChosenPicture> pictures;  // in the order asked
  std::vector<std::string> notes;       // what was left out, and why
  std::string contact_name;             // stem of a contact sheet's file
};

// Which pictures a request means; reads rows only. Throws Failure (`invalid_input`, `not_found`).
ExportSelection choose_pictures(const ExportContext& context, const ExportRequest& request);

}  // namespace castboard
