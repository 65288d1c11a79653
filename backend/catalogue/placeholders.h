#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Text with `{name}` in it, as template prompts and descriptors have; `{{` and `}}` are braces.
namespace castboard {

struct PlaceholderPiece {
  bool placeholder = false;
  std::string text;  // literal text, or the name
};

// A brace without its partner is literal text.
std::vector<PlaceholderPiece> split_placeholders(std::string_view text);

// What is wrong with the placeholders of `text`, empty when nothing. A known name that ends in
// '*' stands for all that begin like it.
std::string placeholder_problem(std::string_view text, const std::vector<std::string>& known);

// nullopt as soon as one of the names has no value.
std::optional<std::string> fill_placeholders(
    std::string_view text,
    const std::function<std::optional<std::string>(const std::string& name)>& value_of);

// Those of a template's prompt.
const std::vector<std::string>& prompt_placeholders();

}  // namespace castboard
