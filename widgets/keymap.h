#pragma once

#include <imgui.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Which key does what. The defaults are the product's list; a user may change each of them.
namespace castboard {

enum class Action {
  generate,
  cancel_job,
  find,
  undo,
  back,
  help,
  previous_version,
  next_version,
  first_version,
  last_version,
  jump_to_version,
  choose_all,
  all_cells,
  cell_1,  // cell_1 to cell_9 follow each other
  cell_2,
  cell_3,
  cell_4,
  cell_5,
  cell_6,
  cell_7,
  cell_8,
  cell_9,
  previous_cell,
  next_cell,
  toggle_single,
  fit,
  full_size,
  flipbook,
  onion_skin,
  details,
  compare_mode,
  compare_wipe,
  compare_swap,
  compare_previous,
  compare_next,
  compare_previous_cell,
  compare_next_cell,
  compare_hold,  // while it is held
  star,
  status_pending,
  status_approved,
  status_omitted,
  status_none,
  trash,
  recall_all,
  recall_prompt,
  recall_seed,
  remix,
  tile_left,
  tile_right,
  tile_up,
  tile_down,
  tile_first,
  tile_last,
  tile_page_up,
  tile_page_down,
  tile_choose_all,
  tile_rename,
  count_
};
inline constexpr std::size_t kActionCount = static_cast<std::size_t>(Action::count_);

enum class ActionGroup { general, versions, view, compare, review, form, cast };

// A key with its modifiers; ImGuiKey_None with modifiers is the modifiers alone.
struct Chord {
  ImGuiKey key = ImGuiKey_None;
  bool ctrl = false;
  bool shift = false;
  bool alt = false;

  [[nodiscard]] bool empty() const { return key == ImGuiKey_None && !ctrl && !shift && !alt; }
  bool operator==(const Chord&) const = default;
};

// "Ctrl+Shift+X", "[", "Left"; empty for none. `parse_chord` is the inverse.
[[nodiscard]] std::string to_string(const Chord& chord);
[[nodiscard]] std::optional<Chord> parse_chord(std::string_view written);

// The chord that was pressed in this frame, for choosing a new one; nullopt: none yet.
[[nodiscard]] std::optional<Chord> chord_pressed_now();

[[nodiscard]] std::string_view action_name(Action action);  // "flipbook", as settings have it
[[nodiscard]] const char* action_title(Action action);      // as the screen has it
[[nodiscard]] ActionGroup action_group(Action action);

// The keys of one panel. A value, drawing thread only; reads the keyboard of the current ImGui
// context. On the keypad, Enter and digits count as the others do.
class Keymap {
 public:
  Keymap();  // the defaults

  [[nodiscard]] const Chord& chord(Action action) const;
  [[nodiscard]] static const Chord& default_chord(Action action);
  [[nodiscard]] bool is_default(Action action) const;
  // As tooltips and menus say it: "Ctrl+Z"; empty without a key. Valid until the next `set`.
  [[nodiscard]] const char* key_text(Action action) const;

  void set(Action action, const Chord& chord);
  void reset();

  // The action's keys went down in this frame, with exactly its modifiers; `repeat`: also while it
  // is held.
  [[nodiscard]] bool pressed(Action action, bool repeat = false) const;
  // The same with Shift besides, where the chord has none: a step that chooses what is between.
  [[nodiscard]] bool pressed_with_shift(Action action, bool repeat = false) const;
  [[nodiscard]] bool held(Action action) const;

  // Other actions that the same keys would also mean where this one counts.
  [[nodiscard]] std::vector<Action> conflicts(Action action) const;

  // One line a changed key, "key.flipbook=Ctrl+F"; lines of other things are left alone.
  [[nodiscard]] std::string save() const;
  void restore(std::string_view line);

 private:
  std::array<Chord, kActionCount> chords_;
  std::array<std::string, kActionCount> texts_;
};

}  // namespace castboard
