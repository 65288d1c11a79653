#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "again_question.h"
#include "castboard/session.h"
#include "character_rows.h"
#include "selection.h"
#include "version_filter.h"
#include "version_lineage.h"
#include "viewer_mode.h"

namespace castboard {

// A message over the panel: what was done and how to undo it, or what went wrong and what to do.
struct Toast {
  std::uint64_t id = 0;
  bool is_error = false;
  bool stays = false;  // until it is closed; others go by themselves
  int times = 1;       // said in a row
  std::string message;
  std::string hint;
  std::string detail;  // technical text, shown on demand
  std::optional<Edit> undo;
  std::function<void()> take_back;  // undoes what is not the library's
  CharacterId show_character;       // offers "Show"
  VersionId show_version;
  std::string show_file;  // offers "Show in folder", where the host can
  double seen_for = 0;    // seconds on screen; counted by the toasts widget
};

// What is shown: the project, its cast, the chosen character, its versions, the viewed one and its
// cell, jobs, push, toasts and the undo stack. Takes events and drops the stale ones; asks the
// session for what is missing once a frame. Owned by a Panel, drawing thread only, knows no ImGui.
class Board {
 public:
  explicit Board(Session& session);

  void apply(const Event& event);
  // Once a frame after the events: asks for what is missing or changed.
  void ask();

  // --- What is shown -------------------------------------------------------------------------
  [[nodiscard]] bool is_open() const { return opened_ != nullptr; }
  [[nodiscard]] const LibraryInfo& library() const { return library_; }
  [[nodiscard]] const Error* open_error() const { return open_error_ ? &*open_error_ : nullptr; }
  [[nodiscard]] const Catalogue* catalogue() const { return opened_.get(); }
  [[nodiscard]] const std::vector<Project>& projects() const { return projects_; }
  [[nodiscard]] bool projects_known() const { return projects_known_; }
  [[nodiscard]] const Project* project() const;
  [[nodiscard]] const CastQuery& query() const { return query_; }
  [[nodiscard]] const CastPtr& cast() const { return cast_; }  // may be null
  [[nodiscard]] const CharacterId& character_id() const { return character_id_; }
  [[nodiscard]] const Character* character() { return rows_.get(character_id_); }
  // The row of a painted tile; nullptr while it loads.
  [[nodiscard]] const Character* row(const CharacterId& id) { return rows_.get(id); }
  [[nodiscard]] const VersionListPtr& versions() const { return versions_; }  // null while loading
  [[nodiscard]] const Version* viewed() const;  // of the trash while that is shown
  [[nodiscard]] const Version* active() const;
  // In the trash too, while it is shown.
  [[nodiscard]] const Version* find_version(const VersionId& id) const;
  [[nodiscard]] int cell() const { return cell_; }  // chosen one; 0: none
  // It fills the view. Not while a single picture is viewed, which keeps it for the next sheet.
  [[nodiscard]] bool single() const;
  [[nodiscard]] ViewerMode viewer_mode() const { return viewer_mode_; }
  [[nodiscard]] const std::vector<Job>& jobs() const { return jobs_; }
  [[nodiscard]] const QueueState& queue() const { return queue_; }
  [[nodiscard]] int jobs_under_way() const;
  [[nodiscard]] const PushSummary& push_summary() const { return push_; }
  [[nodiscard]] std::string save_text() const;  // "Saved", "Saving..."
  [[nodiscard]] std::string push_text() const;  // "push off", "2 pushes pending"
  [[nodiscard]] std::optional<std::int64_t> credits_left() const;
  // An answer is on its way that will change what is shown.
  [[nodiscard]] bool waiting() const;
  std::vector<Toast>& toasts() { return toasts_; }

  // --- Choosing (by the user: counts as stepping away) ----------------------------------------
  void show_project(const ProjectId& id);
  void show_project_by_name(std::string name_or_id);
  void show_character(const CharacterId& id);
  void show_character_by_name(std::string name_or_id);
  void search(const std::string& text);
  // What of the cast is shown, and in which order; the project stays.
  void show_cast(CastQuery query);
  void view_version(const VersionId& id);
  void show_version(const CharacterId& character, const VersionId& version, int cell = 0);
  void step_version(int by);  // through what the strip shows; keeps the cell
  void view_first();
  void view_last();
  void choose_cell(int cell);  // outlined in the grid
  void show_cell(int cell);    // fills the view; 0: all nine
  void step_cell(int by);
  void toggle_single();
  // Compare chooses a B when there is none: the active version, else a neighbour, else another
  // cell of the same sheet. Nothing to compare with is said, and the mode stays.
  void show(ViewerMode mode);

