#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/image.h"

// The words of the product as plain values. Nothing here knows SQLite, HTTP or Dear ImGui. Field
// names are the column names of the data contract. Empty text means "none" (NULL in the database)
// unless said otherwise. Times are UTC, ISO 8601 with milliseconds: 2026-01-31T12:00:00.000Z.
namespace castboard {

using ProjectId = std::string;    // UUID
using CharacterId = std::string;  // UUID
using VersionId = std::string;    // UUID
using JobId = std::string;        // UUID
using UserId = std::string;       // UUIDv5 of the user's name

inline constexpr int kSheetRows = 3;
inline constexpr int kSheetColumns = 3;
inline constexpr int kCellsPerSheet = kSheetRows * kSheetColumns;
inline constexpr std::size_t kMaxVersionNameLength = 255;  // characters (code points)
inline constexpr std::size_t kMaxNameLength = 255;         // of projects and characters

// What a project may cost, in whole credits. A hard limit refuses; above a soft one ("ask above")
// the user is asked first. A day is the user's own, from midnight.
struct CreditLimits {
  std::optional<std::int64_t> total = {};
  std::optional<std::int64_t> total_ask_above = {};
  std::optional<std::int64_t> daily = {};
  std::optional<std::int64_t> daily_ask_above = {};

  bool operator==(const CreditLimits&) const = default;
};

struct Project {
  ProjectId id = {};
  std::string name = {};
  std::optional<std::int64_t> credit_limit = {};            // whole credits
  std::optional<std::int64_t> credit_ask_above = {};        // soft
  std::optional<std::int64_t> daily_credit_limit = {};      // of one day
  std::optional<std::int64_t> daily_credit_ask_above = {};  // soft, of one day
  std::string created_at = {};
  std::string updated_at = {};
  // Derived when read.
  int character_count = 0;
  int version_count = 0;
  std::int64_t credits_used = 0;      // billed, or perhaps billed (uncertain)
  std::int64_t credits_reserved = 0;  // estimates of jobs that are not over
};

struct Trait {
  std::string key = {};
  std::string value = {};

  bool operator==(const Trait&) const = default;
};

// Review state of a version or cell, written RVW, APP, OMT.
enum class Status { none, pending, approved, omitted };
std::string_view to_string(Status status);                  // "none", "pending", ...
std::optional<Status> parse_status(std::string_view text);  // the inverse

struct Character {
  CharacterId id = {};
  ProjectId project_id = {};
  std::string name = {};  // unique in its project, ignoring trashed ones
  std::string description = {};
  std::vector<Trait> traits = {};                       // in the user's order
  std::string image_url = {};                           // the active version's picture
  std::map<std::string, std::string> image_poses = {};  // pose key -> URL
  int last_version_number = 0;
  std::string created_at = {};
  std::string updated_at = {};
  std::string deleted_at = {};
  // Derived when read.
  int version_count = 0;  // untrashed
  int new_count = 0;      // generated, never viewed by this user
  VersionId active_version_id = {};
  int active_version_number = 0;
  std::string thumbnail_url = {};  // of the active version, else of the newest
  Status active_status = Status::none;
};

// One of a sheet's nine pictures; also a file of its own.
struct Cell {
  int number = 0;         // 1..9, row by row
  std::string pose = {};  // "happy"
  PixelRect box = {};     // in the version's picture
  std::string image_url = {};
  Status status = Status::none;
  VersionId source_version_id = {};  // of a composite
  int source_cell = 0;
};

// A generated or imported picture with everything needed to make it again.
struct Version {
  VersionId id = {};
  CharacterId character_id = {};
  ProjectId project_id = {};
  UserId user_id = {};
  std::string version_name = {};
  int version_number = 0;  // 1, 2, 3 ... per character, never reused
  bool is_active = false;
  std::string image_url = {};  // relative to the library
  std::string thumbnail_url = {};
  std::string drive_file_id = {};
  std::string art_style = {};  // catalogue keys
  std::string template_type = {};
  std::string shot = {};
  std::string aspect_ratio = {};  // "1:1"
  std::string prompt_used = {};
  std::string character_ref_url = {};  // the user's own words
  std::string background_ref_url = {};
  std::string additional_description = {};
  std::int64_t credit_cost = 0;  // the studio's credits, rounded up
  std::string provider = {};
  std::string model_used = {};
  std::optional<std::int64_t> seed = {};
  std::string created_at = {};
  std::string updated_at = {};
  std::string activated_at = {};
  JobId job_id = {};
  int output_index = 0;
  std::string original_url = {};       // as received, where image_url is a crop of it
  std::optional<PixelRect> crop = {};  // in the original
  std::string content_hash = {};       // SHA-256 of the original's bytes, lower-case hex
  int width = 0;
  int height = 0;
  Status status = Status::none;
  std::string character_ref_hash = {};
  std::string background_ref_hash = {};
  std::int64_t generation_time_ms = 0;
  double provider_cost = 0;
  std::string provider_cost_unit = {};
  std::string character_snapshot = {};  // JSON of name, description, traits as they were
  std::vector<VersionId> parent_ids = {};
  std::string notes = {};
  VersionId redo_of_version = {};  // made to replace this version's cell
  int redo_of_cell = 0;            // 1..9
  std::string deleted_at = {};
  // Derived when read, for the reading user.
  bool starred = false;
  bool viewed = false;           // false: carries the NEW mark
  bool prompt_edited = false;    // `prompt_used` is the user's own text
  std::vector<Cell> cells = {};  // nine of a sheet, else empty

