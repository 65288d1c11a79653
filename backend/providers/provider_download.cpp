#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/image.h"
#include "castboard/result.h"
#include "imaging/imaging.h"
#include "providers/provider_call.h"
#include "providers/url.h"

namespace castboard {

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr int kAttempts = 3;  // where nothing says how long the address lives
constexpr milliseconds kShortestRest{1};
constexpr milliseconds kFirstRest{500};  // or the descriptor's first delay, if shorter
constexpr milliseconds kLongestRest{30'000};
constexpr milliseconds kTransferLimit{120'000};

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

bool is_gone(int status) {
  return status == 403 || status == 404 || status == 410;
}

constexpr const char* kLostHint =
    "It is lost if its address in the details shows nothing. It can be generated again with the "
    "same seed; the first one was billed.";

// Empty: it is a picture, and a whole one.
std::string picture_problem(const Descriptor& descriptor, const std::vector<std::uint8_t>& bytes) {
  try {
    require_picture(descriptor, bytes);
    decode_picture(bytes);
    return {};
  } catch (const Failure& failure) {
    if (failure.error().code != ErrorCode::bad_picture) throw;
    return failure.error().message;
  }
}

bool may_pass(const Failure& failure) {
  const ErrorCode code = failure.error().code;
  return code == ErrorCode::network || code == ErrorCode::timed_out;
}

// Stands among the addresses for a picture that came in the answer itself, by its place in it.
constexpr std::string_view kInAnswer = "answer:";

bool came_in_answer(const std::string& address) {
  return address.rfind(kInAnswer, 0) == 0;
}

std::vector<std::string> addresses_of(const ReadReply& reply) {
  std::vector<std::string> addresses;
  for (const ReceivedPicture& picture : reply.pictures)
    addresses.push_back(picture.url.empty() ? fmt::format("{}{}", kInAnswer, addresses.size())
                                            : picture.url);
  return addresses;
}

std::size_t size_of(const std::vector<std::optional<std::vector<std::uint8_t>>>& pictures) {
  std::size_t bytes = 0;
  for (const auto& picture : pictures)
    if (picture) bytes += picture->size();
  return bytes;
}

Failure still_missing(const Failure& why, std::size_t here, std::size_t all) {
  Error error = why.error();
  if (here > 0)
    error.message = fmt::format("{} of {} pictures {} still missing: {}", all - here, all,
                                all - here == 1 ? "is" : "are", error.message);
  return Failure(std::move(error));
}

}  // namespace

TakeUnusable ProviderCall::hand_over() {
  return [this](std::vector<std::uint8_t> bytes) { observer_.unusable(std::move(bytes)); };
}

ProviderResult ProviderCall::collect_or_ask_again(ReadReply reply) {
  std::optional<Failure> dead;
  try {
    return collect(std::move(reply));
  } catch (const Failure& failure) {
    if (failure.error().code != ErrorCode::provider || !can_ask_again()) throw;
    dead = failure;
  }
  asked_again_ = true;
  const std::vector<std::string> urls = std::exchange(continuation_.urls, {});
  const std::int64_t expires_at = std::exchange(continuation_.expires_at, 0);
  continuation_.stage = Continuation::Stage::polling;
  try {
    return ask_again();
  } catch (const Failure& failure) {
    const bool names_others = continuation_.stage == Continuation::Stage::downloading;
    if (failure.error().code != ErrorCode::provider || names_others) throw;
    // It knows the job no more: what is left of it are the addresses.
    continuation_.stage = Continuation::Stage::downloading;
    continuation_.urls = urls;
    continuation_.expires_at = expires_at;
    observer_.downloading(remote_job());
    throw Failure(*dead);
  }
}

// Each picture is given to the observer as it comes, and is not fetched a second time: what becomes
// of one address costs nothing of what the others brought.
ProviderResult ProviderCall::collect(ReadReply reply) {
  const std::vector<std::string> addresses = addresses_of(reply);
  const bool fetches = std::any_of(reply.pictures.begin(), reply.pictures.end(),
                                   [](const ReceivedPicture& one) { return !one.url.empty(); });
  if (fetches) {
    if (continuation_.expires_at == 0 && descriptor_.download.expires.count() > 0)
      continuation_.expires_at = now_ms() + descriptor_.download.expires.count();
    continuation_.stage = Continuation::Stage::downloading;
    continuation_.urls = addresses;
    observer_.downloading(remote_job());
  }
  const bool several = fetches && addresses.size() > 1;
  std::vector<std::optional<Bytes>> here(addresses.size());
  if (several) here = take_at_once(reply, addresses);
  const ReplyLimits& limits = setting_.reply_limits;
  std::size_t received = size_of(here);
  std::optional<Failure> first_failure;
  std::optional<Failure> later;
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (here[i]) continue;
    if (received >= limits.bytes) {
      ++reply.left_out;
      continue;
    }
    ReceivedPicture& picture = reply.pictures[i];
    try {
      here[i] = picture.url.empty() ? std::move(picture.bytes) : download(picture.url);
      received += here[i]->size();
      if (several) observer_.received(addresses[i], *here[i], continuation_.facts);
    } catch (const Failure& failure) {
      // One that can still be fetched later keeps the job as it is; one that is gone for good does
      // not take the others with it.
      if (failure.error().code == ErrorCode::cancelled) throw;
      if (may_pass(failure)) {
        if (!later) later = failure;
        continue;
      }
      reply.problems.push_back(failure.error().message);
      if (!first_failure) first_failure = failure;
    }
  }
  std::vector<Bytes> pictures;
  for (std::optional<Bytes>& bytes : here)
    if (bytes) pictures.push_back(std::move(*bytes));
  if (later) throw still_missing(*later, pictures.size(), here.size());
  if (pictures.empty() && first_failure) throw Failure(*first_failure);
  if (reply.left_out > 0)
    reply.problems.push_back(
        fmt::format("{} more pictures of the answer were not taken: of one answer {} pictures or "
                    "{} MiB are.",
                    reply.left_out, limits.pictures, limits.bytes / (1024 * 1024)));
  return finished(std::move(pictures), std::move(reply.problems));
}

ProviderResult ProviderCall::finished(std::vector<std::vector<std::uint8_t>> pictures,
                                      std::vector<std::string> problems) {
  ProviderResult result = continuation_.facts;
  result.pictures = std::move(pictures);
  result.problems.insert(result.problems.end(), problems.begin(), problems.end());
  if (result.model.empty()) result.model = setting_.model;
  return result;
}

HttpRequest ProviderCall::download_request(const std::string& url) const {
  const DownloadRule& rule = descriptor_.download;
  const Access& access = setting_.access;
  HttpRequest request;
  request.url = url;
  request.secrets = access.secrets;
  request.public_only = true;
  request.trusted_hosts = rule.private_hosts;
  request.trusted_origins.push_back(access.base_url);
  const auto base = parse_url(access.base_url);
  const auto target = parse_url(url);
  const bool own = base && target && base->same_origin(*target);
  if ((own && !rule.send_auth) || !may_send_auth(access, url, rule.auth_hosts)) return request;
  add_secret_headers(descriptor_.headers, values(), request);
  if (!access.header.empty()) {
    request.headers.emplace_back(access.header, access.header_value);
    request.secret_headers.push_back(access.header);
  }
  return request;
}

// What one look at an address brought: a picture, or why there is none.
struct ProviderCall::Fetched {
  std::vector<std::uint8_t> bytes;
  bool is_picture = false;  // else the bytes are what came with status 200 instead
  std::string problem;
  std::string detail;
  bool gone = false;               // the address is not there
  bool lost = false;               // the provider says that it never will be
  std::optional<Failure> refusal;  // it was not asked, and would not be the next time
};

ProviderCall::Fetched ProviderCall::fetch(const HttpRequest& request) {
  HttpLimits limits = setting_.limits;
  limits.max_body = kMaxPictureBytes;
  limits.total = std::min(kTransferLimit, time_left());
  Fetched fetched;
  SentState sent = SentState::nothing_sent;
  try {
    HttpResponse response = setting_.http.perform(request, limits, cancel_, &sent);
    if (response.status == 200) {
      fetched.bytes = std::move(response.body);
      fetched.problem = picture_problem(descriptor_, fetched.bytes);
      fetched.is_picture = fetched.problem.empty();
      return fetched;
    }
    const auto fault = fault_in(response, parse_body(response), CallStage::download);
    fetched.problem = fault ? fault->text : "HTTP " + status_text(response.status);
    fetched.lost = fault && fault->by_rule && fault->kind == FaultClass::lost;
    fetched.gone = fetched.lost || is_gone(response.status);
  } catch (const Failure& failure) {
    const ErrorCode code = failure.error().code;
    if (code == ErrorCode::cancelled) throw;
    fetched.problem = failure.error().message;
    fetched.detail = failure.error().detail;
    const bool not_asked = code == ErrorCode::provider && sent == SentState::nothing_sent;
    if (code == ErrorCode::configuration || not_asked) fetched.refusal = failure;
  }
  return fetched;
}

// One look at each address before any is waited for: while one does not answer, others expire.
std::vector<std::optional<ProviderCall::Bytes>> ProviderCall::take_at_once(
    ReadReply& reply, const std::vector<std::string>& addresses) {
  std::vector<std::optional<Bytes>> here(addresses.size());
  std::size_t received = 0;
  for (std::size_t i = 0; i < here.size() && received < setting_.reply_limits.bytes; ++i) {
    ReceivedPicture& picture = reply.pictures[i];
    here[i] = observer_.received_before(addresses[i]);
    if (here[i]) {
      received += here[i]->size();
      continue;
    }
    if (picture.url.empty()) {
      here[i] = std::move(picture.bytes);
    } else if (!came_in_answer(picture.url)) {
      Fetched fetched = fetch(download_request(picture.url));
      if (fetched.is_picture) here[i] = std::move(fetched.bytes);
    }
    if (!here[i]) continue;
    received += here[i]->size();
    observer_.received(addresses[i], *here[i], continuation_.facts);
  }
  return here;
}

// Until there is a picture or the address has expired; where nobody knows when it does, some times.
std::vector<std::uint8_t> ProviderCall::download(const std::string& url) {
  if (came_in_answer(url))
    throw Failure(ErrorCode::provider,
                  fmt::format("A picture that came in the answer of {} is not here any more.",
                              descriptor_.title),
                  "It can be generated again with the same seed; the first one was billed.");
  const HttpRequest request = download_request(url);
  std::vector<std::uint8_t> last;
  int same = 0;
  for (int attempt = 1;; ++attempt) {
    Fetched fetched = fetch(request);
    if (fetched.is_picture) return std::move(fetched.bytes);
    const auto told = [&](ErrorCode code, const std::string& why, const char* hint) {
      return Failure(code,
                     fmt::format("{} made the picture, but it could not be downloaded: {}",
                                 descriptor_.title, why),
                     hint, url + "\n" + fetched.detail);
    };
    if (fetched.refusal && fetched.refusal->error().code != ErrorCode::provider)
      throw Failure(*fetched.refusal);
    const std::int64_t expires_at = continuation_.expires_at;
    const bool tried = attempt >= kAttempts;
    const bool names_another = expires_at == 0 || can_ask_again();
    if (fetched.refusal || fetched.lost || (fetched.gone && tried && names_another))
      throw told(ErrorCode::provider, fetched.problem, kLostHint);
    // A page of words may be gone the next time; what is no text and stays the same is what it is.
    const bool binary = is_binary(fetched.bytes);
    same = binary && fetched.bytes == last ? same + 1 : 1;
    const bool expired = expires_at != 0 && now_ms() >= expires_at;
    const bool over = (expires_at == 0 && tried) || Clock::now() >= deadline_;
    if ((!fetched.bytes.empty() && (expired || over)) || same >= kAttempts) {
      if (binary) observer_.unusable(std::move(fetched.bytes));
      throw told(ErrorCode::bad_picture, fetched.problem,
                 "Check it again, or open the address in the details.");
    }
    if (expired)
      throw told(ErrorCode::provider, fmt::format("its address has expired ({})", fetched.problem),
                 kLostHint);
    if (over)
      throw told(ErrorCode::network, fetched.problem,
                 "It waits at the provider: check again, or open the address in the details.");
    last = std::move(fetched.bytes);
    const milliseconds first = std::clamp(descriptor_.retry.first_delay, kShortestRest, kFirstRest);
    pause(std::min({back_off(first, attempt), kLongestRest, time_left()}));
  }
}

}  // namespace castboard