  // --- The strip (board_versions.cpp) ----------------------------------------------------------
  // What it lists: the versions of the character, or its trash. Null while loading.
  [[nodiscard]] const VersionListPtr& listed() const { return in_trash_ ? trash_ : versions_; }
  [[nodiscard]] bool in_trash() const { return in_trash_; }
  void show_trash(bool shown);
  // What of it is displayed: filtered, in order.
  [[nodiscard]] const ShownVersions& shown_versions() const { return order_.shown(); }
  [[nodiscard]] const FilterChoices& filter_choices() const { return order_.choices(); }
  [[nodiscard]] const VersionFilter& filter() const { return filter_; }
  [[nodiscard]] const VersionGrouping& grouping() const { return grouping_; }
  void set_filter(VersionFilter filter);
  void set_grouping(VersionGrouping grouping);
  // Takes away what hides this version: the fold of its group, else the whole filter.
  void reveal(const VersionId& id);
  void jump_to_number(int number);
  // To where a version lives: in the strip, in the trash, or at another character.
  void go_to_version(const VersionId& id);
  [[nodiscard]] const VersionLineage& lineage() const { return lineage_; }

  // Several at once. A plain click views the version too.
  void choose_version(const VersionId& id, SelectKeys keys);
  void choose_all_versions();
  void clear_chosen();
  [[nodiscard]] const Selection& chosen() const { return chosen_; }
  // What keys and menus act on: the chosen ones when there are several, else the viewed one.
  [[nodiscard]] std::vector<VersionId> targets() const;

  // --- Comparing: A is what is viewed (board_compare.cpp) -------------------------------------
  [[nodiscard]] const Version* compared() const { return find_version(compared_); }  // B
  // The cell of B, 1..9; 0: all of it. Follows A's cell until one is chosen for B itself.
  [[nodiscard]] int compared_cell() const;
  void compare_with(const VersionId& id);  // shows the comparison
  void step_compared(int by);              // B through the versions; never onto A
  void step_compared_cell(int by);         // B's cell apart from A's
  void compare_cell(int cell);             // 0: the same as A's again
  void swap_compared();

  // --- Editing -------------------------------------------------------------------------------
  void activate(const VersionId& id);
  // Each is one transaction, one message and one undo.
  void set_status(const std::vector<VersionId>& ids, Status status);
  void toggle_star(const std::vector<VersionId>& ids);  // off when all of them have it
  void trash_versions(const std::vector<VersionId>& ids);
  void restore_versions(const std::vector<VersionId>& ids);  // never activates
  void purge_versions(const std::vector<VersionId>& ids);    // for good
  // Of the cell when one fills the view, else of the version.
  void set_status_of_shown(Status status);
  // Of the chosen versions when there are several, else of what is shown.
  void set_status_of_chosen(Status status);
  void set_status(const VersionId& id, Status status);
  void set_cell_boxes(const VersionId& id, std::vector<PixelRect> boxes);
  void set_cell_status(const VersionId& id, int cell, Status status);
  void toggle_star(const VersionId& id);
  void rename_version(const VersionId& id, const std::string& name);
  void trash_version(const VersionId& id);
  void trash_characters(const std::vector<CharacterId>& ids);
  void restore_characters(const std::vector<CharacterId>& ids);
  void undo_last();
  void undo(Edit edit);

  void create_project(const std::string& name);
  void rename_project(const ProjectId& id, const std::string& name);
  void save_character(const CharacterId& editing, const CharacterDraft& draft);  // empty: new
  [[nodiscard]] bool saving_character() const { return bool(create_ticket_) || bool(edit_ticket_); }
  [[nodiscard]] const Error* character_error() const {
    return character_error_ ? &*character_error_ : nullptr;
  }
  [[nodiscard]] const Error* project_error() const {
    return project_error_ ? &*project_error_ : nullptr;
  }
  void forget_character_error() { character_error_.reset(); }
  // In place, where the character is shown: what is wrong is said there, not in a message.
  void edit_character(const CharacterId& id, const CharacterDraft& draft);
  [[nodiscard]] const Error* edit_error(const CharacterId& id) const;
  void forget_edit_error(const CharacterId& id) { edit_errors_.erase(id); }

