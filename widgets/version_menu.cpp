#include "version_menu.h"

#include <imgui.h>

#include "scoped.h"
#include "texts.h"
#include "theme.h"

namespace castboard {
namespace {

using What = VersionRequest::What;

struct StatusEntry {
  Status status;
  Action action;
};
constexpr StatusEntry kStatuses[] = {{Status::pending, Action::status_pending},
                                     {Status::approved, Action::status_approved},
                                     {Status::omitted, Action::status_omitted},
                                     {Status::none, Action::status_none}};

void entry(VersionRequest& request, const char* label, What what, const char* key = "") {
  if (ImGui::MenuItem(label, key)) request.what = what;
}

// `current`: null where several have their own.
void status_entries(VersionRequest& request, const Keymap& keymap, const Status* current) {
  scoped::menu(text("version.status"), [&] {
    for (const StatusEntry& each : kStatuses) {
      const bool is_current = current != nullptr && *current == each.status;
      if (ImGui::MenuItem(status_title(each.status), keymap.key_text(each.action), is_current)) {
        request.what = What::set_status;
        request.status = each.status;
      }
    }
  });
}

void related_entries(VersionRequest& request, const char* title,
                     const std::vector<RelatedVersion>& related) {
  if (related.empty()) return;
  scoped::menu(title, [&] {
    for (const RelatedVersion& each : related) {
      const std::string label =
          (each.as.empty() ? each.label : each.label + ", " + each.as) + "###go_to_" + each.id;
      if (ImGui::MenuItem(label.c_str())) {
        request.what = What::go_to;
        request.id = each.id;
      }
    }
  });
}

void copy_entries(VersionRequest& request, const VersionMenuInput& input) {
  entry(request, text("version.save_files"), What::save_files,
        input.keymap.key_text(Action::save_files));
  entry(request, text("version.copy_path"), What::copy_path);
  entry(request, text("version.copy_id"), What::copy_id);
  entry(request, text("version.copy_command"), What::copy_command);
  if (input.can_show_in_folder) {
    entry(request, text("version.show_in_folder"), What::show_in_folder);
  }
}

void form_entries(VersionRequest& request, const Keymap& keymap) {
  scoped::menu(text("version.into_form"), [&] {
    entry(request, text("version.recall_all"), What::recall_all,
          keymap.key_text(Action::recall_all));
    entry(request, text("version.recall_prompt"), What::recall_prompt,
          keymap.key_text(Action::recall_prompt));
    entry(request, text("version.recall_seed"), What::recall_seed,
          keymap.key_text(Action::recall_seed));
    entry(request, text("version.remix"), What::remix, keymap.key_text(Action::remix));
    ImGui::Separator();
    entry(request, text("version.use_as_character"), What::use_as_character);
    entry(request, text("version.use_as_background"), What::use_as_background);
  });
}

}  // namespace

VersionRequest version_menu(const Version& version, const VersionMenuInput& input) {
  const Keymap& keymap = input.keymap;
  VersionRequest request;
  request.id = version.id;
  if (version.trashed()) {
    entry(request, text("version.restore"), What::restore);
  } else {
    if (!input.is_viewed) entry(request, text("compare.with_viewed"), What::compare);
    scoped::disabled(version.is_active,
                     [&] { entry(request, text("version.set_active"), What::activate); });
    status_entries(request, keymap, &version.status);
    entry(request, version.starred ? text("version.unstar") : text("version.star"), What::star,
          keymap.key_text(Action::star));
    entry(request, text("version.rename"), What::rename);
  }
  ImGui::Separator();
  entry(request, text("version.details"), What::details, keymap.key_text(Action::details));
  form_entries(request, keymap);
  related_entries(request, text("version.made_from"), input.made_from);
  related_entries(request, text("version.led_to"), input.led_to);
  ImGui::Separator();
  copy_entries(request, input);
  ImGui::Separator();
  if (version.trashed()) {
    entry(request, text("version.purge"), What::purge, keymap.key_text(Action::trash));
  } else {
    entry(request, text("version.trash"), What::trash, keymap.key_text(Action::trash));
  }
  return request;
}

VersionRequest versions_menu(const std::vector<VersionId>& ids, bool trashed,
                             const Keymap& keymap) {
  VersionRequest request;
  request.ids = ids;
  ImGui::TextDisabled("%s", counted("version.several", static_cast<int>(ids.size())).c_str());
  if (trashed) {
    entry(request, text("version.restore"), What::restore);
    ImGui::Separator();
    entry(request, text("version.purge"), What::purge, keymap.key_text(Action::trash));
    return request;
  }
  status_entries(request, keymap, nullptr);
  entry(request, text("version.star_several"), What::star, keymap.key_text(Action::star));
  ImGui::Separator();
  entry(request, text("version.save_files"), What::save_files);
  entry(request, text("contact.title"), What::contact_sheet);
  entry(request, text("version.copy_ids"), What::copy_id);
  ImGui::Separator();
  entry(request, text("version.trash"), What::trash, keymap.key_text(Action::trash));
  return request;
}

}  // namespace castboard
