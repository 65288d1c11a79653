#include "keymap.h"

#include <algorithm>

#include "keys.h"
#include "texts.h"

namespace castboard {
namespace {

struct ActionRow {
  Action action;
  const char* name;
  ActionGroup group;
  Chord chord;
};

constexpr Chord plain(ImGuiKey key) {
  return {.key = key};
}
constexpr Chord ctrl(ImGuiKey key) {
  return {.key = key, .ctrl = true};
}
constexpr Chord shift(ImGuiKey key) {
  return {.key = key, .shift = true};
}
constexpr Chord alt(ImGuiKey key) {
  return {.key = key, .alt = true};
}

// In the order of Action, which is the order of the list on the screen.
constexpr std::array<ActionRow, kActionCount> kActions = {{
    {Action::generate, "generate", ActionGroup::general, ctrl(ImGuiKey_Enter)},
    {Action::cancel_job, "cancel_job", ActionGroup::general, shift(ImGuiKey_X)},
    {Action::find, "find", ActionGroup::general, ctrl(ImGuiKey_F)},
    {Action::undo, "undo", ActionGroup::general, ctrl(ImGuiKey_Z)},
    {Action::back, "back", ActionGroup::general, plain(ImGuiKey_Escape)},
    {Action::help, "help", ActionGroup::general, shift(ImGuiKey_Slash)},
    {Action::previous_version, "previous_version", ActionGroup::versions,
     plain(ImGuiKey_LeftArrow)},
    {Action::next_version, "next_version", ActionGroup::versions, plain(ImGuiKey_RightArrow)},
    {Action::first_version, "first_version", ActionGroup::versions, plain(ImGuiKey_Home)},
    {Action::last_version, "last_version", ActionGroup::versions, plain(ImGuiKey_End)},
    {Action::jump_to_version, "jump_to_version", ActionGroup::versions, ctrl(ImGuiKey_G)},
    {Action::choose_all, "choose_all", ActionGroup::versions, ctrl(ImGuiKey_A)},
    {Action::all_cells, "all_cells", ActionGroup::versions, plain(ImGuiKey_0)},
    {Action::cell_1, "cell_1", ActionGroup::versions, plain(ImGuiKey_1)},
    {Action::cell_2, "cell_2", ActionGroup::versions, plain(ImGuiKey_2)},
    {Action::cell_3, "cell_3", ActionGroup::versions, plain(ImGuiKey_3)},
    {Action::cell_4, "cell_4", ActionGroup::versions, plain(ImGuiKey_4)},
    {Action::cell_5, "cell_5", ActionGroup::versions, plain(ImGuiKey_5)},
    {Action::cell_6, "cell_6", ActionGroup::versions, plain(ImGuiKey_6)},
    {Action::cell_7, "cell_7", ActionGroup::versions, plain(ImGuiKey_7)},
    {Action::cell_8, "cell_8", ActionGroup::versions, plain(ImGuiKey_8)},
    {Action::cell_9, "cell_9", ActionGroup::versions, plain(ImGuiKey_9)},
    {Action::previous_cell, "previous_cell", ActionGroup::versions, plain(ImGuiKey_LeftBracket)},
    {Action::next_cell, "next_cell", ActionGroup::versions, plain(ImGuiKey_RightBracket)},
    {Action::toggle_single, "toggle_single", ActionGroup::view, plain(ImGuiKey_Enter)},
    {Action::fit, "fit", ActionGroup::view, plain(ImGuiKey_F)},
    {Action::full_size, "full_size", ActionGroup::view, ctrl(ImGuiKey_0)},
    {Action::flipbook, "flipbook", ActionGroup::view, plain(ImGuiKey_Space)},
    {Action::onion_skin, "onion_skin", ActionGroup::view, plain(ImGuiKey_O)},
    {Action::details, "details", ActionGroup::view, plain(ImGuiKey_I)},
    {Action::board, "board", ActionGroup::view, plain(ImGuiKey_B)},
    {Action::compare_mode, "compare_mode", ActionGroup::compare, plain(ImGuiKey_M)},
    {Action::compare_wipe, "compare_wipe", ActionGroup::compare, plain(ImGuiKey_F6)},
    {Action::compare_swap, "compare_swap", ActionGroup::compare, plain(ImGuiKey_C)},
    {Action::compare_previous, "compare_previous", ActionGroup::compare, alt(ImGuiKey_LeftArrow)},
    {Action::compare_next, "compare_next", ActionGroup::compare, alt(ImGuiKey_RightArrow)},
    {Action::compare_previous_cell, "compare_previous_cell", ActionGroup::compare,
     alt(ImGuiKey_LeftBracket)},
    {Action::compare_next_cell, "compare_next_cell", ActionGroup::compare,
     alt(ImGuiKey_RightBracket)},
    {Action::compare_hold, "compare_hold", ActionGroup::compare, shift(ImGuiKey_None)},
    {Action::star, "star", ActionGroup::review, plain(ImGuiKey_Period)},
    {Action::status_pending, "status_pending", ActionGroup::review, ctrl(ImGuiKey_1)},
    {Action::status_approved, "status_approved", ActionGroup::review, ctrl(ImGuiKey_2)},
    {Action::status_omitted, "status_omitted", ActionGroup::review, ctrl(ImGuiKey_3)},
    {Action::status_none, "status_none", ActionGroup::review, ctrl(ImGuiKey_4)},
    {Action::trash, "trash", ActionGroup::review, plain(ImGuiKey_Delete)},
    {Action::save_files, "save_files", ActionGroup::review, ctrl(ImGuiKey_S)},
    {Action::redo_cell, "redo_cell", ActionGroup::review, shift(ImGuiKey_R)},
    {Action::recall_all, "recall_all", ActionGroup::form, plain(ImGuiKey_A)},
    {Action::recall_prompt, "recall_prompt", ActionGroup::form, plain(ImGuiKey_P)},
    {Action::recall_seed, "recall_seed", ActionGroup::form, plain(ImGuiKey_S)},
    {Action::remix, "remix", ActionGroup::form, plain(ImGuiKey_R)},
    {Action::tile_left, "tile_left", ActionGroup::cast, plain(ImGuiKey_LeftArrow)},
    {Action::tile_right, "tile_right", ActionGroup::cast, plain(ImGuiKey_RightArrow)},
    {Action::tile_up, "tile_up", ActionGroup::cast, plain(ImGuiKey_UpArrow)},
    {Action::tile_down, "tile_down", ActionGroup::cast, plain(ImGuiKey_DownArrow)},
    {Action::tile_first, "tile_first", ActionGroup::cast, plain(ImGuiKey_Home)},
    {Action::tile_last, "tile_last", ActionGroup::cast, plain(ImGuiKey_End)},
    {Action::tile_page_up, "tile_page_up", ActionGroup::cast, plain(ImGuiKey_PageUp)},
    {Action::tile_page_down, "tile_page_down", ActionGroup::cast, plain(ImGuiKey_PageDown)},
    {Action::tile_choose_all, "tile_choose_all", ActionGroup::cast, ctrl(ImGuiKey_A)},
    {Action::tile_rename, "tile_rename", ActionGroup::cast, plain(ImGuiKey_F2)},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kActions.size(); ++i) {
    if (static_cast<std::size_t>(kActions[i].action) != i) return false;
  }
  return true;
}
static_assert(in_order());

const ActionRow& row(Action action) {
  return kActions[static_cast<std::size_t>(action)];
}

// The keys whose sign says more than Dear ImGui's name for them.
struct KeySign {
  ImGuiKey key;
  const char* sign;
};
constexpr KeySign kSigns[] = {
    {ImGuiKey_LeftBracket, "["},    {ImGuiKey_RightBracket, "]"}, {ImGuiKey_Period, "."},
    {ImGuiKey_Comma, ","},          {ImGuiKey_Slash, "/"},        {ImGuiKey_Backslash, "\\"},
    {ImGuiKey_Semicolon, ";"},      {ImGuiKey_Apostrophe, "'"},   {ImGuiKey_Minus, "-"},
    {ImGuiKey_Equal, "="},          {ImGuiKey_GraveAccent, "`"},  {ImGuiKey_LeftArrow, "Left"},
    {ImGuiKey_RightArrow, "Right"}, {ImGuiKey_UpArrow, "Up"},     {ImGuiKey_DownArrow, "Down"},
    {ImGuiKey_Escape, "Esc"},
};

std::string key_name(ImGuiKey key) {
  for (const KeySign& each : kSigns) {
    if (each.key == key) return each.sign;
  }
  return ImGui::GetKeyName(key);
}

bool is_modifier(ImGuiKey key) {
  return key >= ImGuiKey_LeftCtrl && key <= ImGuiKey_RightSuper;
}

// What a user can put an action on: the keyboard without its modifiers.
bool is_bindable(ImGuiKey key) {
  return key >= ImGuiKey_Tab && key <= ImGuiKey_KeypadEqual && !is_modifier(key);
}

bool key_pressed(ImGuiKey key, bool repeat) {
  if (key == ImGuiKey_None) return false;
  if (pressed(key, repeat)) return true;
  if (key == ImGuiKey_Enter) return pressed(ImGuiKey_KeypadEnter, repeat);
  if (key >= ImGuiKey_0 && key <= ImGuiKey_9) {
    return pressed(static_cast<ImGuiKey>(ImGuiKey_Keypad0 + (key - ImGuiKey_0)), repeat);
  }
  return false;
}

bool modifiers_match(const Chord& chord) {
  const ImGuiIO& io = ImGui::GetIO();
  return chord.ctrl == ctrl_held() && chord.shift == shift_held() && chord.alt == alt_held() &&
         !io.KeySuper;
}

}  // namespace

std::string to_string(const Chord& chord) {
  std::string out;
  const auto add = [&out](const std::string& part) {
    if (!out.empty()) out += '+';
    out += part;
  };
  if (chord.ctrl) add("Ctrl");
  if (chord.shift) add("Shift");
  if (chord.alt) add("Alt");
  if (chord.key != ImGuiKey_None) add(key_name(chord.key));
  return out;
}

std::optional<Chord> parse_chord(std::string_view written) {
  Chord chord;
  const auto take = [&written](std::string_view part) {
    const bool is_there = written.substr(0, part.size()) == part &&
                          (written.size() == part.size() || written[part.size()] == '+');
    if (is_there) written.remove_prefix(std::min(written.size(), part.size() + 1));
    return is_there;
  };
  chord.ctrl = take("Ctrl");
  chord.shift = take("Shift");
  chord.alt = take("Alt");
  if (written.empty()) return chord;
  for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_NamedKey_END; ++key) {
    const auto candidate = static_cast<ImGuiKey>(key);
    if (!is_bindable(candidate) || key_name(candidate) != written) continue;
    chord.key = candidate;
    return chord;
  }
  return std::nullopt;
}

