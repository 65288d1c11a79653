#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/json_document.h"
#include "catalogue/placeholders.h"
#include "providers/descriptor.h"
#include "providers/request_values.h"
#include "providers/url.h"

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr int kFormat = 1;

std::string text_or(const JsonField& field, const std::string& key, std::string other) {
  const auto found = field.find(key);
  return found ? found->text() : std::move(other);
}

bool flag(const JsonField& field, const std::string& key, bool other) {
  const auto found = field.find(key);
  return found ? found->boolean() : other;
}

std::vector<std::string> texts_or_none(const JsonField& field, const std::string& key) {
  const auto found = field.find(key);
  return found ? found->texts() : std::vector<std::string>();
}

milliseconds seconds(const JsonField& field, const std::string& key, milliseconds other) {
  const auto found = field.find(key);
  if (!found) return other;
  const double number = found->number();
  if (number < 0 || number > 86'400) found->fail("must be from 0 to 86400 seconds");
  return milliseconds(static_cast<std::int64_t>(number * 1000));
}

JsonPath read_path(const JsonField& field) {
  try {
    return JsonPath(field.text());
  } catch (const std::invalid_argument& problem) {
    field.fail(problem.what());
  }
}

std::vector<JsonPath> paths_or_none(const JsonField& field, const std::string& key) {
  std::vector<JsonPath> paths;
  const auto found = field.find(key);
  if (!found) return paths;
  if (found->is_text()) return {read_path(*found)};
  for (const JsonField& item : found->items()) paths.push_back(read_path(item));
  return paths;
}

// Reads what depends on the names a request may use: paths, headers, bodies.
class RequestReader {
 public:
  explicit RequestReader(const Descriptor& descriptor)
      : names_(request_value_names(descriptor.options)) {}

  RequestTemplate read(const JsonField& field, const RequestTemplate* text_to_image) const {
    field.only_keys({"method", "path", "headers", "json", "multipart"});
    RequestTemplate result;
    if (const auto method = field.find("method"))
      result.method = method->word({"POST", "PUT", "PATCH", "GET"});
    result.path = filled_text(field.require("path"));
    result.headers = headers(field);
    const auto body = field.find("json");
    const auto parts = field.find("multipart");
    if (body && parts) parts->fail("a request has \"json\" or \"multipart\", not both");
    if (body) result.json = json_template(*body);
    if (!parts) return result;
    result.multipart = true;
    for (const JsonField& item : parts->items()) result.parts.push_back(part(item, text_to_image));
    return result;
  }

  std::string filled_text(const JsonField& field) const {
    std::string text = field.text();
    check(field, text);
    return text;
  }

  std::vector<std::pair<std::string, std::string>> headers(const JsonField& field) const {
    std::vector<std::pair<std::string, std::string>> result;
    if (const auto found = field.find("headers"))
      for (const auto& [name, value] : found->members())
        result.emplace_back(name, filled_text(value));
    return result;
  }

 private:
  void check(const JsonField& field, const std::string& text) const {
    if (const std::string problem = placeholder_problem(text, names_); !problem.empty())
      field.fail(problem);
  }

  JsonTemplate json_template(const JsonField& field) const {
    check_json(field);
    return std::make_shared<const json>(field.value());
  }

  void check_json(const JsonField& field) const {
    if (field.is_text()) {
      check(field, field.value().get<std::string>());
    } else if (field.is_array()) {
      for (const JsonField& item : field.items()) check_json(item);
    } else if (field.is_object()) {
      for (const auto& [key, member] : field.members()) {
        if (key.rfind(kEachKey, 0) == 0) {
          if (!reference_set(key.substr(kEachKey.size())))
            member.fail("$each takes references, character_references or background_references");
        } else {
          check(member, key);
        }
        check_json(member);
      }
    }
  }

  PartTemplate part(const JsonField& field, const RequestTemplate* text_to_image) const {
    field.only_keys({"name", "value", "files", "json", "json_of", "skip_with_url"});
    PartTemplate result;
    result.name = field.require("name").text();
    result.skip_with_url = flag(field, "skip_with_url", false);
    if (const auto value = field.find("value")) {
      result.value = filled_text(*value);
    } else if (const auto files = field.find("files")) {
      result.files = *reference_set(
          files->word({"references", "character_references", "background_references"}));
    } else if (const auto body = field.find("json")) {
      result.json = json_template(*body);
    } else {
      const auto source = field.find("json_of");
      if (!source) field.fail("a part needs \"value\", \"files\", \"json\" or \"json_of\"");
      if (!text_to_image || !text_to_image->json || source->text() != "text_to_image")
        source->fail("must be \"text_to_image\", whose request has \"json\"");
      result.json = text_to_image->json;
    }
    return result;
  }

  std::vector<std::string> names_;
};

DescriptorAuth read_auth(const JsonField& root) {
  DescriptorAuth auth;
  const auto field = root.find("auth");
  if (!field) return auth;
  field->only_keys({"kind", "secret", "header", "value", "optional"});
  const std::string kind = field->require("kind").word({"none", "bearer", "header", "basic"});
  if (kind == "none") return auth;
  auth.header = "Authorization";
  if (kind == "bearer") {
    auth.kind = DescriptorAuth::Kind::bearer;
    auth.value = "Bearer {secret}";
  } else if (kind == "basic") {
    auth.kind = DescriptorAuth::Kind::basic;
  } else {
    auth.kind = DescriptorAuth::Kind::header;
    auth.header = field->require("header").text();
    if (const auto value = field->find("value")) {
      auth.value = value->text();
      if (auth.value.find("{secret}") == std::string::npos) value->fail("must have {secret} in it");
    }
  }
  if (root.find("local")) return auth;
  auth.secret = field->require("secret").text();
  auth.optional = flag(*field, "optional", false);
  return auth;
}

SizeEntry read_size_entry(const std::string& ratio, const JsonField& field) {
  SizeEntry entry;
  int used = 0;
  if (std::sscanf(ratio.c_str(), "%d:%d%n", &entry.ratio_width, &entry.ratio_height, &used) != 2 ||
      used != static_cast<int>(ratio.size()) || entry.ratio_width < 1 || entry.ratio_height < 1)
    field.fail("the name must be a ratio such as \"4:3\"");
  entry.value = field.text();
  int width = 0;
  int height = 0;
  if (std::sscanf(entry.value.c_str(), "%dx%d%n", &width, &height, &used) == 2 &&
      used == static_cast<int>(entry.value.size())) {
    entry.width = width;
    entry.height = height;
  }
  return entry;
}

SizeTable read_size_table(const JsonField& field) {
  SizeTable table;
  for (const auto& [ratio, value] : field.members())
    table.entries.push_back(read_size_entry(ratio, value));
  if (table.entries.empty()) field.fail("must not be empty");
  return table;
}

void read_sizes(const JsonField& root, Descriptor& descriptor) {
  if (const auto others = root.find("other_sizes"))
    descriptor.crop_others = others->word({"crop", "refuse"}) == "crop";
  const auto field = root.find("sizes");
  if (!field) return;
  if (field->is_object()) {
    descriptor.sizes.push_back(read_size_table(*field));
    return;
  }
  for (const JsonField& item : field->items()) {
    item.only_keys({"models", "table"});
    SizeTable table = read_size_table(item.require("table"));
    table.models = texts_or_none(item, "models");
    descriptor.sizes.push_back(std::move(table));
  }
}

ReferenceLimits read_references(const JsonField& root) {
  ReferenceLimits limits;
  const auto field = root.find("references");
  if (!field) return limits;
  field->only_keys({"character", "background", "max_mib", "formats"});
  constexpr int kMost = 16;
  if (const auto most = field->find("character"))
    limits.character = static_cast<int>(most->integer(0, kMost));
  if (const auto most = field->find("background"))
    limits.background = static_cast<int>(most->integer(0, kMost));
  if (const auto size = field->find("max_mib"))
    limits.max_bytes = static_cast<std::size_t>(size->number() * 1024 * 1024);
  const auto formats = field->find("formats");
  if (!formats) return limits;
  limits.formats.clear();
  for (const JsonField& item : formats->items()) {
    const std::string word = item.word({"png", "jpeg", "webp"});
    limits.formats.push_back(word == "png"    ? PictureFormat::png
                             : word == "jpeg" ? PictureFormat::jpeg
                                              : PictureFormat::webp);
  }
  return limits;
}

ReplyTemplate read_reply(const JsonField& root) {
  ReplyTemplate reply;
  const JsonField field = root.require("reply");
  field.only_keys({"images", "seed", "seed_header", "model", "credits", "cost", "message"});
  if (const auto images = field.find("images"))
    for (const JsonField& item : images->items()) {
      item.only_keys({"base64", "url"});
      const auto url = item.find("url");
      if (url && item.find("base64")) item.fail("has \"base64\" or \"url\", not both");
      reply.images.push_back(
          {.path = read_path(url ? *url : item.require("base64")), .url = url.has_value()});
    }
  reply.seed = paths_or_none(field, "seed");
  reply.seed_header = text_or(field, "seed_header", {});
  reply.model = paths_or_none(field, "model");
  reply.credits = paths_or_none(field, "credits");
  reply.message = paths_or_none(field, "message");
  if (const auto cost = field.find("cost")) {
    cost->only_keys({"path", "times", "unit"});
    reply.cost.paths = paths_or_none(*cost, "path");
    if (reply.cost.paths.empty()) cost->fail("needs a \"path\"");
    if (const auto times = cost->find("times")) reply.cost.times = times->number();
    reply.cost.unit = cost->require("unit").text();
  }
  return reply;
}

// 429, or "4xx".
void read_status(const JsonField& field, ErrorRule& rule) {
  if (!field.is_text()) {
    rule.lowest_status = rule.highest_status = static_cast<int>(field.integer(100, 599));
    return;
  }
  const std::string word = field.word({"2xx", "3xx", "4xx", "5xx"});
  rule.lowest_status = (word[0] - '0') * 100;
  rule.highest_status = rule.lowest_status + 99;
}

FaultClass read_fault(const JsonField& field) {
  std::vector<std::string> words;
  for (int i = 0; i <= static_cast<int>(FaultClass::no_answer); ++i)
    words.emplace_back(to_string(static_cast<FaultClass>(i)));
  const std::string word = field.word(words);
  return static_cast<FaultClass>(std::find(words.begin(), words.end(), word) - words.begin());
}

ErrorRule read_error_rule(const JsonField& field) {
  field.only_keys({"status", "path", "matches", "equals", "class", "hint", "retry"});
  ErrorRule rule;
  if (const auto status = field.find("status")) read_status(*status, rule);
  rule.paths = paths_or_none(field, "path");
  if (const auto matches = field.find("matches")) {
    try {
      rule.matches.emplace(matches->text(), std::regex::ECMAScript | std::regex::icase);
    } catch (const std::regex_error& problem) {
      matches->fail(std::string("not a regular expression: ") + problem.what());
    }
  }
  if (const auto equals = field.find("equals")) {
    if (rule.paths.empty()) equals->fail("needs a \"path\"");
    rule.equals = std::make_shared<const json>(equals->value());
  }
  rule.fault = read_fault(field.require("class"));
  rule.hint = text_or(field, "hint", {});
  rule.retry = flag(field, "retry", false);
  if (rule.retry && rule.fault != FaultClass::rate_limited)
    field.find("retry")->fail("only \"rate_limited\" may be tried again: nothing was billed");
  return rule;
}

CreditRule read_credit_rule(const JsonField& field) {
  field.only_keys({"models", "picture", "cell", "reference"});
  CreditRule rule;
  rule.models = texts_or_none(field, "models");
  const auto amount = [&](const std::string& key) {
    const auto found = field.find(key);
    if (!found) return 0.0;
    const double number = found->number();
    if (number < 0 || number > 1e6) found->fail("must be from 0 to 1000000");
    return number;
  };
  rule.picture = amount("picture");
  rule.cell = amount("cell");
  rule.reference = amount("reference");
  return rule;
}

void read_models(const JsonField& root, Descriptor& descriptor) {
  descriptor.models = texts_or_none(root, "models");
  descriptor.any_model = flag(root, "any_model", false);
  if (descriptor.models.empty()) return;
  const auto chosen = root.find("default_model");
  descriptor.default_model = chosen ? chosen->word(descriptor.models) : descriptor.models.front();
}

void read_options(const JsonField& root, Descriptor& descriptor) {
  const auto field = root.find("options");
  if (!field) return;
  for (const auto& [key, value] : field->members()) {
    if (value.is_object() || value.is_array()) value.fail("must be text, a number, true or false");
    descriptor.options[key] = std::make_shared<const json>(value.value());
  }
}

void read_seed(const JsonField& root, Descriptor& descriptor) {
  const auto field = root.find("seed");
  if (!field) return;
  field->only_keys({"max"});
  descriptor.takes_seed = true;
  if (const auto most = field->find("max")) descriptor.max_seed = most->integer(0, INT64_MAX);
}

void read_address(const JsonField& root, Descriptor& descriptor) {
  descriptor.local = text_or(root, "local", {});
  descriptor.base_url_env = text_or(root, "base_url_env", {});
  if (const auto base = root.find("base_url")) {
    descriptor.base_url = base->text();
    const auto url = parse_url(descriptor.base_url);
    if (!url || !url->is_web()) base->fail("must be an http or https URL");
    if (url->has_user) base->fail("must not hold a user name or password; use \"auth\"");
  }
  if (descriptor.local.empty() && descriptor.base_url.empty() && descriptor.base_url_env.empty())
    root.fail("needs \"base_url\", \"base_url_env\" or \"local\"");
  const auto ca_file = root.find("ca_file");
  if (!ca_file) return;
  descriptor.ca_file = ca_file->text();
  if (descriptor.ca_file.is_relative())
    descriptor.ca_file = std::filesystem::path(descriptor.file).parent_path() / descriptor.ca_file;
}

void read_requests(const JsonField& root, Descriptor& descriptor) {
  const JsonField requests = root.require("requests");
  requests.only_keys({"text_to_image", "image_to_image"});
  const RequestReader reader(descriptor);
  const auto common = reader.headers(root);
  const auto with_common = [&](RequestTemplate request) {
    request.headers.insert(request.headers.begin(), common.begin(), common.end());
    return request;
  };
  descriptor.text_to_image = with_common(reader.read(requests.require("text_to_image"), nullptr));
  if (const auto field = requests.find("image_to_image"))
    descriptor.image_to_image = with_common(reader.read(*field, &descriptor.text_to_image));
  const bool takes_references =
      descriptor.references.character + descriptor.references.background > 0;
  if (takes_references && !descriptor.image_to_image)
    requests.fail("\"image_to_image\" is missing, but \"references\" are taken");
}

void read_rules(const JsonField& root, Descriptor& descriptor) {
  if (const auto errors = root.find("errors"))
    for (const JsonField& item : errors->items())
      descriptor.errors.push_back(read_error_rule(item));
  if (const auto retry = root.find("retry")) {
    retry->only_keys({"attempts", "first_delay_seconds", "longest_delay_seconds", "delay"});
    if (const auto attempts = retry->find("attempts"))
      descriptor.retry.attempts = static_cast<int>(attempts->integer(1, 10));
    descriptor.retry.first_delay =
        seconds(*retry, "first_delay_seconds", descriptor.retry.first_delay);
    descriptor.retry.longest_delay =
        seconds(*retry, "longest_delay_seconds", descriptor.retry.longest_delay);
    descriptor.retry.delay = paths_or_none(*retry, "delay");
  }
  if (const auto download = root.find("download")) {
    download->only_keys({"send_auth", "auth_hosts", "private_hosts"});
    descriptor.download.send_auth = flag(*download, "send_auth", true);
    descriptor.download.auth_hosts = texts_or_none(*download, "auth_hosts");
    descriptor.download.private_hosts = texts_or_none(*download, "private_hosts");
  }
  if (const auto limits = root.find("limits")) {
    limits->only_keys({"total_seconds", "first_byte_seconds", "in_flight", "per_minute"});
    constexpr std::int64_t kMost = 100'000;
    if (const auto most = limits->find("in_flight"))
      descriptor.in_flight_limit = static_cast<int>(most->integer(1, kMost));
    if (const auto most = limits->find("per_minute"))
      descriptor.submits_per_minute = static_cast<int>(most->integer(1, kMost));
    descriptor.total_limit = seconds(*limits, "total_seconds", descriptor.total_limit);
    descriptor.first_byte_limit = seconds(*limits, "first_byte_seconds", milliseconds(0));
  }
  const auto credits = root.find("credits");
  if (credits && credits->is_object())
    descriptor.credits.push_back(read_credit_rule(*credits));
  else if (credits)
    for (const JsonField& item : credits->items())
      descriptor.credits.push_back(read_credit_rule(item));
}

Descriptor read(const JsonDocument& document) {
  const JsonField root(document);
  root.only_keys({"castboard_provider",
                  "name",
                  "title",
                  "free",
                  "local",
                  "base_url",
                  "base_url_env",
                  "ca_file",
                  "auth",
                  "models",
                  "default_model",
                  "any_model",
                  "options",
                  "seed",
                  "prompt_limit",
                  "sizes",
                  "other_sizes",
                  "references",
                  "headers",
                  "requests",
                  "reply",
                  "errors",
                  "retry",
                  "download",
                  "credits",
                  "limits",
                  "notes"});
  const JsonField format = root.require("castboard_provider");
  if (format.integer(1, 1000) != kFormat)
    format.fail("this program reads format 1; a newer Castboard may read this file");
  Descriptor descriptor;
  descriptor.file = document.path();
  descriptor.name = root.require("name").text();
  descriptor.title = root.require("title").text();
  descriptor.free = flag(root, "free", false);
  if (const auto limit = root.find("prompt_limit"))
    descriptor.prompt_limit = static_cast<std::size_t>(limit->integer(1, 10'000'000));
  read_address(root, descriptor);
  descriptor.auth = read_auth(root);
  read_models(root, descriptor);
  read_options(root, descriptor);
  read_seed(root, descriptor);
  read_sizes(root, descriptor);
  descriptor.references = read_references(root);
  read_requests(root, descriptor);
  descriptor.reply = read_reply(root);
  read_rules(root, descriptor);
  if (!descriptor.free && descriptor.credits.empty())
    root.fail("needs \"credits\", or \"free\": true");
  return descriptor;
}

}  // namespace

Descriptor read_descriptor(const std::filesystem::path& file) {
  return read(JsonDocument::read(file));
}

Descriptor parse_descriptor(std::string_view text, const std::string& file) {
  return read(JsonDocument::parse(text, file));
}

}  // namespace castboard
