#include "commands/interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <system_error>

namespace castboard {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler reaches nothing but statics.
std::atomic<int> first_signal{0};
std::atomic<int> wake_descriptor{-1};

void write_byte(int descriptor) {
  const char byte = 0;
  // A full pipe already wakes the reader.
  [[maybe_unused]] const auto written = ::write(descriptor, &byte, 1);
}

extern "C" void note_signal(int number) {
  int expected = 0;
  if (!first_signal.compare_exchange_strong(expected, number)) ::_exit(128 + number);
  write_byte(wake_descriptor.load());
}

void handle_signals(void (*handler)(int)) {
  for (const int number : kSignals) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, nullptr);
  }
}

}  // namespace

Interrupt::Interrupt() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  for (const int end : ends) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
  read_end_ = ends[0];
  write_end_ = ends[1];
  first_signal = 0;
  wake_descriptor = write_end_;
  handle_signals(note_signal);
}

Interrupt::~Interrupt() {
  leave();
  wake_descriptor = -1;
  ::close(read_end_);
  ::close(write_end_);
}

int Interrupt::signal() const {
  return first_signal;
}

void Interrupt::leave() {
  handle_signals(SIG_DFL);
}

void Interrupt::wake() {
  write_byte(write_end_);
}

void Interrupt::wait(int milliseconds) {
  pollfd entry{read_end_, POLLIN, 0};
  if (::poll(&entry, 1, milliseconds) <= 0) return;
  std::array<char, 64> bytes{};
  while (::read(read_end_, bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace castboard
