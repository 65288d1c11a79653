#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/model.h"
#include "castboard/result.h"
#include "castboard/session.h"
#include "catalogue/read_catalogue.h"
#include "imaging/imaging.h"
#include "providers/http.h"

// A provider is data: one JSON descriptor (docs/providers.md has the format). Nothing here knows a
// provider by name.
namespace castboard {

struct ReferenceImage {
  std::vector<std::uint8_t> bytes;
  PictureFormat format = PictureFormat::png;
  std::string url;  // when the user gave an http(s) URL
};

// All a descriptor can put into a request.
struct ProviderRequest {
  GenerationRequest asked;
  Character character;
  std::string prompt;
  std::string idempotency_key;  // the job's id
  std::vector<ReferenceImage> character_references;
  std::vector<ReferenceImage> background_references;

  [[nodiscard]] bool has_references() const {
    return !character_references.empty() || !background_references.empty();
  }
};

// A job as its provider knows it, to be kept on disk: with it another process goes on.
struct RemoteJob {
  std::string id;            // the provider's own; empty where it gives none
  std::string continuation;  // JSON of the engine's: what resume() needs. No secrets.
};

struct ProviderResult;

// Told what happens, before it happens, on the calling thread. The job's row is written in here; a
// throw ends the call.
class ProviderObserver {
 public:
  virtual ~ProviderObserver() = default;
  // Before the first byte of what may be billed, and again before it is sent anew after an answer
  // that says nothing was made. May wait, to keep the provider's limit per minute.
  virtual void submitting() = 0;
  virtual void accepted(const RemoteJob& job) = 0;  // before the first wait
  // It says that it did what was asked, or what that cost: from here on it may be billed, whether
  // there is a picture in the answer or not.
  virtual void answered(const ProviderResult&) {}
  // It broke down over the request, and does not say whether it bills that.
  virtual void broke_down() {}
  // What it sent as a picture and is none, as received, before the call ends: it may be paid, and
  // the user may know more of it. Secrets are masked where it is text.
  virtual void unusable(std::vector<std::uint8_t>) {}
  // The pictures exist at the provider; before the first of them is fetched.
  virtual void downloading(const RemoteJob& job) = 0;
  // One of several is here while others may still be missing, with what is known of them all: it is
  // paid, and the observer's to keep until a call for this job brings them together. `address`
  // tells it from the others.
  virtual void received(const std::string& /*address*/, const std::vector<std::uint8_t>& /*bytes*/,
                        const ProviderResult& /*facts*/) {}
  // What `received` was given by that address, in this call or an earlier one for the job.
  virtual std::optional<std::vector<std::uint8_t>> received_before(const std::string& /*address*/) {
    return std::nullopt;
  }
  virtual void progress(double fraction) = 0;  // 0..1; also from another thread, during the call
  // Before a wait until the provider takes a request again. False: the call is to end with
  // `rate_limited`, and the caller comes again, so that the wait holds up nobody else.
  virtual bool may_wait(std::chrono::milliseconds) { return true; }
};

struct ProviderResult {
  std::vector<std::vector<std::uint8_t>> pictures;  // as received, sniffed, not yet decoded
  std::optional<std::int64_t> seed;
  std::string model;
  double provider_cost = 0;
  std::string provider_cost_unit;
  std::optional<std::int64_t> credit_cost;  // where the provider names the studio's credits
  std::vector<std::string> problems;        // of pictures that came with these and cannot be used
};

// Answers with the secret's value or nothing. Order: host's hook, environment, 0600 file,
// secret_command.
using SecretSource = std::function<std::optional<std::string>(std::string_view name)>;

// What one process may ask of a provider, all its jobs together. 0: no limit.
struct ProviderLimits {
  int in_flight = 0;           // calls at a time, from submitting to the last byte
  int submits_per_minute = 0;  // submitting() calls
  // Whose limits they are: all sessions of the process keep those of one name together. Empty: each
  // has its own.
  std::string shared_as = {};
};

class Provider {
 public:
  virtual ~Provider() = default;

