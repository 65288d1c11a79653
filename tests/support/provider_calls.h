#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/result.h"
#include "providers/provider.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

// Calling providers as the job runner does, with everything it would bring.
namespace castboard::testing {

inline Character mira() {
  Character character;
  character.id = "11111111-1111-4111-8111-111111111111";
  character.project_id = "22222222-2222-4222-8222-222222222222";
  character.name = "Mira";
  character.description = "A quiet engineer";
  character.traits = {{"hair", "silver bob"}, {"eyes", "green"}};
  return character;
}

inline ProviderRequest sheet_request(std::string provider) {
  ProviderRequest request;
  request.asked.provider = std::move(provider);
  request.asked.version_name = "Anime Expression Sheet";
  request.asked.template_type = "expression_sheet";
  request.asked.shot = "all";
  request.asked.art_style = "anime";
  request.character = mira();
  request.prompt = "Nine faces of Mira.";
  request.idempotency_key = "33333333-3333-4333-8333-333333333333";
  return request;
}

inline std::vector<std::uint8_t> png(int kind = 0) {
  return encode_png(drawing(12, 8, kind));
}

inline void add_references(ProviderRequest& request) {
  request.asked.character_reference = {Reference::Kind::file, "/tmp/mira.png"};
  request.asked.background_reference = {Reference::Kind::file, "/tmp/street.jpg"};
  request.character_references = {{png(1), PictureFormat::png, {}}};
  request.background_references = {{encode_jpeg(drawing(8, 8, 2), 80), PictureFormat::jpeg, {}}};
}

// Notes the steps in order.
class StepRecorder : public ProviderObserver {
 public:
  std::vector<std::string> steps;
  RemoteJob remote;  // the latest
  std::vector<std::vector<std::uint8_t>> unusable_bytes;
  bool failed_there = false;
  std::optional<ProviderResult> facts;

  void submitting() override { steps.emplace_back("submitting"); }
  void accepted(const RemoteJob& job) override { note("accepted", job); }
  void downloading(const RemoteJob& job) override { note("downloading", job); }
  void progress(double) override {}
  void broke_down() override { failed_there = true; }
  void answered(const ProviderResult& said) override { facts = said; }
  void received(const std::string& address, const std::vector<std::uint8_t>& bytes,
                const ProviderResult&) override {
    early[address] = bytes;
  }
  std::optional<std::vector<std::uint8_t>> received_before(const std::string& address) override {
    const auto found = early.find(address);
    if (found == early.end()) return std::nullopt;
    return found->second;
  }
  std::map<std::string, std::vector<std::uint8_t>> early;
  void unusable(std::vector<std::uint8_t> bytes) override {
    unusable_bytes.push_back(std::move(bytes));
  }

 private:
  void note(const char* step, const RemoteJob& job) {
    steps.emplace_back(step);
    remote = job;
  }
};

struct CallOutcome {
  std::optional<ProviderResult> result;
  Error error;
  std::vector<std::string> steps;
  RemoteJob remote;
  std::vector<std::vector<std::uint8_t>> unusable;  // what came as a picture and is none
  bool broke_down = false;
  std::optional<ProviderResult> facts;  // told with the answer
};

template <class Ask>
CallOutcome recorded(const Ask& ask) {
  CallOutcome outcome;
  StepRecorder recorder;
  try {
    outcome.result = ask(recorder);
  } catch (const Failure& failure) {
    outcome.error = failure.error();
  }
  outcome.steps = recorder.steps;
  outcome.remote = recorder.remote;
  outcome.unusable = recorder.unusable_bytes;
  outcome.broke_down = recorder.failed_there;
  outcome.facts = recorder.facts;
  return outcome;
}

inline CallOutcome call(const Provider& provider, const ProviderRequest& request,
                        Cancellation& cancel) {
  return recorded(
      [&](ProviderObserver& observer) { return provider.generate(request, observer, cancel); });
}

// Goes on with what an earlier call left at the provider.
inline CallOutcome resume(const Provider& provider, const ProviderRequest& request,
                          const RemoteJob& job) {
  Cancellation cancel;
  return recorded(
      [&](ProviderObserver& observer) { return provider.resume(request, job, observer, cancel); });
}

inline CallOutcome call(const Provider& provider, const ProviderRequest& request) {
  Cancellation cancel;
  return call(provider, request, cancel);
}

inline ProviderContext context_with_key(std::string key = "sesame-key") {
  ProviderContext context;
  context.http = std::make_shared<const Http>(HttpOptions{});
  context.limits.total = std::chrono::milliseconds(0);
  context.secret = [key](std::string_view) -> std::optional<std::string> {
    if (key.empty()) return std::nullopt;
    return key;
  };
  return context;
}

// The built-in assets and, above them, descriptors of the test's own.
class DescribedProviders {
 public:
  void add(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(directory_.path() / "providers");
    std::ofstream(directory_.path() / "providers" / (name + ".json")) << text;
  }
  [[nodiscard]] std::filesystem::path directory() const { return directory_.path(); }
  Configuration load(const ProviderContext& context = context_with_key()) const {
    return load_configuration(CASTBOARD_ASSETS, {directory_.path().string()}, {}, {}, context);
  }

 private:
  TemporaryDirectory directory_;
};

}  // namespace castboard::testing
