#include "version_filter_bar.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "controls.h"
#include "icons.h"
#include "keys.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"
#include "version_strip_layout.h"

namespace castboard {
namespace {

using What = VersionRequest::What;
constexpr const char* kMenu = "###filter_menu_popup";
constexpr const char* kActions = "###actions_popup";
constexpr float kChipHeight = 28;

// A row of controls: each is placed at `x`, which moves on.
struct Row {
  const Look& look;
  ImVec2 start;
  float x = 0;
  float gap = 0;

  void place(float height) const {
    ImGui::SetCursorScreenPos({x, start.y + std::round((look.px(kChipHeight) - height) / 2)});
  }
  void move_on() { x = ImGui::GetItemRectMax().x + gap; }

  bool chip(const std::string& label, bool chosen, float width = 0) {
    place(look.px(kChipHeight));
    const bool pressed =
        button(look, label.c_str(), chosen ? ButtonKind::selected : ButtonKind::normal, "",
               {width, look.px(kChipHeight)});
    move_on();
    return pressed;
  }

  void quiet_text(const std::string& words) {
    place(ImGui::GetTextLineHeight());
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { ImGui::TextUnformatted(words.c_str()); });
    move_on();
  }
};

std::string count_words(const VersionFilterBarInput& input) {
  const ShownVersions& shown = input.shown;
  const std::string total = std::to_string(shown.total);
  if (input.filter.on()) return text("strip.some", {std::to_string(shown.passing), total});
  if (shown.total == 0) return {};
  return input.in_trash ? total : text("strip.newest_right", {total});
}

std::string menu_label(const VersionFilter& filter) {
  const int conditions = filter.conditions();
  const std::string words = conditions == 0
                                ? std::string(text("strip.filter"))
                                : text("strip.filter_some", {std::to_string(conditions)});
  return words + "###filter_menu";
}

bool star_chip(Row& row, bool chosen) {
  const Look& look = row.look;
  const float side = look.px(kChipHeight + 4);
  const bool pressed = row.chip("###filter_star", chosen, side);
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  const float mark = look.px(13);
  draw_mark(ImGui::GetWindowDrawList(), chosen ? Mark::star : Mark::star_outline,
            {(min.x + max.x - mark) / 2, (min.y + max.y - mark) / 2}, mark, look.colour.text);
  item_tooltip(text("strip.starred_hint"));
  return pressed;
}

bool icon_chip(Row& row, const Icon& icon, const char* name, bool chosen, const char* hint) {
  const Look& look = row.look;
  const std::string label = std::string(icon_text(look, icon)) + name;
  bool pressed = false;
  const float side = look.px(kChipHeight + 4);
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(4), 0)}},
               [&] { pressed = row.chip(label, chosen, look.icons ? side : 0); });
  item_tooltip(hint);
  return pressed;
}

float icon_width(const Look& look, const Icon& icon) {
  if (look.icons) return look.px(kChipHeight + 4);
  return ImGui::CalcTextSize(icon.text).x + look.px(8);
}

template <class T>
void checkbox(const std::string& label, std::set<T>& chosen, const T& value) {
  bool on = chosen.count(value) != 0;
  if (ImGui::Checkbox(label.c_str(), &on)) toggle(chosen, value);
}

void choice_list(const Look& look, const char* title, const char* name,
                 const std::vector<FilterChoice>& choices, std::set<std::string>& chosen) {
  if (choices.empty()) return;
  field_label(look, title);
  for (const FilterChoice& choice : choices) {
    const std::string label =
        choice.title + "  " + std::to_string(choice.count) + "###" + name + "_" + choice.key;
    checkbox(label, chosen, choice.key);
  }
}

void status_list(const VersionFilterBarInput& input, VersionFilter& filter) {
  field_label(input.look, text("strip.by_status"));
  for (const Status status : {Status::approved, Status::pending, Status::omitted, Status::none}) {
    const auto found = input.choices.statuses.find(status);
    const int count = found == input.choices.statuses.end() ? 0 : found->second;
    const std::string label = std::string(status_title(status)) + "  " + std::to_string(count) +
                              "###status_" + std::string(to_string(status));
    checkbox(label, filter.statuses, status);
  }
  ImGui::Checkbox(labelled("strip.starred", "starred").c_str(), &filter.starred);
  ImGui::Checkbox(labelled("strip.sheets_only", "sheets").c_str(), &filter.sheets_only);
}

