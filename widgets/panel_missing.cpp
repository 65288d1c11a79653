// Making the poses that are missing on the expression board, and what a single cell's menu offers.
#include <algorithm>
#include <utility>

#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {

namespace {

// More than this nobody looks through; a filter narrows it down.
constexpr int kMostMissingAtOnce = 500;

}  // namespace

// With the form's provider and style, each character's active version as its reference; one batch a
// pose. `only`, `only_pose`: empty for everybody shown and every pose.
std::vector<BatchRequest> Panel::Parts::missing_batches(const CharacterId& only,
                                                        const std::string& only_pose) const {
  std::vector<BatchRequest> batches;
  const PoseGaps* gaps = pictures.poses.gaps();
  if (gaps == nullptr || board.catalogue() == nullptr || pictures.sets.empty()) return batches;
  const PoseSet& set = pictures.sets[static_cast<std::size_t>(pictures.set)];
  const GenerationRequest& settings = form.draft.request;
  const ProviderInfo* provider = board.catalogue()->find_provider(settings.provider);
  BatchRequest wanted;
  wanted.active_as_reference = provider != nullptr && provider->max_character_references > 0;
  wanted.request.template_type = set.template_type;
  wanted.request.art_style = settings.art_style;
  wanted.request.provider = settings.provider;
  wanted.request.model = settings.model;
  wanted.request.activate = ActivatePolicy::unless_approved;
  for (std::size_t column = 0; column < set.columns.size(); ++column) {
    const PoseSet::Column& pose = set.columns[column];
    if (!only_pose.empty() && pose.pose != only_pose) continue;
    wanted.request.shot = pose.pose;
    wanted.request.version_name = pose.title;
    wanted.characters.clear();
    for (const PoseGaps::Row& row : only.empty() ? pictures.poses.shown() : gaps->rows) {
      if (!only.empty() && row.id != only) continue;
      if ((row.missing >> column & 1U) != 0) wanted.characters.push_back(row.id);
    }
    if (!wanted.characters.empty()) batches.push_back(wanted);
  }
  return batches;
}

// Asked for while the board is shown, so that the price stands on the button.
std::string Panel::Parts::missing_cost() {
  if (pictures.missing_open || pictures.missing_shown) return {};
  if (pictures.poses.missing_of_shown() > kMostMissingAtOnce) {
    pictures.work.quote_missing({});
    return {};
  }
  pictures.work.quote_missing(missing_batches({}, {}));
  const BatchQuote* quote = pictures.work.missing_quote();
  if (quote == nullptr) return {};
  return quote->credits == 0 ? std::string(text("redo.free"))
                             : counted("redo.credits", quote->credits);
}

bool Panel::Parts::can_generate_missing() const {
  return !board.library().read_only && pictures.poses.missing_of_shown() <= kMostMissingAtOnce;
}

void Panel::Parts::generate_missing(const CharacterId& character, const std::string& pose) {
  pictures.work.quote_missing(missing_batches(character, pose));
  if (!pictures.work.missing_batches().empty()) pictures.missing_open = true;
}

namespace {

// "Disgust: Mira Voss, Kaito"
std::string line_of(const BatchRequest& batch, const BatchQuote& quote) {
  constexpr std::size_t kNamesInLine = 4;
  std::string names;
  for (std::size_t i = 0; i < batch.characters.size(); ++i) {
    if (i == kNamesInLine) {
      const auto others = static_cast<std::int64_t>(batch.characters.size() - i);
      names.append(" ").append(counted("export.more", others));
      break;
    }
    for (const BatchItem& item : quote.items) {
      if (item.character_id != batch.characters[i]) continue;
      names += (names.empty() ? "" : ", ") + item.character_name;
      break;
    }
  }
  return batch.request.version_name + ": " + names;
}

}  // namespace

