// From what a user asks for to rows of the queue: checks, references, what it costs.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "jobs/credit_rules.h"
#include "jobs/job_runner.h"
#include "jobs/references.h"
#include "jobs/wishes.h"
#include "library/composite.h"
#include "library/lookup.h"
#include "os/processes.h"

namespace castboard {

namespace {

// The copies in the library of the references that a cell to be made again was made with; the files
// or addresses themselves may be gone or different by now.
struct EarlierCopies {
  std::string character_hash;
  std::string background_hash;
};

EarlierCopies copies_of_redone(Library& library, const GenerationRequest& request,
                               const UserId& user) {
  if (request.redo_of_version.empty()) return {};
  return library.read([&](StoreReader& reader) -> EarlierCopies {
    const std::optional<Version> sheet = reader.version(request.redo_of_version, user);
    if (!sheet)
      throw Failure(ErrorCode::not_found, "The sheet whose cell is to be made again is gone.",
                    "Generate that pose as a new picture.");
    const Version maker = maker_of_cell(reader, *sheet, request.redo_of_cell, user);
    EarlierCopies copies;
    if (maker.character_ref_url == request.character_reference.text)
      copies.character_hash = maker.character_ref_hash;
    if (maker.background_ref_url == request.background_reference.text)
      copies.background_hash = maker.background_ref_hash;
    return copies;
  });
}

// Whether the prompt is the user's own or made from the rest of the request.
std::string prompt_of(const Catalogue& catalogue, const GenerationRequest& request,
                      const Character& character) {
  return request.prompt.empty() ? build_prompt(catalogue, request, character) : request.prompt;
}

void refuse_unless_lost(const Job& earlier) {
  if (earlier.state != JobState::uncertain)
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} is {}, not uncertain", earlier.id, to_string(earlier.state)),
                  "Generate with its settings instead.");
  if (!earlier.submitted_again_as.empty())
    throw Failure(ErrorCode::invalid_input, fmt::format("Job {} was submitted again as {}",
                                                        earlier.id, earlier.submitted_again_as));
}

}  // namespace

RedoOffer JobRunner::offer_redo(const VersionId& sheet_id, int cell, bool new_seed) {
  RedoOffer offer;
  offer.request = environment_.library->read([&](StoreReader& reader) {
    const Version sheet = find_version(reader, sheet_id, {}, environment_.user);
    return redo_request(sheet, cell, maker_of_cell(reader, sheet, cell, environment_.user),
                        environment_.configuration->catalogue, new_seed);
  });
  offer.quote = quote(offer.request);
  return offer;
}

const Provider& JobRunner::named_provider(const GenerationRequest& request) const {
  const Provider* provider = environment_.configuration->find_provider(request.provider);
  if (!provider)
    throw Failure(ErrorCode::not_found,
                  fmt::format("There is no provider \"{}\"", request.provider),
                  "`castboard providers list` lists them.");
  return *provider;
}

const Provider& JobRunner::usable_provider(const GenerationRequest& request) const {
  const Provider& provider = named_provider(request);
  if (!provider.info().usable)
    throw Failure(ErrorCode::configuration,
                  fmt::format("{} cannot be used: {}", provider.info().title,
                              provider.info().unusable_reason),
                  fmt::format("`castboard providers check {}` says more.", request.provider));
  return provider;
}

