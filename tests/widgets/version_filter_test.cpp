#include "version_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Catalogue catalogue() {
  Catalogue made;
  Template portrait;
  portrait.key = "portrait";
  portrait.title = portrait.short_title = "Portrait";
  portrait.shots = {{"headshot", "Headshot", "", 1}};
  Template sheet;
  sheet.key = "expression_sheet";
  sheet.title = "Expression Sheet";
  sheet.short_title = "Sheet";
  sheet.icon = "sheet";
  made.templates = {sheet, portrait};
  made.styles = {{"anime", "Anime", "", 0}, {"noir", "Noir", "", 1}};
  ProviderInfo sketch;
  sketch.name = "sketch";
  sketch.title = "Built-in sketch";
  made.providers = {sketch};
  return made;
}

Version version(int number, const std::string& template_type = "portrait",
                const std::string& style = "anime") {
  Version v;
  v.id = "id" + std::to_string(number);
  v.version_number = number;
  v.version_name = "Anime Portrait";
  v.template_type = template_type;
  v.art_style = style;
  v.provider = "sketch";
  v.viewed = true;
  if (template_type == "expression_sheet") v.cells.resize(kCellsPerSheet);
  return v;
}

VersionListPtr list_of(std::vector<Version> versions) {
  auto list = std::make_shared<VersionList>();
  list->versions = std::move(versions);
  return list;
}

// v001 sheet, v002 portrait approved, v003 sheet starred noir, v004 portrait of another provider,
// v005 sheet
VersionListPtr mixed() {
  std::vector<Version> all{version(1, "expression_sheet"), version(2),
                           version(3, "expression_sheet", "noir"), version(4),
                           version(5, "expression_sheet")};
  all[1].status = Status::approved;
  all[2].starred = true;
  all[2].additional_description = "wearing Battle armor";
  all[3].provider = "studio";
  all[3].notes = "for the trailer";
  return list_of(std::move(all));
}

class VersionOrderTest : public testing::Test {
 protected:
  std::vector<VersionId> shown(const VersionFilter& filter, const VersionGrouping& grouping = {}) {
    return order.update(list, &words, filter, grouping).ids;
  }

  Catalogue words = catalogue();
  VersionListPtr list = mixed();
  VersionOrder order;
};

TEST_F(VersionOrderTest, shows_all_oldest_first_without_a_filter) {
  EXPECT_THAT(shown({}), ElementsAre("id1", "id2", "id3", "id4", "id5"));
  EXPECT_EQ(order.shown().total, 5);
  EXPECT_EQ(order.shown().passing, 5);
  ASSERT_EQ(order.shown().sections.size(), 1U);
  EXPECT_TRUE(order.shown().sections[0].title.empty());
  EXPECT_FALSE(VersionFilter{}.on());
}

TEST_F(VersionOrderTest, filters_by_each_condition) {
  EXPECT_THAT(shown({.sheets_only = true}), ElementsAre("id1", "id3", "id5"));
  EXPECT_THAT(shown({.starred = true}), ElementsAre("id3"));
  EXPECT_THAT(shown({.statuses = {Status::approved}}), ElementsAre("id2"));
  EXPECT_THAT(shown({.templates = {"portrait"}}), ElementsAre("id2", "id4"));
  EXPECT_THAT(shown({.styles = {"noir"}}), ElementsAre("id3"));
  EXPECT_THAT(shown({.providers = {"studio"}}), ElementsAre("id4"));
  EXPECT_EQ(order.shown().total, 5) << "n of m: of all";
}

TEST_F(VersionOrderTest, needs_every_kind_of_condition_and_any_within_one) {
  EXPECT_THAT(shown({.statuses = {Status::approved, Status::none}}),
              ElementsAre("id1", "id2", "id3", "id4", "id5"));
  EXPECT_THAT(shown({.sheets_only = true, .styles = {"anime"}}), ElementsAre("id1", "id5"));
  EXPECT_THAT(shown({.sheets_only = true, .templates = {"portrait"}}), IsEmpty());
  const VersionFilter both{.sheets_only = true, .styles = {"anime", "noir"}, .text = "x"};
  EXPECT_TRUE(both.on());
  EXPECT_EQ(both.conditions(), 3);
}

TEST_F(VersionOrderTest, finds_words_in_every_text_of_a_version_whatever_their_case) {
  EXPECT_THAT(shown({.text = "BATTLE"}), ElementsAre("id3"));
  EXPECT_THAT(shown({.text = " armor  battle "}), ElementsAre("id3"));
  EXPECT_THAT(shown({.text = "trailer"}), ElementsAre("id4"));
  EXPECT_THAT(shown({.text = "expression sheet noir"}), ElementsAre("id3"));
  EXPECT_THAT(shown({.text = "v004"}), ElementsAre("id4"));
  EXPECT_THAT(shown({.text = "studio anime"}), ElementsAre("id4"));
  EXPECT_THAT(shown({.text = "nothing like it"}), IsEmpty());
}

TEST_F(VersionOrderTest, works_only_when_something_changed) {
  shown({.starred = true});
  const std::uint64_t revision = order.shown().revision;
  shown({.starred = true});
  EXPECT_EQ(order.shown().revision, revision);
  shown({});
  EXPECT_NE(order.shown().revision, revision);
  list = mixed();
  const std::uint64_t before = order.shown().revision;
  shown({});
  EXPECT_NE(order.shown().revision, before) << "another list";
}