void menu(const VersionFilterBarInput& input, VersionFilterBarState& state, VersionFilter& filter,
          VersionGrouping& grouping) {
  const Look& look = input.look;
  scoped::group([&] {
    status_list(input, filter);
    choice_list(look, text("strip.by_template"), "template", input.choices.templates,
                filter.templates);
  });
  ImGui::SameLine(0, look.px(24));
  scoped::group([&] {
    choice_list(look, text("strip.by_style"), "style", input.choices.styles, filter.styles);
    choice_list(look, text("strip.by_provider"), "provider", input.choices.providers,
                filter.providers);
  });
  ImGui::Separator();
  ImGui::Checkbox(labelled("strip.group", "group").c_str(), &grouping.by_template);
  scoped::disabled(!filter.on(), [&] {
    if (button(look, labelled("strip.clear", "clear_all").c_str())) {
      filter = {};
      state.text.clear();
    }
  });
}

void text_box(Row& row, const VersionFilterBarInput& input, VersionFilterBarState& state,
              float width, VersionFilter& filter, VersionFilterBarResult& result) {
  const Look& look = input.look;
  row.place(look.px(kChipHeight));
  state.focus_text.before();
  const float padding = (look.px(kChipHeight) - ImGui::GetFontSize()) / 2;
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(9), padding)}}, [&] {
    if (text_field("##find_version", text("strip.find"), state.text, width)) {
      filter.text = state.text;
    }
    state.focus_text.after();
  });
  row.move_on();
  const std::optional<int> number = version_number_in(state.text);
  result.text_active = ImGui::IsItemActive();
  if (ImGui::IsItemDeactivated() && pressed_enter() && number) {
    result.jump = number;
    state.text.clear();
    filter.text.clear();
  } else if (result.text_active && number) {
    ImGui::SetTooltip("%s", text("strip.go_to", {version_label(*number)}).c_str());
  } else {
    item_tooltip(text("strip.find_hint"));
  }
}

void filter_row(Row& row, const VersionFilterBarInput& input, VersionFilterBarState& state,
                float room, VersionFilterBarResult& result) {
  const Look& look = input.look;
  VersionFilter filter = input.filter;
  VersionGrouping grouping = input.grouping;
  // Changed by somebody else, such as a jump to a version that it hid.
  if (filter.text != state.text) state.text = filter.text;
  const std::string count = count_words(input);
  const char* title = input.in_trash ? text("strip.trash_title") : text("strip.title");
  const float star = look.px(kChipHeight + 4);
  FilterBarWidths widths{.count = ImGui::CalcTextSize(count.c_str()).x,
                         .sheets = button_width(look, text("strip.sheets_only")),
                         .approved = button_width(look, text("strip.approved")),
                         .star = star,
                         .menu = button_width(look, menu_label(filter).c_str()),
                         .clear = filter.on() ? icon_width(look, icons::kClose) : 0,
                         .trash = icon_width(look, icons::kTrash)};
  scoped::font(look.heading_font, 1, [&] { widths.title = ImGui::CalcTextSize(title).x; });
  const FilterBarLayout layout = lay_out_filter_bar(room, widths, row.gap, look.scale);
  if (layout.title) {
    row.place(ImGui::GetTextLineHeight());
    heading(look, title);
    row.move_on();
  }
  if (layout.count) {
    row.quiet_text(count);
    if (filter.on()) {
      item_tooltip(text("strip.some_hint",
                        {std::to_string(input.shown.passing), std::to_string(input.shown.total)}));
    }
  }
  // What narrows the list stands at the right.
  const auto piece = [&](bool shown, float width) { return shown ? width + row.gap : 0; };
  const float right = piece(layout.text > 0, layout.text) + piece(layout.sheets, widths.sheets) +
                      piece(layout.approved, widths.approved) + piece(layout.star, widths.star) +
                      piece(true, widths.menu) + piece(widths.clear > 0, widths.clear) +
                      widths.trash;
  row.x = std::max(row.x, row.start.x + room - right);
  if (layout.text > 0) {
    text_box(row, input, state, layout.text, filter, result);
  } else {
    state.focus_text.forget();
  }
  if (layout.sheets && row.chip(labelled("strip.sheets_only", "chip_sheets"), filter.sheets_only)) {
    filter.sheets_only = !filter.sheets_only;
  }
  if (layout.approved && row.chip(labelled("strip.approved", "chip_approved"),
                                  filter.statuses.count(Status::approved) != 0)) {
    toggle(filter.statuses, Status::approved);
  }
  if (layout.star && star_chip(row, filter.starred)) filter.starred = !filter.starred;
  if (row.chip(menu_label(filter), filter.conditions() > 0)) ImGui::OpenPopup(kMenu);
  scoped::popup(kMenu, [&] { menu(input, state, filter, grouping); });
  if (widths.clear > 0 &&
      icon_chip(row, icons::kClose, "###clear_filter", false, text("strip.clear"))) {
    filter = {};
    state.text.clear();
  }
  if (icon_chip(row, icons::kTrash, "###show_trash", input.in_trash,
                input.in_trash ? text("strip.leave_trash") : text("strip.show_trash"))) {
    result.trash = !input.in_trash;
  }
  if (filter != input.filter) result.filter = std::move(filter);
  if (grouping != input.grouping) result.grouping = std::move(grouping);
}

