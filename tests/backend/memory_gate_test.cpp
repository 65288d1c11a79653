#include "imaging/memory_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <thread>
#include <vector>

namespace castboard {

TEST(MemoryGate, counts_the_bytes_under_way) {
  MemoryGate gate(100);
  {
    const MemoryGate::Share first(gate, 60);
    const MemoryGate::Share second(gate, 40);
    EXPECT_EQ(gate.under_way(), 100U);
  }
  EXPECT_EQ(gate.under_way(), 0U);
}

TEST(MemoryGate, lets_something_above_its_limit_through_alone) {
  MemoryGate gate(100);
  const MemoryGate::Share share(gate, 5000);
  EXPECT_EQ(gate.under_way(), 5000U);
}

TEST(MemoryGate, lets_a_waiting_one_in_when_there_is_room_again) {
  MemoryGate gate(100);
  std::optional<MemoryGate::Share> first;
  first.emplace(gate, 80);
  std::future<std::size_t> second = std::async(std::launch::async, [&gate] {
    const MemoryGate::Share share(gate, 50);
    return gate.under_way();
  });
  first.reset();
  EXPECT_EQ(second.get(), 50U);
}

TEST(MemoryGate, never_exceeds_its_limit_with_many_threads) {
  MemoryGate gate(100);
  std::atomic<bool> exceeded{false};
  std::vector<std::thread> threads;
  for (std::size_t bytes : {30U, 45U, 60U, 99U, 100U, 10U})
    threads.emplace_back([&gate, &exceeded, bytes] {
      for (int i = 0; i < 300; ++i) {
        const MemoryGate::Share share(gate, bytes);
        if (gate.under_way() > 100) exceeded = true;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(exceeded);
  EXPECT_EQ(gate.under_way(), 0U);
}

}  // namespace castboard