  [[nodiscard]] bool is_sheet() const { return cells.size() == kCellsPerSheet; }
  [[nodiscard]] bool trashed() const { return !deleted_at.empty(); }
};

// "v003"
std::string version_label(int version_number);

// What a user looked at last. Never the same thing as active.
struct LastViewed {
  ProjectId project_id = {};
  CharacterId character_id = {};
  VersionId version_id = {};
  int cell = 0;  // 0: all nine, or not a sheet

  bool operator==(const LastViewed&) const = default;
};

// A reference as the user said it. Its bytes are copied into the library by hash when the job is
// made. `active` is the character's active version at that moment, and is kept as that version;
// where there is none, or the provider takes no such reference, it is no reference.
struct Reference {
  enum class Kind { none, file, url, version, active };
  Kind kind = Kind::none;
  std::string text = {};  // path, URL, or version id; of `active` empty

  [[nodiscard]] explicit operator bool() const { return kind != Kind::none; }
  bool operator==(const Reference&) const = default;
};
std::string_view to_string(Reference::Kind kind);  // "none", "file", "url", "version", "active"
std::optional<Reference::Kind> parse_reference_kind(std::string_view text);

// Whether a finished job makes its version the active one.
enum class ActivatePolicy { unless_approved, always, never };
std::string_view to_string(ActivatePolicy policy);
std::optional<ActivatePolicy> parse_activate_policy(std::string_view text);

// Everything the generation form says. Keys are the catalogue's.
struct GenerationRequest {
  CharacterId character_id = {};
  std::string version_name = {};
  std::string template_type = "portrait";
  std::string shot = "headshot";
  std::string art_style = "cinematic_realistic";
  std::string aspect_ratio = "1:1";
  Reference character_reference = {};
  Reference background_reference = {};
  std::string additional_description = {};
  // Not empty: the user's own text, sent in place of the prompt that is made from the rest.
  std::string prompt = {};
  std::string provider = "sketch";
  std::string model = {};  // empty: the provider's default
  std::optional<std::int64_t> seed = {};
  int count = 1;  // versions asked for at once
  ActivatePolicy activate = ActivatePolicy::unless_approved;
  std::optional<std::int64_t> max_credits = {};
  VersionId remix_of = {};  // recorded as parent
  // One cell again: what it makes may replace that cell, never becomes active by itself, and the
  // references are that version's own copies as long as their words are the same.
  VersionId redo_of_version = {};
  int redo_of_cell = 0;              // 1..9; 0: not a redo
  bool soft_limit_accepted = false;  // the user said yes to `GenerationQuote::ask`
  // Not empty: a text by which who asks knows this wish again, whatever happened in between. Jobs
  // that were made for it before are answered, and made again is only what cost nothing: the one
  // way to ask twice without paying twice. Not for several characters at once.
  std::string wish = {};

