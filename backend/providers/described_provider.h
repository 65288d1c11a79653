#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "castboard/result.h"
#include "providers/descriptor.h"
#include "providers/provider.h"
#include "providers/provider_call.h"

namespace castboard {

// A provider as its descriptor tells. Checks what is asked of it and opens a ProviderCall for the
// rest. Shared by all workers; its only state is the address of a provider in this process.
class DescribedProvider : public Provider {
 public:
  DescribedProvider(Descriptor descriptor, std::string layer, ProviderContext context,
                    const std::vector<ImageSize>& sizes);

  [[nodiscard]] const ProviderInfo& info() const override { return info_; }
  void check(const GenerationRequest& request) const override;
  [[nodiscard]] std::int64_t credits(const GenerationRequest& request,
                                     std::string& reason) const override;
  [[nodiscard]] std::string preview(const ProviderRequest& request) const override;
  [[nodiscard]] bool crops(const GenerationRequest& request) const override;
  ProviderResult generate(const ProviderRequest& request, ProviderObserver& observer,
                          Cancellation& cancel) const override;
  ProviderResult resume(const ProviderRequest& request, const RemoteJob& job,
                        ProviderObserver& observer, Cancellation& cancel) const override;
  [[nodiscard]] ProviderLimits limits() const override;
  [[nodiscard]] bool sends_idempotency_key() const override;
  [[nodiscard]] std::optional<std::int64_t> draw_seed(int count) const override;
  [[nodiscard]] std::chrono::hours honours_key_for() const override;
  [[nodiscard]] bool can_cancel_remote() const override;
  [[nodiscard]] bool cancel_remote(const RemoteJob& job, Cancellation& cancel) const override;

 private:
  [[nodiscard]] std::string model_of(const GenerationRequest& request) const;
  void check_model(const GenerationRequest& request) const;
  void check_reference_kinds(const GenerationRequest& request) const;
  void check_prompt(const ProviderRequest& request) const;
  // `must_open`: throws Failure(configuration) when a secret is missing.
  [[nodiscard]] Access access(bool must_open) const;
  [[nodiscard]] std::string sign_token(const std::string& secret,
                                       std::vector<std::string>& secrets) const;
  void forget_refused_secret(const Failure& failure) const;
  [[nodiscard]] CallSetting setting(const GenerationRequest& request, bool must_open) const;
  [[nodiscard]] LocalEndpoint local_endpoint() const;
  [[nodiscard]] std::string configured_base_url() const;
  [[nodiscard]] std::string why_unusable() const;

  Descriptor descriptor_;
  ProviderContext context_;
  ProviderInfo info_;
  std::shared_ptr<const Http> http_;
  mutable std::mutex local_mutex_;
  mutable std::optional<LocalEndpoint> local_;
};

}  // namespace castboard
