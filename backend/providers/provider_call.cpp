#include "providers/provider_call.h"

#include <algorithm>
#include <functional>
#include <random>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "providers/progress_watch.h"
#include "providers/secrets.h"
#include "providers/url.h"

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

// Nothing of this is billed, and none of it makes a picture.
constexpr milliseconds kPreparingLimit{120'000};
constexpr milliseconds kProgressLimit{5'000};
constexpr milliseconds kCancelLimit{10'000};
constexpr std::size_t kShortestSecret = 6;
constexpr std::string_view kJobId = "job_id";  // as templates name it

constexpr std::int64_t kReadable = 4'294'967'294;  // fits whatever stores it

// The same for the same job: with a key that the provider knows, the request has to be the same
// too.
std::int64_t seed_of(const std::string& key, std::int64_t most) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(std::min(most, kReadable))) +
         (most > 0 ? 1 : 0);
}

double megapixels(const std::optional<SizeChoice>& size) {
  if (!size || size->entry.width == 0) return 1;
  return static_cast<double>(size->entry.width) * size->entry.height / 1e6;
}

int cells_of(const GenerationRequest& request) {
  return request.template_type == "expression_sheet" && request.shot == "all" ? kCellsPerSheet : 1;
}

using ChangeText = std::function<std::string(const std::string&)>;

json with_texts_changed(const json& value, const ChangeText& change) {
  if (value.is_string()) return change(value.get_ref<const std::string&>());
  json changed = value;
  if (value.is_array())
    for (json& item : changed) item = with_texts_changed(item, change);
  if (!value.is_object()) return changed;
  changed = json::object();
  for (const auto& [key, member] : value.items())
    changed[change(key)] = with_texts_changed(member, change);
  return changed;
}

// In every text of it that came from an answer: some name addresses with the key in them.
void change_texts(Continuation& continuation, const ChangeText& change) {
  for (std::string& url : continuation.urls) url = change(url);
  for (auto& [name, value] : continuation.got)
    value = std::make_shared<const json>(with_texts_changed(*value, change));
}

}  // namespace

std::int64_t drawn_seed(std::int64_t most, int count) {
  thread_local std::mt19937_64 random{std::random_device{}()};
  const std::int64_t last = std::max<std::int64_t>(1, std::min(most, kReadable) - (count - 1));
  return std::uniform_int_distribution<std::int64_t>(1, last)(random);
}

milliseconds back_off(milliseconds first, int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const auto longest = first * (1 << std::min(attempt - 1, 10));
  if (longest.count() < 2) return longest;
  std::uniform_int_distribution<milliseconds::rep> share(longest.count() / 2, longest.count());
  return milliseconds(share(random));
}

ProviderCall::ProviderCall(CallSetting setting, const ProviderRequest& request,
                           ProviderObserver& observer, Cancellation& cancel)
    : setting_(std::move(setting)),
      descriptor_(setting_.descriptor),
      request_(request),
      observer_(observer),
      cancel_(cancel),
      size_(descriptor_.choose_size(setting_.model, request.asked.aspect_ratio)),
      seed_(request.asked.seed) {
  if (!seed_ && descriptor_.always_seed)
    seed_ = descriptor_.honours_key_for.count() > 0
                ? seed_of(request.idempotency_key, descriptor_.max_seed)
                : drawn_seed(descriptor_.max_seed);
  if (setting_.limits.total.count() <= 0)
    setting_.limits.total = descriptor_.time_limit(cells_of(request.asked), megapixels(size_));
  deadline_ = Clock::now() + setting_.limits.total;
  continuation_.facts.seed = seed_;
  continuation_.facts.model = setting_.model;
}

RequestValues ProviderCall::values() const {
  return {.descriptor = descriptor_,
          .request = request_,
          .captured = captured_,
          .model = setting_.model,
          .size = size_,
          .seed = seed_,
          .shortened = false,
          .secret = {},
          .item = nullptr,
          .trusted = true};
}

ProviderResult ProviderCall::generate() {
  open_session();
  prepare();
  cancel_.check();
  json body;
  HttpResponse response = submit(body);
  take_facts(response, body);
  if (descriptor_.poll && take_job(response, body)) {
    observer_.accepted(remote_job());
    response = wait_until_done(false, body);
    take_facts(response, body);
  }
  return collect_from(response, body);
}

