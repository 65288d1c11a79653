#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "catalogue/json_document.h"
#include "providers/condition.h"
#include "providers/descriptor.h"

// Reading the pieces a descriptor is made of. All throw Failure(configuration): file, line, field.
namespace castboard {

std::string text_or(const JsonField& field, const std::string& key, std::string other);
bool flag(const JsonField& field, const std::string& key, bool other);
std::vector<std::string> texts_or_none(const JsonField& field, const std::string& key);
// From 0 to a day.
std::chrono::milliseconds seconds(const JsonField& field, const std::string& key,
                                  std::chrono::milliseconds other);
std::string header_name(const JsonField& field);  // lower case
// Of a header to be sent.
void check_header_name(const JsonField& place, const std::string& name);
// Names or "*.studio.lan", without scheme, port or path.
std::vector<std::string> hosts_or_none(const JsonField& field, const std::string& key);
std::regex read_regex(const JsonField& field);

JsonPath read_path(const JsonField& field);
std::vector<JsonPath> paths_or_none(const JsonField& field, const std::string& key);

// The keys of a condition, for `only_keys`.
std::vector<std::string> with_condition_keys(std::vector<std::string> keys);
Condition read_condition(const JsonField& field);
// An object of nothing but a condition.
Condition require_condition(const JsonField& field);

}  // namespace castboard