// While several are chosen.
void actions_row(Row& row, const VersionFilterBarInput& input, float room,
                 VersionFilterBarResult& result) {
  const Look& look = input.look;
  VersionRequest request;
  request.ids = input.targets;
  const std::string chosen = text("strip.chosen", {std::to_string(input.targets.size())});
  row.place(ImGui::GetTextLineHeight());
  heading(look, chosen);
  row.move_on();
  struct ActionButton {
    const char* label;
    What what;
  };
  const ActionButton live[] = {{text("strip.approved"), What::set_status},
                               {text("version.star"), What::star},
                               {text("version.trash"), What::trash}};
  const ActionButton trashed[] = {{text("version.restore"), What::restore},
                                  {text("version.purge"), What::purge}};
  const ActionButton* const first = input.in_trash ? trashed : live;
  const ActionButton* const last = first + (input.in_trash ? std::size(trashed) : std::size(live));
  const std::string more = labelled("strip.actions", "actions");
  float needed = row.x - row.start.x + button_width(look, more.c_str()) + row.gap +
                 icon_width(look, icons::kClose);
  for (const ActionButton* each = first; each != last; ++each) {
    needed += button_width(look, each->label) + row.gap;
  }
  if (needed <= room) {
    for (const ActionButton* each = first; each != last; ++each) {
      if (row.chip(std::string(each->label) + "###chosen_" +
                       std::to_string(static_cast<int>(each - first)),
                   false)) {
        request.what = each->what;
        request.status = Status::approved;
      }
    }
  }
  if (row.chip(more, false)) ImGui::OpenPopup(kActions);
  scoped::popup(kActions, [&] {
    if (const auto asked = versions_menu(input.targets, input.in_trash, input.keymap)) {
      request = asked;
    }
  });
  result.clear_chosen =
      icon_chip(row, icons::kClose, "###clear_chosen", false, text("strip.clear_chosen"));
  if (request) result.request = std::move(request);
}

}  // namespace

VersionFilterBarResult version_filter_bar(const char* id, const VersionFilterBarInput& input,
                                          VersionFilterBarState& state) {
  VersionFilterBarResult result;
  scoped::id(id, [&] {
    const Look& look = input.look;
    const float room = ImGui::GetContentRegionAvail().x;
    const ImVec2 start = ImGui::GetCursorScreenPos();
    Row row{look, start, start.x, look.px(7)};
    if (input.targets.size() > 1) {
      actions_row(row, input, room, result);
    } else {
      filter_row(row, input, state, room, result);
    }
    ImGui::SetCursorScreenPos({start.x, start.y + look.px(kChipHeight)});
    ImGui::Dummy({0, 0});
  });
  return result;
}

}  // namespace castboard
