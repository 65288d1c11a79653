#include "castboard/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>

#include "castboard/request_rules.h"
#include "castboard/sketch.h"
#include "imaging/imaging.h"
#include "os/files.h"
#include "support/scoped_variable.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::HasSubstr;

class Sessions : public ::testing::Test {
 protected:
  SessionOptions options() {
    SessionOptions options;
    options.library = directory_.path() / "library";
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.keep_replies = true;
    options.local_providers = {sketch_provider()};
    return options;
  }

  static Character add_mira(Session& session) {
    const Project project = session.wait(session.create_project("Northwind")).value();
    return session
        .wait(session.create_character({.project_id = project.id,
                                        .name = "Mira Voss",
                                        .description = "A pilot",
                                        .traits = {{"hair", "blue"}}}))
        .value();
  }

  static GenerationRequest sheet(const Character& character) {
    GenerationRequest request;
    request.character_id = character.id;
    request.version_name = "Anime Expression Sheet";
    request.template_type = "expression_sheet";
    request.shot = "all";
    request.art_style = "anime";
    request.seed = 7;
    return request;
  }

  static GenerationRequest portrait(const Character& character) {
    GenerationRequest request;
    request.character_id = character.id;
    request.version_name = "Portrait";
    return request;
  }

  static JobOutcome run(Session& session, const GenerationRequest& request) {
    const Result<std::vector<Job>> jobs = session.wait(session.generate(request));
    if (!jobs) {
      ADD_FAILURE() << jobs.error().message;
      return {};
    }
    return session.wait(session.finish(jobs->back().id)).value();
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(Sessions, make_a_sheet_with_nine_cells_nine_poses_and_set_it_active) {
  Session session(options());
  const Character mira = add_mira(session);
  const JobOutcome outcome = run(session, sheet(mira));
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  ASSERT_EQ(outcome.versions.size(), 1U);
  const Version& version = outcome.versions[0];
  EXPECT_TRUE(version.is_active);
  EXPECT_EQ(version.version_number, 1);
  EXPECT_EQ(version.seed, 7);
  EXPECT_THAT(version.prompt_used, HasSubstr("Mira Voss"));
  ASSERT_EQ(version.cells.size(), 9U);
  std::set<std::string> contents;
  for (const Cell& cell : version.cells) {
    const auto bytes = read_file(session.absolute_path(cell.image_url), kMaxPictureBytes);
    const Image image = decode_picture(bytes);
    EXPECT_EQ(image.width, cell.box.width);
    contents.insert(std::string(bytes.begin(), bytes.end()));
  }
  EXPECT_EQ(contents.size(), 9U);
  const Character now = session.wait(session.find_character("Mira Voss")).value();
  EXPECT_EQ(now.image_url, version.image_url);
  EXPECT_EQ(now.image_poses.size(), 9U);
  EXPECT_TRUE(std::filesystem::exists(session.absolute_path(version.thumbnail_url)));
}

TEST_F(Sessions, find_everything_again_after_a_restart) {
  VersionId id;
  {
    Session session(options());
    const Character mira = add_mira(session);
    id = run(session, sheet(mira)).versions.at(0).id;
    ASSERT_TRUE(session.wait(session.mark_viewed({mira.project_id, mira.id, id, 5})));
  }
  Session session(options());
  const Opened opened = session.wait(session.open()).value();
  EXPECT_EQ(opened.library.last_viewed.version_id, id);
  EXPECT_EQ(opened.library.last_viewed.cell, 5);
  EXPECT_TRUE(session.wait(session.find_version("Mira Voss/v001"))->viewed);
}

TEST_F(Sessions, use_the_image_to_image_request_when_a_reference_is_given_and_keep_its_bytes) {
  Session session(options());
  const Character mira = add_mira(session);
  const Version first = run(session, portrait(mira)).versions.at(0);
  GenerationRequest request = sheet(mira);
  request.character_reference = {Reference::Kind::version, first.id};
  const Version version = run(session, request).versions.at(0);
  EXPECT_EQ(version.character_ref_hash, first.content_hash);
  EXPECT_EQ(version.parent_ids, std::vector<VersionId>{first.id});
}

TEST_F(Sessions, take_the_active_version_as_reference_when_the_job_is_made) {
  Session session(options());
  const Character mira = add_mira(session);
  GenerationRequest request = sheet(mira);
  request.character_reference = {Reference::Kind::active, {}};
  const Version without = run(session, request).versions.at(0);
  EXPECT_TRUE(without.character_ref_hash.empty()) << "there was none yet";
  const Version portrayed = run(session, portrait(mira)).versions.at(0);
  ASSERT_TRUE(session.wait(session.activate(without.id)));
  const Version with = run(session, request).versions.at(0);
  EXPECT_EQ(with.character_ref_url, without.id) << "recorded as that version";
  EXPECT_EQ(with.character_ref_hash, without.content_hash);
  EXPECT_EQ(with.parent_ids, std::vector<VersionId>{without.id});
  EXPECT_NE(portrayed.id, without.id);
}

TEST_F(Sessions, send_the_users_own_prompt_and_remember_that_it_was) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  const GenerationQuote made = session.wait(session.quote(request)).value();
  EXPECT_EQ(made.prompt, made.made_prompt);
  request.prompt = "A stern captain, ink on paper";
  const GenerationQuote own = session.wait(session.quote(request)).value();
  EXPECT_EQ(own.prompt, "A stern captain, ink on paper");
  EXPECT_EQ(own.made_prompt, made.prompt) << "what Reset brings back";
  EXPECT_THAT(own.request_preview, HasSubstr("A stern captain, ink on paper"));
  const Version version = run(session, request).versions.at(0);
  EXPECT_EQ(version.prompt_used, "A stern captain, ink on paper");
  EXPECT_TRUE(version.prompt_edited);
  const GenerationRequest again = request_of(version, *session.catalogue());
  EXPECT_EQ(again.prompt, "A stern captain, ink on paper") << "a remix keeps it";
  request.prompt.clear();
  EXPECT_FALSE(run(session, request).versions.at(0).prompt_edited);
}

TEST_F(Sessions, save_presets_as_files_of_the_user_and_undo_it) {
  const testing::ScopedVariable home("XDG_CONFIG_HOME", (directory_.path() / "config").string());
  Session session(options());
  GenerationRequest request;
  request.art_style = "noir";
  const Preset noir = preset_of(request, "Noir");
  const Edit saved = session.wait(session.save_preset(noir, false)).value();
  EXPECT_EQ(saved.message, "Saved preset Noir");
  request.art_style = "anime";
  const Preset anime = preset_of(request, "noir");
  const auto taken = session.wait(session.save_preset(anime, false));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::ambiguous);
  const Edit over = session.wait(session.save_preset(anime, true)).value();
  const auto style = [&] {
    const PresetListPtr list = session.wait(session.list_presets()).value();
    const Preset* found = list->find("Noir");
    return found != nullptr ? found->art_style : std::string();
  };
  EXPECT_EQ(style(), "anime");
  EXPECT_FALSE(session.wait(session.undo(saved))) << "it was written over since";
  ASSERT_TRUE(session.wait(session.undo(over)));
  EXPECT_EQ(style(), "noir");
  const Edit deleted = session.wait(session.delete_preset("NOIR")).value();
  EXPECT_EQ(style(), "");
  ASSERT_TRUE(session.wait(session.undo(deleted)));
  EXPECT_EQ(style(), "noir");
  EXPECT_THAT(session.wait(session.delete_preset("Noire")).error().hint, HasSubstr("\"Noir\""));
}

