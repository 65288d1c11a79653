#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/json_document.h"
#include "catalogue/placeholders.h"
#include "providers/descriptor.h"
#include "providers/descriptor_fields.h"
#include "providers/read_replies.h"
#include "providers/read_requests.h"
#include "providers/request_values.h"
#include "providers/url.h"

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr int kFormat = 1;

DescriptorAuth read_auth(const JsonField& root) {
  DescriptorAuth auth;
  const auto field = root.find("auth");
  if (!field) return auth;
  field->only_keys({"kind", "secret", "header", "value", "optional", "valid_seconds"});
  const std::string kind = field->require("kind").word(
      {"none", "bearer", "header", "basic", "session", "request", "jwt"});
  if (kind == "none") return auth;
  if (kind != "session" && kind != "request") auth.header = "Authorization";
  if (kind == "session") {
    auth.kind = DescriptorAuth::Kind::session;
    if (!root.find("session")) field->fail("needs \"session\" requests that use {secret}");
  } else if (kind == "request") {
    auth.kind = DescriptorAuth::Kind::request;
  } else if (kind == "jwt") {
    auth.kind = DescriptorAuth::Kind::jwt;
    auth.value = "Bearer {secret}";
    if (const auto valid = field->find("valid_seconds"))
      auth.token_valid = std::chrono::seconds(valid->integer(60, 86'400));
  } else if (kind == "bearer") {
    auth.kind = DescriptorAuth::Kind::bearer;
    auth.value = "Bearer {secret}";
  } else if (kind == "basic") {
    auth.kind = DescriptorAuth::Kind::basic;
  } else {
    auth.kind = DescriptorAuth::Kind::header;
    auth.header = field->require("header").text();
    check_header_name(field->require("header"), auth.header);
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
  } else if (std::sscanf(entry.value.c_str(), "%d %*[xX*] %d%n", &width, &height, &used) == 2) {
    field.fail(fmt::format("pixels are written \"{}x{}\"", width, height));
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
  descriptor.ignores_ratio = !field && root.find("other_sizes") && descriptor.crop_others;
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

std::size_t mebibytes(const JsonField& field) {
  const double number = field.number();
  if (number <= 0 || number > 4096) field.fail("must be from 0 to 4096 MiB");
  return static_cast<std::size_t>(number * 1024 * 1024);
}

ReferenceLimits read_reference_limits(const JsonField& field) {
  field.only_keys({"models", "character", "background", "needed", "url_only", "max_mib",
                   "max_total_mib", "max_side", "max_megapixels", "formats"});
  ReferenceLimits limits;
  limits.models = texts_or_none(field, "models");
  constexpr int kMost = 16;
  if (const auto most = field.find("character"))
    limits.character = static_cast<int>(most->integer(0, kMost));
  if (const auto most = field.find("background"))
    limits.background = static_cast<int>(most->integer(0, kMost));
  if (const auto needed = field.find("needed"))
    limits.needed = needed->word({"any", "character"}) == "any"
                        ? ReferenceLimits::Needed::any
                        : ReferenceLimits::Needed::character;
  limits.url_only = flag(field, "url_only", false);
  if (const auto size = field.find("max_mib")) limits.max_bytes = mebibytes(*size);
  if (const auto size = field.find("max_total_mib")) limits.max_total_bytes = mebibytes(*size);
  if (const auto side = field.find("max_side"))
    limits.max_side = static_cast<int>(side->integer(64, 65'536));
  if (const auto pixels = field.find("max_megapixels"))
    limits.max_pixels = static_cast<std::int64_t>(pixels->number() * 1'000'000);
  const auto formats = field.find("formats");
  if (!formats) return limits;
  limits.formats.clear();
  for (const JsonField& item : formats->items()) {
    const std::string word = item.word({"png", "jpeg", "webp"});
    limits.formats.push_back(word == "png"    ? PictureFormat::png
                             : word == "jpeg" ? PictureFormat::jpeg
                                              : PictureFormat::webp);
  }
  if (limits.formats.empty()) formats->fail("must not be empty");
  return limits;
}

std::vector<ReferenceLimits> read_references(const JsonField& root) {
  std::vector<ReferenceLimits> limits;
  const auto field = root.find("references");
  if (field && field->is_array())
    for (const JsonField& item : field->items()) limits.push_back(read_reference_limits(item));
  else if (field)
    limits.push_back(read_reference_limits(*field));
  return limits;
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

void read_maps(const JsonField& root, Descriptor& descriptor) {
  const auto field = root.find("maps");
  if (!field) return;
  const std::vector<std::string> names = request_value_names(descriptor);
  for (const auto& [key, value] : field->members()) {
    value.only_keys({"of", "values", "else"});
    ValueMap map;
    const JsonField of = value.require("of");
    map.of = of.text();
    if (const auto problem = placeholder_problem(map.of, names); !problem.empty()) of.fail(problem);
    for (const auto& [from, to] : value.require("values").members())
      map.values[from] = std::make_shared<const json>(to.value());
    if (const auto otherwise = value.find("else"))
      map.otherwise = std::make_shared<const json>(otherwise->value());
    descriptor.maps[key] = std::move(map);
  }
}

void read_seed(const JsonField& root, Descriptor& descriptor) {
  const auto field = root.find("seed");
  if (!field) return;
  field->only_keys({"max", "always"});
  descriptor.takes_seed = true;
  descriptor.always_seed = flag(*field, "always", false);
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
    descriptor.ca_file = std::filesystem::path(ca_file->file()).parent_path() / descriptor.ca_file;
}

void read_requests(const JsonField& root, const RequestReader& reader, Descriptor& descriptor) {
  const JsonField requests = root.require("requests");
  requests.only_keys({"text_to_image", "image_to_image"});
  descriptor.headers = reader.common_headers();
  descriptor.session = reader.session(root);
  const bool only_with_references =
      !descriptor.references.empty() &&
      std::all_of(descriptor.references.begin(), descriptor.references.end(),
                  [](const ReferenceLimits& limits) {
                    return limits.needed != ReferenceLimits::Needed::none;
                  });
  const auto from_text = requests.find("text_to_image");
  if (from_text) descriptor.text_to_image = reader.generation(*from_text, nullptr);
  if (!from_text && !only_with_references) requests.fail("\"text_to_image\" is missing");
  if (const auto field = requests.find("image_to_image"))
    descriptor.image_to_image =
        reader.generation(*field, from_text ? &descriptor.text_to_image : nullptr);
  if (const auto key = root.find("idempotency")) {
    key->only_keys({"hours"});
    descriptor.honours_key_for = std::chrono::hours(key->require("hours").integer(1, 24 * 365));
    const bool in_image_to_image =
        !descriptor.image_to_image || descriptor.image_to_image->request.names(kIdempotencyKey);
    if ((from_text && !descriptor.text_to_image.request.names(kIdempotencyKey)) ||
        !in_image_to_image)
      key->fail("needs {idempotency_key} in each of \"requests\": in a header, for example");
  }
  const bool takes_references = std::any_of(
      descriptor.references.begin(), descriptor.references.end(),
      [](const ReferenceLimits& limits) { return limits.character + limits.background > 0; });
  if (takes_references && !descriptor.image_to_image)
    requests.fail("\"image_to_image\" is missing, but \"references\" are taken");
  if (const auto poll = root.find("poll")) descriptor.poll = reader.poll(*poll);
  if (const auto progress = root.find("progress")) {
    descriptor.progress = reader.progress(*progress);
    if (!descriptor.progress->request && !descriptor.poll)
      progress->fail("needs a \"request\" of its own, because there is no \"poll\"");
  }
  if (const auto cancel = root.find("cancel")) descriptor.cancel = reader.cancel(*cancel);
}

void read_limits(const JsonField& field, Descriptor& descriptor) {
  field.only_keys({"total_seconds", "cell_seconds", "megapixel_seconds", "first_byte_seconds",
                   "in_flight", "per_minute"});
  TimeLimit& total = descriptor.total_limit;
  total.base = seconds(field, "total_seconds", total.base);
  total.cell = seconds(field, "cell_seconds", total.cell);
  total.megapixel = seconds(field, "megapixel_seconds", total.megapixel);
  descriptor.first_byte_limit = seconds(field, "first_byte_seconds", milliseconds(0));
  constexpr std::int64_t kMost = 100'000;
  if (const auto most = field.find("in_flight"))
    descriptor.in_flight_limit = static_cast<int>(most->integer(1, kMost));
  if (const auto most = field.find("per_minute"))
    descriptor.submits_per_minute = static_cast<int>(most->integer(1, kMost));
}

void read_rules(const JsonField& root, Descriptor& descriptor) {
  descriptor.errors = read_error_rules(root);
  if (const auto retry = root.find("retry")) {
    retry->only_keys(
        {"attempts", "first_delay_seconds", "longest_delay_seconds", "delay", "delay_times"});
    if (const auto attempts = retry->find("attempts"))
      descriptor.retry.attempts = static_cast<int>(attempts->integer(1, 10));
    descriptor.retry.first_delay =
        seconds(*retry, "first_delay_seconds", descriptor.retry.first_delay);
    descriptor.retry.longest_delay =
        seconds(*retry, "longest_delay_seconds", descriptor.retry.longest_delay);
    descriptor.retry.delay = paths_or_none(*retry, "delay");
    if (const auto times = retry->find("delay_times")) {
      descriptor.retry.delay_times = times->number();
      if (descriptor.retry.delay_times <= 0) times->fail("must be above 0");
    }
  }
  if (const auto download = root.find("download")) {
    download->only_keys({"send_auth", "auth_hosts", "private_hosts", "expires_seconds"});
    descriptor.download.expires = seconds(*download, "expires_seconds", milliseconds(0));
    descriptor.download.send_auth = flag(*download, "send_auth", true);
    descriptor.download.auth_hosts = hosts_or_none(*download, "auth_hosts");
    descriptor.download.private_hosts = hosts_or_none(*download, "private_hosts");
  }
  if (const auto limits = root.find("limits")) read_limits(*limits, descriptor);
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
                  "extends",
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
                  "maps",
                  "seed",
                  "prompt_limit",
                  "sizes",
                  "other_sizes",
                  "references",
                  "headers",
                  "idempotency",
                  "query",
                  "session",
                  "requests",
                  "poll",
                  "progress",
                  "cancel",
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
  read_maps(root, descriptor);
  read_seed(root, descriptor);
  read_sizes(root, descriptor);
  descriptor.references = read_references(root);
  const RequestReader reader(root, descriptor);
  read_requests(root, reader, descriptor);
  descriptor.reply = read_reply_template(root, reader);
  read_rules(root, descriptor);
  if (!descriptor.free && descriptor.credits.empty())
    root.fail("needs \"credits\", or \"free\": true");
  return descriptor;
}

constexpr int kMostExtended = 8;  // deeper is a circle

JsonDocument read_extended(const std::filesystem::path& file, const FindDescriptor& find,
                           int depth) {
  JsonDocument document = JsonDocument::read(file);
  const JsonField root(document);
  const auto extends = root.find("extends");
  if (!extends) return document;
  const std::string name = extends->text();
  auto base = find ? find(name) : std::nullopt;
  if (!base) base = file.parent_path() / (name + ".json");
  if (!std::filesystem::exists(*base) || std::filesystem::equivalent(*base, file))
    extends->fail("there is no other provider \"" + name + "\" to extend");
  if (depth >= kMostExtended) extends->fail("providers extend each other in a circle");
  return JsonDocument::merged(read_extended(*base, find, depth + 1), document);
}

}  // namespace

Descriptor read_descriptor(const std::filesystem::path& file, const FindDescriptor& find) {
  return read(read_extended(file, find, 0));
}

Descriptor parse_descriptor(std::string_view text, const std::string& file) {
  return read(JsonDocument::parse(text, file));
}

}  // namespace castboard
