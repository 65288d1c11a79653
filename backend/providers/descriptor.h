#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imaging/imaging.h"
#include "providers/condition.h"
#include "providers/json_path.h"

// A provider's JSON file as values; docs/providers.md describes the format field by field. Read
// once, immutable, any thread.
namespace castboard {

struct DescriptorAuth {
  // session: the secret goes nowhere but into the session requests, as {secret}; request: into
  // whatever names it; jwt: it signs a token.
  enum class Kind { none, bearer, header, basic, session, request, jwt };
  Kind kind = Kind::none;
  std::string secret;  // its name; with a local provider its token stands in
  std::string header;
  std::string value = "{secret}";
  bool optional = false;                   // works without the secret too
  std::chrono::seconds token_valid{1800};  // of jwt
};

// One row of the aspect table.
struct SizeEntry {
  int ratio_width = 1;
  int ratio_height = 1;
  std::string value;  // "1536x864"
  int width = 0;      // 0: not in pixels
  int height = 0;
};

struct SizeTable {
  std::vector<std::string> models;  // names, a '*' at the end for all that begin so; empty: all
  std::vector<SizeEntry> entries;
};

struct SizeChoice {
  SizeEntry entry;
  bool native = true;  // false: the nearest ratio, to be cropped
};

// "current": the one reference a step that runs for each of them is about.
enum class ReferenceSet { none, all, character, background, current };

// One part of a multipart body: a file for each reference of `files`, or `json`, or `value`; or a
// part for each field of an object an earlier answer gave.
struct PartTemplate {
  std::string name;
  std::string value;
  JsonTemplate json;
  ReferenceSet files = ReferenceSet::none;
  std::string fields;               // the name of that object
  std::string content_type;         // of a value or JSON; empty: none, or JSON's
  std::string file_name;            // of a value or JSON that has to look like a file
  bool skip_with_url = false;       // not for references that are sent as URL
  std::vector<std::string> models;  // as in SizeTable
  std::string without;              // a name: the part is left out when it is set
};

struct RequestTemplate {
  std::string method = "POST";
  std::string path;  // below the base URL
  std::string url;   // or an address an earlier answer named, absolute or relative
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t common_headers = 0;  // the first of them, that every request has
  JsonTemplate query;              // an object: what stands after the "?"
  // The body is one of these, or nothing.
  JsonTemplate json;
  JsonTemplate form;  // an object, sent as application/x-www-form-urlencoded
  std::vector<PartTemplate> parts;
  bool multipart = false;
  ReferenceSet bytes = ReferenceSet::none;  // a picture as it is: the first of the set

