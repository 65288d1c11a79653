#include "jobs/work_queue.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <vector>

namespace castboard {
namespace {

// Holds the queue's only thread until released, so that what waits can be looked at.
class Gate {
 public:
  explicit Gate(WorkQueue& queue) {
    std::promise<void> entered;
    std::future<void> inside = entered.get_future();
    queue.post([this, &entered] {
      entered.set_value();
      open_.get_future().wait();
    });
    inside.wait();
  }
  void open() { open_.set_value(); }

 private:
  std::promise<void> open_;
};

}  // namespace

TEST(WorkQueue, works_off_tasks_in_order_and_wishes_newest_first_after_them) {
  std::vector<int> order;
  WorkQueue queue(1);
  Gate gate(queue);
  std::promise<void> last;
  queue.post_newest_first(1, [&] {
    order.push_back(10);
    last.set_value();
  });
  queue.post_newest_first(2, [&] { order.push_back(20); });
  queue.post([&] { order.push_back(1); });
  queue.post([&] { order.push_back(2); });
  gate.open();
  last.get_future().wait();
  EXPECT_EQ(order, (std::vector<int>{1, 2, 20, 10}));
}

TEST(WorkQueue, drops_a_waiting_wish_once) {
  bool ran = false;
  WorkQueue queue(1);
  Gate gate(queue);
  queue.post_newest_first(7, [&] { ran = true; });
  EXPECT_TRUE(queue.drop(7));
  EXPECT_FALSE(queue.drop(7));
  gate.open();
  queue.finish();
  EXPECT_FALSE(ran);
}

TEST(WorkQueue, finishes_tasks_and_forgets_wishes_at_the_end) {
  int tasks = 0;
  int wishes = 0;
  {
    WorkQueue queue(1);
    Gate gate(queue);
    for (int i = 0; i < 5; ++i) queue.post([&] { ++tasks; });
    queue.post_newest_first(1, [&] { ++wishes; });
    std::thread later([&] { gate.open(); });
    queue.finish();
    later.join();
    queue.post([&] { ++tasks; });
  }
  EXPECT_EQ(tasks, 5);
  EXPECT_LE(wishes, 1);
}

}  // namespace castboard
