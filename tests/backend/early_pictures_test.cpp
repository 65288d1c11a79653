#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "job_runner_support.h"

// Of several pictures of one job some are here, and paid, while others are missing.
namespace castboard {

using ::testing::HasSubstr;
using testing::ScriptedProvider;
using ::testing::SizeIs;

namespace {

const std::vector<std::uint8_t>& first_picture() {
  static const auto bytes = encode_png(testing::drawing(16, 16, 41));
  return bytes;
}

const std::vector<std::uint8_t>& second_picture() {
  static const auto bytes = encode_png(testing::drawing(16, 16, 42));
  return bytes;
}

class EarlyPictures : public JobsOf {
 protected:
  // The first call brings one of two and ends with `code`.
  void ends_with(ErrorCode code) {
    paint_->on_generate = [code](const ProviderRequest& request, ProviderObserver& observer,
                                 Cancellation& cancel) -> ProviderResult {
      observer.submitting();
      observer.accepted(ScriptedProvider::remote(request.idempotency_key));
      observer.downloading(ScriptedProvider::remote(request.idempotency_key));
      ProviderResult facts;
      facts.credit_cost = 9;
      observer.received("a", first_picture(), facts);
      if (code == ErrorCode::cancelled) {
        cancel.cancel();
        cancel.check();
      }
      throw Failure(code, "b did not come");
    };
  }
  [[nodiscard]] std::size_t left_over() const {
    std::size_t count = 0;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(directory_.path() / "kept"))
      count += file.is_regular_file() ? 1 : 0;
    return count;
  }
};

}  // namespace

TEST_F(EarlyPictures, are_saved_where_the_others_do_not_come_any_more) {
  ends_with(ErrorCode::provider);
  const auto place = start();
  const Job job = place->runner().submit(portrait()).front();
  const Job over = place->wait_until_over(job.id);
  EXPECT_EQ(over.state, JobState::done);
  EXPECT_THAT(over.message, HasSubstr("Not all of its pictures came: b did not come"));
  EXPECT_EQ(over.billing, Billing::billed);
  EXPECT_EQ(over.credits, 9);
  EXPECT_THAT(place->versions(), SizeIs(1));
  place->close();
  EXPECT_EQ(left_over(), 0U);
}

TEST_F(EarlyPictures, are_kept_while_the_others_can_still_be_asked_for_and_not_asked_for_again) {
  for (const ErrorCode code : {ErrorCode::uncertain, ErrorCode::cancelled}) {
    ends_with(code);
    JobId id;
    {
      const auto place = start();
      id = place->runner().submit(portrait()).front().id;
      const Job over = place->wait_until_over(id);
      EXPECT_NE(over.state, JobState::done);
      EXPECT_THAT(over.hint, HasSubstr("1 of its pictures is here already and is kept in"));
    }
    paint_->on_resume = [](const ProviderRequest&, const RemoteJob& remote,
                           ProviderObserver& observer, Cancellation&) {
      observer.downloading(remote);
      ProviderResult result;
      result.pictures = {observer.received_before("a").value(), second_picture()};
      EXPECT_FALSE(observer.received_before("b"));
      return result;
    };
    const auto later = start();
    const std::size_t before = later->versions().size();
    later->runner().check(id);
    EXPECT_EQ(later->wait_until(id, JobState::done).message, "");
    EXPECT_THAT(later->versions(), SizeIs(before + 2));
    later->close();
    EXPECT_EQ(left_over(), 0U);
  }
}

TEST_F(EarlyPictures, are_saved_with_the_rest_where_they_have_no_address_any_more) {
  ends_with(ErrorCode::uncertain);
  const auto place = start();
  const JobId id = place->runner().submit(portrait()).front().id;
  (void)place->wait_until_over(id);
  paint_->on_resume = [](const ProviderRequest&, const RemoteJob& remote,
                         ProviderObserver& observer, Cancellation&) {
    observer.downloading(remote);
    ProviderResult result;
    result.pictures = {second_picture()};
    result.problems = {"a is gone"};
    return result;
  };
  place->runner().check(id);
  (void)place->wait_until(id, JobState::done);
  EXPECT_THAT(place->versions(), SizeIs(2));
}

}  // namespace castboard