  // --- Generating (board_jobs.cpp) -----------------------------------------------------------
  void quote(const GenerationRequest& request);
  [[nodiscard]] const GenerationQuote* quote_answer() const { return quote_ ? &*quote_ : nullptr; }
  [[nodiscard]] const Error* quote_error() const { return quote_error_ ? &*quote_error_ : nullptr; }
  [[nodiscard]] bool quote_pending() const { return bool(quote_ticket_); }
  void generate(const GenerationRequest& request);
  [[nodiscard]] bool generate_pending() const { return !presses_.empty(); }
  // Several characters with the same settings (board_batch.cpp).
  void quote_batch(const BatchRequest& batch);
  [[nodiscard]] const BatchQuote* batch_quote() const {
    return batch_quote_ ? &*batch_quote_ : nullptr;
  }
  [[nodiscard]] const Error* batch_error() const { return batch_error_ ? &*batch_error_ : nullptr; }
  void generate_batch(const BatchRequest& batch);

  // --- Presets -------------------------------------------------------------------------------
  void read_presets() { presets_stale_ = true; }
  [[nodiscard]] const PresetList* presets() const { return presets_.get(); }  // null until read
  void save_preset(const Preset& preset, bool overwrite);
  void delete_preset(const std::string& name);
  void import_preset(const std::string& path);

  void cancel_job(const JobId& id);
  void cancel_current_job();  // Shift+X: the one running longest, of this character first
  void cancel_queued_jobs();
  void cancel_all_jobs();
  void check_job(const JobId& id);
  void resume_job(const JobId& id);
  // The user knows that it may be billed twice, and has said yes to the soft limit where it asked.
  void submit_again(const JobId& id, bool soft_limit_accepted = false);
  // What submitting this one again would ask; asked for once a job, forgotten with an empty id.
  const AgainQuestion& question_again(const JobId& id);
  void move_job(const JobId& id, QueueMove move);
  void move_job_to(const JobId& id, const JobId& place_of);
  void pause_queue(bool paused);
  void start_provider(const std::string& name);
  void push_now();
  // Jobs that are over, for as long as somebody looks at them; nullopt: nobody does.
  void watch_history(std::optional<JobHistoryQuery> query);
  [[nodiscard]] const std::vector<Job>* history() const { return history_ ? &*history_ : nullptr; }

  // --- Toasts --------------------------------------------------------------------------------
  void say(std::string message);
  // Of something that is not the library's, such as the form: `take_back` runs when the user undoes
  // it, on the drawing thread.
  void say_undoable(std::string message, std::function<void()> take_back);
  void undo_toast(std::uint64_t id);
  void say_saved_files(std::string message, std::string file);
  void say_error(const Error& error, const std::string& what);
  void close_toast(std::uint64_t id);

 private:
  // One pressing of Generate, until its jobs are known.
  struct Press {
    Ticket<std::vector<Job>> ticket;
    CharacterId character;  // empty: of a batch
    std::uint64_t steps = 0;
  };
  struct Watch {
    CharacterId character;
    std::uint64_t steps = 0;
    std::uint64_t batch = 0;  // the ticket it came with; 0: none
  };
  // How much of a batch is over: one message at its end instead of one for each.
  struct BatchProgress {
    int pictures = 0;
    int made = 0;
    int over = 0;
  };
  // What Ctrl+Z takes back: an edit of the library, or something else.
  struct UndoStep {
    Edit edit;
    std::function<void()> take_back;
    std::uint64_t toast = 0;
  };

  void apply_reply(const Reply& reply);
  void apply_changes(const LibraryChanged& changed);
  void apply_jobs(const JobsChanged& changed);
  void apply_finished(const JobFinished& finished);
  bool take_opened(const Reply& reply);
  bool take_projects(const Reply& reply);
  bool take_cast(const Reply& reply);
  bool take_versions(const Reply& reply);
  bool take_trash(const Reply& reply);
  bool take_found(const Reply& reply);
  bool take_edits(const Reply& reply);
  bool take_saves(const Reply& reply);
  bool take_generating(const Reply& reply);
  bool take_batch(const Reply& reply);
  void count_of_batch(std::uint64_t batch, bool is_made);
  void leave_trashed(const Edit& edit);