  // Whether {name} stands anywhere in it.
  [[nodiscard]] bool names(std::string_view name) const;
};

inline constexpr std::string_view kIdempotencyKey = "idempotency_key";

// A value of an answer that later requests use.
struct Capture {
  std::string name;
  std::vector<JsonPath> paths;
  std::string header;                 // lower case; instead of paths
  std::optional<std::regex> matches;  // its first group is taken; alone: of the whole body
};

// A request before the real one: an upload, a session.
struct PreparingStep {
  RequestTemplate request;
  ReferenceSet for_each = ReferenceSet::none;
  std::vector<Capture> captures;
};

struct GenerationTemplate {
  std::vector<PreparingStep> before;
  RequestTemplate request;
};

// A request whose answer tells whether something is so.
struct Question {
  RequestTemplate request;
  Condition yes;
};

struct PollRule {
  std::vector<JsonPath> id;
  std::vector<Capture> captures;
  RequestTemplate request;
  Condition done;                         // anything else that is no fault: not yet
  std::optional<Question> alive;          // asked while not done; no: the job is lost
  std::optional<RequestTemplate> result;  // else the answer that said done has the pictures
  std::chrono::milliseconds interval{1000};
  std::chrono::milliseconds longest_interval{5000};
  std::vector<std::string> auth_hosts;  // that get the key besides the base URL's (https only)
};

struct ProgressRule {
  std::vector<JsonPath> paths;
  double times = 1;
  std::optional<RequestTemplate> request;  // else read from the answers to polling
  std::chrono::milliseconds interval{1000};
};

struct CancelStep {
  std::optional<Question> when;
  RequestTemplate request;
  Condition confirmed;
};

struct ImagePlace {
  enum class Kind { base64, url, path };
  Kind kind = Kind::base64;
  std::vector<JsonPath> each;  // items the rest is seen from; empty: the answer itself
  std::optional<Condition> where;
  std::optional<Condition> unless;
  std::vector<JsonPath> value;
  std::string path;  // template with {item.KEY}
};

struct CostRule {
  std::vector<std::string> models;  // as in SizeTable
  std::vector<JsonPath> paths;
  std::string header;
  std::optional<double> fixed;  // per call that made a picture
  double times = 1;
  std::string unit;
};

struct ReplyTemplate {
  std::vector<ImagePlace> images;  // in order; the first that finds something counts
  std::vector<JsonPath> seed;
  std::string seed_header;
  std::vector<JsonPath> model;
  std::vector<JsonPath> credits;
  std::vector<CostRule> cost;
  std::vector<JsonPath> message;  // of an error
};

// What a failure means for the user.
enum class FaultClass {
  refused,
  rate_limited,
  out_of_credit,
  bad_request,
  key,
  provider,
  no_answer,
  lost,
  session_expired
};

// The kind of request an answer belongs to.
enum class CallStage { prepare, submit, poll, download };

// Rules are tried in order; the first whose condition holds decides.
struct ErrorRule {
  Condition condition;
  std::optional<CallStage> stage;  // nullopt: any
  FaultClass fault = FaultClass::provider;
  std::string hint;
  bool retry = false;
};

struct RetryRule {
  int attempts = 4;  // the first one included
  std::chrono::milliseconds first_delay{1000};
  std::chrono::milliseconds longest_delay{60'000};
  std::vector<JsonPath> delay;  // in a body: a number, or text such as "37s"
  double delay_times = 1;       // from the number to seconds
};

struct DownloadRule {
  bool send_auth = true;  // to the base URL's own origin only
  std::vector<std::string> auth_hosts;
  std::vector<std::string> private_hosts;
  std::chrono::milliseconds expires{0};  // how long an address lives; 0: not known
};

struct CreditRule {
  std::vector<std::string> models;  // as in SizeTable
  double picture = 0;
  double cell = 0;
  double reference = 0;
};

struct ReferenceLimits {
  std::vector<std::string> models;  // as in SizeTable
  int character = 0;
  int background = 0;
  // What has to be there: one of them, or the character.
  enum class Needed { none, any, character };
  Needed needed = Needed::none;
  bool url_only = false;
  std::size_t max_bytes = std::size_t{50} * 1024 * 1024;
  std::size_t max_total_bytes = 0;  // of all together; 0: no limit
  int max_side = 0;                 // pixels; 0: no limit
  std::int64_t max_pixels = 0;
  std::vector<PictureFormat> formats{PictureFormat::png, PictureFormat::jpeg, PictureFormat::webp};
};

// How long a call may take: it grows with what is asked for.
struct TimeLimit {
  std::chrono::milliseconds base{600'000};
  std::chrono::milliseconds cell{0};
  std::chrono::milliseconds megapixel{0};
};

// A value looked up by another: {map.NAME}.
struct ValueMap {
  std::string of;  // template
  std::map<std::string, JsonTemplate> values;
  JsonTemplate otherwise;  // null: not set
};

struct Descriptor {
  std::string name;
  std::string title;
  std::string file;
  bool free = false;
  std::string local;  // name of a provider inside this process
  std::string base_url;
  std::string base_url_env;
  std::filesystem::path ca_file;
  DescriptorAuth auth;
  std::vector<std::pair<std::string, std::string>> headers;  // sent with every request
  std::vector<PreparingStep> session;
  std::chrono::hours honours_key_for{0};  // {idempotency_key}: the provider bills once for it
  std::vector<std::string> models;
  std::string default_model;
  bool any_model = false;
  std::map<std::string, JsonTemplate> options;
  std::map<std::string, ValueMap> maps;
  bool takes_seed = false;
  bool always_seed = false;  // one is drawn when none is asked for
  std::int64_t max_seed = INT64_MAX;
  std::size_t prompt_limit = 0;  // characters; 0: none
  std::vector<SizeTable> sizes;  // empty: any ratio, as its key
  bool crop_others = true;
  bool ignores_ratio = false;               // without `sizes`: what comes is cropped
  std::vector<ReferenceLimits> references;  // the first that fits the model counts
  GenerationTemplate text_to_image;
  std::optional<GenerationTemplate> image_to_image;
  std::optional<PollRule> poll;
  std::optional<ProgressRule> progress;
  std::vector<CancelStep> cancel;
  ReplyTemplate reply;
  std::vector<ErrorRule> errors;
  RetryRule retry;
  DownloadRule download;
  std::vector<CreditRule> credits;
  TimeLimit total_limit;
  std::chrono::milliseconds first_byte_limit{0};
  int in_flight_limit = 0;  // calls of one process at a time; 0: none
  int submits_per_minute = 0;

  // nullopt: this model cannot do the ratio.
  [[nodiscard]] std::optional<SizeChoice> choose_size(std::string_view model,
                                                      std::string_view aspect_ratio) const;
  [[nodiscard]] const CreditRule* credit_rule(std::string_view model) const;
  [[nodiscard]] const CostRule* cost_rule(std::string_view model) const;
  [[nodiscard]] ReferenceLimits reference_limits(std::string_view model) const;
  [[nodiscard]] std::chrono::milliseconds time_limit(int cells, double megapixels) const;
};

bool model_matches(std::string_view model, const std::vector<std::string>& patterns);
std::string_view to_string(FaultClass fault);

// Where the file of a provider is that another one extends; nullopt: there is none by that name.
using FindDescriptor = std::function<std::optional<std::filesystem::path>(const std::string& name)>;

// Throws Failure(configuration): file, line, field.
Descriptor read_descriptor(const std::filesystem::path& file, const FindDescriptor& find = {});
Descriptor parse_descriptor(std::string_view text, const std::string& file);

}  // namespace castboard
