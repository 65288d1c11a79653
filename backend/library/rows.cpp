#include "library/rows.h"

#include <fmt/format.h>

#include "library/text_rules.h"

namespace castboard {

namespace {

// A word a newer or foreign program may have written reads as none.
Status read_status(const std::string& word) {
  return parse_status(word).value_or(Status::none);
}

PixelRect read_box(ColumnReader& row) {
  PixelRect box;
  box.x = row.small_integer();
  box.y = row.small_integer();
  box.width = row.small_integer();
  box.height = row.small_integer();
  return box;
}

std::optional<PixelRect> read_optional_box(ColumnReader& row) {
  if (!row.next_is_null()) return read_box(row);
  row.skip(4);
  return std::nullopt;
}

void bind_optional_box(Statement& statement, const std::optional<PixelRect>& box) {
  using Number = std::optional<std::int64_t>;
  statement.bind(box ? Number(box->x) : Number())
      .bind(box ? Number(box->y) : Number())
      .bind(box ? Number(box->width) : Number())
      .bind(box ? Number(box->height) : Number());
}

// 0 is "none".
std::optional<std::int64_t> or_null(int number) {
  return number == 0 ? std::nullopt : std::optional<std::int64_t>(number);
}

}  // namespace

Character read_character(ColumnReader& row) {
  Character character;
  character.id = row.text();
  character.project_id = row.text();
  character.name = row.text();
  character.description = row.text();
  const std::string where = fmt::format("character {}", character.name);
  character.traits = read_traits(row.text(), where);
  character.image_url = row.text();
  character.image_poses = read_poses(row.text(), where);
  character.last_version_number = row.small_integer();
  character.created_at = row.text();
  character.updated_at = row.text();
  character.deleted_at = row.text();
  return character;
}

Version read_version(ColumnReader& row) {
  Version version;
  version.id = row.text();
  version.character_id = row.text();
  version.project_id = row.text();
  version.user_id = row.text();
  version.version_name = row.text();
  version.version_number = row.small_integer();
  version.is_active = row.flag();
  version.image_url = row.text();
  version.thumbnail_url = row.text();
  version.drive_file_id = row.text();
  version.art_style = row.text();
  version.template_type = row.text();
  version.shot = row.text();
  version.aspect_ratio = row.text();
  version.prompt_used = row.text();
  version.character_ref_url = row.text();
  version.background_ref_url = row.text();
  version.additional_description = row.text();
  version.credit_cost = row.integer();
  version.provider = row.text();
  version.model_used = row.text();
  version.seed = row.optional_integer();
  version.created_at = row.text();
  version.updated_at = row.text();
  version.activated_at = row.text();
  version.job_id = row.text();
  version.output_index = row.small_integer();
  version.original_url = row.text();
  version.crop = read_optional_box(row);
  version.content_hash = row.text();
  version.width = row.small_integer();
  version.height = row.small_integer();
  version.status = read_status(row.text());
  version.character_ref_hash = row.text();
  version.background_ref_hash = row.text();
  version.generation_time_ms = row.integer();
  version.provider_cost = row.real();
  version.provider_cost_unit = row.text();
  version.character_snapshot = row.text();
  version.parent_ids = read_texts(row.text(), fmt::format("version {}", version.id));
  version.notes = row.text();
  version.redo_of_version = row.text();
  version.redo_of_cell = row.small_integer();
  version.deleted_at = row.text();
  return version;
}

void insert_version(Database& database, const Version& version) {
  Statement insert = database.prepare(
      "INSERT INTO character_image_versions (id, character_id, project_id, user_id, version_name, "
      "version_number, is_active, image_url, thumbnail_url, drive_file_id, art_style, "
      "template_type, shot, aspect_ratio, prompt_used, character_ref_url, background_ref_url, "
      "additional_description, credit_cost, provider, model_used, seed, created_at, updated_at, "
      "activated_at, job_id, output_index, original_url, crop_x, crop_y, crop_width, crop_height, "
      "content_hash, width, height, status, character_ref_hash, background_ref_hash, "
      "generation_time_ms, provider_cost, provider_cost_unit, character_snapshot, parent_ids, "
      "notes, redo_of_version_id, redo_of_cell, deleted_at) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
      "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  insert.bind(version.id)
      .bind(version.character_id)
      .bind(version.project_id)
      .bind(version.user_id)
      .bind(version.version_name)
      .bind(version.version_number)
      .bind(version.is_active)
      .bind(version.image_url)
      .bind(OrNull{version.thumbnail_url})
      .bind(OrNull{version.drive_file_id})
      .bind(OrNull{version.art_style})
      .bind(OrNull{version.template_type})
      .bind(OrNull{version.shot})
      .bind(OrNull{version.aspect_ratio})
      .bind(OrNull{version.prompt_used})
      .bind(OrNull{version.character_ref_url})
      .bind(OrNull{version.background_ref_url})
      .bind(OrNull{version.additional_description})
      .bind(version.credit_cost)
      .bind(OrNull{version.provider})
      .bind(OrNull{version.model_used})
      .bind(version.seed)
      .bind(version.created_at)
      .bind(version.updated_at)
      .bind(OrNull{version.activated_at})
      .bind(OrNull{version.job_id})
      .bind(version.output_index)
      .bind(OrNull{version.original_url});
  bind_optional_box(insert, version.crop);
  insert.bind(OrNull{version.content_hash})
      .bind(version.width)
      .bind(version.height)
      .bind(to_string(version.status))
      .bind(OrNull{version.character_ref_hash})
      .bind(OrNull{version.background_ref_hash})
      .bind(version.generation_time_ms)
      .bind(version.provider_cost)
      .bind(OrNull{version.provider_cost_unit})
      .bind(OrNull{version.character_snapshot})
      .bind(write_texts(version.parent_ids))
      .bind(OrNull{version.notes})
      .bind(OrNull{version.redo_of_version})
      .bind(or_null(version.redo_of_cell))
      .bind(OrNull{version.deleted_at})
      .run();
}

Cell read_cell(ColumnReader& row) {
  Cell cell;
  cell.number = row.small_integer();
  cell.pose = row.text();
  cell.box = read_box(row);
  cell.image_url = row.text();
  cell.status = read_status(row.text());
  cell.source_version_id = row.text();
  cell.source_cell = row.small_integer();
  return cell;
}

void insert_cell(Database& database, const VersionId& version, const Cell& cell) {
  database.run(
      "INSERT INTO version_cells (version_id, cell, pose, x, y, width, height, image_url, status, "
      "source_version_id, source_cell) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
      version, cell.number, cell.pose, cell.box.x, cell.box.y, cell.box.width, cell.box.height,
      cell.image_url, to_string(cell.status), OrNull{cell.source_version_id},
      or_null(cell.source_cell));
}

Job read_job(ColumnReader& row) {
  Job job;
  job.id = row.text();
  const std::string where = fmt::format("job {}", job.id);
  job.project_id = row.text();
  job.character_id = row.text();
  job.user_id = row.text();
  const std::string state = row.text();
  job.request = read_request(row.text(), where);
  job.prompt = row.text();
  job.provider_job_id = row.text();
  job.progress = row.real();
  job.credit_estimate = row.integer();
  job.message = row.text();
  job.hint = row.text();
  job.error_code = row.text();
  job.picture_hashes = read_texts(row.text(), where);
  job.received = row.text();
  job.character_ref_hash = row.text();
  job.background_ref_hash = row.text();
  job.batch_id = row.text();
  job.batch_index = row.small_integer();
  job.owner = row.text();
  job.epoch = row.small_integer();
  job.lease_until = row.text();
  job.created_at = row.text();
  job.started_at = row.text();
  job.finished_at = row.text();
  job.continuation = row.text();
  job.idempotency_key = row.text();
  job.kept_files = read_texts(row.text(), where);
  job.again_of = row.text();
  job.billing = parse_billing(row.text()).value_or(Billing::uncertain);
  job.credits = row.integer();
  job.provider_cost = row.real();
  job.provider_cost_unit = row.text();
  // A state this program does not know must not be run or paid for again.
  job.state = parse_job_state(state).value_or(JobState::uncertain);
  return job;
}

void insert_job(Database& database, const Job& job, std::string_view now) {
  database.run(
      "INSERT INTO jobs (id, project_id, character_id, user_id, state, request, provider, prompt, "
      "provider_job_id, progress, credit_estimate, message, hint, error_code, picture_hashes, "
      "received, character_ref_hash, background_ref_hash, batch_id, batch_index, owner, epoch, "
      "lease_until, created_at, updated_at, started_at, finished_at, continuation, "
      "idempotency_key, kept_files, again_of, billing, credits, provider_cost, "
      "provider_cost_unit, redo_of_version_id, redo_of_cell, queue_rank) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?, "
      "(SELECT coalesce(max(queue_rank), 0) + 1 FROM jobs))",
      job.id, job.project_id, job.character_id, job.user_id, to_string(job.state),
      write_request(job.request), job.request.provider, OrNull{job.prompt},
      OrNull{job.provider_job_id}, job.progress, job.credit_estimate, OrNull{job.message},
      OrNull{job.hint}, OrNull{job.error_code}, write_texts(job.picture_hashes),
      OrNull{job.received}, OrNull{job.character_ref_hash}, OrNull{job.background_ref_hash},
      OrNull{job.batch_id}, job.batch_index, job.owner, job.epoch, OrNull{job.lease_until},
      job.created_at.empty() ? now : std::string_view(job.created_at), now, OrNull{job.started_at},
      OrNull{job.finished_at}, OrNull{job.continuation},
      job.idempotency_key.empty() ? std::string_view(job.id)
                                  : std::string_view(job.idempotency_key),
      write_texts(job.kept_files), OrNull{job.again_of}, to_string(job.billing), job.credits,
      job.provider_cost, OrNull{job.provider_cost_unit}, OrNull{job.request.redo_of_version},
      or_null(job.request.redo_of_cell));
}

std::string searchable_text(std::string_view name, std::string_view description,
                            const std::vector<Trait>& traits) {
  std::string text = fmt::format("{}\n{}", name, description);
  for (const Trait& trait : traits) text += fmt::format("\n{} {}", trait.key, trait.value);
  return fold_case(text);
}

}  // namespace castboard
