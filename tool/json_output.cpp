#include "json_output.h"

#include <nlohmann/json.hpp>

#include "castboard/version_record.h"

namespace castboard {
namespace {

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json path_or_null(const std::string& url, const Session& session) {
  return url.empty() ? Json() : Json(session.absolute_path(url));
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json traits_json(const std::vector<Trait>& traits) {
  Json object = Json::object();
  for (const Trait& trait : traits) object[trait.key] = trait.value;
  return object;
}

Json reference_json(const Reference& reference) {
  if (!reference) return {};
  return {{"kind", to_string(reference.kind)}, {"text", reference.text}};
}

}  // namespace

Json json_document() {
  return {{"schema", kJsonSchema}};
}

Json json_error(const Error& error) {
  Json document = json_document();
  document["error"] = {{"code", to_string(error.code)},
                       {"message", error.message},
                       {"hint", text_or_null(error.hint)}};
  if (!error.detail.empty()) document["error"]["detail"] = error.detail;
  return document;
}

Json to_json(const Project& project) {
  return {{"id", project.id},
          {"name", project.name},
          {"credit_limit", or_null(project.credit_limit)},
          {"credit_ask_above", or_null(project.credit_ask_above)},
          {"daily_credit_limit", or_null(project.daily_credit_limit)},
          {"daily_credit_ask_above", or_null(project.daily_credit_ask_above)},
          {"credits_used", project.credits_used},
          {"credits_reserved", project.credits_reserved},
          {"character_count", project.character_count},
          {"version_count", project.version_count},
          {"created_at", project.created_at},
          {"updated_at", project.updated_at}};
}

Json to_json(const Character& character, const Session& session) {
  Json poses = Json::object();
  Json pose_paths = Json::object();
  for (const auto& [pose, url] : character.image_poses) {
    poses[pose] = url;
    pose_paths[pose] = session.absolute_path(url);
  }
  return {{"id", character.id},
          {"project_id", character.project_id},
          {"name", character.name},
          {"description", text_or_null(character.description)},
          {"traits", traits_json(character.traits)},
          {"image_url", text_or_null(character.image_url)},
          {"path", path_or_null(character.image_url, session)},
          {"image_poses", poses},
          {"pose_paths", pose_paths},
          {"thumbnail_url", text_or_null(character.thumbnail_url)},
          {"thumbnail_path", path_or_null(character.thumbnail_url, session)},
          {"active_version_id", text_or_null(character.active_version_id)},
          {"active_label", character.active_version_number == 0
                               ? Json()
                               : Json(version_label(character.active_version_number))},
          {"active_status", to_string(character.active_status)},
          {"version_count", character.version_count},
          {"new_count", character.new_count},
          {"last_version_number", character.last_version_number},
          {"created_at", character.created_at},
          {"updated_at", character.updated_at},
          {"deleted_at", text_or_null(character.deleted_at)}};
}

Json to_json(const Version& version, const std::string& character_name, const Session& session) {
  return Json::parse(version_json(version, character_name, [&session](std::string_view url) {
    return session.absolute_path(url);
  }));
}

Json to_json(const GenerationRequest& request) {
  return {{"character_id", text_or_null(request.character_id)},
          {"version_name", text_or_null(request.version_name)},
          {"template_type", request.template_type},
          {"shot", text_or_null(request.shot)},
          {"art_style", request.art_style},
          {"aspect_ratio", request.aspect_ratio},
          {"character_reference", reference_json(request.character_reference)},
          {"background_reference", reference_json(request.background_reference)},
          {"additional_description", text_or_null(request.additional_description)},
          {"prompt", text_or_null(request.prompt)},
          {"provider", request.provider},
          {"model", text_or_null(request.model)},
          {"seed", or_null(request.seed)},
          {"count", request.count},
          {"activate", to_string(request.activate)},
          {"max_credits", or_null(request.max_credits)},
          {"remix_of", text_or_null(request.remix_of)},
          {"redo_of_version", text_or_null(request.redo_of_version)},
          {"redo_of_cell", request.redo_of_cell == 0 ? Json() : Json(request.redo_of_cell)}};
}

Json to_json(const Job& job) {
  return {{"id", job.id},
          {"state", to_string(job.state)},
          {"project_id", job.project_id},
          {"character_id", job.character_id},
          {"character_name", text_or_null(job.character_name)},
          {"user_id", text_or_null(job.user_id)},
          {"provider_job_id", text_or_null(job.provider_job_id)},
          {"progress", job.progress < 0 ? Json() : Json(job.progress)},
          {"queue_position", job.queue_position},
          {"usual_ms", job.usual_ms == 0 ? Json() : Json(job.usual_ms)},
          {"elsewhere", job.elsewhere},
          {"credit_estimate", job.credit_estimate},
          {"billing", to_string(job.billing)},
          {"credits", job.credits},
          {"provider_cost", job.provider_cost},
          {"provider_cost_unit", text_or_null(job.provider_cost_unit)},
          {"known_to_provider", job.known_to_provider()},
          {"repeatable", job.repeatable},
          {"again_of", text_or_null(job.again_of)},
          {"submitted_again_as", text_or_null(job.submitted_again_as)},
          {"kept_files", job.kept_files},
          {"error_code", text_or_null(job.error_code)},
          {"message", text_or_null(job.message)},
          {"hint", text_or_null(job.hint)},
          {"version_ids", job.version_ids},
          {"request", to_json(job.request)},
          {"prompt", text_or_null(job.prompt)},
          {"owner", text_or_null(job.owner)},
          {"epoch", job.epoch},
          {"lease_until", text_or_null(job.lease_until)},
          {"created_at", job.created_at},
          {"started_at", text_or_null(job.started_at)},
          {"finished_at", text_or_null(job.finished_at)}};
}

Json to_json(const GenerationQuote& quote) {
  return {
      {"prompt", quote.prompt},           {"made_prompt", quote.made_prompt},
      {"credits", quote.credits},         {"credits_reason", text_or_null(quote.credits_reason)},
      {"request", quote.request_preview}, {"notes", quote.notes},
      {"ask", text_or_null(quote.ask)}};
}

Json to_json(const Preset& preset) {
  return {{"name", preset.name},
          {"template_type", text_or_null(preset.template_type)},
          {"shot", text_or_null(preset.shot)},
          {"art_style", text_or_null(preset.art_style)},
          {"aspect_ratio", text_or_null(preset.aspect_ratio)},
          {"character_reference", reference_json(preset.character_reference)},
          {"background_reference", reference_json(preset.background_reference)},
          {"additional_description", text_or_null(preset.additional_description)},
          {"prompt", text_or_null(preset.prompt)},
          {"provider", text_or_null(preset.provider)},
          {"model", text_or_null(preset.model)},
          {"seed", or_null(preset.seed)},
          {"count", preset.count ? Json(*preset.count) : Json()},
          {"activate", preset.activate ? Json(to_string(*preset.activate)) : Json()},
          {"layer", preset.layer},
          {"file", preset.file}};
}

Json to_json(const LedgerEntry& entry) {
  return {{"time", entry.time},
          {"job_id", entry.job_id},
          {"project_id", entry.project_id},
          {"project_name", entry.project_name},
          {"character_id", entry.character_id},
          {"character_name", entry.character_name},
          {"user_id", entry.user_id},
          {"provider", entry.provider},
          {"model", text_or_null(entry.model)},
          {"template_type", text_or_null(entry.template_type)},
          {"state", to_string(entry.state)},
          {"billing", to_string(entry.billing)},
          {"credits", entry.credits},
          {"provider_cost", entry.provider_cost},
          {"provider_cost_unit", text_or_null(entry.provider_cost_unit)},
          {"pictures", entry.pictures},
          {"omitted", entry.omitted},
          {"trashed", entry.trashed},
          {"message", text_or_null(entry.message)}};
}

Json to_json(const LedgerSum& sum) {
  Json costs = Json::object();
  for (const auto& [unit, cost] : sum.provider_costs) costs[unit] = cost;
  return {{"name", text_or_null(sum.name)},
          {"project_name", text_or_null(sum.project_name)},
          {"jobs", sum.jobs},
          {"pictures", sum.pictures},
          {"failed", sum.failed},
          {"billed", sum.billed},
          {"uncertain", sum.uncertain},
          {"under_way", sum.under_way},
          {"failed_credits", sum.failed_credits},
          {"omitted_credits", sum.omitted_credits},
          {"provider_costs", costs}};
}

Json to_json(const PushItem& item) {
  Json body = Json::parse(item.body, nullptr, false);
  if (body.is_discarded()) body = text_or_null(item.body);
  return {{"character_id", item.character_id},
          {"character_name", text_or_null(item.character_name)},
          {"version_id", text_or_null(item.version_id)},
          {"version_number", item.version_number},
          {"url", text_or_null(item.url)},
          {"body", body},
          {"sent", item.sent},
          {"attempts", item.attempts},
          {"error", text_or_null(item.error)}};
}

Json to_json(const ProviderTrial& trial) {
  Json json{{"from_text", text_or_null(trial.from_text)},
            {"with_references", text_or_null(trial.with_references)},
            {"model", text_or_null(trial.model)},
            {"credits", trial.credits},
            {"picture", nullptr}};
  if (trial.picture.empty()) return json;
  json["picture"] = {{"format", trial.format},
                     {"width", trial.width},
                     {"height", trial.height},
                     {"bytes", trial.picture.size()}};
  json["seed"] = trial.seed ? Json(*trial.seed) : Json();
  json["provider_cost"] = trial.provider_cost;
  json["provider_cost_unit"] = text_or_null(trial.provider_cost_unit);
  json["time_ms"] = trial.time_ms;
  return json;
}

Json to_json(const ProviderReport& report) {
  const ProviderInfo& info = report.info;
  return {{"name", info.name},
          {"title", info.title},
          {"usable", info.usable},
          {"unusable_reason", text_or_null(info.unusable_reason)},
          {"free", info.free},
          {"models", info.models},
          {"default_model", text_or_null(info.default_model)},
          {"takes_seed", info.takes_seed},
          {"prompt_limit", info.prompt_limit == 0 ? Json() : Json(info.prompt_limit)},
          {"max_character_references", info.max_character_references},
          {"max_background_references", info.max_background_references},
          {"sizes", info.sizes},
          {"layer", text_or_null(info.layer)},
          {"source", text_or_null(info.source)},
          {"problems", report.problems}};
}

Json to_json(const DoctorFinding& finding) {
  return {{"ok", finding.ok},
          {"subject", finding.subject},
          {"message", finding.message},
          {"fix", text_or_null(finding.fix)}};
}

Json to_json(const SheetReport& report, const std::vector<std::string>& poses) {
  const auto box_json = [&poses](const PixelRect& box, std::size_t index) {
    Json json;
    json["cell"] = index + 1;
    json["pose"] = index < poses.size() ? text_or_null(poses[index]) : Json();
    json["x"] = box.x;
    json["y"] = box.y;
    json["width"] = box.width;
    json["height"] = box.height;
    return json;
  };
  Json json;
  json["width"] = report.width;
  json["height"] = report.height;
  json["found"] = report.found;
  json["confidence"] = report.confidence;
  json["columns"] = report.columns;
  json["rows"] = report.rows;
  json["cells"] = Json::array();
  for (std::size_t i = 0; i < report.cells.size(); ++i)
    json["cells"].push_back(box_json(report.cells[i], i));
  json["stored"] = report.stored.empty() ? Json() : Json::array();
  for (std::size_t i = 0; i < report.stored.size(); ++i)
    json["stored"].push_back(box_json(report.stored[i], i));
  json["findings"] = Json::array();
  for (const SheetFinding& finding : report.findings) {
    Json one;
    one["kind"] = to_string(finding.kind);
    one["cells"] = finding.cells;
    one["message"] = finding.message;
    json["findings"].push_back(std::move(one));
  }
  return json;
}

Json to_json(const VerifyReport& report) {
  return {{"versions", report.versions},
          {"files", report.files},
          {"problems", report.problems},
          {"repaired", report.repaired}};
}

std::string json_text(const Json& json, bool indented) {
  return json.dump(indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace castboard
