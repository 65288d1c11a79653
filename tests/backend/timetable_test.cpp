#include "jobs/timetable.h"

#include <gtest/gtest.h>

#include <future>
#include <string>

namespace castboard {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Timetable, does_what_is_due_first_whatever_was_asked_for_first) {
  std::string order;
  std::promise<void> done;
  Timetable timetable;
  timetable.after(milliseconds(30), [&] {
    order += "late";
    done.set_value();
  });
  timetable.after(milliseconds(0), [&] { order += "soon "; });
  done.get_future().wait();
  EXPECT_EQ(order, "soon late");
}

TEST(Timetable, lets_a_task_ask_for_another) {
  std::promise<void> done;
  Timetable timetable;
  timetable.after(milliseconds(0),
                  [&] { timetable.after(milliseconds(0), [&] { done.set_value(); }); });
  done.get_future().wait();
}

TEST(Timetable, drops_what_waits_when_it_finishes) {
  bool done = false;
  Timetable timetable;
  timetable.after(hours(1), [&] { done = true; });
  timetable.finish();
  timetable.after(milliseconds(0), [&] { done = true; });
  timetable.finish();
  EXPECT_FALSE(done);
}

}  // namespace
}  // namespace castboard