GenerationQuote JobRunner::quote(const GenerationRequest& wished) {
  const Catalogue& catalogue = environment_.configuration->catalogue;
  check_request(catalogue, wished);
  const Provider& provider = named_provider(wished);
  const Character character = environment_.library->read([&](StoreReader& reader) {
    return find_character(reader, wished.character_id, {}, environment_.user);
  });
  const GenerationRequest request = with_settled_references(wished, character, provider.info());
  provider.check(request);
  ProviderRequest asked{request, character, prompt_of(catalogue, request, character), {}, {}, {}};
  const EarlierCopies copies = copies_of_redone(*environment_.library, request, environment_.user);
  const auto reference = [&](const Reference& from, std::string_view which, const std::string& copy,
                             std::vector<ReferenceImage>& to) {
    if (!from) return;
    if (!copy.empty()) {
      to.push_back(stored_reference(*environment_.library, copy, from));
      return;
    }
    to.push_back(take_reference(from, which, *environment_.library, environment_.user,
                                *environment_.http, false, intake_cancel_)
                     .image);
  };
  reference(request.character_reference, "character", copies.character_hash,
            asked.character_references);
  reference(request.background_reference, "background", copies.background_hash,
            asked.background_references);

  GenerationQuote quote;
  quote.prompt = asked.prompt;
  quote.made_prompt =
      request.prompt.empty() ? asked.prompt : build_prompt(catalogue, request, character);
  const std::vector<Job> standing = standing_for(request);
  const int missing = missing_pictures(standing, request.count);
  quote.credits = provider.credits(request, quote.credits_reason) * missing;
  if (!standing.empty())
    quote.notes.push_back(fmt::format("{} of {} asked for before are not asked for again.",
                                      request.count - missing, request.count));
  if (!provider.info().usable)
    quote.notes.push_back(fmt::format("{} cannot be used yet: {}", provider.info().title,
                                      provider.info().unusable_reason));
  if (provider.crops(request))
    quote.notes.push_back(
        fmt::format("{} cannot make {} itself; the nearest size is asked for and cropped.",
                    provider.info().title, request.aspect_ratio));
  refuse_over_own_limit(request, quote.credits);
  quote.ask = question_about(character.project_id, quote.credits);
  quote.request_preview = provider.preview(asked);
  return quote;
}

std::string JobRunner::question_about(const ProjectId& id, std::int64_t credits) const {
  return environment_.library->read([&](StoreReader& reader) {
    const std::optional<Project> project = reader.project(id);
    if (!project) return std::string();
    return question_of_limits(*project, reader.credit_use(project->id, start_of_today()), credits);
  });
}

Job JobRunner::drafted_job(const GenerationRequest& request, const Character& character) {
  const Provider& provider = usable_provider(request);
  std::string reason;
  Job job;
  job.project_id = character.project_id;
  job.character_id = character.id;
  job.character_name = character.name;
  job.user_id = environment_.user;
  job.request = request;
  job.request.character_id = character.id;
  job.request.count = 1;
  if (job.request.model.empty()) job.request.model = provider.info().default_model;
  // On record before the network: a lost job can be made again with it.
  if (!job.request.seed) job.request.seed = provider.draw_seed(request.count);
  job.prompt = prompt_of(environment_.configuration->catalogue, request, character);
  job.credit_estimate = provider.credits(request, reason);
  job.owner = environment_.process;
  job.epoch = 1;
  return job;
}

std::vector<Job> JobRunner::add_rows(
    const std::vector<Job>& wanted, bool soft_limit_accepted,
    const std::function<void(StoreWriter&, std::vector<Job>&)>& check) {
  std::vector<Job> jobs;
  environment_.library->write([&](StoreWriter& writer) {
    jobs = wanted;
    if (check) check(writer, jobs);
    std::map<ProjectId, std::int64_t> credits;
    for (const Job& job : jobs) credits[job.project_id] += job.credit_estimate;
    // In the transaction: two processes must not both take what is left.
    for (const auto& [project, sum] : credits) {
      const std::string question = question_of_limits(
          writer.project(project), writer.credit_use(project, start_of_today()), sum);
      if (!question.empty() && !soft_limit_accepted)
        throw Failure(ErrorCode::out_of_credit, question, "Say yes to it, or ask for less.");
    }
    for (const Job& job : jobs) writer.add_job(job);
  });
  if (environment_.run_jobs)
    for (const Job& job : jobs) enqueue(job, JobQueue::Kind::fresh);
  return jobs;
}

void JobRunner::add_copies(Job job, const GenerationRequest& request, std::vector<Job>& jobs) {
  job.batch_id = request.wish.empty() ? random_uuid() : batch_of_wish(request.wish);
  const std::optional<std::int64_t> first_seed = job.request.seed;
  for (int i = 0; i < request.count; ++i) {
    job.id = random_uuid();
    job.batch_index = i;
    job.created_at = timestamp_now();
    // Several of one request with a fixed seed would be the same picture again.
    if (first_seed) job.request.seed = *first_seed + i;
    jobs.push_back(job);
  }
}

std::vector<Job> JobRunner::standing_for(const GenerationRequest& request) const {
  if (request.wish.empty()) return {};
  const std::string batch = batch_of_wish(request.wish);
  std::vector<Job> standing = standing_jobs(
      environment_.library->read([&](StoreReader& reader) { return reader.jobs_of_batch(batch); }),
      request.count);
  for (Job& job : standing) add_live(job);
  return standing;
}

