#include "session_opening.h"

#include <fmt/format.h>

#include <cstdlib>

#include "library/picture_files.h"
#include "library/store.h"
#include "os/files.h"
#include "os/processes.h"

namespace castboard {

namespace {

constexpr int kParentsSearched = 5;  // from a program in a build tree up to its source tree

bool holds_assets(const std::filesystem::path& directory) {
  // A host may have an assets/templates of its own beside its program.
  const auto has = [&](const char* part) {
    std::error_code ignored;
    return std::filesystem::is_directory(directory / part, ignored);
  };
  return has("templates") && has("styles") && has("providers");
}

void refuse_unusable(const SessionOptions& options) {
  if (options.library.empty())
    throw Failure(ErrorCode::library, "No library is open", "Give a library's directory.");
  std::error_code ignored;
  const bool there = std::filesystem::exists(options.library / "castboard.db", ignored);
  if (std::filesystem::exists(options.library, ignored) &&
      !std::filesystem::is_directory(options.library, ignored))
    throw Failure(ErrorCode::library,
                  fmt::format("{} is not a directory", options.library.string()),
                  "A library is a directory; give another path.");
  if (!there && !options.create_library)
    throw Failure(ErrorCode::not_found,
                  fmt::format("There is no library at {}", options.library.string()),
                  "Check the path, or make one with `castboard projects add NAME`.");
}

// WAL needs shared memory, which network file systems do not have (decision 3).
void refuse_network(const SessionOptions& options) {
  std::filesystem::path there = std::filesystem::absolute(options.library);
  std::error_code ignored;
  while (!std::filesystem::exists(there, ignored) && there.has_relative_path())
    there = there.parent_path();
  const std::string network = network_file_system(there);
  if (network.empty() || options.allow_network_library) return;
  throw Failure(
      ErrorCode::library,
      fmt::format(
          "{} is on a network file system ({}), where SQLite's write-ahead log does not work",
          options.library.string(), network),
      "Keep the library on a local disk and share it over HTTP with `castboard serve`, or allow "
      "one "
      "writer at a time with --allow-network-library.");
}

std::string user_name(const SessionOptions& options) {
  if (!options.user.empty()) return options.user;
  if (const char* name = std::getenv("CASTBOARD_USER"); name && *name) return name;
  return login_name();
}

HttpLimits limits_of(const SessionOptions& options, const Settings& settings) {
  HttpLimits limits;
  limits.connect = options.connect_limit;
  limits.first_byte = options.first_byte_limit;
  limits.total = options.total_limit;
  if (settings.connect_limit_ms)
    limits.connect = std::chrono::milliseconds(*settings.connect_limit_ms);
  if (settings.first_byte_limit_ms)
    limits.first_byte = std::chrono::milliseconds(*settings.first_byte_limit_ms);
  if (settings.total_limit_ms) limits.total = std::chrono::milliseconds(*settings.total_limit_ms);
  return limits;
}

void configure(const SessionOptions& options, OpenLibrary& built) {
  std::vector<Error> warnings;
  built.settings = load_settings(studio_directories(), config_home(), warnings);
  HttpOptions http;
  http.ca_file = built.settings.ca_file;
  built.http = std::make_unique<Http>(http);

  std::vector<std::string> studio;
  for (const std::filesystem::path& directory : studio_directories())
    studio.push_back(directory.string());
  const auto command = std::make_shared<SecretCommand>(built.settings.secret_command);
  built.secret = [hook = options.secret, command](std::string_view name) {
    return find_secret(hook, command.get(), name);
  };

  ProviderContext context;
  context.secret = built.secret;
  // Opening must not ask for a password: a command is run when its secret is needed.
  context.may_have_secret = [hook = options.secret, command](std::string_view name) {
    return command->is_there() || find_secret(hook, nullptr, name).has_value();
  };
  context.forget_secret = [command](std::string_view name) { command->forget(name); };
  context.local_providers = options.local_providers;
  context.http = std::make_shared<const Http>(http);
  context.limits = limits_of(options, built.settings);
  built.configuration =
      load_configuration(find_assets(options.assets).string(), studio, config_home().string(),
                         options.library.string(), context);
  built.opened.warnings = std::move(warnings);
  built.opened.warnings.insert(built.opened.warnings.end(), built.configuration.warnings.begin(),
                               built.configuration.warnings.end());
  built.opened.catalogue = std::make_shared<const Catalogue>(built.configuration.catalogue);
}

void open_store(const SessionOptions& options, const OpeningHooks& hooks, OpenLibrary& built) {
  StoreOptions store;
  store.directory = options.library.string();
  store.create = options.create_library;
  store.read_only = options.read_only;
  store.clock = WallClock(options.clock);
  store.rollback_journal = !network_file_system(options.library).empty();
  std::unique_ptr<Store> opened;
  try {
    opened = open_sqlite_store(store);
  } catch (const Failure& failure) {
    // A library that may only be read is still worth looking at.
    std::error_code ignored;
    if (failure.error().code != ErrorCode::read_only || store.read_only ||
        !std::filesystem::exists(options.library / "castboard.db", ignored))
      throw;
    store.read_only = true;
    opened = open_sqlite_store(store);
    built.opened.warnings.push_back(failure.error());
  }
  built.opened.library.read_only = store.read_only;
  built.library =
      std::make_unique<Library>(std::move(opened), PictureFiles(options.library), hooks.committed);
}

void identify_user(const SessionOptions& options, OpenLibrary& built) {
  LibraryInfo& info = built.opened.library;
  info.path = std::filesystem::absolute(options.library).string();
  info.user_name = user_name(options);
  info.user_id = named_uuid(info.user_name);
  if (!info.read_only)
    built.library->write(
        [&](StoreWriter& writer) { writer.ensure_user(info.user_id, info.user_name); });
  built.library->read([&](StoreReader& reader) {
    info.schema_version = reader.schema_version();
    info.last_viewed = reader.last_viewed(info.user_id);
    built.first_change = reader.last_change();
    built.first_active = reader.active_versions();
  });
}

}  // namespace

std::filesystem::path find_assets(const std::filesystem::path& wanted) {
  if (!wanted.empty()) return wanted;
  const std::filesystem::path beside = executable_path().parent_path();
  const std::filesystem::path installed = beside.parent_path() / "share" / "castboard" / "assets";
  if (holds_assets(installed)) return installed;
  std::filesystem::path folder = beside;
  for (int i = 0; i < kParentsSearched && folder.has_relative_path(); ++i) {
    if (holds_assets(folder / "assets")) return folder / "assets";
    folder = folder.parent_path();
  }
#ifdef CASTBOARD_SOURCE_ASSETS
  return CASTBOARD_SOURCE_ASSETS;
#else
  return installed;  // and the error names it
#endif
}

std::unique_ptr<OpenLibrary> open_configured_library(const SessionOptions& options,
                                                     const OpeningHooks& hooks) {
  refuse_unusable(options);
  refuse_network(options);
  auto built = std::make_unique<OpenLibrary>();
  configure(options, *built);
  open_store(options, hooks, *built);
  identify_user(options, *built);

  JobRunner::Environment jobs;
  jobs.library = built->library.get();
  jobs.configuration = &built->configuration;
  jobs.http = built->http.get();
  jobs.file_pool = hooks.file_pool;
  jobs.user = built->opened.library.user_id;
  jobs.process = this_process();
  jobs.slots = options.generation_slots;
  jobs.run_jobs = options.run_jobs && !built->opened.library.read_only;
  jobs.resume_left_jobs = options.resume_left_jobs;
  jobs.kept_places = {state_home() / "kept", temporary_home()};
  jobs.push = !built->settings.api_url.empty();
  jobs.jobs_changed = hooks.jobs_moved;
  jobs.log = hooks.log;
  built->jobs = std::make_unique<JobRunner>(std::move(jobs));
  if (!built->opened.library.read_only) built->jobs->recover();

  PushSender::Environment push;
  push.library = built->library.get();
  push.http = built->http.get();
  push.user = built->opened.library.user_id;
  push.api_url = built->settings.api_url;
  push.base_url = built->settings.picture_base_url;
  push.lock_file = options.library / "push.lock";
  push.token = [secret = built->secret] { return secret("CASTBOARD_API_TOKEN"); };
  push.changed = hooks.push_changed;
  push.send = options.send_pushes && !built->opened.library.read_only;
  built->push = std::make_unique<PushSender>(std::move(push));
  return built;
}

}  // namespace castboard
