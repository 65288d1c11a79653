#include "jobs/kept_jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/files.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class KeptElsewhere : public ::testing::Test {
 protected:
  static Job job(const std::string& id = "0b5e-1") {
    Job job;
    job.id = id;
    job.provider_job_id = "remote";
    job.continuation = R"({"stage":"polling"})";
    return job;
  }

  testing::TemporaryDirectory directory_;
  fs::path first_ = directory_.path() / "first";
  fs::path second_ = directory_.path() / "second";
  KeptJobs kept_{{first_, second_}};
  std::vector<std::vector<std::uint8_t>> pictures_{encode_png(testing::drawing(8, 8, 1)),
                                                   {'n', 'o', 'n', 'e'}};
};

TEST_F(KeptElsewhere, comes_back_with_every_byte_until_it_is_removed) {
  kept_.keep(job(), pictures_, R"({"model":"m"})");
  const KeptJobs again({first_, second_});
  const auto found = again.find("0b5e-1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->provider_job_id, "remote");
  EXPECT_EQ(found->continuation, job().continuation);
  EXPECT_EQ(found->received, R"({"model":"m"})");
  EXPECT_FALSE(found->unusable);
  EXPECT_EQ(KeptJobs::pictures_of(*found), pictures_);
  EXPECT_EQ(found->files[0].extension(), ".png");
  EXPECT_THAT(again.all(), SizeIs(1));
  again.remove("0b5e-1");
  EXPECT_FALSE(again.find("0b5e-1"));
  EXPECT_THAT(again.all(), IsEmpty());
}

TEST_F(KeptElsewhere, holds_pictures_that_came_before_others_by_their_address) {
  EXPECT_FALSE(kept_.find_early("0b5e-1"));
  kept_.keep_early("0b5e-1", "https://pictures/a?key=secret", pictures_[0], "{}");
  kept_.keep_early("0b5e-1", "https://pictures/b", pictures_[1], R"({"credits":3})");
  const KeptJobs again({first_, second_});
  EXPECT_EQ(again.early_picture("0b5e-1", "https://pictures/b"), pictures_[1]);
  EXPECT_FALSE(again.early_picture("0b5e-1", "https://pictures/c"));
  const auto early = again.find_early("0b5e-1");
  ASSERT_TRUE(early);
  ASSERT_THAT(early->files, SizeIs(2));
  EXPECT_EQ(read_file(early->files[0], kMaxPictureBytes), pictures_[0]);
  EXPECT_EQ(early->files[0].string().find("secret"), std::string::npos);
  EXPECT_EQ(early->received, R"({"credits":3})");
  EXPECT_THAT(again.all(), IsEmpty()) << "they are not the job's pictures yet";
  again.remove_early("0b5e-1");
  EXPECT_FALSE(again.find_early("0b5e-1"));
}

TEST_F(KeptElsewhere, is_of_this_user_alone) {
  const auto kept = kept_.keep(job(), pictures_, "");
  EXPECT_EQ(fs::status(kept.directory).permissions() & fs::perms::all, fs::perms::owner_all);
  EXPECT_EQ(fs::status(first_).permissions() & fs::perms::all, fs::perms::owner_all);
}

TEST_F(KeptElsewhere, has_a_place_of_its_own_for_what_came_beside_good_pictures) {
  kept_.keep(job(), pictures_, "");
  const std::string avif(
      "\0\0\0\x1c"
      "ftypavif",
      12);
  const std::string words = "no base64";
  const fs::path folder =
      kept_.keep_beside("0b5e-1", {{avif.begin(), avif.end()}, {words.begin(), words.end()}});
  EXPECT_TRUE(fs::exists(folder / "1.avif"));
  EXPECT_TRUE(fs::exists(folder / "2.txt"));
  EXPECT_THAT(kept_.all(), SizeIs(1)) << "it is nothing that is saved by itself";
  kept_.remove("0b5e-1");
  EXPECT_TRUE(fs::exists(folder / "1.avif")) << "it is the user's";
  EXPECT_THROW((void)kept_.keep_beside("../first", {}), Failure);
}

TEST_F(KeptElsewhere, goes_to_the_next_place_when_one_takes_nothing) {
  std::ofstream(first_) << "a file is in the way";
  EXPECT_EQ(kept_.keep(job(), pictures_, "").directory, second_ / "0b5e-1");
  ASSERT_TRUE(kept_.find("0b5e-1"));
  fs::permissions(second_, fs::perms::owner_all | fs::perms::others_write);
  EXPECT_THROW(kept_.keep(job("0b5e-2"), pictures_, ""), Failure) << "others could change it there";
}

TEST_F(KeptElsewhere, prefers_pictures_to_an_id_alone) {
  KeptJobs({first_}).keep(job(), {}, "");
  KeptJobs({second_}).keep(job(), pictures_, "");
  EXPECT_THAT(kept_.find("0b5e-1")->files, SizeIs(2));
  kept_.remove("0b5e-1");
  EXPECT_THAT(kept_.all(), IsEmpty());
}

TEST_F(KeptElsewhere, leaves_out_what_it_cannot_read_and_what_leads_elsewhere) {
  const auto kept = kept_.keep(job(), pictures_, "");
  std::ofstream(kept.directory / "job.json")
      << R"({"job":"0b5e-1","provider_job_id":"","continuation":"","received":"",)"
      << R"("unusable":false,"files":["../../secret"]})";
  EXPECT_EQ(kept_.find("0b5e-1")->files.at(0), kept.directory / "secret");
  std::ofstream(kept.directory / "job.json") << "{";
  EXPECT_FALSE(kept_.find("0b5e-1"));
  EXPECT_THAT(kept_.all(), IsEmpty());
  EXPECT_FALSE(kept_.find("../first"));
}

}  // namespace
}  // namespace castboard
