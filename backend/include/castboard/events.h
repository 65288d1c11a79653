#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/image.h"
#include "castboard/model.h"
#include "castboard/preset.h"
#include "castboard/result.h"

// What worker threads tell the drawing thread: values only. `Panel::update()` takes its own once a
// frame and `Board::apply(event)` uses them.
namespace castboard {

// The receipt for one request; its `Reply` carries the same number. 0 is no request.
template <class T>
struct Ticket {
  std::uint64_t number = 0;

  explicit operator bool() const { return number != 0; }
  bool operator==(const Ticket&) const = default;
};

struct CastQuery {
  ProjectId project_id = {};
  std::string text = {};  // words that all must be in name, description or traits
  // missing: without a picture first, then those with the fewest poses.
  enum class Sort { name, newest, updated, missing } sort = Sort::name;
  bool trashed = false;
  std::optional<Status> status = {};  // of the active version; none: it has one without a status
  bool without_picture = false;       // not one version
  // A pose key, "surprised": nothing was made of it, or what stands for it is omitted.
  std::string lacks_pose = {};

  bool operator==(const CastQuery&) const = default;
};

// An ordered list of ids, never the rows: rows are asked for as they are painted.
struct Cast {
  CastQuery query = {};
  std::vector<CharacterId> ids = {};
  int version_count = 0;  // in the whole project
  int character_count = 0;
};
using CastPtr = std::shared_ptr<const Cast>;

// A character's versions, oldest first.
struct VersionList {
  CharacterId character_id = {};
  bool trashed = false;
  std::vector<Version> versions = {};
};
using VersionListPtr = std::shared_ptr<const VersionList>;

// Where a cell is and the file it is in.
struct CellPlace {
  PixelRect box = {};
  std::string image_url = {};

  bool operator==(const CellPlace&) const = default;
};

// Fields of one version as they were, enough to put a change back exactly.
struct VersionFields {
  VersionId id = {};
  std::string version_name = {};
  bool is_active = false;
  std::string activated_at = {};
  Status status = Status::none;
  std::string deleted_at = {};
  bool starred = false;
  std::vector<Status> cell_status = {};  // of a sheet's nine cells
  std::vector<CellPlace> cell_places = {};

  bool operator==(const VersionFields&) const = default;
};

// A configuration file as it was before an edit and after it; nullopt: it was not there.
struct FileChange {
  std::string path = {};
  std::optional<std::string> before = {};
  std::optional<std::string> after = {};

  bool operator==(const FileChange&) const = default;
};

// The outcome of an edit and what undoes it. `message` is ready for a toast and names
// consequences: "Trashed v003; v002 is active now".
struct Edit {
  std::string message = {};
  CharacterId character_id = {};
  std::vector<VersionFields> before = {};         // versions changed by it
  std::vector<Character> characters_before = {};  // characters changed by it: name, description,
                                                  // traits, deleted_at
  // The same rows as the edit left them: undoing is refused where they differ since.
  std::vector<VersionFields> after = {};
  std::vector<Character> characters_after = {};
  std::vector<FileChange> files = {};  // presets changed by it

  [[nodiscard]] bool undoable() const {
    return !before.empty() || !characters_before.empty() || !files.empty();
  }
};

// A picture file that becomes a version. Keys are the catalogue's; empty where it is not known.
struct PictureImport {
  CharacterId character_id = {};
  std::string file = {};          // a path
  std::string version_name = {};  // empty: after the file
  std::string template_type = {};
  std::string shot = {};  // "all" of an expression sheet: it is cut into its nine cells
  std::string art_style = {};
};

struct CharacterDraft {
  ProjectId project_id = {};
  std::string name = {};
  std::string description = {};
  std::vector<Trait> traits = {};

  bool operator==(const CharacterDraft&) const = default;
};

// The same settings for several characters. Their jobs have nothing to do with each other once
// they are there.
struct BatchRequest {
  GenerationRequest request = {};  // its character_id is not looked at; limits are of the sum
  std::vector<CharacterId> characters = {};  // in the order the jobs are wanted
  // In place of the request's character reference: each one's own active version, if there is one.
  bool active_as_reference = false;

  bool operator==(const BatchRequest&) const = default;
};

// What a batch means for one of its characters.
struct BatchItem {
  CharacterId character_id = {};
  std::string character_name = {};
  std::int64_t credits = 0;           // of all `count` versions; 0: free
  VersionId reference = {};           // its active version, where that is the reference
  std::optional<Error> refused = {};  // why nothing can be generated for it
};

// What a batch would do and cost, without doing it.
struct BatchQuote {
  std::vector<BatchItem> items = {};  // of every character, in the order asked
  // Of those that are not refused.
  int pictures = 0;
  std::int64_t credits = 0;
  std::optional<Error> refused = {};  // the sum is over a limit
  std::string ask = {};               // the soft limit's question, as GenerationQuote::ask
};

// Which of the jobs that are over.
struct JobHistoryQuery {
  ProjectId project_id = {};  // empty: of all
  std::string text = {};  // words that all must be in character, version name, provider or message
  std::optional<JobState> state = {};  // a final one
  int limit = 200;

