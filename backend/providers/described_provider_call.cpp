#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "providers/described_provider.h"
#include "providers/provider_call.h"
#include "providers/reference_fitting.h"

namespace castboard {

namespace {

// For what tells nobody: previews and cancelling.
class SilentObserver final : public ProviderObserver {
 public:
  void submitting() override {}
  void accepted(const RemoteJob&) override {}
  void downloading(const RemoteJob&) override {}
  void progress(double) override {}
};

}  // namespace

CallSetting DescribedProvider::setting(const GenerationRequest& request, bool must_open) const {
  CallSetting setting{.descriptor = descriptor_,
                      .http = *http_,
                      .access = access(must_open),
                      .limits = context_.limits,
                      .reply_limits = context_.reply_limits,
                      .model = model_of(request)};
  if (setting.limits.first_byte.count() <= 0)
    setting.limits.first_byte = descriptor_.first_byte_limit;
  return setting;
}

ProviderResult DescribedProvider::generate(const ProviderRequest& request,
                                           ProviderObserver& observer, Cancellation& cancel) const {
  check(request.asked);
  check_prompt(request);
  const ProviderRequest fitted =
      fit_references(request, descriptor_.reference_limits(model_of(request.asked)), info_.title);
  ProviderCall call(setting(request.asked, true), fitted, observer, cancel);
  try {
    return call.masked(call.generate());
  } catch (const Failure& failure) {
    forget_refused_secret(failure);
    throw call.masked(failure);
  }
}

ProviderResult DescribedProvider::resume(const ProviderRequest& request, const RemoteJob& job,
                                         ProviderObserver& observer, Cancellation& cancel) const {
  ProviderCall call(setting(request.asked, true), request, observer, cancel);
  try {
    return call.masked(call.resume(job));
  } catch (const Failure& failure) {
    forget_refused_secret(failure);
    throw call.masked(failure);
  }
}

// A key the provider does not take may have been replaced since it was asked for.
void DescribedProvider::forget_refused_secret(const Failure& failure) const {
  if (failure.error().code == ErrorCode::configuration && context_.forget_secret)
    context_.forget_secret(descriptor_.auth.secret);
}

bool DescribedProvider::cancel_remote(const RemoteJob& job, Cancellation& cancel) const {
  if (descriptor_.cancel.empty()) return false;
  const ProviderRequest none;
  SilentObserver silent;
  try {
    return ProviderCall(setting(none.asked, true), none, silent, cancel).cancel_remote(job);
  } catch (const Failure& failure) {
    if (failure.error().code == ErrorCode::cancelled) throw;
    return false;
  }
}

std::string DescribedProvider::preview(const ProviderRequest& request) const {
  const ProviderRequest fitted =
      fit_references(request, descriptor_.reference_limits(model_of(request.asked)), info_.title);
  Cancellation never;
  SilentObserver silent;
  return ProviderCall(setting(request.asked, false), fitted, silent, never).preview();
}

ProviderLimits DescribedProvider::limits() const {
  const std::string where = descriptor_.local.empty() ? configured_base_url() : descriptor_.local;
  return {.in_flight = descriptor_.in_flight_limit,
          .submits_per_minute = descriptor_.submits_per_minute,
          .shared_as = descriptor_.name + ' ' + where};
}

bool DescribedProvider::sends_idempotency_key() const {
  return descriptor_.text_to_image.request.names(kIdempotencyKey);
}

std::optional<std::int64_t> DescribedProvider::draw_seed(int count) const {
  if (!descriptor_.always_seed) return std::nullopt;
  return drawn_seed(descriptor_.max_seed, count);
}

std::chrono::hours DescribedProvider::honours_key_for() const {
  return descriptor_.honours_key_for;
}

bool DescribedProvider::can_cancel_remote() const {
  return !descriptor_.cancel.empty();
}

}  // namespace castboard
