#include "version_lineage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Origin::Kind;

Version version(const std::string& id, std::vector<VersionId> parents = {}) {
  Version v;
  v.id = id;
  v.parent_ids = std::move(parents);
  return v;
}

TEST(VersionLineage, tells_as_what_a_version_was_used) {
  Version made = version("d", {"c", "b", "a"});
  made.background_ref_url = "b";
  made.character_ref_url = "a";
  EXPECT_THAT(origins_of(made),
              ElementsAre(Origin{"a", Kind::character_reference},
                          Origin{"b", Kind::background_reference}, Origin{"c", Kind::settings}));
}

TEST(VersionLineage, names_each_version_once_and_never_itself) {
  Version composite = version("d", {"a", "a", "d", "b"});
  composite.cells.resize(kCellsPerSheet);
  composite.cells[0].source_version_id = "b";
  composite.cells[1].source_version_id = "b";
  EXPECT_THAT(origins_of(composite),
              ElementsAre(Origin{"b", Kind::cells}, Origin{"a", Kind::settings}));
}

TEST(VersionLineage, takes_a_file_of_the_same_name_for_no_version) {
  Version made = version("b");
  made.character_ref_url = "a";
  EXPECT_THAT(origins_of(made), IsEmpty()) << "only parents are versions";
}

TEST(VersionLineage, finds_what_was_made_of_a_version) {
  auto list = std::make_shared<VersionList>();
  list->versions = {version("a"), version("b", {"a"}), version("c", {"b", "a"})};
  VersionLineage lineage;
  EXPECT_THAT(lineage.made_of("a"), IsEmpty());
  lineage.update(list);
  EXPECT_THAT(lineage.made_of("a"), ElementsAre("b", "c"));
  EXPECT_THAT(lineage.made_of("b"), ElementsAre("c"));
  EXPECT_THAT(lineage.made_of("c"), IsEmpty());
  lineage.update(nullptr);
  EXPECT_THAT(lineage.made_of("a"), IsEmpty());
}

}  // namespace
}  // namespace castboard
