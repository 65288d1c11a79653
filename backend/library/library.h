#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

#include "jobs/work_queue.h"
#include "library/picture_files.h"
#include "library/store.h"

namespace castboard {

// One open library: its store with one writer thread and one reader thread, and its picture files.
// Owned by the session; safe from any thread. Writes that wait together are committed together; a
// failed one is rolled back to its savepoint without taking the others down.
class Library {
 public:
  // `committed` is called on the writer thread after each commit that changed something.
  Library(std::unique_ptr<Store> store, PictureFiles files, std::function<void()> committed);
  ~Library();

  // Runs on the reader (writer) thread and waits for the result; throws what `work` throws. Never
  // from that thread itself.
  template <class F>
  auto read(F work) -> std::invoke_result_t<F, StoreReader&>;
  template <class F>
  auto write(F work) -> std::invoke_result_t<F, StoreWriter&>;

  // Later, in order. `work` must not throw.
  void post_read(std::function<void(StoreReader&)> work);
  // `done` gets nullptr after the commit, or why nothing was written; on the writer thread.
  void post_write(std::function<void(StoreWriter&)> work,
                  std::function<void(std::exception_ptr)> done);

  [[nodiscard]] StoreReader& interruptible_reader() { return store_->reader(); }
  [[nodiscard]] PictureFiles& files() { return files_; }

  // Finishes what waits and joins.
  void finish();

 private:
  struct Write {
    std::function<void(StoreWriter&)> work;
    std::function<void(std::exception_ptr)> done;
  };
  void write_loop();
  void commit_group(std::deque<Write>& group);

  std::unique_ptr<Store> store_;
  PictureFiles files_;
  std::function<void()> committed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Write> waiting_;
  bool finishing_ = false;
  WorkQueue reader_{1};
  std::thread writer_;
};

namespace detail {

// Runs `work` into `promise`, value or exception.
template <class T, class F, class Argument>
void fulfil(std::promise<T>& promise, F& work, Argument& argument) {
  try {
    if constexpr (std::is_void_v<T>) {
      work(argument);
      promise.set_value();
    } else {
      promise.set_value(work(argument));
    }
  } catch (...) {
    promise.set_exception(std::current_exception());
  }
}

}  // namespace detail

template <class F>
auto Library::read(F work) -> std::invoke_result_t<F, StoreReader&> {
  using T = std::invoke_result_t<F, StoreReader&>;
  // Shared: the setting thread may still be inside the promise when the waiting one goes on.
  auto promise = std::make_shared<std::promise<T>>();
  std::future<T> future = promise->get_future();
  post_read([promise, &work](StoreReader& reader) { detail::fulfil(*promise, work, reader); });
  return future.get();
}

template <class F>
auto Library::write(F work) -> std::invoke_result_t<F, StoreWriter&> {
  using T = std::invoke_result_t<F, StoreWriter&>;
  auto promise = std::make_shared<std::promise<void>>();
  std::future<void> future = promise->get_future();
  const auto done = [promise](std::exception_ptr failed) {
    failed ? promise->set_exception(failed) : promise->set_value();
  };
  if constexpr (std::is_void_v<T>) {
    post_write([&work](StoreWriter& writer) { work(writer); }, done);
    future.get();
  } else {
    std::optional<T> value;
    post_write([&work, &value](StoreWriter& writer) { value.emplace(work(writer)); }, done);
    future.get();
    return std::move(*value);
  }
}

}  // namespace castboard
