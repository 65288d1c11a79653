#include <condition_variable>
#include <map>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/sketch.h"
#include "commands/demo_cast.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

// Small enough to be drawn in a moment.
const std::vector<DemoCharacter>& small_cast() {
  static const std::vector<DemoCharacter> cast{
      {"Ann",
       "Captain",
       {{"hair", "navy bob"}},
       {{.template_type = "portrait",
         .shot = "headshot",
         .art_style = "anime",
         .status = Status::approved,
         .starred = true},
        {.template_type = "portrait", .shot = "headshot", .art_style = "noir"}}},
      {"Ben",
       "Cook",
       {},
       {{.template_type = "expression_sheet",
         .shot = "all",
         .art_style = "line_art",
         .cells = {{6, Status::pending}}}}},
      {"Cid",
       "Robot",
       {},
       {{.template_type = "portrait", .shot = "headshot", .art_style = "noir"}}}};
  return cast;
}

// A session over a library in a directory, waited for as the window's director does.
class OpenDemo {
 public:
  explicit OpenDemo(const std::filesystem::path& library)
      : session_([&] {
          SessionOptions options;
          options.library = library;
          options.assets = CASTBOARD_ASSETS;
          options.user = "tester";
          options.local_providers.push_back(sketch_provider());
          options.wake = [this] {
            {
              const std::scoped_lock lock(mutex_);
              rung_ = true;
            }
            changed_.notify_all();
          };
          return options;
        }()),
        replies_(session_, [this](int) {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [this] { return rung_; });
          rung_ = false;
        }) {}

  bool show() {
    DemoStage stage(session_, replies_, small_cast());
    const bool is_new = stage.set_up();
    try {
      stage.draw();
    } catch (const CommandFailure& failure) {
      ADD_FAILURE() << failure.error.message << "\n" << failure.error.hint;
    }
    return is_new;
  }

  std::map<std::string, Character> cast() {
    const Project project = replies_.get(session_.find_project(kDemoProject));
    const CastPtr cast = replies_.get(session_.query_cast({.project_id = project.id, .text = {}}));
    std::map<std::string, Character> by_name;
    for (const Character& character : replies_.get(session_.load_characters(cast->ids))) {
      by_name[character.name] = character;
    }
    return by_name;
  }

  std::vector<Version> versions(const Character& character) {
    return replies_.get(session_.list_versions(character.id))->versions;
  }

  Session& session() { return session_; }
  Replies& replies() { return replies_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
  Session session_;
  Replies replies_;
};

TEST(DemoStage, draws_the_whole_cast_once_and_leaves_it_alone_from_then_on) {
  const testing::TemporaryDirectory directory;
  const auto library = directory.path() / "demo";
  std::size_t planned = 0;
  {
    OpenDemo demo(library);
    EXPECT_TRUE(demo.show());
    const auto cast = demo.cast();
    ASSERT_EQ(cast.size(), 3U);
    for (const DemoCharacter& wanted : small_cast()) {
      const auto versions = demo.versions(cast.at(wanted.name));
      ASSERT_EQ(versions.size(), wanted.pictures.size()) << wanted.name;
      for (std::size_t i = 0; i < versions.size(); ++i) {
        EXPECT_EQ(versions[i].version_number, static_cast<int>(i) + 1);
        EXPECT_EQ(versions[i].art_style, wanted.pictures[i].art_style);
        EXPECT_EQ(versions[i].status, wanted.pictures[i].status);
        EXPECT_EQ(versions[i].starred, wanted.pictures[i].starred);
      }
      planned += versions.size();
    }
    EXPECT_TRUE(demo.versions(cast.at("Ann"))[0].is_active) << "approved, it stays active";
    EXPECT_EQ(demo.versions(cast.at("Ben"))[0].cells.at(5).status, Status::pending);

    demo.replies().get(demo.session().trash_versions({demo.versions(cast.at("Ann"))[1].id}));
    demo.replies().get(demo.session().trash_character(cast.at("Cid").id));
    const CharacterDraft renamed{{}, "Benjamin", {}, {}};
    demo.replies().get(demo.session().edit_character(cast.at("Ben").id, renamed));
  }
  OpenDemo again(library);
  EXPECT_FALSE(again.show());
  const auto cast = again.cast();
  EXPECT_EQ(cast.size(), 2U);
  EXPECT_EQ(cast.count("Ben") + cast.count("Cid"), 0U);
  EXPECT_EQ(again.versions(cast.at("Ann")).size(), 1U);
  EXPECT_EQ(again.replies().get(again.session().list_jobs(true)).size(), planned);
}

TEST(DemoStage, has_a_sheet_for_most_and_somebody_of_each_status) {
  std::map<Status, int> statuses;
  int with_sheet = 0;
  for (const DemoCharacter& character : demo_cast()) {
    bool sheet = false;
    for (const DemoPicture& picture : character.pictures) {
      ++statuses[picture.status];
      sheet = sheet || (picture.template_type == "expression_sheet" && picture.shot == "all");
    }
    with_sheet += sheet ? 1 : 0;
  }
  EXPECT_GE(with_sheet, 6);
  EXPECT_EQ(statuses.size(), 4U);
}

}  // namespace
}  // namespace castboard