TEST_F(Sessions, refuse_a_missing_reference_by_name_and_write_no_job) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  request.character_reference = {Reference::Kind::file, "/nowhere/face.png"};
  const Result<std::vector<Job>> jobs = session.wait(session.generate(request));
  ASSERT_FALSE(jobs);
  EXPECT_EQ(jobs.error().code, ErrorCode::not_found);
  EXPECT_THAT(jobs.error().message, HasSubstr("/nowhere/face.png"));
  EXPECT_TRUE(session.wait(session.list_jobs(true))->empty());
}

TEST_F(Sessions, fail_a_job_readably_when_the_reply_is_no_picture) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  request.additional_description = "[sketch:not_image]";
  const JobOutcome outcome = run(session, request);
  EXPECT_EQ(outcome.job.state, JobState::failed);
  EXPECT_FALSE(outcome.job.message.empty());
  EXPECT_TRUE(session.wait(session.list_versions(request.character_id)).value()->versions.empty());
}

TEST_F(Sessions, cancel_a_job_on_a_silent_connection) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  request.additional_description = "[sketch:hang]";
  const Job job = session.wait(session.generate(request))->at(0);
  // Only a job that was sent is on a silent connection: wait until its row says so.
  while (session.wait(session.find_job(job.id))->state == JobState::queued)
    std::this_thread::yield();
  ASSERT_TRUE(session.wait(session.cancel(job.id)));
  EXPECT_EQ(session.wait(session.finish(job.id))->job.state, JobState::cancelled);
}