std::optional<Chord> chord_pressed_now() {
  for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_NamedKey_END; ++key) {
    const auto candidate = static_cast<ImGuiKey>(key);
    if (!is_bindable(candidate) || !pressed(candidate)) continue;
    return Chord{.key = candidate, .ctrl = ctrl_held(), .shift = shift_held(), .alt = alt_held()};
  }
  return std::nullopt;
}

std::string_view action_name(Action action) {
  return row(action).name;
}

const char* action_title(Action action) {
  return text(std::string("action.") + row(action).name);
}

ActionGroup action_group(Action action) {
  return row(action).group;
}

Keymap::Keymap() {
  reset();
}

const Chord& Keymap::chord(Action action) const {
  return chords_[static_cast<std::size_t>(action)];
}

const Chord& Keymap::default_chord(Action action) {
  return row(action).chord;
}

bool Keymap::is_default(Action action) const {
  return chord(action) == default_chord(action);
}

const char* Keymap::key_text(Action action) const {
  return texts_[static_cast<std::size_t>(action)].c_str();
}

void Keymap::set(Action action, const Chord& chord) {
  chords_[static_cast<std::size_t>(action)] = chord;
  // A question mark is what is on the key that most keyboards have it on.
  const bool is_question = chord == Chord{.key = ImGuiKey_Slash, .shift = true};
  texts_[static_cast<std::size_t>(action)] = is_question ? "?" : to_string(chord);
}