  bool operator==(const GenerationRequest&) const = default;
};

// What a request would do and cost, without doing it.
struct GenerationQuote {
  std::string prompt = {};              // exactly what is sent
  std::string made_prompt = {};         // what would be sent without `GenerationRequest::prompt`
  std::int64_t credits = 0;             // for all `count` versions; 0: free
  std::string credits_reason = {};      // "9 cells, 2 references"
  std::string request_preview = {};     // the exact HTTP request, secrets masked
  std::vector<std::string> notes = {};  // e.g. "4:3 is asked as 5:4 and cropped"
  // Not empty: a soft limit would be passed. The question to put before generating with
  // `soft_limit_accepted`.
  std::string ask = {};
};

enum class JobState {
  queued,
  submitting,
  running,
  downloading,
  saving,
  done,
  failed,
  cancelled,
  uncertain
};
std::string_view to_string(JobState state);
std::optional<JobState> parse_job_state(std::string_view text);
[[nodiscard]] constexpr bool is_final(JobState state) {
  return state >= JobState::done;
}

// What a job cost, as far as anybody can tell. `open`: it is not over.
enum class Billing { open, free, billed, not_billed, uncertain };
std::string_view to_string(Billing billing);
std::optional<Billing> parse_billing(std::string_view text);

// Where a queued job goes.
enum class QueueMove { first, up, down, last };

// Why queued jobs of this process wait beside their turn.
struct StoppedProvider {
  std::string name = {};
  std::string reason = {};  // "OpenAI Images has no credit left: ..."

  bool operator==(const StoppedProvider&) const = default;
};
struct QueueState {
  bool paused = false;
  std::vector<StoppedProvider> stopped = {};  // until the user starts them again

  bool operator==(const QueueState&) const = default;
};

// One generation request on its way; on disk before the network sees anything.
struct Job {
  JobId id = {};
  ProjectId project_id = {};
  CharacterId character_id = {};
  UserId user_id = {};
  std::string character_name = {};
  GenerationRequest request = {};
  JobState state = JobState::queued;
  std::string prompt = {};
  std::string provider_job_id = {};
  std::string continuation = {};     // the provider's, opaque JSON: how to go on asking for it
  std::string idempotency_key = {};  // sent where the provider takes one; submitting again keeps it
  double progress = -1;              // 0..1, negative: unknown
  std::int64_t credit_estimate = 0;
  std::string message = {};  // of a failure: what happened
  std::string hint = {};     // what to do
  std::string error_code = {};
  std::vector<std::string> picture_hashes =
      {};                                    // of received bytes, named before their files exist
  std::string received = {};                 // JSON: what the reply said beside the pictures
  std::vector<std::string> kept_files = {};  // received bytes the library could not take yet
  std::string character_ref_hash = {};       // of the copies in the library
  std::string background_ref_hash = {};
  std::vector<VersionId> version_ids = {};  // what it made
  Billing billing = Billing::open;
  std::int64_t credits = 0;  // billed, or at stake when uncertain
  double provider_cost = 0;  // the provider's own figure
  std::string provider_cost_unit = {};
  JobId again_of = {};            // the uncertain job it was submitted again for
  JobId submitted_again_as = {};  // of an uncertain one
  std::string created_at = {};
  std::string started_at = {};  // first left `queued`
  std::string finished_at = {};
  std::string owner = {};  // host/pid/start of the process that runs it
  int epoch = 0;
  std::string lease_until = {};  // after this another process may take it over
  // Jobs of one request with `count` > 1 share an id, and those of one wish; of them the one asked
  // for last wins when several may activate their version, whatever order they end in.
  std::string batch_id = {};
  int batch_index = 0;
  int queue_position = 0;  // 1 = next; 0 = not queued
  // Derived when delivered: another process, which may be gone, has it; `Session::resume` or
  // `check` takes it over if so.
  bool elsewhere = false;
  // Derived too, of an uncertain one: its provider bills a key once, so `Session::check` may send
  // it again with the same key.
  bool repeatable = false;
  std::int64_t usual_ms = 0;  // median of this provider and template so far; 0: unknown