ProviderResult ProviderCall::resume(const RemoteJob& job) {
  Continuation noted = Continuation::parse(job.continuation);
  reopen_session();
  take_up(job, std::move(noted));
  if (continuation_.stage == Continuation::Stage::downloading) {
    ReadReply reply;
    for (const std::string& url : continuation_.urls) reply.pictures.push_back({{}, url});
    return collect_or_ask_again(std::move(reply));
  }
  if (!can_ask_again()) throw lost_job(descriptor_, "there is no way to ask for it.");
  return ask_again();
}

bool ProviderCall::can_ask_again() const {
  return descriptor_.poll && !asked_again_ && (!captured_.job_id.empty() || !captured_.got.empty());
}

ProviderResult ProviderCall::ask_again() {
  observer_.accepted(remote_job());
  json body;
  const HttpResponse response = wait_until_done(true, body);
  take_facts(response, body);
  return collect_from(response, body);
}

void ProviderCall::take_facts(const HttpResponse& response, const json& body) {
  read_facts(values(), response, body, continuation_.facts);
  continuation_.facts.model = setting_.access.mask(std::move(continuation_.facts.model));
}

// From here on it was done, and billed.
ProviderResult ProviderCall::collect_from(const HttpResponse& response, const json& body) {
  ProviderResult& facts = continuation_.facts;
  const CostRule* cost = descriptor_.cost_rule(setting_.model);
  if (cost && cost->fixed && facts.provider_cost_unit.empty()) {
    facts.provider_cost = *cost->fixed;
    facts.provider_cost_unit = cost->unit;
  }
  observer_.answered(facts);
  return collect_or_ask_again(
      read_pictures(values(), setting_.access, response, body, setting_.reply_limits, hand_over()));
}

bool ProviderCall::cancel_remote(const RemoteJob& job) {
  open_session();
  take_up(job, job.continuation.empty() ? Continuation() : Continuation::parse(job.continuation));
  bool confirmed = false;
  for (const CancelStep& step : descriptor_.cancel) {
    // Without what it names it would stop something else, or everything.
    if (job.id.empty() && step.request.names(kJobId)) continue;
    try {
      if (step.when) {
        const HttpResponse answer = ask(step.when->request, kCancelLimit);
        if (!step.when->yes.holds(answer, parse_body(answer), job.id)) continue;
      }
      const HttpResponse answer = ask(step.request, kCancelLimit);
      confirmed = step.confirmed.holds(answer, parse_body(answer), job.id) || confirmed;
    } catch (const Failure& failure) {
      // What does not know the job's id, or cannot be reached, stops nothing.
      if (failure.error().code == ErrorCode::cancelled) throw;
    }
  }
  return confirmed;
}

std::string ProviderCall::preview() const {
  RequestValues shown = values();
  shown.shortened = true;
  std::string text;
  const auto add = [&](const RequestTemplate& from, const NumberedReference* reference) {
    if (!text.empty()) text += "\n";
    text +=
        preview_request(build_request(from, shown, setting_.access, reference), setting_.access);
  };
  const auto add_steps = [&](const std::vector<PreparingStep>& steps) {
    for (const PreparingStep& step : steps) {
      if (step.for_each == ReferenceSet::none) add(step.request, nullptr);
      for (const NumberedReference& reference : shown.references(step.for_each))
        add(step.request, &reference);
    }
  };
  add_steps(descriptor_.session);
  const GenerationTemplate& generation = generation_template(shown);
  add_steps(generation.before);
  add(generation.request, nullptr);
  return text;
}

// Providers like to repeat the key they were given.
Failure ProviderCall::masked(const Failure& failure) const {
  Error error = failure.error();
  error.message = setting_.access.mask(std::move(error.message));
  error.hint = setting_.access.mask(std::move(error.hint));
  error.detail = setting_.access.mask(std::move(error.detail));
  return Failure(std::move(error));
}

ProviderResult ProviderCall::masked(ProviderResult result) const {
  result.model = setting_.access.mask(std::move(result.model));
  for (std::string& problem : result.problems) problem = setting_.access.mask(std::move(problem));
  return result;
}

std::optional<Fault> ProviderCall::fault_in(const HttpResponse& response, const json& body,
                                            CallStage stage) const {
  return find_fault(descriptor_, response, body, stage, setting_.access.secrets);
}

