#include "os/files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "castboard/result.h"
#include "support/other_user.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::failure_of;
using ::testing::HasSubstr;
using testing::TemporaryDirectory;

namespace {

std::vector<std::uint8_t> bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

void write(const fs::path& path, std::string_view text,
           Durability durability = Durability::durable) {
  write_file_atomically(path, bytes_of(text), durability);
}

std::string contents(const fs::path& path) {
  return read_text_file(path, 1'000'000);
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory))
    names.push_back(entry.path().filename().string());
  return names;
}

// 1 MiB of memory as a disk of its own, as long as the object lives.
class SmallDisk {
 public:
  SmallDisk() { mounted_ = ::mount("tmpfs", path().c_str(), "tmpfs", 0, "size=1m") == 0; }
  ~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] const fs::path& path() const { return directory_.path(); }
  [[nodiscard]] bool mounted() const { return mounted_; }

 private:
  TemporaryDirectory directory_;
  bool mounted_ = false;
};

// Sets a variable for one test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace

TEST(Files, writes_what_it_reads_back_and_makes_the_folders) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "images" / "ab" / "abcd.png";
  for (Durability durability : {Durability::durable, Durability::derived}) {
    write(path, "first", durability);
    EXPECT_EQ(contents(path), "first");
    write(path, "", durability);
    EXPECT_EQ(contents(path), "");
  }
  EXPECT_EQ(fs::status(path.parent_path()).permissions() & fs::perms::group_write, fs::perms::none);
}

TEST(Files, replaces_a_file_and_leaves_no_temporary_one) {
  const TemporaryDirectory directory;
  write(directory.path() / "a", "old");
  write(directory.path() / "a", "new");
  EXPECT_EQ(contents(directory.path() / "a"), "new");
  EXPECT_THAT(names_in(directory.path()), ElementsAre("a"));
}

TEST(Files, shows_only_whole_contents_to_a_reader_while_it_is_replaced) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "a";
  const std::string one(100'000, '1');
  const std::string two(50'000, '2');
  write(path, one, Durability::derived);
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; i < 100; ++i) write(path, i % 2 == 0 ? two : one, Durability::derived);
    done = true;
  });
  while (!done) {
    const std::string seen = contents(path);
    EXPECT_TRUE(seen == one || seen == two) << seen.size();
  }
  writer.join();
}

