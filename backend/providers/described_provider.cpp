#include "providers/described_provider.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "catalogue/placeholders.h"
#include "catalogue/utf8.h"
#include "providers/base64.h"
#include "providers/signed_token.h"
#include "providers/url.h"

namespace castboard {

namespace {

std::string environment(const std::string& name) {
  const char* value = name.empty() ? nullptr : std::getenv(name.c_str());
  return value ? value : "";
}

std::string without_end_slash(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

int reference_count(const GenerationRequest& request) {
  return (request.character_reference ? 1 : 0) + (request.background_reference ? 1 : 0);
}

// What the keys of the request say: a whole sheet is nine cells.
int cells_of(const GenerationRequest& request) {
  return request.template_type == "expression_sheet" && request.shot == "all" ? kCellsPerSheet : 1;
}

std::string with_small_escapes(std::string url) {
  for (std::size_t at = 0; (at = url.find('%', at)) != std::string::npos; at += 3)
    for (std::size_t i = at + 1; i < at + 3; ++i)
      url[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(url[i])));
  return url;
}

std::string form_encoded(const std::string& text) {
  std::string encoded = percent_encoded(text, " ");
  std::replace(encoded.begin(), encoded.end(), ' ', '+');
  return encoded;
}

// As it stands in a URL, in JSON and in a form: masking finds it written in any way, these are the
// ones that can be put back.
void add_written_forms(const std::string& secret, std::vector<std::string>& secrets) {
  const std::string quoted =
      nlohmann::json(secret).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const std::string in_url = percent_encoded(secret);
  const std::string in_form = form_encoded(secret);
  std::vector<std::string> forms{secret};
  for (const std::string& form : {in_url, quoted.substr(1, quoted.size() - 2),
                                  with_small_escapes(in_url), in_form, with_small_escapes(in_form)})
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(form);
  secrets.insert(secrets.end(), forms.begin() + 1, forms.end());
}

void add_all_forms(const std::string& secret, std::vector<std::string>& secrets) {
  secrets.push_back(secret);
  add_written_forms(secret, secrets);
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(ErrorCode::invalid_input, std::move(message), std::move(hint));
}

}  // namespace

DescribedProvider::DescribedProvider(Descriptor descriptor, std::string layer,
                                     ProviderContext context, const std::vector<ImageSize>& sizes)
    : descriptor_(std::move(descriptor)), context_(std::move(context)) {
  http_ = context_.http;
  if (!descriptor_.ca_file.empty())
    http_ = std::make_shared<const Http>(HttpOptions{.ca_file = descriptor_.ca_file});
  info_.name = descriptor_.name;
  info_.title = descriptor_.title;
  info_.models = descriptor_.models;
  info_.default_model = descriptor_.default_model;
  info_.free = descriptor_.free;
  info_.takes_seed = descriptor_.takes_seed;
  // Of any model: check() says which of them take what.
  info_.max_character_references = 0;
  info_.max_background_references = 0;
  for (const ReferenceLimits& limits : descriptor_.references) {
    info_.max_character_references = std::max(info_.max_character_references, limits.character);
    info_.max_background_references = std::max(info_.max_background_references, limits.background);
  }
  for (const ImageSize& size : sizes)
    if (descriptor_.choose_size(descriptor_.default_model, size.key))
      info_.sizes.push_back(size.key);
  for (const std::string& model : descriptor_.models) {
    const ReferenceLimits references = descriptor_.reference_limits(model);
    ModelLimits limits{model, references.character, references.background, {}};
    for (const ImageSize& size : sizes)
      if (descriptor_.choose_size(model, size.key)) limits.sizes.push_back(size.key);
    info_.model_limits.push_back(std::move(limits));
  }
  info_.prompt_limit = descriptor_.prompt_limit;
  info_.source = descriptor_.file;
  info_.layer = std::move(layer);
  info_.unusable_reason = why_unusable();
  info_.usable = info_.unusable_reason.empty();
}

std::string DescribedProvider::why_unusable() const {
  if (!descriptor_.local.empty()) {
    const bool linked =
        std::any_of(context_.local_providers.begin(), context_.local_providers.end(),
                    [&](const LocalProvider& local) { return local.name == descriptor_.local; });
    return linked ? std::string()
                  : fmt::format("this program has no built-in provider \"{}\"", descriptor_.local);
  }
  if (configured_base_url().empty())
    return fmt::format("no address: set {}", descriptor_.base_url_env);
  const DescriptorAuth& auth = descriptor_.auth;
  if (auth.kind == DescriptorAuth::Kind::none || auth.optional) return {};
  try {
    const bool there = context_.may_have_secret ? context_.may_have_secret(auth.secret)
                       : context_.secret        ? context_.secret(auth.secret).has_value()
                                                : false;
    return there ? std::string() : fmt::format("no key: set {}", auth.secret);
  } catch (const Failure& failure) {
    return failure.error().message;
  }
}

std::string DescribedProvider::configured_base_url() const {
  const std::string url = environment(descriptor_.base_url_env);
  return without_end_slash(url.empty() ? descriptor_.base_url : url);
}

LocalEndpoint DescribedProvider::local_endpoint() const {
  const std::lock_guard lock(local_mutex_);
  if (local_) return *local_;
  for (const LocalProvider& local : context_.local_providers)
    if (local.name == descriptor_.local) local_ = local.start();
  if (!local_)
    throw Failure(ErrorCode::configuration,
                  fmt::format("{} cannot be used: {}.", info_.title, why_unusable()),
                  "Use the castboard program, or another provider.");
  return *local_;
}

Access DescribedProvider::access(bool must_open) const {
  Access access;
  std::optional<std::string> secret;
  if (!descriptor_.local.empty()) {
    const LocalEndpoint local = local_endpoint();
    access.base_url = without_end_slash(local.base_url);
    secret = local.token;
  } else {
    access.base_url = configured_base_url();
    if (access.base_url.empty())
      throw Failure(ErrorCode::configuration, fmt::format("{} has no address.", info_.title),
                    fmt::format("Set {} to its base URL.", descriptor_.base_url_env));
    if (descriptor_.auth.kind != DescriptorAuth::Kind::none && context_.secret)
      secret = context_.secret(descriptor_.auth.secret);
  }
  const DescriptorAuth& auth = descriptor_.auth;
  if (auth.kind == DescriptorAuth::Kind::none) return access;
  if (!secret || secret->empty()) {
    if (auth.optional) return access;
    if (must_open)
      throw Failure(ErrorCode::configuration, fmt::format("{} needs a key.", info_.title),
                    fmt::format("Set {0}, or {0}_FILE to a file only you can read.", auth.secret));
    secret = fmt::format("({} is not set)", auth.secret);
  } else {
    access.secrets.push_back(*secret);
  }
  access.secret = *secret;
  if (!access.secrets.empty()) add_written_forms(*secret, access.secrets);
  if (auth.kind == DescriptorAuth::Kind::session || auth.kind == DescriptorAuth::Kind::request)
    return access;
  access.header = auth.header;
  if (auth.kind == DescriptorAuth::Kind::basic) {
    const std::vector<std::uint8_t> bytes(secret->begin(), secret->end());
    access.header_value = "Basic " + encode_base64(bytes);
    if (!access.secrets.empty()) {
      access.secrets.push_back(encode_base64(bytes));
      if (const auto colon = secret->find(':'); colon != std::string::npos)
        add_all_forms(secret->substr(colon + 1), access.secrets);
    }
  } else {
    if (auth.kind == DescriptorAuth::Kind::jwt && !access.secrets.empty())
      secret = sign_token(*secret, access.secrets);
    access.header_value = *fill_placeholders(
        auth.value, [&](const std::string&) -> std::optional<std::string> { return *secret; });
  }
  return access;
}

// The token stands in for the secret, which is "issuer:key". Both are masked from here on.
std::string DescribedProvider::sign_token(const std::string& secret,
                                          std::vector<std::string>& secrets) const {
  const auto colon = secret.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == secret.size())
    throw Failure(ErrorCode::configuration,
                  fmt::format("The key of {} cannot sign anything.", info_.title),
                  fmt::format("{} must be the access key, a colon and the secret key.",
                              descriptor_.auth.secret));
  const std::string key = secret.substr(colon + 1);
  add_all_forms(key, secrets);
  std::string token = signed_token(secret.substr(0, colon), key, std::chrono::system_clock::now(),
                                   descriptor_.auth.token_valid);
  secrets.push_back(token);
  return token;
}

