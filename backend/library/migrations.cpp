#include "library/migrations.h"

namespace castboard {

namespace {

// Other programs may read these tables: names and meanings are the data contract. NULL is "none".
// `name_key` and `search_text` are folded copies for comparing and searching.
constexpr const char* kFirst = R"sql(
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL);

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  credit_limit INTEGER,
  purged_credits INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL);

CREATE TABLE characters (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects(id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  traits TEXT NOT NULL DEFAULT '{}',
  search_text TEXT NOT NULL DEFAULT '',
  image_url TEXT,
  image_poses TEXT NOT NULL DEFAULT '{}',
  last_version_number INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT);
CREATE UNIQUE INDEX idx_characters_name ON characters(project_id, name_key)
  WHERE deleted_at IS NULL;

CREATE TABLE jobs (
  queue_order INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  project_id TEXT NOT NULL REFERENCES projects(id),
  character_id TEXT NOT NULL REFERENCES characters(id),
  user_id TEXT NOT NULL REFERENCES users(id),
  state TEXT NOT NULL,
  request TEXT NOT NULL,
  provider TEXT NOT NULL,
  prompt TEXT,
  provider_job_id TEXT,
  progress REAL NOT NULL DEFAULT -1,
  credit_estimate INTEGER NOT NULL DEFAULT 0,
  message TEXT,
  hint TEXT,
  error_code TEXT,
  picture_hashes TEXT NOT NULL DEFAULT '[]',
  received TEXT,
  character_ref_hash TEXT,
  background_ref_hash TEXT,
  batch_id TEXT,
  batch_index INTEGER NOT NULL DEFAULT 0,
  owner TEXT NOT NULL DEFAULT '',
  epoch INTEGER NOT NULL DEFAULT 0,
  lease_until TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT);
CREATE INDEX idx_jobs_state ON jobs(state);
CREATE INDEX idx_jobs_batch ON jobs(batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE character_image_versions (
  id TEXT PRIMARY KEY,
  character_id TEXT NOT NULL REFERENCES characters(id),
  project_id TEXT NOT NULL REFERENCES projects(id),
  user_id TEXT NOT NULL REFERENCES users(id),
  version_name TEXT NOT NULL CHECK (length(version_name) <= 255),
  version_number INTEGER NOT NULL DEFAULT 1,
  is_active INTEGER NOT NULL DEFAULT 0 CHECK (is_active IN (0, 1)),
  image_url TEXT NOT NULL,
  thumbnail_url TEXT,
  drive_file_id TEXT,
  art_style TEXT,
  template_type TEXT,
  aspect_ratio TEXT,
  prompt_used TEXT,
  character_ref_url TEXT,
  background_ref_url TEXT,
  additional_description TEXT,
  credit_cost INTEGER NOT NULL DEFAULT 0,
  model_used TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  activated_at TEXT,
  job_id TEXT REFERENCES jobs(id),
  output_index INTEGER NOT NULL DEFAULT 0,
  shot TEXT,
  provider TEXT,
  seed INTEGER,
  original_url TEXT,
  crop_x INTEGER,
  crop_y INTEGER,
  crop_width INTEGER,
  crop_height INTEGER,
  content_hash TEXT,
  width INTEGER NOT NULL DEFAULT 0,
  height INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'none',
  character_ref_hash TEXT,
  background_ref_hash TEXT,
  generation_time_ms INTEGER NOT NULL DEFAULT 0,
  provider_cost REAL NOT NULL DEFAULT 0,
  provider_cost_unit TEXT,
  character_snapshot TEXT,
  parent_ids TEXT NOT NULL DEFAULT '[]',
  notes TEXT,
  deleted_at TEXT,
  CHECK (deleted_at IS NULL OR is_active = 0),
  UNIQUE (job_id, output_index),
  UNIQUE (character_id, version_number));
CREATE INDEX idx_char_versions_char_id ON character_image_versions(character_id);
CREATE INDEX idx_char_versions_active ON character_image_versions(character_id, is_active);
CREATE UNIQUE INDEX idx_char_versions_one_active ON character_image_versions(character_id)
  WHERE is_active = 1;
CREATE INDEX idx_char_versions_project ON character_image_versions(project_id);

CREATE TABLE version_cells (
  version_id TEXT NOT NULL REFERENCES character_image_versions(id) ON DELETE CASCADE,
  cell INTEGER NOT NULL CHECK (cell BETWEEN 1 AND 9),
  pose TEXT NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  image_url TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'none',
  source_version_id TEXT,
  source_cell INTEGER,
  PRIMARY KEY (version_id, cell)) WITHOUT ROWID;

-- A view of a character without versions, or of a project without characters, is a view too.
CREATE TABLE user_views (
  user_id TEXT NOT NULL REFERENCES users(id),
  project_id TEXT NOT NULL REFERENCES projects(id),
  character_id TEXT REFERENCES characters(id),
  version_id TEXT REFERENCES character_image_versions(id) ON DELETE CASCADE,
  cell INTEGER NOT NULL DEFAULT 0,
  viewed_at TEXT NOT NULL);
CREATE UNIQUE INDEX idx_user_views_place
  ON user_views(user_id, project_id, ifnull(character_id, ''), ifnull(version_id, ''));
CREATE INDEX idx_user_views_newest ON user_views(user_id, viewed_at);
CREATE INDEX idx_user_views_version ON user_views(version_id, user_id);

CREATE TABLE stars (
  user_id TEXT NOT NULL REFERENCES users(id),
  version_id TEXT NOT NULL REFERENCES character_image_versions(id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, version_id)) WITHOUT ROWID;
CREATE INDEX idx_stars_version ON stars(version_id);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  character_id TEXT NOT NULL REFERENCES characters(id),
  version_id TEXT,
  queued_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT,
  last_error TEXT);
CREATE INDEX idx_outbox_character ON outbox(character_id);

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  id TEXT NOT NULL);
)sql";