  bool take_presets(const Reply& reply);

  void choose_project();
  void choose_character();
  void open_project(const ProjectId& id);
  void open_character(const CharacterId& id);
  void forget_character();
  void forget_cast_query();  // what is asked for has changed
  void choose_viewed(const VersionListPtr& before);
  void choose_viewed_in_trash();
  void refresh_strip();
  void push_undo(UndoStep step);
  [[nodiscard]] bool choose_compared();
  void leave_files();
  void set_viewed(const VersionId& id, int cell, bool single);
  void remember_view();
  void follow(const CharacterId& character, const VersionId& version);
  void count_edit(Ticket<Edit> ticket) { edits_.insert(ticket.number); }
  Toast& add_toast(Toast toast);

  Session& session_;
  LibraryInfo library_;
  std::shared_ptr<const Catalogue> opened_;
  std::optional<Error> open_error_;
  std::vector<Project> projects_;
  bool projects_known_ = false;
  CastQuery query_;
  CastPtr cast_;
  CharacterRows rows_;
  CharacterId character_id_;
  VersionListPtr versions_;
  VersionId viewed_;
  VersionId viewed_next_;  // takes the place of the viewed one once that is gone
  bool in_trash_ = false;
  VersionListPtr trash_;  // while it is shown
  VersionId viewed_in_trash_;
  VersionFilter filter_;
  VersionGrouping grouping_;
  VersionOrder order_;
  VersionLineage lineage_;
  Selection chosen_;
  int cell_ = 0;
  bool single_ = false;
  ViewerMode viewer_mode_ = ViewerMode::version;
  VersionId compared_;
  int compared_cell_ = 0;                          // 0: the same as A's
  std::map<CharacterId, LastViewed> last_viewed_;  // of this run, and the library's one at first
  VersionId wanted_version_;                       // to be viewed as soon as the list has it
  std::uint64_t steps_ = 0;                        // how often the user chose what to look at

  std::vector<Job> jobs_;
  QueueState queue_;
  PushSummary push_;
  std::vector<Toast> toasts_;
  std::uint64_t last_toast_ = 0;
  std::vector<UndoStep> undo_stack_;

  bool projects_stale_ = true;
  bool cast_stale_ = false;
  bool versions_stale_ = false;
  bool trash_stale_ = false;
  Ticket<Opened> open_ticket_;
  Ticket<std::vector<Project>> projects_ticket_;
  Ticket<CastPtr> cast_ticket_;
  Ticket<VersionListPtr> versions_ticket_;
  Ticket<VersionListPtr> trash_ticket_;
  Ticket<Version> find_version_ticket_;
  Ticket<Project> find_project_ticket_;
  Ticket<Character> find_character_ticket_;
  Ticket<Project> project_ticket_;  // create or rename
  bool project_created_ = false;
  Ticket<Character> create_ticket_;
  Ticket<Edit> edit_ticket_;
  Ticket<GenerationQuote> quote_ticket_;
  JobId again_id_;
  Ticket<GenerationQuote> again_ticket_;
  AgainQuestion again_;
  Ticket<PresetListPtr> presets_ticket_;
  PresetListPtr presets_;
  bool presets_stale_ = false;
  Ticket<std::vector<PushItem>> push_ticket_;
  std::set<std::uint64_t> edits_;
  std::set<std::uint64_t> undos_;
  std::set<std::uint64_t> job_tickets_;
  std::optional<Error> character_error_;
  std::optional<Error> project_error_;
  std::map<std::uint64_t, CharacterId> in_place_edits_;  // ticket -> whose
  std::map<CharacterId, Error> edit_errors_;
  std::optional<GenerationQuote> quote_;
  std::optional<Error> quote_error_;
  std::string wanted_character_name_;  // asked for before the project was there

  Ticket<BatchQuote> batch_quote_ticket_;
  std::optional<BatchQuote> batch_quote_;
  std::optional<Error> batch_error_;
  std::map<std::uint64_t, BatchProgress> batches_;

  std::optional<JobHistoryQuery> history_query_;
  std::optional<std::vector<Job>> history_;
  bool history_stale_ = false;
  Ticket<std::vector<Job>> history_ticket_;

  std::vector<Press> presses_;
  std::map<JobId, Watch> watched_;
  std::vector<JobOutcome> early_;  // finished before the answer to Generate came
};

}  // namespace castboard
