#include "castboard/sketch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/provider_calls.h"

// The built-in provider through the same descriptor engine as every other one.
namespace castboard {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

class SketchProvider : public ::testing::Test {
 protected:
  SketchProvider() {
    ProviderContext context = context_with_key("");
    context.local_providers = {sketch_provider()};
    configuration_ = DescribedProviders().load(context);
  }
  const Provider& sketch() { return *configuration_.find_provider("sketch"); }

 private:
  Configuration configuration_;
};

}  // namespace

TEST_F(SketchProvider, draws_the_same_picture_for_the_same_seed) {
  EXPECT_TRUE(sketch().info().usable);
  EXPECT_TRUE(sketch().info().free);
  ProviderRequest request = sheet_request("sketch");
  request.asked.template_type = "portrait";
  request.asked.shot = "headshot";
  request.asked.seed = 7;
  const CallOutcome first = call(sketch(), request);
  ASSERT_TRUE(first.result) << first.error.message;
  EXPECT_EQ(first.result->seed, 7);
  ASSERT_THAT(first.result->pictures, SizeIs(1));
  EXPECT_NO_THROW(decode_picture(first.result->pictures[0]));
  request.idempotency_key = "another job";
  EXPECT_EQ(call(sketch(), request).result->pictures, first.result->pictures);
}

TEST_F(SketchProvider, takes_both_references) {
  ProviderRequest request = sheet_request("sketch");
  request.asked.template_type = "scene";
  request.asked.shot = "hero_shot";
  add_references(request);
  const CallOutcome outcome = call(sketch(), request);
  EXPECT_TRUE(outcome.result) << outcome.error.message;
}

TEST_F(SketchProvider, fails_as_directives_ask) {
  const auto error_with = [&](const char* directive) {
    ProviderRequest request = sheet_request("sketch");
    request.asked.template_type = "portrait";
    request.asked.shot = "headshot";
    request.asked.additional_description = std::string("[sketch:") + directive + "]";
    return call(sketch(), request).error;
  };
  EXPECT_EQ(error_with("refuse").code, ErrorCode::refused);
  EXPECT_EQ(error_with("500").code, ErrorCode::provider);
  EXPECT_EQ(error_with("truncated").code, ErrorCode::provider);
  EXPECT_EQ(error_with("not_image").code, ErrorCode::bad_picture);
  EXPECT_EQ(error_with("html_error").code, ErrorCode::timed_out);
}

TEST_F(SketchProvider, hides_its_token_in_previews) {
  EXPECT_THAT(sketch().preview(sheet_request("sketch")), HasSubstr("Authorization: Bearer ***"));
}

}  // namespace castboard