TEST_F(Sessions, end_promptly_with_a_hanging_job_and_leave_its_row_settled) {
  JobId id;
  {
    Session session(options());
    GenerationRequest request = portrait(add_mira(session));
    request.additional_description = "[sketch:hang]";
    id = session.wait(session.generate(request))->at(0).id;
  }
  Session session(options());
  const Job job = session.wait(session.find_job(id)).value();
  EXPECT_TRUE(is_final(job.state) || job.state == JobState::queued) << to_string(job.state);
}

TEST_F(Sessions, make_the_last_of_several_asked_for_at_once_active) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  request.count = 4;
  const std::vector<Job> jobs = session.wait(session.generate(request)).value();
  ASSERT_EQ(jobs.size(), 4U);
  for (const Job& job : jobs)
    ASSERT_EQ(session.wait(session.finish(job.id))->job.state, JobState::done);
  const Version last = session.wait(session.finish(jobs.back().id))->versions.at(0);
  EXPECT_TRUE(session.wait(session.find_version(last.id))->is_active);
}

TEST_F(Sessions, see_each_others_changes_on_one_library) {
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  SessionOptions second_options = options();
  second_options.wake = [&] {
    const std::lock_guard lock(mutex);
    woken = true;
    changed.notify_all();
  };
  Session first(options());
  Session second(second_options);
  Subscription events = second.subscribe();
  ASSERT_TRUE(second.wait(second.open()));
  const Character mira = add_mira(first);
  bool seen = false;
  while (!seen) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return woken; });
    woken = false;
    lock.unlock();
    for (const Event& event : events.take_all())
      if (const auto* change = std::get_if<LibraryChanged>(&event))
        for (const Change& row : change->changes) seen = seen || row.id == mira.id;
  }
  EXPECT_TRUE(second.wait(second.find_character("Mira Voss")));
}

TEST_F(Sessions, answer_every_request_with_the_reason_when_the_library_cannot_be_opened) {
  const std::filesystem::path library = directory_.path() / "library";
  std::filesystem::create_directories(library);
  std::ofstream(library / "castboard.db") << "this is not a database, it only has the name of one";
  Session session(options());
  const Result<std::vector<Project>> projects = session.wait(session.list_projects());
  ASSERT_FALSE(projects);
  EXPECT_EQ(projects.error().code, ErrorCode::library);
  EXPECT_THAT(projects.error().message, HasSubstr("castboard.db"));
  EXPECT_FALSE(session.wait(session.create_project("X")));
}

TEST_F(Sessions, refuse_a_library_on_a_network_file_system_with_the_way_out) {
  const testing::ScopedVariable network("CASTBOARD_TEST_FILE_SYSTEM", "nfs");
  Session session(options());
  const Result<Opened> opened = session.wait(session.open());
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("nfs"));
  EXPECT_THAT(opened.error().hint, HasSubstr("--allow-network-library"));
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "library"));
}

TEST_F(Sessions, work_on_an_allowed_network_file_system_without_a_write_ahead_log) {
  const testing::ScopedVariable network("CASTBOARD_TEST_FILE_SYSTEM", "nfs");
  SessionOptions allowed = options();
  allowed.allow_network_library = true;
  Session session(allowed);
  EXPECT_EQ(run(session, portrait(add_mira(session))).job.state, JobState::done);
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "library" / "castboard.db-wal"));
}

TEST_F(Sessions, decode_pictures_without_any_library) {
  const Image image{2, 1, {255, 0, 0, 255, 0, 255, 0, 255}};
  const std::filesystem::path file = directory_.path() / "picture.png";
  write_file_atomically(file, encode_png(image), Durability::derived);
  SessionOptions none;
  none.keep_replies = true;
  Session session(none);
  const Result<PicturePtr> picture = session.wait(session.load_picture({.url = file.string()}));
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ((*picture)->image.pixels, image.pixels);
  EXPECT_FALSE(session.wait(session.list_projects()));
}

