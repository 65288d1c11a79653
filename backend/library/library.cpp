#include "library/library.h"

#include <exception>
#include <utility>
#include <vector>

#include "castboard/result.h"

namespace castboard {

Library::Library(std::unique_ptr<Store> store, PictureFiles files, std::function<void()> committed)
    : store_(std::move(store)),
      files_(std::move(files)),
      committed_(std::move(committed)),
      writer_([this] { write_loop(); }) {}

Library::~Library() {
  finish();
}

void Library::post_read(std::function<void(StoreReader&)> work) {
  reader_.post([this, work = std::move(work)] { work(store_->reader()); });
}

void Library::post_write(std::function<void(StoreWriter&)> work,
                         std::function<void(std::exception_ptr)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (!finishing_) {
      waiting_.push_back({std::move(work), std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(std::make_exception_ptr(Failure(ErrorCode::cancelled, "The library is being closed")));
}

void Library::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  changed_.notify_all();
  if (writer_.joinable()) writer_.join();
  reader_.finish();
}

void Library::write_loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return finishing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::deque<Write> group = std::exchange(waiting_, {});
    lock.unlock();
    commit_group(group);
    group.clear();
    lock.lock();
  }
}

void Library::commit_group(std::deque<Write>& group) {
  StoreWriter& writer = store_->writer();
  std::vector<std::exception_ptr> failures(group.size());
  try {
    writer.begin();
    for (std::size_t i = 0; i < group.size(); ++i) {
      writer.savepoint();
      try {
        group[i].work(writer);
        writer.release_savepoint();
      } catch (...) {
        failures[i] = std::current_exception();
        writer.rollback_to_savepoint();
      }
    }
    writer.commit();
  } catch (...) {
    // The transaction as a whole failed (disk full, database locked): nothing of it is there.
    const std::exception_ptr reason = std::current_exception();
    try {
      writer.rollback();
    } catch (const Failure&) {  // SQLite rolled back by itself
    }
    for (std::exception_ptr& failure : failures)
      if (!failure) failure = reason;
  }
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(failures[i]);
  if (committed_) committed_();
}

}  // namespace castboard
