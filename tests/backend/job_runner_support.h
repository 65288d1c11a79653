#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "jobs/job_runner.h"
#include "library/library.h"
#include "os/processes.h"
#include "support/scripted_provider.h"
#include "support/temporary_directory.h"

namespace castboard {

// One Castboard on a library: what the session would put around a JobRunner, and no more. Several
// of them stand for several processes, each with a name of its own.
class Workplace {
 public:
  Workplace(const std::filesystem::path& directory, std::string process,
            const Configuration& configuration, int slots, bool run_jobs)
      : library_(open_sqlite_store({.directory = (directory / "library").string()}),
                 PictureFiles(directory / "library"), [this] { committed(); }) {
    JobRunner::Environment environment;
    environment.library = &library_;
    environment.configuration = &configuration;
    environment.http = &http_;
    environment.file_pool = &file_pool_;
    environment.user = named_uuid("ada");
    environment.process = std::move(process);
    environment.slots = slots;
    environment.run_jobs = run_jobs;
    environment.jobs_changed = [this] { committed(); };
    environment.log = [](LogLevel, const std::string&) {};
    environment.kept_places = {directory / "kept"};
    environment.first_save_delay = std::chrono::milliseconds(1);
    library_.write([](StoreWriter& writer) { writer.ensure_user(named_uuid("ada"), "ada"); });
    runner_ = std::make_unique<JobRunner>(std::move(environment));
  }
  ~Workplace() { close(); }

  JobRunner& runner() { return *runner_; }
  Library& library() { return library_; }

  // As the program ends: nothing is cancelled at a provider.
  void close() {
    runner_->finish();
    file_pool_.finish();
  }

  Job job(const JobId& id) {
    return library_.read([&](StoreReader& reader) { return reader.job(id).value(); });
  }
  std::vector<Version> versions() {
    return library_.read([](StoreReader& reader) { return reader.all_versions(); });
  }
  // Returns when the row is so. A test that waits for what never comes runs into its time limit.
  Job wait_until(const JobId& id, const std::function<bool(const Job&)>& so) {
    std::unique_lock lock(mutex_);
    while (true) {
      const int seen = changes_;
      lock.unlock();
      Job now = job(id);
      runner_->add_live(now);
      lock.lock();
      if (so(now)) return now;
      changed_.wait(lock, [&] { return changes_ != seen; });
    }
  }
  Job wait_until(const JobId& id, JobState state) {
    return wait_until(id, [state](const Job& job) { return job.state == state; });
  }
  // Until a provider's queue stands still.
  QueueState wait_for_stop() {
    std::unique_lock lock(mutex_);
    while (true) {
      const int seen = changes_;
      lock.unlock();
      QueueState state = runner_->queue_state();
      lock.lock();
      if (!state.stopped.empty()) return state;
      changed_.wait(lock, [&] { return changes_ != seen; });
    }
  }
  Job wait_until_over(const JobId& id) {
    return wait_until(id, [](const Job& job) { return is_final(job.state); });
  }

 private:
  void committed() {
    const std::lock_guard lock(mutex_);
    ++changes_;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int changes_ = 0;
  Http http_{HttpOptions{}};
  Library library_;
  WorkQueue file_pool_{2};
  std::unique_ptr<JobRunner> runner_;
};

class JobsOf : public ::testing::Test {
 protected:
  JobsOf() {
    ProviderContext context;
    context.http = std::make_shared<const Http>(HttpOptions{});
    configuration_ = load_configuration(CASTBOARD_ASSETS, {}, {}, {}, context);
    for (const auto& provider : {paint_, ink_}) {
      configuration_.providers.push_back(provider);
      configuration_.catalogue.providers.push_back(provider->info());
    }
    auto store = open_sqlite_store({.directory = (directory_.path() / "library").string()});
    project_ = store->writer().add_project("Northwind").id;
    mira_ = store->writer().add_character({project_, "Mira", {}, {}}).id;
  }

  std::unique_ptr<Workplace> start(std::string process = this_process(), int slots = 4,
                                   bool run_jobs = true) {
    return std::make_unique<Workplace>(directory_.path(), std::move(process), configuration_, slots,
                                       run_jobs);
  }

  // A process of this machine that is gone for sure.
  static std::string dead_process() {
    const std::string living = this_process();
    return living.substr(0, living.find('/')) + "/2147483646/1";
  }
  static std::string process_of_another_host() { return "elsewhere/1/1"; }

  GenerationRequest portrait(const std::string& provider = "paint", int count = 1) const {
    GenerationRequest request;
    request.character_id = mira_;
    request.version_name = "Portrait";
    request.provider = provider;
    request.count = count;
    return request;
  }

  testing::TemporaryDirectory directory_;
  std::shared_ptr<testing::ScriptedProvider> paint_ =
      std::make_shared<testing::ScriptedProvider>("paint");
  std::shared_ptr<testing::ScriptedProvider> ink_ =
      std::make_shared<testing::ScriptedProvider>("ink");
  Configuration configuration_;
  ProjectId project_;
  CharacterId mira_;
};

}  // namespace castboard
