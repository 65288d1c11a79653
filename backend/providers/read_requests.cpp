#include "providers/read_requests.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "catalogue/placeholders.h"
#include "providers/descriptor_fields.h"
#include "providers/request_builder.h"
#include "providers/request_values.h"
#include "providers/workflow.h"

namespace castboard {

namespace {

using nlohmann::json;

void add_captured(const JsonField& step, const std::string& beginning,
                  std::vector<std::string>& names) {
  const auto found = step.find("capture");
  if (!found) return;
  for (const auto& [name, value] : found->members()) names.push_back(beginning + name);
}

// What earlier answers give, told by the file as a whole: a mistyped one is found wherever it is.
std::vector<std::string> captured_names(const JsonField& root) {
  std::vector<std::string> names;
  if (const auto session = root.find("session"))
    for (const JsonField& step : session->items()) add_captured(step, "session.", names);
  if (const auto poll = root.find("poll")) add_captured(*poll, "got.", names);
  for (const char* kind : {"text_to_image", "image_to_image"}) {
    const auto requests = root.find("requests");
    const auto request = requests ? requests->find(kind) : std::nullopt;
    const auto before = request ? request->find("before") : std::nullopt;
    if (!before) continue;
    for (const JsonField& step : before->items()) {
      if (!step.find("for_each")) {
        add_captured(step, "got.", names);
        continue;
      }
      for (const std::string& beginning : reference_beginnings())
        add_captured(step, beginning + "got.", names);
    }
  }
  return names;
}

std::vector<std::string> with_request_keys(std::vector<std::string> keys) {
  keys.insert(keys.end(),
              {"method", "path", "url", "query", "headers", "json", "form", "multipart", "bytes"});
  return keys;
}

bool uses_current_reference(const RequestTemplate& request) {
  return request.bytes == ReferenceSet::current ||
         std::any_of(request.parts.begin(), request.parts.end(),
                     [](const PartTemplate& part) { return part.files == ReferenceSet::current; });
}

// Asking without any pause would be an attack.
std::chrono::milliseconds pause_of(const JsonField& field, std::chrono::milliseconds other) {
  const auto pause = seconds(field, "interval_seconds", other);
  if (pause.count() < 1) field.require("interval_seconds").fail("must be above 0");
  return pause;
}

}  // namespace

RequestReader::RequestReader(const JsonField& root, const Descriptor& descriptor)
    : names_(request_value_names(descriptor)) {
  const Names captured = captured_names(root);
  names_.insert(names_.end(), captured.begin(), captured.end());
  if (descriptor.auth.kind == DescriptorAuth::Kind::request) names_.emplace_back("secret");
  session_names_ = names_;
  session_names_.emplace_back("secret");
  if (const auto headers = root.find("headers"))
    for (const auto& [name, value] : headers->members()) {
      check_header_name(value, name);
      common_headers_.emplace_back(name, filled_text(value, names_));
    }
  common_query_ = json::object();
  if (const auto query = root.find("query")) common_query_ = *this->query(*query, names_);
}

std::string RequestReader::filled_text(const JsonField& field, const Names& names) const {
  std::string text = field.text();
  if (const std::string problem = placeholder_problem(text, names); !problem.empty())
    field.fail(problem);
  return text;
}

// Of something that may be set or not: "ref.got.fields".
std::string RequestReader::value_name(const JsonField& field, const Names& names) const {
  std::string name = field.text();
  if (const auto problem = placeholder_problem("{" + name + "}", names); !problem.empty())
    field.fail(problem);
  return name;
}

std::string RequestReader::path_below_base(const JsonField& field, const Names& names) const {
  std::string path = filled_text(field, names);
  if (path.front() != '/' && path.front() != '{')
    field.fail("must begin with \"/\": it stands after the base URL");
  return path;
}

std::string RequestReader::item_text(const JsonField& field) const {
  Names names = names_;
  names.insert(names.end(), {"item", "item.*"});
  return filled_text(field, names);
}

std::vector<PreparingStep> RequestReader::session(const JsonField& root) const {
  const auto field = root.find("session");
  return field ? steps(*field, session_names_) : std::vector<PreparingStep>();
}

GenerationTemplate RequestReader::generation(const JsonField& field,
                                             const GenerationTemplate* text_to_image) const {
  field.only_keys(with_request_keys({"before"}));
  GenerationTemplate result;
  if (const auto before = field.find("before")) result.before = steps(*before, names_);
  result.request = request(field, names_, text_to_image, "POST");
  if (uses_current_reference(result.request))
    field.require(result.request.bytes == ReferenceSet::current ? "bytes" : "multipart")
        .fail(
            "\"reference\" is for a step with \"for_each\"; here it is \"references\" (of "
            "\"files\"), "
            "\"character_reference\" or \"background_reference\" (of \"bytes\")");
  return result;
}

RequestTemplate RequestReader::request(const JsonField& field, const Names& usual_names,
                                       const GenerationTemplate* text_to_image,
                                       const std::string& usual_method) const {
  RequestTemplate result;
  result.method = usual_method;
  if (const auto method = field.find("method"))
    result.method = method->word({"POST", "PUT", "PATCH", "GET", "DELETE"});
  const auto url = field.find("url");
  if (url && field.find("path")) url->fail("a request has \"path\" or \"url\", not both");
  Names names = usual_names;
  // Its place is the file's own word, so the secret may be meant for it.
  if (url && is_literal_url(url->text())) names.emplace_back("secret");
  if (url)
    result.url = filled_text(*url, names);
  else
    result.path = path_below_base(field.require("path"), names);
  result.headers = common_headers_;
  result.common_headers = common_headers_.size();
  if (const auto headers = field.find("headers"))
    for (const auto& [name, value] : headers->members()) {
      check_header_name(value, name);
      result.headers.emplace_back(name, filled_text(value, names));
    }
  json asked = url ? json::object() : common_query_;
  if (const auto own = field.find("query")) asked.update(*query(*own, names));
  if (!asked.empty()) result.query = std::make_shared<const json>(std::move(asked));
  read_body(field, names, text_to_image, result);
  return result;
}

void RequestReader::read_body(const JsonField& field, const Names& names,
                              const GenerationTemplate* text_to_image,
                              RequestTemplate& request) const {
  int bodies = 0;
  const auto body = [&](const char* key) {
    auto found = field.find(key);
    if (found && ++bodies > 1)
      found->fail("a request has one body: \"json\", \"form\", \"multipart\" or \"bytes\"");
    return found;
  };
  if (const auto found = body("json")) request.json = json_template(*found, names);
  if (const auto found = body("form")) request.form = query(*found, names);
  if (const auto found = body("multipart")) {
    request.multipart = true;
    for (const JsonField& item : found->items())
      request.parts.push_back(part(item, names, text_to_image));
  }
  if (const auto found = body("bytes")) {
    const std::string word =
        found->word({"reference", "character_reference", "background_reference"});
    request.bytes = word == "reference"             ? ReferenceSet::current
                    : word == "character_reference" ? ReferenceSet::character
                                                    : ReferenceSet::background;
    if (request.method == "GET") found->fail("a GET has no body: say \"method\": \"PUT\"");
  }
}

// A flat object of texts, numbers, flags and lists of them.
JsonTemplate RequestReader::query(const JsonField& field, const Names& names) const {
  for (const auto& [name, value] : field.members())
    if (value.is_object()) value.fail("must be text, a number, true, false, or a list of them");
  return json_template(field, names);
}

RequestTemplate RequestReader::asking(const JsonField& field) const {
  field.only_keys(with_request_keys({}));
  return request(field, names_, nullptr, "GET");
}

Question RequestReader::question(const JsonField& field) const {
  field.only_keys({"request", "found"});
  return {.request = asking(field.require("request")),
          .yes = require_condition(field.require("found"))};
}

std::vector<PreparingStep> RequestReader::steps(const JsonField& field, const Names& names) const {
  std::vector<PreparingStep> result;
  for (const JsonField& item : field.items()) {
    item.only_keys(with_request_keys({"capture", "for_each"}));
    PreparingStep step;
    if (const auto set = item.find("for_each"))
      step.for_each = *reference_set(
          set->word({"references", "character_references", "background_references"}));
    step.request = request(item, names, nullptr, "POST");
    if (uses_current_reference(step.request) && step.for_each == ReferenceSet::none)
      item.fail("\"reference\" needs \"for_each\"");
    step.captures = captures(item);
    result.push_back(std::move(step));
  }
  return result;
}

std::vector<Capture> RequestReader::captures(const JsonField& field) const {
  std::vector<Capture> result;
  const auto found = field.find("capture");
  if (!found) return result;
  for (const auto& [name, value] : found->members()) {
    Capture capture;
    capture.name = name;
    if (value.is_object()) {
      value.only_keys({"path", "header", "matches"});
      capture.paths = paths_or_none(value, "path");
      if (const auto header = value.find("header")) capture.header = header_name(*header);
      if (const auto matches = value.find("matches")) capture.matches = read_regex(*matches);
      if (!capture.paths.empty() && !capture.header.empty())
        value.fail("looks at \"path\" or at \"header\", not at both");
      if (capture.paths.empty() && capture.header.empty() && !capture.matches)
        value.fail("needs a \"path\", a \"header\" or, for the whole body, \"matches\"");
    } else {
      capture.paths = paths_or_none(*found, name);
    }
    result.push_back(std::move(capture));
  }
  return result;
}

PartTemplate RequestReader::part(const JsonField& field, const Names& names,
                                 const GenerationTemplate* text_to_image) const {
  if (const auto fields = field.find("fields")) {
    field.only_keys({"fields", "models"});
    PartTemplate all;
    all.fields = value_name(*fields, names);
    all.models = texts_or_none(field, "models");
    return all;
  }
  field.only_keys({"name", "value", "files", "json", "json_of", "skip_with_url", "content_type",
                   "models", "without", "file_name"});
  PartTemplate result;
  result.name = filled_text(field.require("name"), names);
  result.content_type = text_or(field, "content_type", {});
  result.file_name = text_or(field, "file_name", {});
  result.skip_with_url = flag(field, "skip_with_url", false);
  result.models = texts_or_none(field, "models");
  if (const auto without = field.find("without")) {
    result.without = value_name(*without, names);
  }
  if (const auto value = field.find("value")) {
    result.value = filled_text(*value, names);
  } else if (const auto files = field.find("files")) {
    result.files = *reference_set(
        files->word({"references", "character_references", "background_references", "reference"}));
  } else if (const auto body = field.find("json")) {
    result.json = json_template(*body, names);
  } else {
    const auto source = field.find("json_of");
    if (!source)
      field.fail("a part needs \"value\", \"files\", \"fields\", \"json\" or \"json_of\"");
    if (!text_to_image || !text_to_image->request.json || source->text() != "text_to_image")
      source->fail("must be \"text_to_image\", whose request has \"json\"");
    result.json = text_to_image->request.json;
  }
  return result;
}

JsonTemplate RequestReader::json_template(const JsonField& field, const Names& names) const {
  return std::make_shared<const json>(checked_json(field, names));
}

json RequestReader::checked_json(const JsonField& field, const Names& names) const {
  if (field.is_text()) {
    const auto text = field.value().get<std::string>();
    if (const std::string problem = placeholder_problem(text, names); !problem.empty())
      field.fail(problem);
    return text;
  }
  if (field.is_array()) {
    json list = json::array();
    for (const JsonField& item : field.items()) list.push_back(checked_json(item, names));
    return list;
  }
  if (!field.is_object()) return field.value();
  if (const auto text = field.find(kTextKey)) {
    field.only_keys({kTextKey});
    return {{kTextKey, checked_json(*text, names)}};
  }
  if (const auto graph = field.find(kWorkflowKey)) {
    field.only_keys({kWorkflowKey});
    return {{kWorkflowKey, workflow(*graph, names)}};
  }
  json object = json::object();
  for (const auto& [key, member] : field.members()) {
    if (key.rfind(kEachKey, 0) == 0) {
      if (!reference_set(key.substr(kEachKey.size())))
        member.fail("$each takes references, character_references or background_references");
    } else if (const std::string problem = placeholder_problem(key, names); !problem.empty()) {
      member.fail(problem);
    }
    object[key] = checked_json(member, names);
  }
  return object;
}

// The file's graph takes the place of its name, so that nothing has to be read later.
json RequestReader::workflow(const JsonField& field, const Names& names) const {
  field.only_keys({"file", "set", "remove_without"});
  const JsonField file = field.require("file");
  std::filesystem::path path = file.text();
  if (path.is_relative()) path = std::filesystem::path(file.file()).parent_path() / path;
  json result{
      {"graph", read_workflow(path)}, {"set", json::object()}, {"remove_without", json::object()}};
  const auto check = [&](const JsonField& place, const std::string& pointer) {
    if (const auto problem = pointer_problem(result["graph"], pointer); !problem.empty())
      place.fail(problem);
  };
  for (const auto& [pointer, value] : field.require("set").members()) {
    check(value, pointer);
    result["set"][pointer] = checked_json(value, names);
  }
  if (const auto removals = field.find("remove_without"))
    for (const auto& [name, pointers] : removals->members()) {
      if (const std::string problem = placeholder_problem("{" + name + "}", names);
          !problem.empty())
        pointers.fail(problem);
      for (const std::string& pointer : pointers.texts()) check(pointers, pointer);
      result["remove_without"][name] = pointers.texts();
    }
  return result;
}

PollRule RequestReader::poll(const JsonField& field) const {
  field.only_keys({"id", "capture", "request", "done", "alive", "result", "interval_seconds",
                   "longest_interval_seconds", "auth_hosts"});
  PollRule rule;
  rule.id = paths_or_none(field, "id");
  rule.captures = captures(field);
  if (rule.id.empty() && rule.captures.empty())
    field.fail("needs \"id\" or \"capture\": how a job is found again");
  rule.request = asking(field.require("request"));
  rule.done = require_condition(field.require("done"));
  if (const auto alive = field.find("alive")) rule.alive = question(*alive);
  if (const auto result = field.find("result")) rule.result = asking(*result);
  rule.interval = pause_of(field, rule.interval);
  rule.longest_interval =
      std::max(rule.interval, seconds(field, "longest_interval_seconds", rule.longest_interval));
  rule.auth_hosts = hosts_or_none(field, "auth_hosts");
  return rule;
}

ProgressRule RequestReader::progress(const JsonField& field) const {
  field.only_keys({"path", "times", "request", "interval_seconds"});
  ProgressRule rule;
  rule.paths = paths_or_none(field, "path");
  if (rule.paths.empty()) field.fail("needs a \"path\"");
  if (const auto times = field.find("times")) rule.times = times->number();
  if (const auto request = field.find("request")) rule.request = asking(*request);
  rule.interval = pause_of(field, rule.interval);
  return rule;
}

std::vector<CancelStep> RequestReader::cancel(const JsonField& field) const {
  std::vector<CancelStep> steps;
  const auto add = [&](const JsonField& item) {
    item.only_keys(with_request_keys({"when", "confirmed"}));
    CancelStep step;
    step.request = request(item, names_, nullptr, "POST");
    if (const auto when = item.find("when")) step.when = question(*when);
    if (const auto confirmed = item.find("confirmed"))
      step.confirmed = require_condition(*confirmed);
    else
      step.confirmed.statuses.emplace_back(200, 299);
    steps.push_back(std::move(step));
  };
  if (field.is_array())
    for (const JsonField& item : field.items()) add(item);
  else
    add(field);
  return steps;
}

}  // namespace castboard
