#include "catalogue/json_document.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/catalogue.h"
#include "os/files.h"

namespace castboard {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxDocumentBytes = std::size_t{4} * 1024 * 1024;

// Where the reader is, kept outside the iterators because the parser copies them.
struct ReadPosition {
  int line = 1;
  char last = '\0';

  // A number is only over when the character after it was read: a line break there belongs to it.
  [[nodiscard]] int token_line() const { return last == '\n' ? line - 1 : line; }
};

class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, ReadPosition* position) : at_(at), position_(position) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    position_->last = *at_;
    if (*at_ == '\n') ++position_->line;
    ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  ReadPosition* position_;
};

std::string escaped(std::string_view key) {
  std::string text;
  for (char c : key) {
    if (c == '~')
      text += "~0";
    else if (c == '/')
      text += "~1";
    else
      text += c;
  }
  return text;
}

// Notes the line of every field as the parser passes it.
class LineRecorder : public nlohmann::json_sax<json> {
 public:
  LineRecorder(const ReadPosition& position, std::map<std::string, int>& lines)
      : position_(position), lines_(lines) {}

  std::string duplicate;  // pointer of the first key that stands twice
  int duplicate_line = 0;  // of the second of them
  std::string syntax_problem;
  std::size_t problem_byte = 0;

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool string(string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    levels_.back().child = levels_.back().pointer + "/" + escaped(name);
    const bool first = lines_.emplace(levels_.back().child, position_.token_line()).second;
    if (!first && duplicate.empty()) {
      duplicate = levels_.back().child;
      duplicate_line = position_.token_line();
    }
    return true;
  }
  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception& problem) override {
    problem_byte = byte;
    syntax_problem = problem.what();
    return false;
  }

 private:
  struct Level {
    std::string pointer;
    bool array = false;
    std::size_t next = 0;
    std::string child;  // the key that waits for its value
  };

  std::string place() {
    if (levels_.empty()) return {};
    Level& level = levels_.back();
    return level.array ? level.pointer + "/" + std::to_string(level.next++) : level.child;
  }
  bool value() {
    lines_.emplace(place(), position_.token_line());
    return true;
  }
  bool open(bool array) {
    std::string pointer = place();
    lines_.emplace(pointer, position_.token_line());
    levels_.push_back({.pointer = std::move(pointer), .array = array, .next = 0, .child = {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }

  const ReadPosition& position_;
  std::map<std::string, int>& lines_;
  std::vector<Level> levels_;
};

// "/requests/text_to_image/json/n" -> "requests.text_to_image.json.n"
std::string dotted(std::string_view pointer) {
  std::string text;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      if (i > 0) text += '.';
    } else if (pointer[i] == '~' && i + 1 < pointer.size()) {
      text += pointer[++i] == '0' ? '~' : '/';
    } else {
      text += pointer[i];
    }
  }
  return text;
}

// The parser's text is "[json.exception...] parse error at line 3, column 5: what is wrong".
std::string plain_problem(const std::string& text) {
  const auto column = text.find("column ");
  const auto colon = text.find(": ", column == std::string::npos ? 0 : column);
  std::string problem = colon == std::string::npos ? text : text.substr(colon + 2);
  const auto says = [&](std::string_view words) { return problem.find(words) != problem.npos; };
  if (says("object key - unexpected '}'") || says("value - unexpected ']'"))
    problem += "; is there a comma too many before it?";
  else if (says("unexpected string literal; expected '}'") || says("expected ']'"))
    problem += "; is a comma or a bracket missing before it?";
  return problem;
}

void merge(json& base, const json& changes) {
  if (!base.is_object() || !changes.is_object()) {
    base = changes;
    return;
  }
  for (const auto& [key, value] : changes.items()) {
    if (value.is_null())
      base.erase(key);
    else if (key.rfind('$', 0) == 0)
      base[key] = value;
    else
      merge(base[key], value);
  }
}

constexpr const char* kFixHint = "Correct the file. Until then it is left out.";

[[noreturn]] void fail_at_line(const std::string& path, int line, const std::string& problem) {
  throw Failure(ErrorCode::configuration, fmt::format("{}:{}: {}", path, line, problem), kFixHint);
}

}  // namespace

JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonDocument JsonDocument::read(const std::filesystem::path& path) {
  std::string text;
  try {
    text = read_text_file(path, kMaxDocumentBytes);
  } catch (const Failure& failure) {
    throw Failure(ErrorCode::configuration, failure.error().message, kFixHint,
                  failure.error().detail);
  }
  return parse(text, path.string());
}

JsonDocument JsonDocument::parse(std::string_view text, std::string path) {
  JsonDocument document;
  document.path_ = std::move(path);
  ReadPosition position;
  std::map<std::string, int> lines;
  LineRecorder recorder(position, lines);
  const CountingIterator begin(text.data(), &position);
  const CountingIterator end(text.data() + text.size(), &position);
  if (!json::sax_parse(begin, end, &recorder, json::input_format_t::json, true, true)) {
    const auto before = text.substr(0, std::min(text.size(), recorder.problem_byte));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    fail_at_line(document.path_, static_cast<int>(line), plain_problem(recorder.syntax_problem));
  }
  document.places_[{}] = {document.path_, 1};
  for (const auto& [pointer, line] : lines) document.places_[pointer] = {document.path_, line};
  if (!recorder.duplicate.empty())
    fail_at_line(document.path_, recorder.duplicate_line,
                 fmt::format("field {}: stands twice in the same object, first in line {}",
                             dotted(recorder.duplicate), document.line_of(recorder.duplicate)));
  document.root_ =
      std::make_unique<const json>(json::parse(text.begin(), text.end(), nullptr, true, true));
  return document;
}

