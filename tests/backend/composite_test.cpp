#include "library/composite.h"

#include "cast_on_disk.h"

namespace castboard {
namespace {

using testing::drawing;
using ::testing::ElementsAre;
using testing::failure_of;
using testing::filled;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Composite : public testing::CastOnDisk {
 protected:
  Version make(const VersionId& base, std::vector<CompositePick> picks) {
    return make_composite(library_, {base, std::move(picks), {}}, user_);
  }
  static Image part(const Image& image, const Cell& cell) { return crop_picture(image, cell.box); }
};

TEST_F(Composite, takes_one_cell_and_leaves_every_other_pixel_as_it_was) {
  const Version base = add_sheet(mira_, drawing(96, 96, 1));
  const Version other = add_sheet(mira_, drawing(96, 96, 2), ActivatePolicy::never);
  const Version made = make(base.id, {{5, other.id, 0}});

  const Image before = picture(base.image_url);
  const Image source = picture(other.image_url);
  const Image after = picture(made.image_url);
  ASSERT_EQ(after.width, before.width);
  for (const Cell& cell : made.cells) {
    const Image& wanted = cell.number == 5 ? source : before;
    EXPECT_EQ(part(after, cell).pixels, part(wanted, cell).pixels) << cell.number;
    EXPECT_EQ(picture(cell.image_url).pixels, part(wanted, cell).pixels) << cell.number;
  }
  EXPECT_THAT(made.notes, IsEmpty());
}

TEST_F(Composite, says_where_each_cell_is_from_and_is_marked_as_what_it_is) {
  const Version base = add_sheet(mira_, drawing(96, 96, 1));
  const Version other = add_sheet(mira_, drawing(96, 96, 2), ActivatePolicy::never);
  const Version made = make(base.id, {{5, other.id, 3}});
  EXPECT_EQ(made.cells[4].source_version_id, other.id);
  EXPECT_EQ(made.cells[4].source_cell, 3);
  EXPECT_EQ(made.cells[4].pose, "fear");
  EXPECT_EQ(made.cells[0].source_version_id, base.id);
  EXPECT_EQ(made.cells[0].source_cell, 1);
  EXPECT_THAT(made.parent_ids, ElementsAre(base.id, other.id));
  EXPECT_EQ(made.template_type, "expression_sheet");
  EXPECT_EQ(made.provider, kCompositeProvider);
  EXPECT_EQ(made.credit_cost, 0);
  EXPECT_FALSE(made.seed);
  EXPECT_FALSE(made.is_active);
  EXPECT_TRUE(version(base.id).is_active);
  EXPECT_EQ(made.version_number, 3);
  EXPECT_EQ(made.version_name, base.version_name);
}

TEST_F(Composite, scales_a_cell_of_another_size_and_says_so) {
  const Version base = add_sheet(mira_, drawing(96, 96, 1));
  const Version larger = add_sheet(mira_, filled(300, 300, 200, 30, 10), ActivatePolicy::never);
  const Version made = make(base.id, {{1, larger.id, 0}});
  EXPECT_EQ(made.notes, "Cell 1 was scaled from 100 x 100 to 32 x 32.");
  const Image cell = picture(made.cells[0].image_url);
  EXPECT_EQ(cell.width, 32);
  EXPECT_EQ(testing::pixel(cell, 16, 16)[0], 200);
}

TEST_F(Composite, takes_all_of_a_single_picture) {
  const Version base = add_sheet(mira_, drawing(96, 96, 1));
  const Version fear = add_picture(mira_, filled(32, 32, 1, 2, 3), "fear", ActivatePolicy::never);
  const Version made = make(base.id, {{5, fear.id, 0}});
  EXPECT_EQ(picture(made.cells[4].image_url).pixels, filled(32, 32, 1, 2, 3).pixels);
  EXPECT_EQ(made.cells[4].source_version_id, fear.id);
  EXPECT_EQ(made.cells[4].source_cell, 0);
  EXPECT_THAT(made.notes, IsEmpty());
}

TEST_F(Composite, keeps_the_status_of_cells_whose_picture_is_the_same) {
  const Version base = add_sheet(mira_, drawing(96, 96, 1));
  const Version other = add_sheet(mira_, drawing(96, 96, 2), ActivatePolicy::never);
  library_.write([&](StoreWriter& writer) {
    writer.set_cell_status(base.id, 1, Status::approved);
    writer.set_cell_status(base.id, 5, Status::omitted);
    writer.set_cell_status(other.id, 5, Status::pending);
  });
  const Version made = make(base.id, {{5, other.id, 0}});
  EXPECT_EQ(made.cells[0].status, Status::approved);
  EXPECT_EQ(made.cells[4].status, Status::pending);
}

TEST_F(Composite, refuses_what_cannot_be_put_together) {
  const Version base = add_sheet(mira_, drawing(96, 96, 1));
  const Version single = add_picture(mira_, drawing(32, 32), "fear");
  const CharacterId elin = add_character("Elin");
  const Version stranger = add_sheet(elin, drawing(96, 96, 3));
  const auto refused = [&](const VersionId& from, std::vector<CompositePick> picks) {
    const Error error = failure_of([&] { make(from, std::move(picks)); });
    EXPECT_FALSE(error.hint.empty()) << error.message;
    return error.message;
  };
  EXPECT_THAT(refused(base.id, {}), HasSubstr("No cell was chosen"));
  EXPECT_EQ(refused(base.id, {{10, single.id, 0}}), "There is no cell 10.");
  EXPECT_EQ(refused(base.id, {{1, base.id, 2}, {1, base.id, 3}}), "Cell 1 was chosen twice.");
  EXPECT_THAT(refused(base.id, {{1, stranger.id, 0}}), HasSubstr("another character"));
  EXPECT_THAT(refused(single.id, {{1, base.id, 0}}), HasSubstr("not an expression sheet"));
  EXPECT_THAT(refused(base.id, {{1, single.id, 4}}), HasSubstr("it has no cell 4"));
  EXPECT_EQ(refused(base.id, {{1, base.id, 12}}), "v001 has no cell 12.");
  EXPECT_EQ(failure_of([&] { make(base.id, {{1, "nowhere", 0}}); }).code, ErrorCode::not_found);
}

TEST_F(Composite, finds_whose_settings_make_a_cell_again) {
  const Version first = add_sheet(mira_, drawing(96, 96, 1));
  const Version second = add_sheet(mira_, drawing(96, 96, 2), ActivatePolicy::never);
  const Version made = make(first.id, {{5, second.id, 3}});
  const Version again = make(made.id, {{1, second.id, 0}});
  library_.read([&](StoreReader& reader) {
    EXPECT_EQ(maker_of_cell(reader, again, 5, user_).id, second.id);  // through two composites
    EXPECT_EQ(maker_of_cell(reader, again, 2, user_).id, first.id);
    EXPECT_EQ(maker_of_cell(reader, first, 2, user_).id, first.id);
    return 0;
  });
  const GenerationRequest request = redo_request(again, 5, second, Catalogue{}, false);
  EXPECT_EQ(request.shot, "fear");
  EXPECT_EQ(request.redo_of_version, again.id);
  EXPECT_EQ(request.redo_of_cell, 5);
  EXPECT_EQ(request.activate, ActivatePolicy::never);
  EXPECT_EQ(request.provider, "sketch");
}

}  // namespace
}  // namespace castboard
