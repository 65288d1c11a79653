#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/environment.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::string name;
  bool dry_run = false;
  bool live = false;
  std::string save;
};

std::string state_of(const ProviderInfo& info) {
  return info.usable ? "usable" : info.unusable_reason;
}

void print_reports(Console& console, const std::vector<ProviderReport>& reports) {
  Json document = json_document();
  document["providers"] = Json::array();
  for (const ProviderReport& report : reports) document["providers"].push_back(to_json(report));
  console.print_json(document);
}

int list_providers(Console& console, const Options&) {
  console.open(Access::configuration);
  std::vector<ProviderReport> reports;
  for (const ProviderInfo& info : console.opened().catalogue->providers) {
    reports.push_back({info, {}});
  }
  if (console.json()) {
    print_reports(console, reports);
    return kDone;
  }
  Table table({"PROVIDER", "TITLE", "COST", "STATE", "FROM"});
  for (const ProviderReport& report : reports) {
    const ProviderInfo& info = report.info;
    table.add({info.name, info.title, info.free ? "free" : "credits", state_of(info), info.layer});
  }
  console.print(table.text());
  return kDone;
}

ProviderInfo provider_named(Console& console, const std::string& name) {
  const Catalogue& catalogue = *console.opened().catalogue;
  if (const ProviderInfo* info = catalogue.find_provider(name)) return *info;
  std::vector<std::string> names;
  for (const ProviderInfo& info : catalogue.providers) names.push_back(info.name);
  const std::string near = nearest(name, names);
  throw CommandFailure{wrong_usage(fmt::format("There is no provider \"{}\"", name),
                                   near.empty()
                                       ? fmt::format("There are: {}", fmt::join(names, ", "))
                                       : fmt::format("Did you mean \"{}\"?", near))};
}

int show_provider(Console& console, const Options& options) {
  console.open(Access::configuration);
  const ProviderInfo info = provider_named(console, options.name);
  if (console.json()) {
    Json document = json_document();
    document["provider"] = to_json(ProviderReport{info, {}});
    console.print_json(document);
    return kDone;
  }
  console.print(fmt::format(
      "name        {}\ntitle       {}\nstate       {}\ncost        {}\nmodels      {}\n"
      "sizes       {}\nreferences  {} of the character, {} of the background\nfrom        {} "
      "({})\n",
      info.name, info.title, state_of(info), info.free ? "free" : "credits",
      fmt::join(info.models, ", "), fmt::join(info.sizes, ", "), info.max_character_references,
      info.max_background_references, info.source, info.layer));
  return kDone;
}

int check_providers(Console& console, const Options& options) {
  console.announce_warnings = false;  // they are the result
  Session& session = console.open(Access::configuration);
  const auto reports = console.get(session.check_providers(options.name));
  bool sound = true;
  std::string text;
  for (const ProviderReport& report : reports) {
    sound = sound && report.problems.empty();
    text += fmt::format("{}: {}\n", report.info.name,
                        report.problems.empty() ? state_of(report.info) : "has errors");
    for (const std::string& problem : report.problems) text += fmt::format("  {}\n", problem);
  }
  if (console.json()) {
    print_reports(console, reports);
  } else {
    console.print(text);
  }
  return sound ? kDone : kFailed;
}

// Where the picture of --live goes. It is opened before anything is sent: that a folder takes no
// files must not turn out when the picture is paid.
class PictureFile {
 public:
  // Without a name of the user's it gets one in the state directory, and its extension at the end.
  PictureFile(std::string wished, const std::string& provider)
      : wished_(std::move(wished)), provider_(provider) {
    named_ = !wished_.empty();
    if (!named_) {
      const std::filesystem::path folder = user_state_directory() / "castboard" / "trials";
      std::error_code ignored;
      std::filesystem::create_directories(folder, ignored);
      std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
      const auto now = std::chrono::system_clock::now().time_since_epoch();
      wished_ =
          (folder / fmt::format("{}-{}", provider_,
                                std::chrono::duration_cast<std::chrono::seconds>(now).count()))
              .string();
    }
    part_ = wished_ + ".part";
    if (!(named_ && std::filesystem::is_directory(wished_)))
      out_.open(part_, std::ios::binary | std::ios::trunc);
    if (!out_.is_open())
      throw CommandFailure{wrong_usage(fmt::format("Cannot write {}", wished_),
                                       "Nothing was sent. Name another file with --save.")};
  }
  ~PictureFile() {
    std::error_code ignored;
    if (!part_.empty()) std::filesystem::remove(part_, ignored);
  }
  PictureFile(const PictureFile&) = delete;
  PictureFile& operator=(const PictureFile&) = delete;