TEST_F(Sessions, undo_a_trashed_active_version_exactly) {
  Session session(options());
  const Character mira = add_mira(session);
  run(session, sheet(mira));
  const Version second = run(session, sheet(mira)).versions.at(0);
  const auto poses = session.wait(session.find_character(mira.id))->image_poses;
  const Edit edit = session.wait(session.trash_versions({second.id})).value();
  EXPECT_THAT(edit.message, HasSubstr("v001"));
  EXPECT_TRUE(session.wait(session.find_version("Mira Voss/v001"))->is_active);
  ASSERT_TRUE(session.wait(session.undo(edit)));
  EXPECT_TRUE(session.wait(session.find_version(second.id))->is_active);
  EXPECT_EQ(session.wait(session.find_character(mira.id))->image_poses, poses);
}

TEST_F(Sessions, quote_what_a_request_would_do_without_doing_it) {
  Session session(options());
  const Character mira = add_mira(session);
  const GenerationQuote quote = session.wait(session.quote(sheet(mira))).value();
  EXPECT_THAT(quote.prompt, HasSubstr("Mira Voss"));
  EXPECT_EQ(quote.credits, 0);
  EXPECT_THAT(quote.request_preview, HasSubstr("/api/generate/character-image"));
  EXPECT_TRUE(session.wait(session.list_jobs(true))->empty());
}

TEST_F(Sessions, tell_the_state_of_their_queue_with_its_jobs) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  EXPECT_TRUE(session.wait(session.pause_queue(true))->paused);
  Subscription events = session.subscribe();
  request.count = 3;
  const std::vector<Job> jobs = session.wait(session.generate(request)).value();
  const auto moved = session.wait(session.move_job(jobs[2].id, QueueMove::first)).value();
  ASSERT_EQ(moved.size(), 3U);
  EXPECT_EQ(moved[0].id, jobs[2].id);
  EXPECT_EQ(session.wait(session.cancel(jobs[0].id))->state, JobState::cancelled);
  EXPECT_EQ(session.wait(session.cancel_queued())->size(), 2U);
  EXPECT_FALSE(session.wait(session.pause_queue(false))->paused);
  bool told = false;
  for (const Event& event : events.take_all())
    if (const auto* changed = std::get_if<JobsChanged>(&event))
      told = told || changed->queue.paused;
  EXPECT_TRUE(told);
}

TEST_F(Sessions, know_how_long_a_template_usually_takes) {
  Session session(options());
  const Character mira = add_mira(session);
  const JobOutcome made = run(session, portrait(mira));
  ASSERT_EQ(made.versions.size(), 1U);
  EXPECT_TRUE(session.wait(session.pause_queue(true)));
  const Job waiting = session.wait(session.generate(portrait(mira)))->at(0);
  EXPECT_EQ(session.wait(session.find_job(waiting.id))->usual_ms,
            made.versions[0].generation_time_ms);
  EXPECT_TRUE(session.wait(session.cancel_all()));
}

TEST_F(Sessions, keep_the_ledger_of_what_was_made_for_nothing_too) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  run(session, request);
  request.additional_description = "[sketch:not_image]";
  run(session, request);
  const LedgerPtr ledger = session.wait(session.ledger({})).value();
  ASSERT_EQ(ledger->entries.size(), 2U);
  EXPECT_EQ(ledger->total.pictures, 1);
  EXPECT_EQ(ledger->total.failed, 1);
  EXPECT_EQ(ledger->total.billed, 0);
  EXPECT_EQ(ledger->entries[0].billing, Billing::free);
}

TEST_F(Sessions, set_what_a_project_may_cost) {
  Session session(options());
  const Project project = session.wait(session.create_project("Northwind")).value();
  EXPECT_EQ(session.wait(session.set_credit_limits(project.id, {.total = 5}))->credit_limit, 5);
  EXPECT_FALSE(session.wait(session.set_credit_limits(project.id, {.total = -5})));
}

TEST_F(Sessions, say_what_is_wrong_with_a_template_that_does_not_exist) {
  Session session(options());
  GenerationRequest request = portrait(add_mira(session));
  request.template_type = "portrat";
  const Result<GenerationQuote> quote = session.wait(session.quote(request));
  ASSERT_FALSE(quote);
  EXPECT_EQ(quote.error().code, ErrorCode::invalid_input);
  EXPECT_THAT(quote.error().message + quote.error().hint, HasSubstr("portrait"));
}

}  // namespace
}  // namespace castboard
