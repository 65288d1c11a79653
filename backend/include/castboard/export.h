#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/contact_sheet.h"
#include "castboard/model.h"

// Pictures of the library as files elsewhere.
namespace castboard {

enum class ExportWhat {
  active,         // the active version's picture, or that of each version named
  poses,          // every pose the production has, as `Character::image_poses`
  sheet,          // the expression sheet: active, else the one activated last, else the newest
  cells,          // that sheet's cells, each a picture
  contact_sheet,  // all of it on one picture, with captions
};
std::string_view to_string(ExportWhat what);  // "active", ..., "contact-sheet"
std::optional<ExportWhat> parse_export_what(std::string_view text);

// What a contact sheet shows of each character.
enum class ContactOf { active, poses, versions, cells };
std::string_view to_string(ContactOf of);
std::optional<ContactOf> parse_contact_of(std::string_view text);

struct ExportRequest {
  ExportWhat what = ExportWhat::active;
  std::vector<CharacterId> characters = {};
  // These instead of the one each character offers. A contact sheet shows these.
  std::vector<VersionId> versions = {};
  std::vector<int> cells = {};  // 1..9; of `cells`, with `poses` whichever is named; none: all
  std::vector<std::string> poses = {};  // keys; of `poses` and `cells`; none: all
  std::string directory = {};           // made when it is missing
  bool overwrite = false;               // false: a name that is taken gets "-1", "-2", ...
  bool dry_run = false;                 // only says which names they would get
  ContactOf contact_of = ContactOf::poses;
  ContactSheetOptions contact_sheet = {};

  bool operator==(const ExportRequest&) const = default;
};

struct ExportedFile {
  std::string path = {};  // absolute
  std::string url = {};   // copied byte for byte from there; empty: made (a contact sheet)
  CharacterId character_id = {};
  VersionId version_id = {};
  int cell = 0;
  std::string pose = {};
  std::uint64_t bytes = 0;  // 0 in a dry run
  bool name_taken = false;  // something of that name was there: replaced, or it got another name
};

struct ExportReport {
  std::string directory = {};  // absolute
  std::vector<ExportedFile> files = {};
  std::vector<std::string> notes = {};  // what was left out, and why

  [[nodiscard]] int names_taken() const;
};

}  // namespace castboard
