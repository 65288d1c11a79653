#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "providers/continuation.h"
#include "providers/descriptor.h"
#include "providers/faults.h"
#include "providers/provider.h"
#include "providers/reply_reader.h"
#include "providers/request_builder.h"
#include "providers/request_values.h"

namespace castboard {

// Everything a call needs of the provider it goes to. What is pointed to outlives the call.
struct CallSetting {
  const Descriptor& descriptor;
  const Http& http;
  Access access;
  HttpLimits limits;  // total: of the whole call
  ReplyLimits reply_limits;
  std::string model;
};

// One generate(), resume() or cancel_remote() of a described provider: session, uploads, the
// request, waiting, downloads. Made for one call on one thread. Throws Failure.
class ProviderCall {
 public:
  ProviderCall(CallSetting setting, const ProviderRequest& request, ProviderObserver& observer,
               Cancellation& cancel);

  ProviderResult generate();
  ProviderResult resume(const RemoteJob& job);
  [[nodiscard]] bool cancel_remote(const RemoteJob& job);
  // Every request of generate() as text, secrets masked, answers by the names of their values.
  [[nodiscard]] std::string preview() const;
  // With every secret this call met replaced.
  [[nodiscard]] Failure masked(const Failure& failure) const;
  [[nodiscard]] ProviderResult masked(ProviderResult result) const;

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] RequestValues values() const;
  [[nodiscard]] HttpRequest main_request() const;
  // Before the request that may be billed.
  void open_session();
  void reopen_session();
  void prepare();
  void run_step(const PreparingStep& step, const RequestValues& values,
                const NumberedReference* reference, ValueTable& captured);
  // In `body` the answer's JSON, as parse_body gives it.
  [[nodiscard]] HttpResponse submit(nlohmann::json& body);
  [[nodiscard]] HttpResponse send(const HttpRequest& request);
  [[nodiscard]] std::optional<Fault> fault_in(const HttpResponse& response,
                                              const nlohmann::json& body, CallStage stage) const;
  [[noreturn]] void throw_fault(const Fault& fault, const HttpResponse& response, CallStage stage);
  [[noreturn]] void throw_fault_from_elsewhere(const Fault& fault, const HttpResponse& response);
  void note_bill(const Fault& fault, const HttpResponse& response, CallStage stage);
  void take_facts(const HttpResponse& response, const nlohmann::json& body);
  void wait_before_retry(const Fault& fault, const HttpResponse& response, CallStage stage,
                         int attempt);
  // Notes the id and what else finds the job again; false: the answer names none.
  [[nodiscard]] bool take_job(const HttpResponse& response, const nlohmann::json& body);
  void capture(const std::vector<Capture>& captures, const HttpResponse& response,
               const nlohmann::json& body, ValueTable& into) const;

  // Waiting (provider_poll.cpp).
  [[nodiscard]] HttpResponse wait_until_done(bool at_once, nlohmann::json& body);
  struct Look;
  [[nodiscard]] Look look();
  [[nodiscard]] Look answer_to(const RequestTemplate& from);
  [[nodiscard]] bool is_alive();
  void tell_progress(const nlohmann::json& body);
  [[nodiscard]] HttpResponse ask(const RequestTemplate& from, std::chrono::milliseconds limit,
                                 const std::vector<std::string>& auth_hosts = {},
                                 SentState* sent = nullptr);

  // Downloading (provider_download.cpp).
  [[nodiscard]] ProviderResult collect_from(const HttpResponse& response,
                                            const nlohmann::json& body);
  [[nodiscard]] ProviderResult collect(ReadReply reply);
  using Bytes = std::vector<std::uint8_t>;
  // Of several: those that are here already, and those that come at the first look.
  [[nodiscard]] std::vector<std::optional<Bytes>> take_at_once(
      ReadReply& reply, const std::vector<std::string>& addresses);
  // Once more where the addresses are dead and the job can still be asked for: it names new ones.
  [[nodiscard]] ProviderResult collect_or_ask_again(ReadReply reply);
  [[nodiscard]] ProviderResult ask_again();
  [[nodiscard]] bool can_ask_again() const;
  [[nodiscard]] ProviderResult finished(std::vector<std::vector<std::uint8_t>> pictures,
                                        std::vector<std::string> problems);
  [[nodiscard]] std::vector<std::uint8_t> download(const std::string& url);
  struct Fetched;
  [[nodiscard]] Fetched fetch(const HttpRequest& request);
  [[nodiscard]] TakeUnusable hand_over();
  [[nodiscard]] HttpRequest download_request(const std::string& url) const;

  [[nodiscard]] RemoteJob remote_job() const;
  // Back from what remote_job() wrote down.
  void take_up(const RemoteJob& job, Continuation noted);
  [[nodiscard]] std::chrono::milliseconds time_left() const;
  void pause(std::chrono::milliseconds time);

  CallSetting setting_;
  const Descriptor& descriptor_;
  const ProviderRequest& request_;
  ProviderObserver& observer_;
  Cancellation& cancel_;
  Clock::time_point deadline_;
  std::optional<SizeChoice> size_;
  std::optional<std::int64_t> seed_;
  CapturedValues captured_;
  Continuation continuation_;
  bool asked_again_ = false;
};

// The first of `count` seeds in a row, at most `most`.
std::int64_t drawn_seed(std::int64_t most, int count = 1);

// Doubles with each attempt; the jitter keeps several workers from coming back together.
std::chrono::milliseconds back_off(std::chrono::milliseconds first, int attempt);

}  // namespace castboard
