#include "providers/read_replies.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "providers/descriptor_fields.h"

namespace castboard {

namespace {

ImagePlace read_image_place(const JsonField& field, const RequestReader& requests) {
  field.only_keys({"base64", "url", "path", "each", "where", "unless"});
  ImagePlace place;
  int kinds = 0;
  const auto kind_is = [&](const char* key, ImagePlace::Kind kind) {
    const auto found = field.find(key);
    if (!found) return;
    if (++kinds > 1) found->fail("an image has one of \"base64\", \"url\" and \"path\"");
    place.kind = kind;
    if (kind == ImagePlace::Kind::path)
      place.path = requests.item_text(*found);
    else
      place.value = paths_or_none(field, key);
  };
  kind_is("base64", ImagePlace::Kind::base64);
  kind_is("url", ImagePlace::Kind::url);
  kind_is("path", ImagePlace::Kind::path);
  if (kinds == 0) field.fail("needs \"base64\", \"url\" or \"path\"");
  place.each = paths_or_none(field, "each");
  if (const auto where = field.find("where")) place.where = require_condition(*where);
  if (const auto unless = field.find("unless")) place.unless = require_condition(*unless);
  if (place.each.empty() && (place.where || place.unless))
    field.fail("\"where\" and \"unless\" need \"each\"");
  return place;
}

CostRule read_cost(const JsonField& field) {
  field.only_keys({"models", "path", "header", "fixed", "times", "unit"});
  CostRule rule;
  rule.models = texts_or_none(field, "models");
  rule.paths = paths_or_none(field, "path");
  if (const auto header = field.find("header")) rule.header = header_name(*header);
  if (const auto fixed = field.find("fixed")) rule.fixed = fixed->number();
  if (rule.paths.empty() && rule.header.empty() && !rule.fixed)
    field.fail("needs a \"path\", a \"header\" or a \"fixed\" amount");
  if (const auto times = field.find("times")) rule.times = times->number();
  rule.unit = field.require("unit").text();
  return rule;
}

FaultClass read_fault(const JsonField& field) {
  std::vector<std::string> words;
  for (int i = 0; i <= static_cast<int>(FaultClass::session_expired); ++i)
    words.emplace_back(to_string(static_cast<FaultClass>(i)));
  const std::string word = field.word(words);
  return static_cast<FaultClass>(std::find(words.begin(), words.end(), word) - words.begin());
}

CallStage read_stage(const JsonField& field) {
  const std::string word = field.word({"prepare", "submit", "poll", "download"});
  return word == "prepare"  ? CallStage::prepare
         : word == "submit" ? CallStage::submit
         : word == "poll"   ? CallStage::poll
                            : CallStage::download;
}

ErrorRule read_error_rule(const JsonField& field) {
  field.only_keys(with_condition_keys({"on", "class", "hint", "retry"}));
  ErrorRule rule;
  rule.condition = read_condition(field);
  constexpr std::pair<int, int> kErrorStatuses{300, 599};
  if (rule.condition.statuses.empty()) rule.condition.statuses.push_back(kErrorStatuses);
  if (const auto stage = field.find("on")) rule.stage = read_stage(*stage);
  rule.fault = read_fault(field.require("class"));
  rule.hint = text_or(field, "hint", {});
  rule.retry = flag(field, "retry", false);
  if (rule.retry && rule.fault != FaultClass::rate_limited)
    field.find("retry")->fail("only \"rate_limited\" may be tried again: nothing was billed");
  return rule;
}

}  // namespace

ReplyTemplate read_reply_template(const JsonField& root, const RequestReader& requests) {
  ReplyTemplate reply;
  const JsonField field = root.require("reply");
  field.only_keys({"images", "seed", "seed_header", "model", "credits", "cost", "message"});
  if (const auto images = field.find("images"))
    for (const JsonField& item : images->items())
      reply.images.push_back(read_image_place(item, requests));
  reply.seed = paths_or_none(field, "seed");
  if (const auto header = field.find("seed_header")) reply.seed_header = header_name(*header);
  reply.model = paths_or_none(field, "model");
  reply.credits = paths_or_none(field, "credits");
  reply.message = paths_or_none(field, "message");
  const auto cost = field.find("cost");
  if (cost && cost->is_array())
    for (const JsonField& item : cost->items()) reply.cost.push_back(read_cost(item));
  else if (cost)
    reply.cost.push_back(read_cost(*cost));
  return reply;
}

std::vector<ErrorRule> read_error_rules(const JsonField& root) {
  std::vector<ErrorRule> rules;
  if (const auto errors = root.find("errors"))
    for (const JsonField& item : errors->items()) rules.push_back(read_error_rule(item));
  return rules;
}

}  // namespace castboard