  // Asking the provider again can tell what became of it.
  [[nodiscard]] bool known_to_provider() const {
    return !provider_job_id.empty() || !continuation.empty();
  }
};

// One generation as money sees it.
struct LedgerEntry {
  JobId job_id = {};
  ProjectId project_id = {};
  std::string project_name = {};
  CharacterId character_id = {};
  std::string character_name = {};
  UserId user_id = {};
  std::string provider = {};
  std::string model = {};
  std::string template_type = {};
  std::string time = {};  // when it was sent, else when it was asked for
  JobState state = JobState::queued;
  Billing billing = Billing::open;
  std::int64_t credits = 0;  // billed, or at stake while open or uncertain
  double provider_cost = 0;
  std::string provider_cost_unit = {};
  std::string message = {};
  int pictures = 0;  // versions that are there
  int omitted = 0;   // of them
  int trashed = 0;   // of them, and not omitted
};

// Empty fields do not restrict. Times as in the database; `until` is not included.
struct LedgerQuery {
  ProjectId project_id = {};
  CharacterId character_id = {};
  std::string provider = {};
  std::string since = {};
  std::string until = {};
};

// What some entries add up to.
struct LedgerSum {
  std::string name = {};          // of the project, character or provider; empty: of all
  std::string project_name = {};  // of a character
  int jobs = 0;
  int pictures = 0;
  int failed = 0;                    // without a picture: failed, cancelled, uncertain
  std::int64_t billed = 0;           // credits, also of what failed
  std::int64_t uncertain = 0;        // perhaps billed
  std::int64_t under_way = 0;        // estimates of what is not over
  std::int64_t failed_credits = 0;   // of `billed`: for nothing
  std::int64_t omitted_credits = 0;  // of `billed`: every picture of the job is omitted or gone
  std::map<std::string, double> provider_costs = {};  // by unit
};

// Oldest first.
struct Ledger {
  std::vector<LedgerEntry> entries = {};
  LedgerSum total = {};
  std::vector<LedgerSum> projects = {};
  std::vector<LedgerSum> characters = {};
  std::vector<LedgerSum> providers = {};
};

enum class PushState { off, idle, pending, held, failing };

// The state of the push to the studio API, for the status line and `castboard push`.
struct PushSummary {
  PushState state = PushState::off;
  int pending = 0;
  std::string message =
      {};  // "push off", "held: no base URL for pictures", "studio API not reachable"
};

// One line of what a push would change, or changed.
struct PushItem {
  CharacterId character_id = {};
  std::string character_name = {};
  VersionId version_id = {};
  int version_number = 0;
  std::string url = {};   // PATCH target
  std::string body = {};  // the JSON that would be sent
  bool sent = false;
  int attempts = 0;
  std::string error = {};
};

// One appended row of the library's change feed.
struct Change {
  std::int64_t seq = 0;
  std::string kind = {};  // "project", "character", "version", "job", "outbox", "view"
  std::string id = {};
};

struct LibraryInfo {
  std::string path = {};
  int schema_version = 0;
  bool read_only = false;
  UserId user_id = {};
  std::string user_name = {};
  LastViewed last_viewed = {};
};

}  // namespace castboard
