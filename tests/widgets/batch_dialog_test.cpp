#include "batch_dialog.h"

#include <gtest/gtest.h>

#include "small_catalogue.h"
#include "support/imgui_harness.h"

// The one question before several characters get a picture.
namespace castboard {
namespace {

class BatchDialogTest : public ::testing::Test {
 protected:
  BatchDialogTest() {
    batch.characters = {"mira", "kaito", "elin"};
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({480, 600});
      ImGui::Begin("Host");
      const Look look = make_look({});
      const BatchDialogResult done = batch_dialog("batch", {.look = look,
                                                            .catalogue = catalogue,
                                                            .batch = batch,
                                                            .quote = quote ? &*quote : nullptr,
                                                            .error = error ? &*error : nullptr,
                                                            .credits_left = 20});
      generated |= done.generate;
      cancelled |= done.cancel;
      if (done.active_as_reference) batch.active_as_reference = *done.active_as_reference;
      ImGui::End();
    };
    gui.frames(2);
  }

  void price(int refused = 0) {
    quote.emplace();
    for (const CharacterId& id : batch.characters) {
      BatchItem item;
      item.character_id = item.character_name = id;
      item.credits = 5;
      if (refused-- > 0) {
        item.refused = Error{ErrorCode::configuration, "It cannot draw " + id, {}, {}};
      } else {
        ++quote->pictures;
        quote->credits += item.credits;
      }
      quote->items.push_back(item);
    }
    gui.frames(2);
  }

  ImGuiHarness gui;
  Catalogue catalogue = testing::small_catalogue();
  BatchRequest batch;
  std::optional<BatchQuote> quote;
  std::optional<Error> error;
  bool generated = false;
  bool cancelled = false;
};

TEST_F(BatchDialogTest, generates_nothing_before_the_price_is_known) {
  gui.click("###generate_batch");
  EXPECT_FALSE(generated);
  price();
  EXPECT_TRUE(gui.has("Generate 3 pictures"));
  gui.click("###generate_batch");
  EXPECT_TRUE(generated);
}

TEST_F(BatchDialogTest, leaves_out_who_is_refused_and_needs_somebody) {
  price(2);
  EXPECT_TRUE(gui.has("Generate 1 picture"));
  price(3);
  gui.click("###generate_batch");
  EXPECT_FALSE(generated);
}

TEST_F(BatchDialogTest, generates_nothing_over_a_limit) {
  price();
  quote->refused = Error{ErrorCode::out_of_credit, "Northwind has 4 credits left", {}, {}};
  gui.frames(2);
  gui.click("###generate_batch");
  EXPECT_FALSE(generated);
}

TEST_F(BatchDialogTest, says_in_its_button_that_a_soft_limit_is_passed) {
  price();
  quote->ask = "Northwind would have spent 15 credits; it asks above 9. Spend 15 more?";
  gui.frames(2);
  EXPECT_TRUE(gui.has("Generate 3 pictures anyway"));
  gui.click("###generate_batch");
  EXPECT_TRUE(generated);
}

TEST_F(BatchDialogTest, takes_each_one_s_active_version_as_reference_when_asked_to) {
  price();
  gui.click("###active_reference");
  EXPECT_TRUE(batch.active_as_reference);
}

TEST_F(BatchDialogTest, is_left_by_its_button_and_by_escape) {
  gui.click("###cancel_batch");
  EXPECT_TRUE(cancelled);
  cancelled = false;
  gui.press(ImGuiKey_Escape);
  EXPECT_TRUE(cancelled);
  EXPECT_FALSE(generated);
}

TEST_F(BatchDialogTest, submits_only_the_rows_in_view_of_ten_thousand) {
  batch.characters.clear();
  for (int i = 0; i < 10'000; ++i) batch.characters.push_back("id" + std::to_string(i));
  price(10'000);
  EXPECT_LT(gui.item_count(), 100U);
}

}  // namespace
}  // namespace castboard