// What lets a job survive its process, and the ledger. `queue_rank` orders the queue, so that it
// can be changed; of a job that is over it means nothing. `credits` is what was billed, or is at
// stake while `billing` is uncertain; purging a version that has a job leaves it where it is.
constexpr const char* kSecond = R"sql(
ALTER TABLE jobs ADD COLUMN continuation TEXT;
ALTER TABLE jobs ADD COLUMN idempotency_key TEXT;
ALTER TABLE jobs ADD COLUMN kept_files TEXT NOT NULL DEFAULT '[]';
ALTER TABLE jobs ADD COLUMN again_of TEXT REFERENCES jobs(id);
ALTER TABLE jobs ADD COLUMN billing TEXT NOT NULL DEFAULT 'open';
ALTER TABLE jobs ADD COLUMN credits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN provider_cost REAL NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN provider_cost_unit TEXT;
ALTER TABLE jobs ADD COLUMN queue_rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE projects ADD COLUMN credit_ask_above INTEGER;
ALTER TABLE projects ADD COLUMN daily_credit_limit INTEGER;
ALTER TABLE projects ADD COLUMN daily_credit_ask_above INTEGER;

UPDATE jobs SET queue_rank = queue_order, idempotency_key = id;
UPDATE jobs SET credits = made.credits, provider_cost = made.cost, provider_cost_unit = made.unit
  FROM (SELECT job_id, sum(credit_cost) AS credits, sum(provider_cost) AS cost,
               max(provider_cost_unit) AS unit
        FROM character_image_versions WHERE job_id IS NOT NULL GROUP BY job_id) AS made
  WHERE made.job_id = jobs.id;
UPDATE jobs SET credits = credit_estimate WHERE state = 'uncertain';
UPDATE jobs SET billing = CASE state
  WHEN 'done' THEN iif(credits > 0, 'billed', 'free')
  WHEN 'uncertain' THEN 'uncertain'
  WHEN 'failed' THEN 'not_billed'
  WHEN 'cancelled' THEN 'not_billed'
  ELSE 'open' END;

CREATE INDEX idx_jobs_project ON jobs(project_id, billing);
CREATE INDEX idx_jobs_rank ON jobs(queue_rank);
CREATE INDEX idx_jobs_again ON jobs(again_of) WHERE again_of IS NOT NULL;
CREATE INDEX idx_char_versions_job ON character_image_versions(job_id) WHERE job_id IS NOT NULL;
CREATE INDEX idx_char_versions_time
  ON character_image_versions(provider, template_type, created_at, generation_time_ms)
  WHERE generation_time_ms > 0;
)sql";

// A cell made again: of a job and of what it made, which cell of which version it may replace.
constexpr const char* kRedo = R"sql(
ALTER TABLE jobs ADD COLUMN redo_of_version_id TEXT;
ALTER TABLE jobs ADD COLUMN redo_of_cell INTEGER;
ALTER TABLE character_image_versions ADD COLUMN redo_of_version_id TEXT;
ALTER TABLE character_image_versions ADD COLUMN redo_of_cell INTEGER;
)sql";

constexpr const char* kMigrations[] = {kFirst, kSecond, kRedo};

}  // namespace

std::span<const char* const> migrations() {
  return kMigrations;
}

}  // namespace castboard