TEST(Files, lets_several_threads_write_one_file) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "deep" / "er" / "a";
  std::vector<std::thread> threads;
  for (char c : {'a', 'b', 'c', 'd'})
    threads.emplace_back([&path, c] {
      for (int i = 0; i < 20; ++i) write(path, std::string(1000, c));
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(contents(path), std::string(1000, contents(path).front()));
  EXPECT_THAT(names_in(path.parent_path()), ElementsAre("a"));
}

TEST(Files, says_disk_full_with_the_path_and_keeps_the_old_file) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "only root can mount a disk of 1 MiB";
  const fs::path path = disk.path() / "picture.png";
  write(path, "old");
  const Error error = failure_of([&] { write(path, std::string(2'000'000, 'x')); });
  EXPECT_EQ(error.code, ErrorCode::disk_full);
  EXPECT_THAT(error.message, AllOf(HasSubstr(path.string()), HasSubstr("No space left")));
  EXPECT_THAT(error.hint, HasSubstr("free some space"));
  EXPECT_EQ(contents(path), "old");
  EXPECT_THAT(names_in(disk.path()), ElementsAre("picture.png"));
  write(path, std::string(500'000, 'y'));  // the half-written one gave its space back
}

TEST(Files, removes_the_temporary_file_when_writing_fails) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "a";
  // A limit on file sizes fails a write in the middle without needing any rights.
  fs::permissions(directory.path(), fs::perms::all);
  EXPECT_TRUE(testing::as_other_user([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Error error = failure_of([&] { write(path, std::string(5000, 'x')); });
    return error.code == ErrorCode::library && names_in(directory.path()).empty();
  }));
}

TEST(Files, says_read_only_where_it_may_not_write) {
  const TemporaryDirectory directory;
  fs::permissions(directory.path(), fs::perms::owner_read | fs::perms::owner_exec |
                                        fs::perms::others_read | fs::perms::others_exec);
  EXPECT_TRUE(testing::as_other_user([&] {
    const Error error = failure_of([&] { write(directory.path() / "a", "x"); });
    return error.code == ErrorCode::read_only &&
           error.message.find((directory.path() / "a").string()) != std::string::npos;
  }));
  EXPECT_TRUE(testing::as_other_user([&] {
    return failure_of([&] { write(directory.path() / "new" / "a", "x"); }).code ==
           ErrorCode::read_only;
  }));
}

TEST(Files, says_what_it_could_not_read) {
  const TemporaryDirectory directory;
  const Error missing = failure_of([&] { contents(directory.path() / "none.png"); });
  EXPECT_EQ(missing.code, ErrorCode::not_found);
  EXPECT_THAT(missing.message, HasSubstr("none.png: No such file"));
  EXPECT_EQ(failure_of([&] { contents(directory.path()); }).code, ErrorCode::library);
  EXPECT_EQ(failure_of([&] { contents({}); }).code, ErrorCode::not_found);
  write(directory.path() / "secret", "x");
  fs::permissions(directory.path() / "secret", fs::perms::none);
  fs::permissions(directory.path(), fs::perms::all);
  EXPECT_TRUE(testing::as_other_user([&] {
    return failure_of([&] { contents(directory.path() / "secret"); }).code == ErrorCode::read_only;
  }));
}

TEST(Files, does_not_wait_for_ever_at_a_pipe) {
  const TemporaryDirectory directory;
  const fs::path pipe = directory.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(failure_of([&] { contents(pipe); }).message, HasSubstr("not a regular file"));
}

TEST(Files, refuses_to_read_beyond_the_limit) {
  const TemporaryDirectory directory;
  write(directory.path() / "a", "12345");
  EXPECT_EQ(read_file(directory.path() / "a", 5).size(), 5U);
  const Error error = failure_of([&] { (void)read_file(directory.path() / "a", 4); });
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_THAT(error.message, HasSubstr("has 5 bytes; the limit is 4"));
}

TEST(Files, reads_files_whose_size_the_system_does_not_know) {
  EXPECT_THAT(read_text_file("/proc/self/status", 100'000), HasSubstr("Pid:"));
}

TEST(Files, does_not_hand_its_files_to_children) {
  const TemporaryDirectory directory;
  const auto lock = FileLock::try_lock(directory.path() / "lock");
  ASSERT_TRUE(lock);
  int checked = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    if (fs::read_symlink(entry.path(), error) != directory.path() / "lock") continue;
    ++checked;
    EXPECT_NE(::fcntl(std::stoi(entry.path().filename().string()), F_GETFD) & FD_CLOEXEC, 0);
  }
  EXPECT_EQ(checked, 1);
}

TEST(Files, refuses_a_secret_that_others_may_read) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "token";
  write(path, "s3cret\n");
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);  // whatever the umask says
  const Error error = failure_of([&] { (void)read_secret_file(path); });
  EXPECT_EQ(error.code, ErrorCode::configuration);
  EXPECT_THAT(error.message, AllOf(HasSubstr(path.string()), HasSubstr("0644")));
  EXPECT_THAT(error.hint, HasSubstr("chmod 600"));
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(read_secret_file(path), "s3cret");
}

TEST(FileLock, is_held_by_one_and_free_after_it) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "lock";
  {
    std::optional<FileLock> first = FileLock::try_lock(path);
    ASSERT_TRUE(first);
    EXPECT_FALSE(FileLock::try_lock(path));
    const FileLock moved = std::move(*first);
    first.reset();
    EXPECT_FALSE(FileLock::try_lock(path));
  }
  EXPECT_TRUE(FileLock::try_lock(path));
}

TEST(FileLock, is_freed_by_the_death_of_its_process) {
  const TemporaryDirectory directory;
  fs::permissions(directory.path(), fs::perms::all);
  EXPECT_TRUE(testing::as_other_user(
      [&] { return FileLock::try_lock(directory.path() / "lock").has_value(); }));
  EXPECT_TRUE(FileLock::try_lock(directory.path() / "lock"));
}

TEST(Places, follow_the_xdg_variables) {
  const Variable home("HOME", "/home/mira");
  const Variable data("XDG_DATA_HOME", "/data");
  const Variable config("XDG_CONFIG_HOME", nullptr);
  const Variable state("XDG_STATE_HOME", "relative/is/ignored");
  EXPECT_EQ(data_home(), "/data/castboard");
  EXPECT_EQ(config_home(), "/home/mira/.config/castboard");
  EXPECT_EQ(state_home(), "/home/mira/.local/state/castboard");
}

TEST(Places, find_a_home_without_the_variable) {
  const Variable home("HOME", nullptr);
  const Variable data("XDG_DATA_HOME", nullptr);
  EXPECT_TRUE(data_home().is_absolute());
}

TEST(Places, split_the_studios_path) {
  const Variable path("CASTBOARD_PATH", ":/studio/a::/studio/b:");
  EXPECT_THAT(studio_directories(), ElementsAre(fs::path("/studio/a"), fs::path("/studio/b")));
  const Variable none("CASTBOARD_PATH", nullptr);
  EXPECT_TRUE(studio_directories().empty());
}

TEST(Places, know_the_running_program) {
  EXPECT_EQ(executable_path().filename(), "files_test");
}

}  // namespace castboard
