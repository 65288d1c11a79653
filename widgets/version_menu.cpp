#include "version_menu.h"

#include <imgui.h>

#include <utility>

#include "scoped.h"
#include "texts.h"
#include "theme.h"

namespace castboard {

VersionRequest version_menu(const Version& version, bool can_show_in_folder) {
  using What = VersionRequest::What;
  VersionRequest request;
  request.id = version.id;
  const auto entry = [&request](const char* label, const char* key, What what) {
    if (ImGui::MenuItem(label, key)) request.what = what;
  };
  scoped::disabled(version.is_active, [&] { entry("Set active", "", What::activate); });
  scoped::menu("Status", [&] {
    constexpr std::pair<Status, const char*> kStatuses[] = {{Status::pending, "Ctrl+1"},
                                                            {Status::approved, "Ctrl+2"},
                                                            {Status::omitted, "Ctrl+3"},
                                                            {Status::none, "Ctrl+4"}};
    for (const auto& each : kStatuses) {
      if (ImGui::MenuItem(status_title(each.first), each.second, version.status == each.first)) {
        request.what = What::set_status;
        request.status = each.first;
      }
    }
  });
  entry(version.starred ? "Remove star" : "Star", ".", What::star);
  entry("Rename...", "", What::rename);
  ImGui::Separator();
  entry(text("version.save_files"), "Ctrl+S", What::save_files);
  entry("Copy path", "", What::copy_path);
  entry("Copy id", "", What::copy_id);
  entry("Copy as command line", "", What::copy_command);
  if (can_show_in_folder) entry("Show in folder", "", What::show_in_folder);
  ImGui::Separator();
  entry("Trash", "Delete", What::trash);
  return request;
}

}  // namespace castboard
