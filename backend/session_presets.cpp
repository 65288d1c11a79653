#include "session_presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>

#include "castboard/request_rules.h"
#include "castboard/session.h"
#include "catalogue/presets.h"
#include "os/files.h"
#include "session_workers.h"

namespace castboard {

namespace {

constexpr std::size_t kMaxPresetBytes = std::size_t{4} * 1024 * 1024;
constexpr const char* kUserLayer = "user";

std::optional<std::string> text_of(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  return read_text_file(file, kMaxPresetBytes);
}

void put_text(const std::filesystem::path& file, const std::optional<std::string>& text) {
  if (text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text->data());
    write_file_atomically(file, {bytes, text->size()}, Durability::durable);
    return;
  }
  std::error_code problem;
  std::filesystem::remove(file, problem);
  if (problem)
    throw Failure(ErrorCode::read_only, fmt::format("{} cannot be removed", file.string()),
                  "Check the permissions of its directory.", problem.message());
}

Edit change_file(const std::filesystem::path& file, std::optional<std::string> after,
                 std::string message) {
  Edit edit;
  edit.message = std::move(message);
  edit.files.push_back({file.string(), text_of(file), std::move(after)});
  put_text(file, edit.files.front().after);
  return edit;
}

[[noreturn]] void refuse_unknown(const PresetList& list, const std::string& name) {
  std::vector<std::string> names;
  for (const Preset& preset : list.presets) names.push_back(preset.name);
  const std::string near = nearest(name, names);
  throw Failure(ErrorCode::not_found, fmt::format("There is no preset \"{}\"", name),
                near.empty() ? "`castboard presets list` lists them."
                             : fmt::format("Did you mean \"{}\"?", near));
}

}  // namespace

Edit save_preset(const OpenLibrary& library, const std::filesystem::path& directory,
                 const Preset& preset, bool overwrite) {
  if (const auto problem = problem_with_name("preset's name", preset.name)) throw Failure(*problem);
  const PresetList list = read_presets(library.configuration.layers);
  const Preset* known = list.find(preset.name);
  const bool own = known != nullptr && known->layer == kUserLayer;
  if (own && !overwrite)
    throw Failure(ErrorCode::ambiguous,
                  fmt::format("There is a preset \"{}\" already", known->name),
                  "Give another name, or say that it may be written over.");
  std::string message = fmt::format("Saved preset {}", preset.name);
  if (known != nullptr && !own)
    message += fmt::format("; it stands in for the {} one", known->layer);
  return change_file(preset_path(directory / "presets", preset.name), preset_text(preset),
                     std::move(message));
}

Edit delete_preset(const OpenLibrary& library, const std::string& name) {
  const PresetList list = read_presets(library.configuration.layers);
  const Preset* known = list.find(name);
  if (known == nullptr) refuse_unknown(list, name);
  if (known->layer != kUserLayer)
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("The preset \"{}\" is not yours ({})", known->name, known->layer),
                  fmt::format("Its file is {}.", known->file));
  return change_file(known->file, std::nullopt, fmt::format("Deleted preset {}", known->name));
}

Edit undo_file_changes(const Edit& edit) {
  for (const FileChange& change : edit.files)
    if (text_of(change.path) != change.after)
      throw Failure(ErrorCode::invalid_input, fmt::format("{} was changed since", change.path),
                    "Look at it before you put it back.");
  Edit undone;
  undone.message = "Undone: " + edit.message;
  for (const FileChange& change : edit.files) {
    put_text(change.path, change.before);
    undone.files.push_back({change.path, change.after, change.before});
  }
  return undone;
}

Ticket<PresetListPtr> Session::list_presets() {
  return workers_->ask_worker<PresetListPtr>(workers_->file_pool, [](OpenLibrary& library) {
    return std::make_shared<const PresetList>(read_presets(library.configuration.layers));
  });
}

Ticket<Edit> Session::save_preset(Preset preset, bool overwrite) {
  return workers_->ask_worker<Edit>(workers_->file_pool, [preset, overwrite](OpenLibrary& library) {
    return castboard::save_preset(library, config_home(), preset, overwrite);
  });
}

Ticket<Edit> Session::delete_preset(std::string name) {
  return workers_->ask_worker<Edit>(workers_->file_pool, [name](OpenLibrary& library) {
    return castboard::delete_preset(library, name);
  });
}

Ticket<Edit> Session::import_preset(std::string path, bool overwrite) {
  return workers_->ask_worker<Edit>(workers_->file_pool, [path, overwrite](OpenLibrary& library) {
    return castboard::save_preset(library, config_home(), read_preset_file(path), overwrite);
  });
}

}  // namespace castboard
