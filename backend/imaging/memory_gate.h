#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace castboard {

// Lets work through while the bytes of what is under way stay below a limit, first come first
// served; something above the limit gets through alone. Any thread.
class MemoryGate {
 public:
  explicit MemoryGate(std::size_t limit) : limit_(limit) {}

  // Holds its bytes until destroyed. Must not outlive the gate.
  class Share {
   public:
    Share(MemoryGate& gate, std::size_t bytes) : gate_(gate), bytes_(bytes) { gate_.enter(bytes); }
    ~Share() { gate_.leave(bytes_); }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

   private:
    MemoryGate& gate_;
    std::size_t bytes_;
  };

  [[nodiscard]] std::size_t under_way() const;

 private:
  void enter(std::size_t bytes);
  void leave(std::size_t bytes);

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t under_way_ = 0;
  std::uint64_t next_number_ = 0;  // given to the next that comes
  std::uint64_t now_serving_ = 0;
};

}  // namespace castboard