std::string DescribedProvider::model_of(const GenerationRequest& request) const {
  return request.model.empty() ? descriptor_.default_model : request.model;
}

void DescribedProvider::check(const GenerationRequest& request) const {
  check_model(request);
  if (!descriptor_.choose_size(model_of(request), request.aspect_ratio))
    refuse(fmt::format("{} cannot make {} pictures.", info_.title, request.aspect_ratio),
           fmt::format("It makes {}.", fmt::join(info_.sizes, ", ")));
  if (request.seed && !descriptor_.takes_seed)
    refuse(fmt::format("{} takes no seed.", info_.title), "Leave the seed out.");
  if (request.seed && *request.seed > descriptor_.max_seed)
    refuse(fmt::format("The seed {} is too large for {}.", *request.seed, info_.title),
           fmt::format("It takes seeds up to {}.", descriptor_.max_seed));
  check_reference_kinds(request);
}

void DescribedProvider::check_model(const GenerationRequest& request) const {
  const auto& models = descriptor_.models;
  const bool known = std::find(models.begin(), models.end(), request.model) != models.end();
  if (request.model.empty() || known || descriptor_.any_model) return;
  if (models.empty())
    refuse(fmt::format("{} has no choice of models.", info_.title), "Leave the model out.");
  const std::string near = nearest(request.model, models);
  refuse(fmt::format("{} has no model \"{}\".", info_.title, request.model),
         near.empty() ? fmt::format("Known: {}.", fmt::join(models, ", "))
                      : fmt::format("Did you mean \"{}\"?", near));
}