void Keymap::reset() {
  for (const ActionRow& each : kActions) set(each.action, each.chord);
}

bool Keymap::pressed(Action action, bool repeat) const {
  const Chord& wanted = chord(action);
  if (key_pressed(wanted.key, repeat) && modifiers_match(wanted)) return true;
  if (action != Action::help || !is_default(action)) return false;
  // The sign is on other keys of other keyboards.
  const ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
  return std::find(typed.begin(), typed.end(), ImWchar('?')) != typed.end();
}

bool Keymap::pressed_with_shift(Action action, bool repeat) const {
  Chord wanted = chord(action);
  if (wanted.shift || !key_pressed(wanted.key, repeat)) return false;
  wanted.shift = true;
  return modifiers_match(wanted);
}

bool Keymap::held(Action action) const {
  const Chord& wanted = chord(action);
  if (wanted.empty()) return false;
  const ImGuiIO& io = ImGui::GetIO();
  const bool key_down = wanted.key == ImGuiKey_None || ImGui::IsKeyDown(wanted.key);
  return key_down && wanted.ctrl == io.KeyCtrl && wanted.shift == io.KeyShift &&
         wanted.alt == io.KeyAlt;
}

std::vector<Action> Keymap::conflicts(Action action) const {
  std::vector<Action> found;
  if (chord(action).empty()) return found;
  const bool in_cast = action_group(action) == ActionGroup::cast;
  for (const ActionRow& other : kActions) {
    if (other.action == action || chord(other.action) != chord(action)) continue;
    // While the tiles have the focus, theirs come before those of versions.
    const bool elsewhere = in_cast != (other.group == ActionGroup::cast) &&
                           (in_cast ? other.group : action_group(action)) == ActionGroup::versions;
    if (!elsewhere) found.push_back(other.action);
  }
  return found;
}

std::string Keymap::save() const {
  std::string out;
  for (const ActionRow& each : kActions) {
    if (is_default(each.action)) continue;
    out += std::string("key.") + each.name + "=" + to_string(chord(each.action)) + "\n";
  }
  return out;
}

void Keymap::restore(std::string_view line) {
  constexpr std::string_view kStart = "key.";
  const auto equals = line.find('=');
  if (line.substr(0, kStart.size()) != kStart || equals == std::string_view::npos) return;
  const std::string_view name = line.substr(kStart.size(), equals - kStart.size());
  for (const ActionRow& each : kActions) {
    if (name != each.name) continue;
    if (const auto chord = parse_chord(line.substr(equals + 1))) set(each.action, *chord);
  }
}

}  // namespace castboard
