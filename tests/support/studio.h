#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "castboard/session.h"
#include "imaging/imaging.h"
#include "os/files.h"
#include "support/loopback_server.h"
#include "support/pictures.h"
#include "support/scoped_variable.h"
#include "support/temporary_directory.h"

namespace castboard::testing {

inline std::string picture_text(int kind = 0, int width = 12, int height = 8) {
  const auto bytes = encode_png(drawing(width, height, kind));
  return {bytes.begin(), bytes.end()};
}

inline void send_picture(LoopbackConnection& connection) {
  connection.respond(200, "image/png", picture_text());
}

// A job at its provider that is asked for without a pause in between.
inline nlohmann::json polled() {
  return nlohmann::json::parse(R"({"poll": {"id": "id", "request": {"path": "/jobs/{job_id}"},
      "done": {"path": "state", "equals": "ready"},
      "interval_seconds": 0.001, "longest_interval_seconds": 0.002}})");
}

inline nlohmann::json small_provider() {
  return nlohmann::json::parse(R"({
      "castboard_provider": 1, "name": "paint", "title": "Studio Paint", "seed": {},
      "auth": {"kind": "header", "header": "X-Key", "secret": "PAINT_KEY"},
      "models": ["brush-2"], "credits": {"picture": 5}, "retry": {"first_delay_seconds": 0.001},
      "requests": {"text_to_image": {"path": "/draw", "json": {"text": "{prompt}"}}},
      "reply": {"images": [{"base64": "data[*].b64"}, {"url": "url"}]}})");
}

// tests/backend/foreign_providers/NAME.json, without its patience.
inline nlohmann::json provider_file(const std::string& name) {
  std::ifstream file(std::filesystem::path(CASTBOARD_SOURCE_DIR) /
                     "tests/backend/foreign_providers" / (name + ".json"));
  nlohmann::json descriptor = nlohmann::json::parse(file, nullptr, true, true);
  descriptor["poll"]["interval_seconds"] = 0.001;
  descriptor["poll"]["longest_interval_seconds"] = 0.002;
  descriptor["retry"]["first_delay_seconds"] = 0.001;
  return descriptor;
}

// assets/providers/NAME.json, at the test's address.
inline nlohmann::json shipped_file(const std::string& name) {
  std::ifstream file(std::filesystem::path(CASTBOARD_ASSETS) / "providers" / (name + ".json"));
  nlohmann::json descriptor = nlohmann::json::parse(file);
  descriptor.erase("base_url_env");
  return descriptor;
}

// A studio with a library, one character and one paid provider of its own, whose file lies in the
// studio's directory and whose server may do anything. What users do with it goes through a
// real Session. One thread.
class Studio {
 public:
  // `changes` is merged into the descriptor (RFC 7396).
  explicit Studio(const LoopbackServer& server, const nlohmann::json& changes = {}, int slots = 4,
                  nlohmann::json descriptor = small_provider())
      : server_(server),
        path_("CASTBOARD_PATH", (directory_.path() / "studio").string()),
        config_("XDG_CONFIG_HOME", (directory_.path() / "config").string()),
        state_("XDG_STATE_HOME", (directory_.path() / "state").string()),
        provider_(descriptor.at("name").get<std::string>()),
        slots_(slots) {
    descriptor["base_url"] = server.url();
    if (changes.is_object()) descriptor.merge_patch(changes);
    add_provider(descriptor);
    open();
    const Project project = session().wait(session().create_project("Northwind")).value();
    character_ = session()
                     .wait(session().create_character({.project_id = project.id,
                                                       .name = "Mira",
                                                       .description = "A pilot",
                                                       .traits = {{"hair", "silver"}}}))
                     .value();
  }

  [[nodiscard]] Session& session() { return *session_; }
  // Castboard ends and is started again.
  void restart() {
    close();
    open();
  }
  void close() {
    subscription_ = {};
    session_.reset();
  }
  void open() {
    session_ = std::make_unique<Session>(options());
    subscription_ = session_->subscribe();
    const Opened opened = session_->wait(session_->open()).value();
    for (const Error& warning : opened.warnings) ADD_FAILURE() << warning.message;
  }
  [[nodiscard]] GenerationRequest portrait() const {
    GenerationRequest request;
    request.character_id = character_.id;
    request.version_name = "Portrait";
    request.provider = provider_;
    return request;
  }
  // With a picture of `bytes` as the character's reference.
  [[nodiscard]] GenerationRequest portrait_like(const std::vector<std::uint8_t>& bytes) const {
    const auto file = directory_.path() / "reference.png";
    write_file_atomically(file, bytes, Durability::derived);
    GenerationRequest request = portrait();
    request.character_reference = {Reference::Kind::file, file.string()};
    return request;
  }