std::vector<Job> JobRunner::submit(const GenerationRequest& wished) {
  const std::lock_guard order(intake_);
  intake_cancel_.check();
  // What is there is answered whether or not it could be made now.
  if (std::vector<Job> standing = standing_for(wished);
      !standing.empty() && missing_pictures(standing, wished.count) == 0)
    return standing;
  check_request(environment_.configuration->catalogue, wished);
  const Provider& provider = usable_provider(wished);
  Library& library = *environment_.library;
  const Character character = library.read([&](StoreReader& reader) {
    return find_character(reader, wished.character_id, {}, environment_.user);
  });
  const GenerationRequest request = with_settled_references(wished, character, provider.info());
  provider.check(request);
  if (!character.deleted_at.empty())
    throw Failure(ErrorCode::invalid_input, fmt::format("{} is in the trash", character.name),
                  "Restore it first.");
  Job job = drafted_job(request, character);
  const int missing = missing_pictures(standing_for(request), request.count);
  refuse_over_own_limit(request, job.credit_estimate * missing);

  const EarlierCopies copies = copies_of_redone(library, request, environment_.user);
  const auto take = [&](Reference& reference, std::string_view which, const std::string& earlier,
                        std::string& hash) {
    if (reference && !earlier.empty()) {
      static_cast<void>(stored_reference(library, earlier, reference));  // it must be there
      hash = earlier;
      return;
    }
    const CopiedReference copy = take_reference(reference, which, library, environment_.user,
                                                *environment_.http, true, intake_cancel_);
    hash = copy.hash;
    if (!copy.version_id.empty()) reference.text = copy.version_id;
  };
  take(job.request.character_reference, "character", copies.character_hash, job.character_ref_hash);
  take(job.request.background_reference, "background", copies.background_hash,
       job.background_ref_hash);

  std::vector<Job> jobs;
  add_copies(std::move(job), request, jobs);
  if (request.wish.empty()) return add_rows(jobs, request.soft_limit_accepted);
  // In the transaction: another process may have asked for the same meanwhile.
  std::vector<Job> standing;
  std::vector<Job> answer = add_rows(
      jobs, request.soft_limit_accepted, [&](StoreWriter& writer, std::vector<Job>& wanted) {
        standing = standing_jobs(writer.jobs_of_batch(wanted.front().batch_id), request.count);
        leave_missing(wanted, standing);
      });
  for (Job& one : standing) add_live(one);
  answer.insert(answer.end(), standing.begin(), standing.end());
  std::stable_sort(answer.begin(), answer.end(),
                   [](const Job& a, const Job& b) { return a.batch_index < b.batch_index; });
  return answer;
}

GenerationQuote JobRunner::quote_again(const JobId& id) {
  const Job job = job_again(read_row(id));
  GenerationQuote quote;
  quote.prompt = job.prompt;
  quote.made_prompt = job.prompt;
  quote.credits = usable_provider(job.request).credits(job.request, quote.credits_reason);
  quote.ask = question_about(job.project_id, job.credit_estimate);
  return quote;
}

Job JobRunner::submit_again(const JobId& id, bool soft_limit_accepted) {
  const std::lock_guard order(intake_);
  intake_cancel_.check();
  const Job earlier = read_row(id);
  refuse_unless_lost(earlier);
  const Job job = job_again(earlier);
  // Once more in the transaction: of two processes one is too late.
  add_rows({job}, soft_limit_accepted, [&](StoreWriter& writer, std::vector<Job>&) {
    refuse_unless_lost(writer.job(earlier.id));
  });
  return job;
}

Job JobRunner::job_again(const Job& earlier) {
  const Provider& provider = usable_provider(earlier.request);
  const Character character = environment_.library->read([&](StoreReader& reader) {
    return find_character(reader, earlier.character_id, {}, environment_.user);
  });
  Job job = drafted_job(earlier.request, character);
  job.id = random_uuid();
  job.created_at = timestamp_now();
  job.prompt = earlier.prompt;
  job.character_ref_hash = earlier.character_ref_hash;
  job.background_ref_hash = earlier.background_ref_hash;
  job.batch_id = earlier.batch_id;
  job.batch_index = earlier.batch_index;
  job.again_of = earlier.id;
  // The same key for the same picture: such a provider does not bill it a second time.
  if (provider.sends_idempotency_key()) {
    job.idempotency_key = earlier.idempotency_key;
    job.request.seed = earlier.request.seed;
  }
  return job;
}

}  // namespace castboard
