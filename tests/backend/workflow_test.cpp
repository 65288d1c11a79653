#include "providers/workflow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace castboard {

using nlohmann::json;
using ::testing::HasSubstr;

namespace {

json graph() {
  return {{"3", {{"inputs", {{"seed", 0}, {"latent", {"5", 0}}}}}}, {"5", {{"inputs", {}}}}};
}

}  // namespace

TEST(Workflow, knows_its_places) {
  EXPECT_EQ(pointer_problem(graph(), "/3/inputs/seed"), "");
  EXPECT_EQ(pointer_problem(graph(), "/5"), "");
  EXPECT_THAT(pointer_problem(graph(), "/3/inputs/sed"), HasSubstr("nothing at /3/inputs/sed"));
  EXPECT_THAT(pointer_problem(graph(), "3.inputs.seed"), HasSubstr("no JSON pointer"));
  EXPECT_THAT(pointer_problem(graph(), ""), HasSubstr("whole workflow"));
}

TEST(Workflow, takes_values_and_lets_places_go) {
  json changed = graph();
  set_at(changed, "/3/inputs/seed", 42);
  remove_at(changed, "/5");
  remove_at(changed, "/3/inputs/latent/1");
  remove_at(changed, "/9/inputs");
  set_at(changed, "/5/inputs/width", 512);  // taken out: stays out
  EXPECT_EQ(changed, json({{"3", {{"inputs", {{"seed", 42}, {"latent", {"5"}}}}}}}));
}

}  // namespace castboard
