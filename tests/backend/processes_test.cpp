#include "os/processes.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace castboard {

namespace {

// A child that waits to be killed, and what it calls itself.
class Child {
 public:
  Child() {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      const std::string name = this_process();
      [[maybe_unused]] const ssize_t written = ::write(ends[1], name.data(), name.size());
      ::close(ends[1]);
      while (true) ::pause();
    }
    ::close(ends[1]);
    char buffer[512];
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
      name_.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
  }
  ~Child() {
    kill();
    reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  // Dead afterwards, its entry still in the process table.
  void kill() const {
    ::kill(pid_, SIGKILL);
    siginfo_t info;
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  }
  void reap() const { ::waitpid(pid_, nullptr, 0); }

 private:
  pid_t pid_ = -1;
  std::string name_;
};

std::string with_start(const std::string& process, const std::string& start) {
  return process.substr(0, process.rfind('/') + 1) + start;
}

}  // namespace

TEST(Processes, name_themselves_the_same_every_time) {
  EXPECT_EQ(this_process(), this_process());
  EXPECT_NE(this_process().find("/" + std::to_string(::getpid()) + "/"), std::string::npos);
}

TEST(Processes, are_alive_until_they_end) {
  EXPECT_TRUE(may_be_alive(this_process()));
  const Child child;
  EXPECT_NE(child.name(), this_process());
  EXPECT_TRUE(may_be_alive(child.name()));
  child.kill();
  EXPECT_FALSE(may_be_alive(child.name())) << "dead, not yet reaped";
  child.reap();
  EXPECT_FALSE(may_be_alive(child.name()));
}

TEST(Processes, are_gone_when_another_has_their_pid) {
  EXPECT_FALSE(may_be_alive(with_start(this_process(), "1")));
}

TEST(Processes, may_live_where_nobody_here_can_look) {
  const std::string here = this_process();
  EXPECT_TRUE(may_be_alive("elsewhere" + here.substr(here.find('/'))));
  for (const char* odd : {"", "/", "//", "host", "host/12", "host/twelve/1"})
    EXPECT_TRUE(may_be_alive(odd)) << odd;
  const std::string host = here.substr(0, here.find('/'));
  EXPECT_TRUE(may_be_alive(host + "/twelve/1"));
  EXPECT_TRUE(may_be_alive(host + "/-1/1"));
}

TEST(Processes, know_their_user) {
  EXPECT_FALSE(login_name().empty());
}

}  // namespace castboard