// What would be made, for whom, and what it costs: the one question before it.
void Panel::Parts::draw_missing_dialog() {
  const std::string title = labelled("missing.title", "castboard_missing");
  if (std::exchange(pictures.missing_open, false)) ImGui::OpenPopup(title.c_str());
  ImGui::SetNextWindowSize({look.px(480), 0});
  pictures.missing_shown = false;
  dialog(title, nullptr, ImGuiWindowFlags_NoResize, [&] {
    pictures.missing_shown = true;
    const BatchQuote* quote = pictures.work.missing_quote();
    const Error* error = pictures.work.missing_error();
    if (quote != nullptr && quote->refused) error = &*quote->refused;
    const std::vector<BatchRequest>& batches = pictures.work.missing_batches();
    int refused = 0;
    if (error != nullptr) {
      ImGui::TextWrapped("%s", error->message.c_str());
      if (!error->hint.empty()) ImGui::TextWrapped("%s", error->hint.c_str());
    } else if (quote == nullptr) {
      caption(look, text("redo.waiting"));
    } else {
      for (const BatchItem& item : quote->items) refused += item.refused ? 1 : 0;
      const std::string cost = quote->credits == 0 ? std::string(text("redo.free"))
                                                   : counted("redo.credits", quote->credits);
      ImGui::TextWrapped("%s",
                         (counted("missing.pictures", quote->pictures) + ", " + cost).c_str());
      const Catalogue& catalogue = *board.catalogue();
      const ArtStyle* style = catalogue.find_style(batches.front().request.art_style);
      const ProviderInfo* provider = catalogue.find_provider(batches.front().request.provider);
      caption(look,
              text("missing.settings",
                   {style != nullptr ? style->title : batches.front().request.art_style,
                    provider != nullptr ? provider->title : batches.front().request.provider}));
      const float room = ImGui::GetContentRegionAvail().x;
      for (const BatchRequest& each : batches) text_elided(line_of(each, *quote), room);
      if (refused > 0) {
        ImGui::TextWrapped("%s", counted("missing.refused", refused).c_str());
        for (const BatchItem& item : quote->items) {
          if (!item.refused) continue;
          ImGui::TextWrapped("%s: %s", item.character_name.c_str(), item.refused->message.c_str());
          break;
        }
      }
      if (const auto left = board.credits_left()) {
        caption(look, text("missing.left", {std::to_string(*left - quote->credits)}));
      }
      if (!quote->ask.empty()) ImGui::TextWrapped("%s", quote->ask.c_str());
    }
    ImGui::Dummy({0, look.px(4)});
    const std::string cancel = labelled("export.cancel", "missing_cancel");
    const std::string generate = labelled("missing.generate", "missing_generate");
    const bool left = button(look, cancel.c_str()) || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::SameLine();
    bool go = false;
    const bool ready = error == nullptr && quote != nullptr && quote->pictures > 0;
    scoped::disabled(!ready, [&] {
      go = button(look, generate.c_str(), ButtonKind::primary, "", {0, look.control_height()});
    });
    if (go && ready) {
      for (BatchRequest each : batches) {
        each.request.soft_limit_accepted = true;  // the sum was shown, and the question
        std::erase_if(each.characters, [&](const CharacterId& id) {
          return std::any_of(quote->items.begin(), quote->items.end(), [&](const BatchItem& item) {
            return item.character_id == id && item.refused;
          });
        });
        if (!each.characters.empty()) board.generate_batch(each);
      }
    }
    if (go || left) ImGui::CloseCurrentPopup();
  });
}

void Panel::Parts::cell_menu(const Version& sheet, int number) {
  const Cell& cell = sheet.cells[static_cast<std::size_t>(number - 1)];
  const Shot* shot = board.catalogue() != nullptr
                         ? board.catalogue()->find_shot(sheet.template_type, cell.pose)
                         : nullptr;
  const std::string title =
      text("cell.menu", {std::to_string(number), shot != nullptr ? shot->title : cell.pose}) +
      "###cell_menu";
  scoped::menu(title.c_str(), [&] {
    constexpr std::pair<Status, Action> kStatuses[] = {{Status::pending, Action::status_pending},
                                                       {Status::approved, Action::status_approved},
                                                       {Status::omitted, Action::status_omitted},
                                                       {Status::none, Action::status_none}};
    for (const auto& [status, action] : kStatuses) {
      const char* key = board.single() ? keymap.key_text(action) : "";
      if (ImGui::MenuItem(status_title(status), key, cell.status == status)) {
        board.set_cell_status(sheet.id, number, status);
      }
    }
    ImGui::Separator();
    if (ImGui::MenuItem(text("cell.save"))) save_versions({sheet.id}, number);
    if (ImGui::MenuItem(text("cell.compare"))) {
      board.show_cell(number);
      board.show(ViewerMode::compare);
    }
    if (ImGui::MenuItem(text("cell.redo"), keymap.key_text(Action::redo_cell))) {
      open_redo(sheet.id, number);
    }
    if (ImGui::MenuItem(text("cell.composite"))) open_composite(sheet.id, number);
    if (ImGui::MenuItem(text("cell.reference"))) {
      set_reference(form, ReferenceSlot::character,
                    {Reference::Kind::file, session.absolute_path(cell.image_url)});
      board.say(text("cell.reference.done"));
    }
  });
}

}  // namespace castboard
