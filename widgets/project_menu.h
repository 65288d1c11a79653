#pragma once

#include <optional>
#include <span>
#include <string>

#include "castboard/model.h"
#include "castboard/result.h"
#include "theme.h"

namespace castboard {

// What the caller keeps between frames.
struct ProjectMenuState {
  std::string new_name;
  std::string rename_to;
  ProjectId renaming;  // empty: none
  bool focus_rename = false;
  bool open = false;  // the menu is showing
};

struct ProjectMenuResult {
  ProjectId show;      // picked; empty: none
  std::string create;  // name of a new project; empty: none
  ProjectId rename;    // and the name it should get
  std::string rename_to;
  bool text_active = false;
};

// The button "Project: Northwind" and its menu: switch, create, rename. At most `width` wide; the
// name shortens. `error`: why the last create or rename failed, may be null.
ProjectMenuResult project_menu(const char* id, std::span<const Project> projects,
                               const ProjectId& shown, ProjectMenuState& state, const Look& look,
                               float width, const Error* error);

// What stands in the cast's place while the library has no project: makes the first one.
ProjectMenuResult first_project(const char* id, ProjectMenuState& state, const Look& look,
                                const Error* error);

}  // namespace castboard