  [[nodiscard]] virtual const ProviderInfo& info() const = 0;
  // Throws Failure(invalid_input) naming what this provider cannot do and the nearest it can.
  virtual void check(const GenerationRequest& request) const = 0;
  // Estimate for one version: credits and the reason ("9 cells, 2 references").
  [[nodiscard]] virtual std::int64_t credits(const GenerationRequest& request,
                                             std::string& reason) const = 0;
  // The exact request as text, secrets masked.
  [[nodiscard]] virtual std::string preview(const ProviderRequest& request) const = 0;
  // What is asked of the provider for an aspect ratio it cannot do natively must be cropped to the
  // asked one; nullopt: the reply is used as it is.
  [[nodiscard]] virtual bool crops(const GenerationRequest& request) const = 0;
  [[nodiscard]] virtual ProviderLimits limits() const = 0;
  // Whether the request carries the job's id, so that the provider itself bills it only once.
  [[nodiscard]] virtual bool sends_idempotency_key() const = 0;

  // The first of `count` seeds in a row, for jobs that ask for none where this provider is to be
  // sent one. It goes on record with the job, so that a lost one can be made again. nullopt: none
  // is sent.
  [[nodiscard]] virtual std::optional<std::int64_t> draw_seed(int /*count*/) const {
    return std::nullopt;
  }

  // How long it honours that key: a request it had before gets the first one's answer, and is
  // billed once. 0: it does not, or nobody knows. `generate` then makes the same request for the
  // same job.
  [[nodiscard]] virtual std::chrono::hours honours_key_for() const { return {}; }

  // Submits, waits, downloads. Throws Failure: `refused`, `rate_limited`, `out_of_credit`,
  // `provider`, `network`, `timed_out`, `cancelled`, `uncertain` (sent, not free, no answer).
  // Once the observer was given a RemoteJob, `network`, `timed_out`, `rate_limited`, `cancelled`
  // and `configuration` (a key that is missing or no longer good) leave the job at the provider:
  // resume() goes on with it. Every other code ends it.
  virtual ProviderResult generate(const ProviderRequest& request, ProviderObserver& observer,
                                  Cancellation& cancel) const = 0;
  // Goes on polling or downloading; never submits. Throws as generate() does; `provider` with
  // "lost" in its message when the provider no longer knows the job.
  virtual ProviderResult resume(const ProviderRequest& request, const RemoteJob& job,
                                ProviderObserver& observer, Cancellation& cancel) const = 0;
  // Whether there is a request that stops a job at the provider.
  [[nodiscard]] virtual bool can_cancel_remote() const = 0;
  // Asks the provider to stop it; true when it said that it did. A provider that gives no id may
  // still have a way to stop what it is at: `job` is empty then. Throws Failure(cancelled) only.
  [[nodiscard]] virtual bool cancel_remote(const RemoteJob& job, Cancellation& cancel) const = 0;
};

// What is taken of one answer. The first pictures are; how many were not is said.
struct ReplyLimits {
  std::size_t pictures = 64;
  std::size_t bytes = std::size_t{256} * 1024 * 1024;  // no further one once that much is there
};

struct ProviderContext {
  SecretSource secret;
  // Whether `secret` could answer, without asking a secret command. Empty: `secret` is asked.
  std::function<bool(std::string_view name)> may_have_secret;
  // A provider did not take the secret: the next call is to ask for it anew. May be empty.
  std::function<void(std::string_view name)> forget_secret;
  std::vector<LocalProvider> local_providers;
  std::shared_ptr<const Http> http;
  HttpLimits limits;  // total 0: the descriptor's
  ReplyLimits reply_limits;
};

// Everything read from assets and configuration layers. A file with an error is left out and
// reported as file, line, field; the rest works.
struct Configuration {
  Catalogue catalogue;
  std::vector<std::shared_ptr<const Provider>> providers;
  std::vector<Error> warnings;
  std::vector<ConfigurationLayer> layers;  // read in this order

  [[nodiscard]] const Provider* find_provider(std::string_view name) const;
};

// Reads templates, styles, sizes and providers in layers: `assets`, studio directories, the user's
// configuration, and for templates and styles the library. Throws only when the built-in assets
// are missing.
Configuration load_configuration(const std::string& assets_directory,
                                 const std::vector<std::string>& studio_directories,
                                 const std::string& user_directory,
                                 const std::string& library_directory,
                                 const ProviderContext& context);

// The prompt text for a request: template, shot, style, character's name, description, traits and
// the additional description. No template asks for text inside pictures.
std::string build_prompt(const Catalogue& catalogue, const GenerationRequest& request,
                         const Character& character);

// Checks keys, size, name lengths and references' form against the catalogue. Throws
// Failure(invalid_input) naming the field, the value and the nearest valid one.
void check_request(const Catalogue& catalogue, const GenerationRequest& request);

}  // namespace castboard
