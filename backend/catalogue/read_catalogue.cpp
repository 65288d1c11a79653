#include "catalogue/read_catalogue.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "castboard/model.h"
#include "catalogue/json_document.h"
#include "catalogue/placeholders.h"

namespace castboard {

namespace {

constexpr int kMaxRatioPart = 100;
constexpr int kUnorderedPlace = 1000;  // files without "order" come after those with one

std::string key_of(const JsonField& field) {
  const JsonField key = field.require("key");
  std::string text = key.text();
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain) key.fail("must be small letters, digits and _");
  return text;
}

std::string optional_text(const JsonField& field, const std::string& key) {
  const auto found = field.find(key);
  return found ? found->text() : std::string();
}

int order_of(const JsonField& root) {
  const auto order = root.find("order");
  return order ? static_cast<int>(order->integer(0, 100'000)) : kUnorderedPlace;
}

Shot read_shot(const JsonField& field) {
  field.only_keys({"key", "title", "prompt", "cells"});
  Shot shot;
  shot.key = key_of(field);
  shot.title = field.require("title").text();
  shot.prompt = field.require("prompt").text();
  if (const auto cells = field.find("cells")) {
    shot.cells = static_cast<int>(cells->integer(1, kCellsPerSheet));
    if (shot.cells != 1 && shot.cells != kCellsPerSheet) cells->fail("must be 1 or 9");
  }
  return shot;
}

Template read_template(const JsonField& root) {
  root.only_keys({"key", "title", "short_title", "icon", "order", "shot_label", "prompt", "shots",
                  "default_shot"});
  Template result;
  result.key = key_of(root);
  result.title = root.require("title").text();
  result.short_title = optional_text(root, "short_title");
  if (result.short_title.empty()) result.short_title = result.title;
  result.icon = optional_text(root, "icon");
  result.order = order_of(root);
  result.shot_label = optional_text(root, "shot_label");
  const JsonField prompt = root.require("prompt");
  result.prompt = prompt.text();
  if (const std::string problem = placeholder_problem(result.prompt, prompt_placeholders());
      !problem.empty())
    prompt.fail(problem);
  if (const auto shots = root.find("shots"))
    for (const JsonField& field : shots->items()) {
      Shot shot = read_shot(field);
      for (const Shot& other : result.shots)
        if (other.key == shot.key) field.fail("a second shot \"" + shot.key + "\"");
      result.shots.push_back(std::move(shot));
    }
  if (result.shots.empty()) return result;
  const JsonField default_shot = root.require("default_shot");
  std::vector<std::string> keys;
  for (const Shot& shot : result.shots) keys.push_back(shot.key);
  result.default_shot = default_shot.word(keys);
  return result;
}

ArtStyle read_style(const JsonField& root) {
  root.only_keys({"key", "title", "order", "prompt"});
  return {.key = key_of(root),
          .title = root.require("title").text(),
          .prompt = root.require("prompt").text(),
          .order = order_of(root)};
}

ImageSize read_size(const JsonField& field) {
  field.only_keys({"key", "title", "width", "height"});
  ImageSize size;
  size.ratio_width = static_cast<int>(field.require("width").integer(1, kMaxRatioPart));
  size.ratio_height = static_cast<int>(field.require("height").integer(1, kMaxRatioPart));
  const JsonField key = field.require("key");
  size.key = key.text();
  const std::string expected = fmt::format("{}:{}", size.ratio_width, size.ratio_height);
  if (size.key != expected) key.fail(fmt::format("must be \"{}\", the ratio", expected));
  size.title = field.require("title").text();
  return size;
}

template <class Item>
void put(std::vector<Item>& items, Item item) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const Item& other) { return other.key == item.key; });
  if (found != items.end())
    *found = std::move(item);
  else
    items.push_back(std::move(item));
}

template <class Item>
void sort_by_order(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(),
                   [](const Item& a, const Item& b) { return a.order < b.order; });
}

template <class Read>
void read_or_warn(std::vector<Error>& warnings, Read read) {
  try {
    read();
  } catch (const Failure& failure) {
    warnings.push_back(failure.error());
  }
}

}  // namespace

std::vector<std::filesystem::path> json_files(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::error_code problem;
  std::filesystem::directory_iterator entries(directory, problem);
  if (problem) return files;
  for (const auto& entry : entries)
    if (entry.path().extension() == ".json" && entry.path().filename().string().front() != '.')
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void read_catalogue_layer(const ConfigurationLayer& layer, Catalogue& catalogue,
                          std::vector<Error>& warnings) {
  for (const auto& file : json_files(layer.directory / "templates"))
    read_or_warn(warnings, [&] {
      const JsonDocument document = JsonDocument::read(file);
      put(catalogue.templates, read_template(JsonField(document)));
    });
  for (const auto& file : json_files(layer.directory / "styles"))
    read_or_warn(warnings, [&] {
      const JsonDocument document = JsonDocument::read(file);
      put(catalogue.styles, read_style(JsonField(document)));
    });
  for (const auto& file : json_files(layer.directory / "sizes"))
    read_or_warn(warnings, [&] {
      const JsonDocument document = JsonDocument::read(file);
      const JsonField root(document);
      root.only_keys({"sizes"});
      std::vector<ImageSize> sizes;
      for (const JsonField& item : root.require("sizes").items()) sizes.push_back(read_size(item));
      for (ImageSize& size : sizes) put(catalogue.sizes, std::move(size));
    });
  sort_by_order(catalogue.templates);
  sort_by_order(catalogue.styles);
}

}  // namespace castboard
