#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "imaging/imaging.h"
#include "providers/json_path.h"

// A provider's JSON file as values; docs/providers.md describes the format field by field. Read
// once, immutable, any thread.
namespace castboard {

using JsonTemplate = std::shared_ptr<const nlohmann::json>;

struct DescriptorAuth {
  enum class Kind { none, bearer, header, basic };
  Kind kind = Kind::none;
  std::string secret;  // its name; with a local provider its token stands in
  std::string header;
  std::string value = "{secret}";
  bool optional = false;  // works without the secret too
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

enum class ReferenceSet { none, all, character, background };

// One part of a multipart body: a file for each reference of `files`, or `json`, or `value`.
struct PartTemplate {
  std::string name;
  std::string value;
  JsonTemplate json;
  ReferenceSet files = ReferenceSet::none;
  bool skip_with_url = false;  // not for references that are sent as URL
};

struct RequestTemplate {
  std::string method = "POST";
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers;
  JsonTemplate json;
  std::vector<PartTemplate> parts;
  bool multipart = false;
};

struct ImagePlace {
  JsonPath path;
  bool url = false;  // else base64
};

struct CostRule {
  std::vector<JsonPath> paths;
  double times = 1;
  std::string unit;
};

struct ReplyTemplate {
  std::vector<ImagePlace> images;  // in order; the first that finds something counts
  std::vector<JsonPath> seed;
  std::string seed_header;
  std::vector<JsonPath> model;
  std::vector<JsonPath> credits;
  CostRule cost;
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
  no_answer
};

// Rules are tried in order; the first whose conditions all hold decides.
struct ErrorRule {
  int lowest_status = 300;
  int highest_status = 599;
  std::vector<JsonPath> paths;
  std::optional<std::regex> matches;  // on what the paths find, else on the body
  JsonTemplate equals;
  FaultClass fault = FaultClass::provider;
  std::string hint;
  bool retry = false;
};

struct RetryRule {
  int attempts = 4;  // the first one included
  std::chrono::milliseconds first_delay{1000};
  std::chrono::milliseconds longest_delay{60'000};
  std::vector<JsonPath> delay;  // in a body: seconds, or text such as "37s"
};

struct DownloadRule {
  bool send_auth = true;  // to the base URL's own host only
  std::vector<std::string> auth_hosts;
  std::vector<std::string> private_hosts;
};

struct CreditRule {
  std::vector<std::string> models;  // as in SizeTable
  double picture = 0;
  double cell = 0;
  double reference = 0;
};

struct ReferenceLimits {
  int character = 0;
  int background = 0;
  std::size_t max_bytes = std::size_t{50} * 1024 * 1024;
  std::vector<PictureFormat> formats{PictureFormat::png, PictureFormat::jpeg, PictureFormat::webp};
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
  std::vector<std::string> models;
  std::string default_model;
  bool any_model = false;
  std::map<std::string, JsonTemplate> options;
  bool takes_seed = false;
  std::int64_t max_seed = INT64_MAX;
  std::size_t prompt_limit = 0;  // characters; 0: none
  std::vector<SizeTable> sizes;  // empty: any ratio, as its key
  bool crop_others = true;
  ReferenceLimits references;
  RequestTemplate text_to_image;
  std::optional<RequestTemplate> image_to_image;
  ReplyTemplate reply;
  std::vector<ErrorRule> errors;
  RetryRule retry;
  DownloadRule download;
  std::vector<CreditRule> credits;
  std::chrono::milliseconds total_limit{600'000};
  std::chrono::milliseconds first_byte_limit{0};
  int in_flight_limit = 0;  // calls of one process at a time; 0: none
  int submits_per_minute = 0;

  // nullopt: this model cannot do the ratio.
  [[nodiscard]] std::optional<SizeChoice> choose_size(std::string_view model,
                                                      std::string_view aspect_ratio) const;
  [[nodiscard]] const CreditRule* credit_rule(std::string_view model) const;
};

bool model_matches(std::string_view model, const std::vector<std::string>& patterns);
std::string_view to_string(FaultClass fault);

// Throws Failure(configuration): file, line, field.
Descriptor read_descriptor(const std::filesystem::path& file);
Descriptor parse_descriptor(std::string_view text, const std::string& file);

}  // namespace castboard