// A refusal can cost too, and says so with its figures; an error can come after the work was done.
void ProviderCall::note_bill(const Fault& fault, const HttpResponse& response, CallStage stage) {
  if (stage != CallStage::submit && stage != CallStage::poll) return;
  if (response.status >= 200 && response.status < 300) {
    const json body = parse_body(response);
    ProviderResult said;
    read_facts(values(), response, body, said);
    if (said.provider_cost <= 0 && said.credit_cost.value_or(0) <= 0) return;
    take_facts(response, body);
    observer_.answered(continuation_.facts);
  } else if (stage == CallStage::submit && response.status >= 500 && !fault.by_rule &&
             fault.kind == FaultClass::provider && !descriptor_.free) {
    observer_.broke_down();
  }
}

void ProviderCall::throw_fault(const Fault& fault, const HttpResponse& response, CallStage stage) {
  note_bill(fault, response, stage);
  throw failure_of(descriptor_, fault, response, stage, setting_.access.secrets);
}

// The request itself was answered by a redirect: what stands there speaks for itself alone.
void ProviderCall::throw_fault_from_elsewhere(const Fault& fault, const HttpResponse& response) {
  Error error =
      failure_of(descriptor_, fault, response, CallStage::submit, setting_.access.secrets).error();
  error.code = ErrorCode::uncertain;
  error.message = fmt::format(
      "{} took the request and led to another address, which answered: {} It may have billed it.",
      descriptor_.title, fault.text);
  error.hint =
      "Look at the provider before you generate it again: it may be billed twice. Where the "
      "details "
      "show the address requests should go to, make that the provider's base URL.";
  error.retry_after = {};
  throw Failure(std::move(error));
}

void ProviderCall::open_session() {
  captured_.session.clear();
  const RequestValues values = this->values();
  for (const PreparingStep& step : descriptor_.session)
    run_step(step, values, nullptr, captured_.session);
  for (const auto& [name, value] : captured_.session)
    if (const std::string text = as_text(*value); text.size() >= kShortestSecret)
      setting_.access.secrets.push_back(text);
}

// For a job that is at the provider already: not to get in now is no reason to give it up.
void ProviderCall::reopen_session() {
  try {
    open_session();
  } catch (const Failure& failure) {
    if (failure.error().code == ErrorCode::cancelled) throw;
    Error error = failure.error();
    error.code = ErrorCode::network;
    throw Failure(std::move(error));
  }
}

void ProviderCall::prepare() {
  const RequestValues values = this->values();
  captured_.of_references.assign(values.references(ReferenceSet::all).size(), {});
  for (const PreparingStep& step : generation_template(values).before) {
    if (step.for_each == ReferenceSet::none) run_step(step, values, nullptr, captured_.got);
    for (const NumberedReference& reference : values.references(step.for_each))
      run_step(step, values, &reference, captured_.of_references[reference.position]);
  }
}

void ProviderCall::run_step(const PreparingStep& step, const RequestValues& values,
                            const NumberedReference* reference, ValueTable& captured) {
  HttpLimits limits = setting_.limits;
  for (int attempt = 1;; ++attempt) {
    limits.total = std::min(kPreparingLimit, time_left());
    const HttpResponse response = setting_.http.perform(
        build_request(step.request, values, setting_.access, reference), limits, cancel_);
    const json body = parse_body(response);
    if (auto fault = fault_in(response, body, CallStage::prepare)) {
      // A signed address knows no key.
      if (fault->kind == FaultClass::key && !fault->by_rule && !step.request.url.empty())
        fault->kind = FaultClass::provider;
      wait_before_retry(*fault, response, CallStage::prepare, attempt);
      continue;
    }
    capture(step.captures, response, body, captured);
    return;
  }
}

// The only place where a request is sent again: after an answer that says nothing was made.
HttpResponse ProviderCall::submit(json& body) {
  bool renewed = false;
  for (int attempt = 1;; ++attempt) {
    const HttpRequest request = main_request();
    observer_.submitting();
    HttpResponse response = send(request);
    body = parse_body(response);
    const auto fault = fault_in(response, body, CallStage::submit);
    if (!fault) return response;
    if (response.from_elsewhere && !fault->by_rule && !descriptor_.free)
      throw_fault_from_elsewhere(*fault, response);
    if (fault->kind == FaultClass::session_expired && !renewed) {
      renewed = true;
      open_session();
      prepare();
      --attempt;
      continue;
    }
    wait_before_retry(*fault, response, CallStage::submit, attempt);
  }
}

HttpRequest ProviderCall::main_request() const {
  const RequestValues values = this->values();
  HttpRequest request = build_request(generation_template(values).request, values, setting_.access);
  request.may_cost = !descriptor_.free;
  return request;
}

