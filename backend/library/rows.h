#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castboard/events.h"
#include "castboard/model.h"
#include "library/database.h"
#include "library/store.h"

// How rows of castboard.db become the structs of castboard/model.h and back. A column list and the
// functions beside it name the same columns in the same order.
namespace castboard {

// JSON texts of the database. Reading damaged JSON throws Failure (`library`) naming `where`.
std::string write_traits(const std::vector<Trait>& traits);
std::vector<Trait> read_traits(const std::string& json, std::string_view where);
std::string write_poses(const std::map<std::string, std::string>& poses);
std::map<std::string, std::string> read_poses(const std::string& json, std::string_view where);
std::string write_texts(const std::vector<std::string>& texts);
std::vector<std::string> read_texts(const std::string& json, std::string_view where);
std::string write_request(const GenerationRequest& request);
GenerationRequest read_request(const std::string& json, std::string_view where);

// Of table characters, alias `c`; without what is derived.
inline constexpr std::string_view kCharacterColumns =
    "c.id, c.project_id, c.name, c.description, c.traits, c.image_url, c.image_poses, "
    "c.last_version_number, c.created_at, c.updated_at, c.deleted_at";
Character read_character(ColumnReader& row);

// Of table character_image_versions, alias `v`.
inline constexpr std::string_view kVersionColumns =
    "v.id, v.character_id, v.project_id, v.user_id, v.version_name, v.version_number, v.is_active, "
    "v.image_url, v.thumbnail_url, v.drive_file_id, v.art_style, v.template_type, v.shot, "
    "v.aspect_ratio, v.prompt_used, v.character_ref_url, v.background_ref_url, "
    "v.additional_description, v.credit_cost, v.provider, v.model_used, v.seed, v.created_at, "
    "v.updated_at, v.activated_at, v.job_id, v.output_index, v.original_url, v.crop_x, v.crop_y, "
    "v.crop_width, v.crop_height, v.content_hash, v.width, v.height, v.status, "
    "v.character_ref_hash, v.background_ref_hash, v.generation_time_ms, v.provider_cost, "
    "v.provider_cost_unit, v.character_snapshot, v.parent_ids, v.notes, v.redo_of_version_id, "
    "v.redo_of_cell, v.deleted_at";
Version read_version(ColumnReader& row);
void insert_version(Database& database, const Version& version);

inline constexpr std::string_view kCellColumns =
    "cell, pose, x, y, width, height, image_url, status, source_version_id, source_cell";
Cell read_cell(ColumnReader& row);
void insert_cell(Database& database, const VersionId& version, const Cell& cell);

// Of table jobs, alias `j`.
inline constexpr std::string_view kJobColumns =
    "j.id, j.project_id, j.character_id, j.user_id, j.state, j.request, j.prompt, "
    "j.provider_job_id, j.progress, j.credit_estimate, j.message, j.hint, j.error_code, "
    "j.picture_hashes, j.received, j.character_ref_hash, j.background_ref_hash, j.batch_id, "
    "j.batch_index, "
    "j.owner, j.epoch, j.lease_until, j.created_at, j.started_at, j.finished_at, j.continuation, "
    "j.idempotency_key, j.kept_files, j.again_of, j.billing, j.credits, j.provider_cost, "
    "j.provider_cost_unit";
Job read_job(ColumnReader& row);
void insert_job(Database& database, const Job& job, std::string_view now);

// The text a search looks into: name, description, traits, folded.
std::string searchable_text(std::string_view name, std::string_view description,
                            const std::vector<Trait>& traits);

}  // namespace castboard