JsonDocument JsonDocument::merged(const JsonDocument& base, const JsonDocument& changes) {
  JsonDocument document;
  document.path_ = changes.path_;
  json root = base.root();
  merge(root, changes.root());
  document.root_ = std::make_unique<const json>(std::move(root));
  document.places_ = base.places_;
  for (const auto& [pointer, place] : changes.places_) document.places_[pointer] = place;
  return document;
}

const JsonDocument::Place& JsonDocument::place_of(std::string pointer) const {
  for (;;) {
    const auto found = places_.find(pointer);
    if (found != places_.end()) return found->second;
    pointer.resize(pointer.rfind('/'));  // the whole document is always there
  }
}

void JsonDocument::fail(const std::string& pointer, const std::string& problem) const {
  const std::string field = pointer.empty() ? "" : fmt::format("field {}: ", dotted(pointer));
  const Place& place = place_of(pointer);
  fail_at_line(place.file, place.line, field + problem);
}

JsonField::JsonField(const JsonDocument& document)
    : JsonField(document, document.root(), std::string()) {}

JsonField::JsonField(const JsonDocument& document, const json& value, std::string pointer)
    : document_(&document), value_(&value), pointer_(std::move(pointer)) {}

std::string JsonField::name() const {
  return dotted(pointer_);
}

std::optional<JsonField> JsonField::find(const std::string& key) const {
  if (!value_->is_object()) fail_kind("an object");
  const auto found = value_->find(key);
  if (found == value_->end()) return std::nullopt;
  return JsonField(*document_, *found, pointer_ + "/" + escaped(key));
}

JsonField JsonField::require(const std::string& key) const {
  if (auto field = find(key)) return *field;
  fail(fmt::format("\"{}\" is missing", key));
}

std::string JsonField::text() const {
  if (!value_->is_string()) fail_kind("text");
  auto text = value_->get<std::string>();
  if (text.empty()) fail("must not be empty");
  return text;
}

double JsonField::number() const {
  if (!value_->is_number()) fail_kind("a number");
  return value_->get<double>();
}

std::int64_t JsonField::integer(std::int64_t low, std::int64_t high) const {
  if (!value_->is_number_integer()) fail_kind("a whole number");
  const auto number = value_->get<std::int64_t>();
  if (number < low || number > high) fail(fmt::format("must be from {} to {}", low, high));
  return number;
}

bool JsonField::boolean() const {
  if (!value_->is_boolean()) fail_kind("true or false");
  return value_->get<bool>();
}

std::string JsonField::word(const std::vector<std::string>& words) const {
  std::string text = this->text();
  if (std::find(words.begin(), words.end(), text) != words.end()) return text;
  const std::string near = nearest(text, words);
  fail(near.empty() ? fmt::format("\"{}\" is none of {}", text, fmt::join(words, ", "))
                    : fmt::format("unknown \"{}\"; did you mean \"{}\"?", text, near));
}

std::vector<JsonField> JsonField::items() const {
  if (!value_->is_array()) fail_kind("a list");
  std::vector<JsonField> fields;
  for (std::size_t i = 0; i < value_->size(); ++i)
    fields.push_back(JsonField(*document_, (*value_)[i], pointer_ + "/" + std::to_string(i)));
  return fields;
}

std::vector<std::pair<std::string, JsonField>> JsonField::members() const {
  if (!value_->is_object()) fail_kind("an object");
  std::vector<std::pair<std::string, JsonField>> fields;
  for (const auto& [key, member] : value_->items())
    fields.emplace_back(key, JsonField(*document_, member, pointer_ + "/" + escaped(key)));
  return fields;
}

std::vector<std::string> JsonField::texts() const {
  if (value_->is_string()) return {text()};
  std::vector<std::string> texts;
  for (const JsonField& item : items()) texts.push_back(item.text());
  return texts;
}

bool JsonField::is_text() const {
  return value_->is_string();
}
bool JsonField::is_array() const {
  return value_->is_array();
}
bool JsonField::is_object() const {
  return value_->is_object();
}

void JsonField::only_keys(const std::vector<std::string>& keys) const {
  for (const auto& [key, member] : members()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string near = nearest(key, keys);
    member.fail(near.empty() ? fmt::format("unknown field; known are {}", fmt::join(keys, ", "))
                             : fmt::format("unknown field; did you mean \"{}\"?", near));
  }
}

void JsonField::fail(const std::string& problem) const {
  document_->fail(pointer_, problem);
}

void JsonField::fail_kind(std::string_view wanted) const {
  fail(fmt::format("must be {}, is {}", wanted, value_->type_name()));
}

}  // namespace castboard