TEST_F(VersionOrderTest, groups_by_template_in_the_order_of_the_catalogue) {
  EXPECT_THAT(shown({}, {.by_template = true, .folded = {}}),
              ElementsAre("id1", "id3", "id5", "id2", "id4"));
  const auto& sections = order.shown().sections;
  ASSERT_EQ(sections.size(), 2U);
  EXPECT_EQ(sections[0].title, "Sheet");
  EXPECT_EQ(sections[0].icon, "sheet");
  EXPECT_EQ(sections[0].count, 3);
  EXPECT_EQ(sections[1].title, "Portrait");
  EXPECT_EQ(sections[1].first, 3);
}

TEST_F(VersionOrderTest, keeps_folded_groups_out_of_what_is_stepped_through) {
  EXPECT_THAT(shown({}, {.by_template = true, .folded = {"expression_sheet"}}),
              ElementsAre("id2", "id4"));
  const auto& sections = order.shown().sections;
  EXPECT_TRUE(sections[0].folded);
  EXPECT_EQ(sections[0].total, 3);
  EXPECT_EQ(sections[0].count, 0);
  EXPECT_EQ(order.shown().passing, 5);
}

TEST_F(VersionOrderTest, shows_what_has_no_template_as_imported) {
  list = list_of({version(1), version(2, "")});
  shown({}, {.by_template = true, .folded = {}});
  ASSERT_EQ(order.shown().sections.size(), 2U);
  EXPECT_EQ(order.shown().sections[1].title, "Imported");
}

TEST_F(VersionOrderTest, offers_what_there_is_with_its_count) {
  shown({});
  const FilterChoices& choices = order.choices();
  EXPECT_EQ(choices.statuses.at(Status::approved), 1);
  EXPECT_EQ(choices.statuses.at(Status::none), 4);
  ASSERT_EQ(choices.templates.size(), 2U);
  EXPECT_EQ(choices.templates[0].title, "Expression Sheet");
  EXPECT_EQ(choices.templates[0].count, 3);
  ASSERT_EQ(choices.providers.size(), 2U);
  EXPECT_EQ(choices.providers[0].title, "Built-in sketch");
  EXPECT_EQ(choices.providers[1].title, "studio") << "unknown to the catalogue";
}

TEST_F(VersionOrderTest, has_nothing_while_the_list_is_not_there) {
  list = nullptr;
  EXPECT_THAT(shown({}), IsEmpty());
  EXPECT_EQ(order.shown().total, 0);
}

TEST_F(VersionOrderTest, steps_through_what_is_shown_only) {
  shown({.sheets_only = true});
  const auto step = [&](const VersionId& id, int by) {
    return stepped(order.shown(), list->versions, id, by);
  };
  EXPECT_EQ(step("id1", 1), "id3");
  EXPECT_EQ(step("id3", -1), "id1");
  EXPECT_EQ(step("id5", 1), "id5") << "the last";
  EXPECT_EQ(step("id1", 1000), "id5");
  EXPECT_EQ(step("id4", 1), "id5") << "from one that is filtered away";
  EXPECT_EQ(step("id4", -1), "id3");
  EXPECT_EQ(step("gone", 1), "id1");
}

TEST_F(VersionOrderTest, gives_the_place_of_what_leaves_to_the_next_one) {
  shown({.sheets_only = true});
  EXPECT_EQ(neighbour_of(order.shown(), "id1", {"id1"}), "id3");
  EXPECT_EQ(neighbour_of(order.shown(), "id1", {"id1", "id3"}), "id5");
  EXPECT_EQ(neighbour_of(order.shown(), "id5", {"id5"}), "id3");
  EXPECT_EQ(neighbour_of(order.shown(), "id3", {"id1", "id3", "id5"}), "");
  EXPECT_EQ(neighbour_of(order.shown(), "id2", {"id2"}), "") << "not displayed";
}

TEST_F(VersionOrderTest, filters_thousands) {
  std::vector<Version> many;
  for (int number = 1; number <= 5000; ++number) {
    many.push_back(version(number, number % 2 == 0 ? "expression_sheet" : "portrait"));
    if (number % 100 == 0) many.back().status = Status::approved;
  }
  list = list_of(std::move(many));
  EXPECT_EQ(shown({.sheets_only = true}).size(), 2500U);
  EXPECT_EQ(shown({.statuses = {Status::approved}}).size(), 50U);
  EXPECT_THAT(shown({.text = "v4321"}), ElementsAre("id4321"));
}

TEST(VersionFilter, reads_version_numbers) {
  EXPECT_EQ(version_number_in("v0123"), 123);
  EXPECT_EQ(version_number_in(" V7 "), 7);
  EXPECT_EQ(version_number_in("#12"), 12);
  EXPECT_EQ(version_number_in("12"), 12);
  EXPECT_EQ(version_number_in("v"), std::nullopt);
  EXPECT_EQ(version_number_in("v0"), std::nullopt);
  EXPECT_EQ(version_number_in("v12b"), std::nullopt);
  EXPECT_EQ(version_number_in("-3"), std::nullopt);
  EXPECT_EQ(version_number_in("99999999999"), std::nullopt);
}

}  // namespace
}  // namespace castboard
