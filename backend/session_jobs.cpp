// What a session does to make pictures: quotes, jobs, the queue.
#include <utility>

#include "castboard/session.h"
#include "jobs/credit_rules.h"
#include "library/lookup.h"
#include "session_workers.h"

namespace castboard {

Ticket<GenerationQuote> Session::quote(GenerationRequest request) {
  return workers_->ask_worker<GenerationQuote>(
      workers_->file_pool,
      [request](OpenLibrary& library) { return library.jobs->quote(request); });
}

Ticket<std::vector<Job>> Session::generate(GenerationRequest request) {
  return workers_->ask_worker<std::vector<Job>>(
      workers_->intake, [request](OpenLibrary& library) { return library.jobs->submit(request); });
}

Ticket<BatchQuote> Session::quote_batch(BatchRequest batch) {
  return workers_->ask_worker<BatchQuote>(workers_->file_pool, [batch](OpenLibrary& library) {
    return library.jobs->quote_batch(batch);
  });
}

Ticket<std::vector<Job>> Session::generate_batch(BatchRequest batch) {
  return workers_->ask_worker<std::vector<Job>>(workers_->intake, [batch](OpenLibrary& library) {
    return library.jobs->submit_batch(batch);
  });
}

Ticket<JobOutcome> Session::finish(JobId id) {
  Workers* workers = workers_.get();
  const Ticket<JobOutcome> ticket{workers->next_ticket()};
  workers->when_open([workers, ticket, id](OpenLibrary* library, const Error& error) {
    if (!library)
      return workers->deliver_reply(ticket.number, Result<JobOutcome>(tl::unexpected(error)));
    library->library->post_read([workers, ticket, id](StoreReader& reader) {
      Result<JobOutcome> result = result_of<JobOutcome>([&] {
        const Job job = castboard::find_job(reader, id);
        return is_final(job.state) ? workers->outcome_of(reader, job) : JobOutcome{job, {}};
      });
      if (result && !is_final(result->job.state) && !waits_for_credit(result->job)) {
        workers->finish_tickets.emplace(result->job.id, ticket.number);
      } else {
        workers->deliver_reply(ticket.number, std::move(result));
      }
    });
  });
  return ticket;
}

Ticket<std::vector<Job>> Session::list_jobs(bool all) {
  return workers_->ask_reader<std::vector<Job>>([all](OpenLibrary& library, StoreReader& reader) {
    std::vector<Job> jobs = reader.jobs(all);
    for (Job& job : jobs) {
      library.jobs->add_live(job);
      if (is_final(job.state)) continue;
      job.usual_ms = reader.usual_time_ms(job.request.provider, job.request.template_type);
    }
    return jobs;
  });
}

Ticket<std::vector<Job>> Session::job_history(JobHistoryQuery query) {
  return workers_->ask_reader<std::vector<Job>>(
      [query](OpenLibrary&, StoreReader& reader) { return reader.jobs_over(query); });
}

Ticket<Job> Session::find_job(JobId id) {
  return workers_->ask_reader<Job>([id](OpenLibrary& library, StoreReader& reader) {
    Job job = castboard::find_job(reader, id);
    library.jobs->add_live(job);
    job.usual_ms = reader.usual_time_ms(job.request.provider, job.request.template_type);
    return job;
  });
}

Ticket<Job> Session::cancel(JobId id) {
  return workers_->ask_worker<Job>(workers_->file_pool,
                                   [id](OpenLibrary& library) { return library.jobs->cancel(id); });
}

Ticket<Job> Session::check(JobId id) {
  return workers_->ask_worker<Job>(workers_->file_pool,
                                   [id](OpenLibrary& library) { return library.jobs->check(id); });
}

Ticket<Job> Session::resume(JobId id) {
  return workers_->ask_worker<Job>(workers_->file_pool,
                                   [id](OpenLibrary& library) { return library.jobs->resume(id); });
}

Ticket<std::vector<Job>> Session::cancel_queued() {
  return workers_->ask_worker<std::vector<Job>>(
      workers_->file_pool, [](OpenLibrary& library) { return library.jobs->cancel_queued(); });
}

Ticket<std::vector<Job>> Session::cancel_all() {
  return workers_->ask_worker<std::vector<Job>>(
      workers_->file_pool, [](OpenLibrary& library) { return library.jobs->cancel_all(); });
}

Ticket<std::vector<Job>> Session::resume_all() {
  return workers_->ask_worker<std::vector<Job>>(
      workers_->file_pool, [](OpenLibrary& library) { return library.jobs->resume_all(); });
}

Ticket<GenerationQuote> Session::quote_again(JobId id) {
  return workers_->ask_worker<GenerationQuote>(
      workers_->file_pool, [id](OpenLibrary& library) { return library.jobs->quote_again(id); });
}

Ticket<Job> Session::submit_again(JobId id, bool soft_limit_accepted) {
  return workers_->ask_worker<Job>(workers_->intake,
                                   [id, soft_limit_accepted](OpenLibrary& library) {
                                     return library.jobs->submit_again(id, soft_limit_accepted);
                                   });
}

Ticket<std::vector<Job>> Session::move_job(JobId id, QueueMove move) {
  return workers_->ask_worker<std::vector<Job>>(
      workers_->file_pool,
      [id, move](OpenLibrary& library) { return library.jobs->move(id, move); });
}

Ticket<std::vector<Job>> Session::move_job_to(JobId id, JobId place_of) {
  return workers_->ask_worker<std::vector<Job>>(
      workers_->file_pool,
      [id, place_of](OpenLibrary& library) { return library.jobs->move_to(id, place_of); });
}

Ticket<QueueState> Session::pause_queue(bool paused) {
  return workers_->ask_worker<QueueState>(
      workers_->file_pool, [paused](OpenLibrary& library) { return library.jobs->pause(paused); });
}

Ticket<QueueState> Session::start_provider(std::string name) {
  return workers_->ask_worker<QueueState>(workers_->file_pool, [name](OpenLibrary& library) {
    return library.jobs->start_provider(name);
  });
}

Ticket<LedgerPtr> Session::ledger(LedgerQuery query) {
  return workers_->ask_reader<LedgerPtr>([query](OpenLibrary&, StoreReader& reader) {
    return std::make_shared<const Ledger>(add_up(reader.ledger_entries(query)));
  });
}

}  // namespace castboard