  // Another Session of this process, on a library of its own; `slots` calls at a time.
  [[nodiscard]] std::unique_ptr<Session> other_session(int slots) const {
    SessionOptions options = this->options();
    options.library = directory_.path() / "other library";
    options.generation_slots = slots;
    return std::make_unique<Session>(std::move(options));
  }
  // Read when Castboard starts the next time.
  void add_provider(const nlohmann::json& descriptor) const {
    const auto folder = directory_.path() / "studio" / "providers";
    std::filesystem::create_directories(folder);
    const auto name = descriptor.at("name").get<std::string>();
    std::ofstream(folder / (name + ".json")) << descriptor.dump();
  }
  // What was received and is kept beside the library.
  [[nodiscard]] std::vector<std::string> kept() const {
    std::vector<std::string> all;
    const auto folder = directory_.path() / "state" / "castboard" / "kept";
    std::error_code none;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder, none)) {
      if (!file.is_regular_file() || file.path().extension() == ".json") continue;
      const auto bytes = read_file(file.path(), kMaxPictureBytes);
      all.emplace_back(bytes.begin(), bytes.end());
    }
    return all;
  }

  std::vector<Job> start(const GenerationRequest& request) {
    Result<std::vector<Job>> jobs = session().wait(session().generate(request));
    if (!jobs) ADD_FAILURE() << jobs.error().message;
    return jobs.value_or(std::vector<Job>());
  }
  JobOutcome finish(const JobId& id) { return session().wait(session().finish(id)).value(); }
  JobOutcome generate(const GenerationRequest& request) {
    const std::vector<Job> jobs = start(request);
    return jobs.empty() ? JobOutcome() : finish(jobs.front().id);
  }
  JobOutcome generate() { return generate(portrait()); }

  // A job that is over, as an open window is told of it; where it never is, the test's time-out
  // ends it.
  [[nodiscard]] Job shown_when_over(const JobId& id) {
    while (true) {
      for (const Event& event : subscription_.take_all()) {
        const auto* changed = std::get_if<JobsChanged>(&event);
        if (changed == nullptr) continue;
        for (const Job& job : *changed->jobs) {
          if (job.id == id && is_final(job.state)) return job;
        }
      }
      std::this_thread::yield();
    }
  }
  // The same by a window that opens now.
  [[nodiscard]] bool comes_into_sight(const JobId& id) {
    restart();
    return shown_when_over(id).id == id;
  }

  [[nodiscard]] LedgerSum money() { return session().wait(session().ledger({})).value()->total; }
  [[nodiscard]] std::size_t versions() {
    return session().wait(session().list_versions(character_.id)).value()->versions.size();
  }
  [[nodiscard]] std::string original(const Version& version) {
    const auto& url = version.original_url.empty() ? version.image_url : version.original_url;
    const auto bytes = read_file(session().absolute_path(url), kMaxPictureBytes);
    return {bytes.begin(), bytes.end()};
  }
  // How often a picture was asked for that costs.
  [[nodiscard]] int submissions(const std::string& target = "/draw") const {
    int count = 0;
    for (const LoopbackRequest& request : server_.requests()) count += request.target == target;
    return count;
  }

 private:
  [[nodiscard]] SessionOptions options() const {
    SessionOptions options;
    options.library = directory_.path() / "library";
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.keep_replies = true;
    options.generation_slots = slots_;
    options.secret = [](std::string_view) { return "sesame-key"; };
    return options;
  }

  const LoopbackServer& server_;
  TemporaryDirectory directory_;
  ScopedVariable path_;
  ScopedVariable config_;
  ScopedVariable state_;
  std::string provider_;
  int slots_;
  std::unique_ptr<Session> session_;
  Subscription subscription_;
  Character character_;
};

}  // namespace castboard::testing
