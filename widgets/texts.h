#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

// The words on the screen by their keys. All of them are in one catalogue, assets/texts/en.txt,
// which is built in. Any thread; nothing here needs Dear ImGui.
namespace castboard {

// The text of a key such as "keys.title"; a key that is not in the catalogue is a programmer's
// mistake (assert) and shows as "?". Valid for ever.
[[nodiscard]] const char* text(std::string_view key);

// The same with {0}, {1} ... replaced by the values.
[[nodiscard]] std::string text(std::string_view key,
                               std::initializer_list<std::string_view> values);

// The label of an item: what it says by the text's key and its id, which stays what it is in every
// language. labelled("strip.clear", "clear_all") is "Clear the filter###clear_all".
[[nodiscard]] std::string labelled(std::string_view key, std::string_view id);

// "1 version", "12 versions": `key.one` or `key.many`, with {0} the number.
[[nodiscard]] std::string counted(std::string_view key, std::int64_t number);

}  // namespace castboard
