// The same settings for several characters: checked together, then rows of the queue like any.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "jobs/credit_rules.h"
#include "jobs/job_runner.h"
#include "jobs/references.h"
#include "os/processes.h"

namespace castboard {

namespace {

// What a single request for this character would say.
GenerationRequest request_for(const BatchRequest& batch, const Character& character) {
  GenerationRequest request = batch.request;
  request.character_id = character.id;
  request.wish.clear();      // one wish is one character's
  request.remix_of.clear();  // it is made from nobody's version in particular
  const bool wants_active =
      batch.active_as_reference || request.character_reference.kind == Reference::Kind::active;
  if (!wants_active) return request;
  request.character_reference = {};
  if (!character.active_version_id.empty())
    request.character_reference = {Reference::Kind::version, character.active_version_id};
  return request;
}

// Characters in the order asked, each once.
std::vector<CharacterId> distinct(const std::vector<CharacterId>& ids) {
  std::vector<CharacterId> kept;
  std::set<CharacterId> seen;
  for (const CharacterId& id : ids)
    if (seen.insert(id).second) kept.push_back(id);
  if (kept.empty())
    throw Failure(ErrorCode::invalid_input, "Nobody is chosen to generate for.",
                  "Choose at least one character.");
  return kept;
}

std::map<CharacterId, Character> rows_of(Library& library, const std::vector<CharacterId>& ids,
                                         const UserId& user) {
  std::map<CharacterId, Character> rows;
  for (Character& row :
       library.read([&](StoreReader& reader) { return reader.characters(ids, user); }))
    rows.emplace(row.id, std::move(row));
  return rows;
}

Error gone() {
  return {ErrorCode::not_found, "This character is not in the library any more",
          "Take it out of the choice."};
}

std::map<ProjectId, std::int64_t> credits_by_project(const BatchQuote& quote,
                                                     const std::map<CharacterId, Character>& rows) {
  std::map<ProjectId, std::int64_t> credits;
  for (const BatchItem& item : quote.items)
    if (!item.refused) credits[rows.at(item.character_id).project_id] += item.credits;
  return credits;
}

}  // namespace

BatchItem JobRunner::batch_item(const BatchRequest& batch, const Character& character,
                                const Provider& provider) const {
  BatchItem item;
  item.character_id = character.id;
  item.character_name = character.name;
  try {
    if (!character.deleted_at.empty())
      throw Failure(ErrorCode::invalid_input, fmt::format("{} is in the trash", character.name),
                    "Restore it first.");
    const GenerationRequest request = request_for(batch, character);
    provider.check(request);
    std::string reason;
    item.credits = provider.credits(request, reason) * request.count;
    if (batch.active_as_reference && request.character_reference) {
      item.reference = request.character_reference.text;
      if (!environment_.library->files().exists(character.image_url))
        throw Failure(ErrorCode::not_found,
                      fmt::format("The picture of its active version v{:03} is gone",
                                  character.active_version_number),
                      "`castboard library verify` says more; set another version active.");
    }
  } catch (const Failure& failure) {
    item.refused = failure.error();
  }
  return item;
}

BatchQuote JobRunner::quote_batch(const BatchRequest& batch) {
  check_request(environment_.configuration->catalogue, batch.request);
  const Provider& provider = usable_provider(batch.request);
  Library& library = *environment_.library;
  const auto check_shared = [&](const Reference& reference, std::string_view which) {
    take_reference(reference, which, library, environment_.user, *environment_.http, false,
                   intake_cancel_);
  };
  if (!batch.active_as_reference) check_shared(batch.request.character_reference, "character");
  check_shared(batch.request.background_reference, "background");

  const std::vector<CharacterId> ids = distinct(batch.characters);
  const auto rows = rows_of(library, ids, environment_.user);
  BatchQuote quote;
  for (const CharacterId& id : ids) {
    const auto row = rows.find(id);
    if (row == rows.end()) {
      quote.items.push_back({id, {}, 0, {}, gone()});
      continue;
    }
    quote.items.push_back(batch_item(batch, row->second, provider));
    if (quote.items.back().refused) continue;
    quote.pictures += batch.request.count;
    quote.credits += quote.items.back().credits;
  }
  try {
    refuse_over_own_limit(batch.request, quote.credits);
    for (const auto& [id, credits] : credits_by_project(quote, rows)) {
      const ProjectId& project_id = id;
      const std::int64_t sum = credits;
      const std::string question = library.read([&](StoreReader& reader) {
        const std::optional<Project> project = reader.project(project_id);
        if (!project) return std::string();
        return question_of_limits(*project, reader.credit_use(project_id, start_of_today()), sum);
      });
      if (quote.ask.empty()) quote.ask = question;
    }
  } catch (const Failure& failure) {
    quote.refused = failure.error();
  }
  return quote;
}

std::vector<Job> JobRunner::submit_batch(const BatchRequest& batch) {
  const std::lock_guard order(intake_);
  intake_cancel_.check();
  check_request(environment_.configuration->catalogue, batch.request);
  const Provider& provider = usable_provider(batch.request);
  Library& library = *environment_.library;
  const std::vector<CharacterId> ids = distinct(batch.characters);
  const auto rows = rows_of(library, ids, environment_.user);

  // Everybody is looked at before anything is copied.
  std::int64_t credits = 0;
  for (const CharacterId& id : ids) {
    const auto row = rows.find(id);
    const BatchItem item = row == rows.end() ? BatchItem{id, id, 0, {}, gone()}
                                             : batch_item(batch, row->second, provider);
    if (item.refused) {
      Error error = *item.refused;
      error.message = fmt::format("{}: {}", item.character_name, error.message);
      throw Failure(std::move(error));
    }
    credits += item.credits;
  }
  refuse_over_own_limit(batch.request, credits);

  // What all share is read once.
  std::map<std::string, CopiedReference> copies;
  const auto take = [&](Reference& reference, std::string_view which, std::string& hash) {
    if (!reference) return;
    const std::string key = fmt::format("{} {}", static_cast<int>(reference.kind), reference.text);
    auto copy = copies.find(key);
    if (copy == copies.end()) {
      CopiedReference taken = take_reference(reference, which, library, environment_.user,
                                             *environment_.http, true, intake_cancel_);
      taken.image.bytes = {};  // only its hash is needed here
      copy = copies.emplace(key, std::move(taken)).first;
    }
    hash = copy->second.hash;
    if (!copy->second.version_id.empty()) reference.text = copy->second.version_id;
  };
  std::vector<Job> jobs;
  for (const CharacterId& id : ids) {
    const Character& character = rows.at(id);
    const GenerationRequest request = request_for(batch, character);
    Job job = drafted_job(request, character);
    take(job.request.character_reference, "character", job.character_ref_hash);
    take(job.request.background_reference, "background", job.background_ref_hash);
    add_copies(std::move(job), request, jobs);
  }
  add_rows(jobs, batch.request.soft_limit_accepted);
  return jobs;
}

}  // namespace castboard
