#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "castboard/result.h"

namespace castboard {

// A JSON file that remembers on which line each field stands, so that a mistake in it can be
// reported as file, line and field. `//` comments are allowed. Immutable; any thread.
class JsonDocument {
 public:
  // Throws Failure(configuration) when the file cannot be read or is not JSON.
  static JsonDocument read(const std::filesystem::path& path);
  static JsonDocument parse(std::string_view text, std::string path);
  // `base` with the fields of `changes` in their place: a merge patch (RFC 7396), but that keys
  // beginning with '$' are replaced whole. Each field keeps the file and line it came from.
  static JsonDocument merged(const JsonDocument& base, const JsonDocument& changes);

  JsonDocument(JsonDocument&&) noexcept;
  ~JsonDocument();

  [[nodiscard]] const nlohmann::json& root() const { return *root_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  // Of the field, or of the nearest one around it. `pointer` as in RFC 6901.
  [[nodiscard]] int line_of(const std::string& pointer) const { return place_of(pointer).line; }
  [[nodiscard]] const std::string& file_of(const std::string& pointer) const {
    return place_of(pointer).file;
  }
  [[noreturn]] void fail(const std::string& pointer, const std::string& problem) const;

 private:
  struct Place {
    std::string file;
    int line = 1;
  };

  JsonDocument() = default;
  [[nodiscard]] Place const& place_of(std::string pointer) const;

  std::string path_;
  std::unique_ptr<const nlohmann::json> root_;
  std::map<std::string, Place> places_;  // that of the whole document has an empty pointer
};

// One value of a document with its place. The readers throw Failure(configuration) naming file,
// line and field. Valid as long as its document.
class JsonField {
 public:
  explicit JsonField(const JsonDocument& document);

  [[nodiscard]] const nlohmann::json& value() const { return *value_; }
  [[nodiscard]] std::string name() const;  // "requests.text_to_image.path"
  [[nodiscard]] const std::string& file() const { return document_->file_of(pointer_); }

  [[nodiscard]] JsonField require(const std::string& key) const;
  [[nodiscard]] std::optional<JsonField> find(const std::string& key) const;

  [[nodiscard]] std::string text() const;  // not empty
  [[nodiscard]] double number() const;
  [[nodiscard]] std::int64_t integer(std::int64_t low, std::int64_t high) const;
  [[nodiscard]] bool boolean() const;
  // One of `words`; the nearest is suggested otherwise.
  [[nodiscard]] std::string word(const std::vector<std::string>& words) const;
  [[nodiscard]] std::vector<JsonField> items() const;                            // of an array
  [[nodiscard]] std::vector<std::pair<std::string, JsonField>> members() const;  // of an object
  // Text, or an array of texts.
  [[nodiscard]] std::vector<std::string> texts() const;

  [[nodiscard]] bool is_text() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_object() const;

  // Refuses any other key, suggesting the nearest.
  void only_keys(const std::vector<std::string>& keys) const;
  [[noreturn]] void fail(const std::string& problem) const;

 private:
  JsonField(const JsonDocument& document, const nlohmann::json& value, std::string pointer);
  [[noreturn]] void fail_kind(std::string_view wanted) const;

  const JsonDocument* document_;
  const nlohmann::json* value_;
  std::string pointer_;
};

}  // namespace castboard
