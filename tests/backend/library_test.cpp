#include "library/library.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "castboard/result.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

class OpenedLibrary : public ::testing::Test {
 protected:
  OpenedLibrary()
      : library_(open_sqlite_store({.directory = directory_.path().string()}),
                 PictureFiles(directory_.path()), [this] { ++commits_; }) {}

  testing::TemporaryDirectory directory_;
  std::atomic<int> commits_{0};
  Library library_;
};

TEST_F(OpenedLibrary, reads_what_was_written_once_write_returned) {
  const Project made =
      library_.write([](StoreWriter& writer) { return writer.add_project("Northwind"); });
  const std::vector<Project> projects =
      library_.read([](StoreReader& reader) { return reader.projects(); });
  ASSERT_EQ(projects.size(), 1U);
  EXPECT_EQ(projects[0].id, made.id);
}

TEST_F(OpenedLibrary, keeps_the_others_of_a_group_when_one_write_fails) {
  // The writer is held by the first write while the other three queue up behind it as one group.
  std::promise<void> go;
  std::shared_future<void> gate = go.get_future().share();
  std::promise<void> held;
  std::promise<bool> failed;
  std::promise<void> last;
  const auto nothing = [](std::exception_ptr) {};
  library_.post_write(
      [&held, gate](StoreWriter&) {
        held.set_value();
        gate.wait();
      },
      nothing);
  held.get_future().wait();
  library_.post_write([](StoreWriter& writer) { writer.add_project("First"); }, nothing);
  library_.post_write(
      [](StoreWriter& writer) {
        writer.add_project("Half");
        writer.add_project("");  // refused: takes "Half" back with it
      },
      [&](std::exception_ptr error) { failed.set_value(error != nullptr); });
  library_.post_write([](StoreWriter& writer) { writer.add_project("Second"); },
                      [&](std::exception_ptr) { last.set_value(); });
  go.set_value();
  EXPECT_TRUE(failed.get_future().get());
  last.get_future().wait();
  std::vector<std::string> names;
  for (const Project& project :
       library_.read([](StoreReader& reader) { return reader.projects(); }))
    names.push_back(project.name);
  EXPECT_EQ(names, (std::vector<std::string>{"First", "Second"}));
  library_.finish();
  EXPECT_EQ(commits_, 2);  // the gate's own, and one for the three together
}

TEST_F(OpenedLibrary, throws_to_the_caller_what_the_work_throws) {
  EXPECT_THROW(library_.write([](StoreWriter& writer) { writer.add_project(""); }), Failure);
  EXPECT_THROW(
      library_.read([](StoreReader&) -> int { throw Failure(ErrorCode::not_found, "nothing"); }),
      Failure);
}

TEST_F(OpenedLibrary, answers_writes_after_closing_with_a_reason) {
  library_.finish();
  EXPECT_THROW(library_.write([](StoreWriter& writer) { writer.add_project("Late"); }), Failure);
}

}  // namespace
}  // namespace castboard
