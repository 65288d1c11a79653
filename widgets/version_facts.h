#pragma once

#include <string>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/version_record.h"

// Every setting of a version in the words of the screen. Pure; no ImGui, no thread.
namespace castboard {

struct Fact {
  std::string key;       // "seed"; stable, the tests' and the item's name
  std::string label;     // "Seed"
  std::string value;     // what is shown and copied
  bool is_long = false;  // a text of its own below its label, such as the prompt
};

struct FactGroup {
  std::string title;  // empty: the first one
  std::vector<Fact> facts;
};

struct VersionFactsInput {
  const Version& version;
  const Catalogue* catalogue = nullptr;  // keys are shown as they are without one
  std::string character_name = {};
  std::string user_name = {};      // of the version's user, where it is known
  std::string path = {};           // of its picture on disk
  std::string original_path = {};  // of what was received, where that is another file
};

// Only what there is: a version without a seed has no line for it.
std::vector<FactGroup> version_facts(const VersionFactsInput& input);

// All of them as lines "Label: value", groups apart: for the clipboard.
std::string facts_text(const std::vector<FactGroup>& groups);

// "2026-01-31 12:00:05 UTC" of the database's way to write a time; anything else as it is.
std::string readable_time(const std::string& time);
// "850 ms", "12.4 s", "3 min 05 s".
std::string readable_duration(std::int64_t milliseconds);

}  // namespace castboard