void ProviderCall::wait_before_retry(const Fault& fault, const HttpResponse& response,
                                     CallStage stage, int attempt) {
  const RetryRule& rule = descriptor_.retry;
  const milliseconds delay = fault.retry_after.value_or(back_off(rule.first_delay, attempt));
  if (!fault.retry || attempt >= rule.attempts || delay > rule.longest_delay ||
      !observer_.may_wait(delay))
    throw_fault(fault, response, stage);
  pause(delay);
}

HttpResponse ProviderCall::send(const HttpRequest& request) {
  SentState sent = SentState::nothing_sent;
  HttpLimits limits = setting_.limits;
  limits.total = time_left();
  const std::string& title = descriptor_.title;
  std::optional<ProgressWatch> watch;
  if (descriptor_.progress && descriptor_.progress->request && !descriptor_.poll)
    watch.emplace(*descriptor_.progress, setting_.http,
                  build_request(*descriptor_.progress->request, values(), setting_.access),
                  kProgressLimit, observer_);
  try {
    return setting_.http.perform(request, limits, cancel_, &sent);
  } catch (const Failure& failure) {
    Error error = failure.error();
    if (sent == SentState::nothing_sent || descriptor_.free) throw;
    // From here on the picture may be made and billed, and nobody hears of it.
    if (error.code == ErrorCode::cancelled) {
      error.hint = fmt::format("{} already had the request and may still bill it.", title);
      throw Failure(std::move(error));
    }
    error.code = ErrorCode::uncertain;
    error.message += fmt::format(" {} had the request and may have billed it.", title);
    error.hint = "Look at the provider before you generate it again: it may be billed twice.";
    throw Failure(std::move(error));
  }
}

bool ProviderCall::take_job(const HttpResponse& response, const json& body) {
  if (const auto id = find_first(descriptor_.poll->id, body); !id.empty())
    captured_.job_id = as_text(id.front());
  ValueTable found;
  capture(descriptor_.poll->captures, response, body, found);
  captured_.got.insert(found.begin(), found.end());
  return !captured_.job_id.empty() || !found.empty();
}

void ProviderCall::capture(const std::vector<Capture>& captures, const HttpResponse& response,
                           const json& body, ValueTable& into) const {
  for (const Capture& capture : captures) {
    json value;
    if (!capture.header.empty()) {
      if (const auto text = response.header(capture.header); !text.empty()) value = text;
    } else if (capture.paths.empty()) {
      value = std::string(response.text());
    } else if (const auto found = find_first(capture.paths, body); !found.empty()) {
      value = found.front();
    }
    if (capture.matches && !value.is_null()) {
      std::smatch match;
      const std::string text = as_text(value).substr(0, kMatchedText);
      const bool matched = std::regex_search(text, match, *capture.matches);
      value = matched ? json(match[match.size() > 1 ? 1 : 0].str()) : json();
    }
    if (!value.is_null()) into[capture.name] = std::make_shared<const json>(std::move(value));
  }
}

// What is written down has no secrets in it.
RemoteJob ProviderCall::remote_job() const {
  const auto hide = [this](const std::string& text) {
    return hide_secrets(text, setting_.access.secrets);
  };
  Continuation continuation = continuation_;
  continuation.got = captured_.got;
  change_texts(continuation, hide);
  return {.id = hide(captured_.job_id), .continuation = continuation.to_text()};
}

void ProviderCall::take_up(const RemoteJob& job, Continuation noted) {
  std::vector<std::string> hosts = descriptor_.download.auth_hosts;
  if (descriptor_.poll)
    hosts.insert(hosts.end(), descriptor_.poll->auth_hosts.begin(),
                 descriptor_.poll->auth_hosts.end());
  // An answer decided what these texts are: where they lead to a place that gets no key, none is
  // put into them, be it the one that answer had or a later one.
  const auto restore = [&](const std::string& text) {
    std::string restored = restore_secrets(text, setting_.access.secrets);
    const auto url = parse_url(restored);
    const bool astray = url && url->is_web() && !may_send_auth(setting_.access, restored, hosts);
    return astray ? restore_secrets(text, {}) : restored;
  };
  change_texts(noted, restore);
  captured_.job_id = restore(job.id);
  captured_.got = noted.got;
  continuation_ = std::move(noted);
}

milliseconds ProviderCall::time_left() const {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - Clock::now());
  return std::max(left, milliseconds(1));
}

void ProviderCall::pause(milliseconds time) {
  if (cancel_.wait_for(time)) cancel_.check();
}

}  // namespace castboard