  // Answers where it is, which is another place when the disk is full by now.
  std::string keep(const ProviderTrial& trial) {
    const std::string path = named_ ? wished_ : wished_ + "." + trial.format;
    std::error_code problem;
    if (write(out_, trial)) std::filesystem::rename(part_, path, problem);
    if (out_ && !problem) {
      part_.clear();
      return path;
    }
    const std::string other =
        (std::filesystem::temp_directory_path() /
         fmt::format("castboard-trial-{}-{}.{}", provider_, ::getpid(), trial.format))
            .string();
    std::ofstream out(other, std::ios::binary);
    if (!write(out, trial))
      throw CommandFailure{
          {ErrorCode::disk_full,
           fmt::format("The picture was made but cannot be written to {} or {}", path, other),
           "Make room. The provider has billed it.",
           {}}};
    return other;
  }

 private:
  static bool write(std::ofstream& out, const ProviderTrial& trial) {
    out.write(reinterpret_cast<const char*>(trial.picture.data()),
              static_cast<std::streamsize>(trial.picture.size()));
    out.flush();
    return out.good();
  }

  std::string wished_;
  std::string provider_;
  bool named_ = false;
  std::string part_;
  std::ofstream out_;
};

std::string text_of(const ProviderTrial& trial, const Options& options, const std::string& kept) {
  std::string text;
  const auto add = [&](const char* caption, const std::string& request) {
    if (options.dry_run && !request.empty())
      text += fmt::format("--- {} ---\n{}\n", caption, request);
  };
  add("from text", trial.from_text);
  add("with references", trial.with_references);
  if (options.live)
    text += fmt::format("{} {}x{}, {} bytes, {:.1f} s, model {}, {}, saved as {}\n", trial.format,
                        trial.width, trial.height, trial.picture.size(),
                        static_cast<double>(trial.time_ms) / 1000,
                        trial.model.empty() ? "unknown" : trial.model,
                        trial.provider_cost_unit.empty()
                            ? fmt::format("{} credits", trial.credits)
                            : fmt::format("{:g} {}", trial.provider_cost, trial.provider_cost_unit),
                        kept);
  else
    text += fmt::format("The cheapest: {} credits ({}). Nothing was sent.\n", trial.credits,
                        trial.credits_reason);
  return text;
}

int try_one_provider(Console& console, const Options& options) {
  Session& session = console.open(Access::configuration);
  if (options.name.empty())
    throw CommandFailure{wrong_usage("--dry-run and --live need the name of a provider")};
  const ProviderInfo info = provider_named(console, options.name);
  std::optional<PictureFile> file;
  if (options.live) file.emplace(options.save, options.name);
  ProviderTrial trial;
  try {
    trial = console.get(session.try_provider(options.name, options.live));
  } catch (const Interrupted&) {
    console.close();  // stops the transfer
    if (options.live && !info.free)
      console.complain(
          fmt::format("castboard: {} may have had the request, and may bill it\n", info.title));
    throw;
  }
  const std::string kept = file && !trial.picture.empty() ? file->keep(trial) : std::string();
  if (console.json()) {
    Json document = json_document();
    document["trial"] = to_json(trial);
    if (!kept.empty()) document["trial"]["picture"]["file"] = kept;
    console.print_json(document);
  } else {
    console.print(text_of(trial, options, kept));
  }
  return kDone;
}

int check_or_try(Console& console, const Options& options) {
  return options.dry_run || options.live ? try_one_provider(console, options)
                                         : check_providers(console, options);
}

}  // namespace

void add_providers_command(CLI::App& app, Action& action) {
  CLI::App* providers = app.add_subcommand("providers", "Who makes pictures: list, show, check");
  const auto options = std::make_shared<Options>();
  using Run = int (*)(Console&, const Options&);
  const auto add_command = [&](const char* name, const char* help, Run run) {
    CLI::App* command = providers->add_subcommand(name, help);
    command->callback([&action, options, run] {
      action = [options, run](Console& console) { return run(console, *options); };
    });
    return command;
  };
  add_command("list", "All providers and whether they can be used", list_providers);
  add_command("show", "One provider", show_provider)
      ->add_option("PROVIDER", options->name, "Its name")
      ->required();
  CLI::App* check =
      add_command("check", "Are their files right? Or: what would one be sent?", check_or_try);
  check->add_option("PROVIDER", options->name, "Only this one");
  check->add_flag("--dry-run", options->dry_run, "Print the exact requests, secrets masked");
  check->add_flag("--live", options->live, "Send the cheapest request; it is billed");
  check->add_option("--save", options->save,
                    "Keep the picture of --live in this file, not in the state directory");
}

}  // namespace castboard