  bool operator==(const JobHistoryQuery&) const = default;
};

// What happens to a picture that is smaller than it was asked for.
enum class Enlarging {
  never,   // it stays as it is
  smooth,  // to exactly the size asked for
  blocks,  // the same, each pixel a block
};

// A picture to decode, cut, compare and scale off the drawing thread, in this order.
struct PictureRequest {
  std::string url = {};   // relative to the library, or an absolute path (preview)
  PixelRect region = {};  // empty: all of it
  int max_width = 0;      // 0: as it is; else scaled down to fit
  int max_height = 0;
  // Not empty: instead of the picture its difference to this one, which is scaled to match.
  std::string other_url = {};
  PixelRect other_region = {};
  float gain = 1;         // of the difference
  PixelRect detail = {};  // the part of the region that is wanted; empty: all of it
  Enlarging enlarging = Enlarging::never;

  bool operator==(const PictureRequest&) const = default;
};

// A decoded picture with the size it had before scaling.
struct Picture {
  Image image = {};
  int full_width = 0;
  int full_height = 0;
  bool opaque = true;  // nothing shows through it
  // Of a difference: the part of the pixels, 0..1, in which the pictures differ at all.
  float differing = 0;
};
using PicturePtr = std::shared_ptr<const Picture>;

// Cells of a picture to be written as files of their own.
struct CellsToSave {
  std::string url = {};               // of the sheet: relative to the library, or an absolute path
  std::vector<PixelRect> boxes = {};  // row by row
  std::vector<std::string> poses = {};  // of each, "happy"; fewer or empty ones: not known
  std::string directory = {};           // empty: beside the sheet
};

// Where they were written, in the same order.
struct SavedCells {
  std::vector<std::string> paths = {};
};

// What the session knows once it is open.
struct Opened {
  LibraryInfo library = {};
  std::shared_ptr<const Catalogue> catalogue = {};
  std::vector<Error> warnings = {};  // asset files with errors and the like; the rest works
};

struct JobOutcome {
  Job job = {};
  std::vector<Version> versions = {};
};

struct VerifyReport {
  int versions = 0;
  int files = 0;
  std::vector<std::string> problems = {};  // what, where, what to do
  std::vector<std::string> repaired = {};  // derived files made again
};

struct ProviderReport {
  ProviderInfo info = {};
  std::vector<std::string> problems = {};  // file, line, field
};

// What `providers check NAME --dry-run` and `--live` show.
struct ProviderTrial {
  std::string from_text = {};        // the exact request, secrets masked; empty: not done
  std::string with_references = {};  // the same with references
  std::string model = {};
  std::int64_t credits = 0;  // of the cheapest request, which is the one sent live
  std::string credits_reason = {};
  // Only when it was sent.
  std::vector<std::uint8_t> picture = {};  // as received
  std::string format = {};                 // "png"
  int width = 0;
  int height = 0;
  std::optional<std::int64_t> seed = {};
  double provider_cost = 0;
  std::string provider_cost_unit = {};
  std::int64_t time_ms = 0;
};

struct DoctorFinding {
  bool ok = true;
  std::string subject = {};  // "library", "provider openai"
  std::string message = {};
  std::string fix = {};  // empty when ok
};

using LedgerPtr = std::shared_ptr<const Ledger>;

struct Nothing {};

// The result of one request, of whatever type its Ticket has. Immutable and shared, so that it
// costs nothing to give it to several readers.
class ReplyValue {
 public:
  ReplyValue() = default;
  template <class T>
  ReplyValue(Result<T> result) : type_(&kType<T>) {  // implicit: a result is a reply's value
    const auto shared = std::make_shared<const Result<T>>(std::move(result));
    if (!shared->has_value()) error_ = &shared->error();
    value_ = shared;
  }

  // nullptr: it is the result of something else.
  template <class T>
  [[nodiscard]] const Result<T>* as() const {
    return type_ == &kType<T> ? static_cast<const Result<T>*>(value_.get()) : nullptr;
  }
  // Why there is no value, of whatever type; nullptr: there is one.
  [[nodiscard]] const Error* error() const { return error_; }

 private:
  // Its address tells types apart, also in hosts without run-time type information.
  template <class T>
  static inline char kType = 0;

  const void* type_ = nullptr;
  const Error* error_ = nullptr;  // in `value_`
  std::shared_ptr<const void> value_;
};

// The answer to one request.
struct Reply {
  std::uint64_t ticket = 0;
  ReplyValue value = {};

  // The result when this is the answer to `asked`, else nullptr.
  template <class T>
  [[nodiscard]] const Result<T>* to(Ticket<T> asked) const {
    return asked && asked.number == ticket ? value.template as<T>() : nullptr;
  }
};

// New rows of the change feed, from this process or another.
struct LibraryChanged {
  std::vector<Change> changes = {};
};

// All jobs that are not over, those that ended since the session opened, and the uncertain ones of
// the week before that were not submitted again; queue order.
struct JobsChanged {
  std::shared_ptr<const std::vector<Job>> jobs = {};
  QueueState queue = {};
};

// A job reached a final state. When it is `done` its versions are committed: say "Saved".
struct JobFinished {
  JobOutcome outcome = {};
};

// Characters that have another active version now, or none: of this process or another, once each.
// `active_version_id` and `image_url` say which and where.
struct ActiveChanged {
  std::vector<Character> characters = {};
};

struct PushChanged {
  PushSummary summary = {};
};

using Event =
    std::variant<Reply, LibraryChanged, JobsChanged, JobFinished, PushChanged, ActiveChanged>;

}  // namespace castboard