void DescribedProvider::check_reference_kinds(const GenerationRequest& request) const {
  const std::string model = model_of(request);
  const auto needed = descriptor_.reference_limits(model).needed;
  const bool lacks = needed == ReferenceLimits::Needed::character
                         ? !request.character_reference
                         : !request.character_reference && !request.background_reference;
  if (needed != ReferenceLimits::Needed::none && lacks)
    refuse(fmt::format("{} {}needs a {}reference.", info_.title,
                       model.empty() ? std::string() : fmt::format("with the model {} ", model),
                       needed == ReferenceLimits::Needed::character ? "character " : ""),
           "Give one, or choose another model or provider.");
  const auto check_kind = [&](const Reference& reference, const char* kind,
                              int ReferenceLimits::*most) {
    if (!reference || descriptor_.reference_limits(model).*most > 0) return;
    std::vector<std::string> others;
    for (const std::string& other : descriptor_.models)
      if (descriptor_.reference_limits(other).*most > 0) others.push_back(other);
    if (others.empty())
      refuse(fmt::format("{} takes no {} reference.", info_.title, kind),
             "Leave the reference out, or choose another provider.");
    refuse(
        fmt::format("{} takes no {} reference with the model {}.", info_.title, kind, model),
        fmt::format("Leave it out, or choose one of these models: {}.", fmt::join(others, ", ")));
  };
  check_kind(request.character_reference, "character", &ReferenceLimits::character);
  check_kind(request.background_reference, "background", &ReferenceLimits::background);
}

void DescribedProvider::check_prompt(const ProviderRequest& request) const {
  const std::size_t length = utf8_length(request.prompt);
  if (descriptor_.prompt_limit > 0 && length > descriptor_.prompt_limit)
    refuse(fmt::format("The prompt has {} characters; {} takes {}.", length, info_.title,
                       descriptor_.prompt_limit),
           request.asked.prompt.empty()
               ? "Shorten the additional description or the character's description."
               : "Shorten the prompt.");
}

std::int64_t DescribedProvider::credits(const GenerationRequest& request,
                                        std::string& reason) const {
  if (descriptor_.free) {
    reason = "free";
    return 0;
  }
  const int cells = cells_of(request);
  const int references = reference_count(request);
  reason = cells > 1 ? fmt::format("{} cells", cells) : "1 picture";
  if (references > 0)
    reason += fmt::format(", {} reference{}", references, references == 1 ? "" : "s");
  const CreditRule* rule = descriptor_.credit_rule(model_of(request));
  if (!rule) return 0;
  const double sum = rule->picture + rule->cell * cells + rule->reference * references;
  constexpr double kRounding = 1e-9;  // 0.1 * 10 is 1 credit, not 2
  return static_cast<std::int64_t>(std::ceil(sum - kRounding));
}

bool DescribedProvider::crops(const GenerationRequest& request) const {
  const auto size = descriptor_.choose_size(model_of(request), request.aspect_ratio);
  return size && !size->native;
}

}  // namespace castboard
