#include "providers/provider_trial.h"

#include <chrono>

#include <fmt/format.h>

#include "castboard/result.h"
#include "os/files.h"
#include "os/processes.h"

namespace castboard {

namespace {

constexpr int kReferenceSide = 512;

class NobodyListens final : public ProviderObserver {
 public:
  void submitting() override {}
  void accepted(const RemoteJob&) override {}
  void downloading(const RemoteJob&) override {}
  void progress(double) override {}
  void unusable(std::vector<std::uint8_t> bytes) override { kept.push_back(std::move(bytes)); }
  void received(const std::string&, const std::vector<std::uint8_t>& bytes,
                const ProviderResult&) override {
    kept.push_back(bytes);
  }

  std::vector<std::vector<std::uint8_t>> kept;  // no pictures, or not all of them
};

// It was paid for: the user may know more of it.
[[noreturn]] void keep_and_fail(const std::vector<std::vector<std::uint8_t>>& received,
                                const std::string& provider, const std::filesystem::path& keep_in,
                                Error error) {
  std::string files;
  for (const auto& bytes : received) {
    const auto file = keep_in / fmt::format("{}-{}.bin", provider, random_uuid());
    try {
      make_private_directory(keep_in);
      write_file_atomically(file, bytes, Durability::durable);
      files += (files.empty() ? "" : ", ") + file.string();
    } catch (const Failure& failure) {
      error.detail += "\n" + failure.error().message;
    }
  }
  if (!files.empty())
    error.hint = fmt::format("What was received is kept in {}. {}", files, error.hint);
  throw Failure(std::move(error));
}

Character trial_character() {
  Character character;
  character.id = "00000000-0000-4000-8000-000000000001";
  character.project_id = "00000000-0000-4000-8000-000000000002";
  character.name = "Trial";
  character.description = "A friendly lighthouse keeper in a yellow raincoat";
  return character;
}

// Plain, opaque, and not one colour: some providers refuse an empty picture.
ReferenceImage trial_reference(std::uint8_t red) {
  Image image;
  image.width = image.height = kReferenceSide;
  image.pixels.resize(std::size_t{4} * kReferenceSide * kReferenceSide);
  for (int y = 0; y < kReferenceSide; ++y)
    for (int x = 0; x < kReferenceSide; ++x) {
      std::uint8_t* pixel =
          &image.pixels[std::size_t{4} * (static_cast<std::size_t>(y) * kReferenceSide +
                                          static_cast<std::size_t>(x))];
      pixel[0] = red;
      pixel[1] = static_cast<std::uint8_t>(x / 2);
      pixel[2] = static_cast<std::uint8_t>(y / 2);
      pixel[3] = 255;
    }
  return {.bytes = encode_png(image), .format = PictureFormat::png, .url = {}};
}

GenerationRequest trial_request(const ProviderInfo& info, bool references) {
  GenerationRequest request;
  request.provider = info.name;
  request.version_name = "Trial";
  if (!info.sizes.empty()) request.aspect_ratio = info.sizes.front();
  if (references) {
    request.character_reference = {Reference::Kind::file, "trial-character.png"};
    request.background_reference = {Reference::Kind::file, "trial-background.png"};
  }
  return request;
}

bool can(const Provider& provider, const GenerationRequest& request) {
  try {
    provider.check(request);
    return true;
  } catch (const Failure&) {
    return false;
  }
}

// With as many references as the provider and this model take; nullopt: it does not do this kind.
std::optional<GenerationRequest> possible(const Provider& provider, GenerationRequest request,
                                          bool references) {
  if (!references) return can(provider, request) ? std::optional(request) : std::nullopt;
  if (can(provider, request)) return request;
  GenerationRequest only_character = request;
  only_character.background_reference = {};
  if (can(provider, only_character)) return only_character;
  request.character_reference = {};
  return can(provider, request) ? std::optional(request) : std::nullopt;
}

ProviderRequest whole(const Catalogue& catalogue, const GenerationRequest& request) {
  ProviderRequest result;
  result.asked = request;
  result.character = trial_character();
  result.prompt = build_prompt(catalogue, request, result.character);
  result.idempotency_key = random_uuid();
  constexpr std::uint8_t kWarm = 200;
  constexpr std::uint8_t kCold = 40;
  if (request.character_reference) result.character_references.push_back(trial_reference(kWarm));
  if (request.background_reference) result.background_references.push_back(trial_reference(kCold));
  return result;
}

// The model and kind of request that costs least.
GenerationRequest cheapest(const Provider& provider) {
  std::vector<std::string> models = provider.info().models;
  models.insert(models.begin(), std::string());
  std::optional<GenerationRequest> best;
  std::int64_t least = 0;
  for (const bool references : {false, true})
    for (const std::string& model : models) {
      GenerationRequest request = trial_request(provider.info(), references);
      request.model = model;
      const auto asked = possible(provider, request, references);
      if (!asked) continue;
      std::string reason;
      const std::int64_t credits = provider.credits(*asked, reason);
      if (best && credits >= least) continue;
      best = asked;
      least = credits;
    }
  if (!best) provider.check(trial_request(provider.info(), false));  // says why
  return best.value_or(trial_request(provider.info(), false));
}

}  // namespace

ProviderTrial try_provider(const Catalogue& catalogue, const Provider& provider, bool live,
                           const std::filesystem::path& keep_in, Cancellation& cancel) {
  ProviderTrial trial;
  for (const bool references : {false, true}) {
    const auto request = possible(provider, trial_request(provider.info(), references), references);
    if (request)
      (references ? trial.with_references : trial.from_text) =
          provider.preview(whole(catalogue, *request));
  }
  const GenerationRequest asked = cheapest(provider);
  trial.model = asked.model.empty() ? provider.info().default_model : asked.model;
  trial.credits = provider.credits(asked, trial.credits_reason);
  if (!live) return trial;
  NobodyListens observer;
  const auto started = std::chrono::steady_clock::now();
  ProviderResult result;
  try {
    result = provider.generate(whole(catalogue, asked), observer, cancel);
  } catch (const Failure& failure) {
    keep_and_fail(observer.kept, provider.info().name, keep_in, failure.error());
  }
  trial.time_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::chrono::steady_clock::now() - started)
                      .count();
  if (result.pictures.empty())
    throw Failure(ErrorCode::provider,
                  fmt::format("{} answered without a picture.", provider.info().title));
  trial.picture = std::move(result.pictures.front());
  Image image;
  try {
    image = decode_picture(trial.picture);
  } catch (const Failure& failure) {
    keep_and_fail({trial.picture}, provider.info().name, keep_in, failure.error());
  }
  trial.format = std::string(extension_of(read_picture_header(trial.picture).format));
  trial.width = image.width;
  trial.height = image.height;
  trial.seed = result.seed;
  trial.model = result.model;
  trial.provider_cost = result.provider_cost;
  trial.provider_cost_unit = result.provider_cost_unit;
  return trial;
}

}  // namespace castboard
