#pragma once

namespace castboard {

// Ctrl+C, SIGTERM and SIGHUP as something the main thread can wait for. The first one is noted and
// wakes `wait`; the second ends the process at once. One at a time, made and destroyed on the main
// thread; `wake` is safe from any thread and outlives nothing: destroy sessions that call it first.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // 0, or the signal that came first.
  [[nodiscard]] int signal() const;
  void wake();
  // The signals end the process by themselves again.
  void leave();
  // Until `wake`, a signal or the time is over; negative: no limit.
  void wait(int milliseconds);

 private:
  int read_end_ = -1;
  int write_end_ = -1;
};

}  // namespace castboard
