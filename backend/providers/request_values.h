#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "providers/descriptor.h"
#include "providers/provider.h"

// What a descriptor's templates can name, and what stands behind the names for one request.
namespace castboard {

// An object key "$each references" repeats what is below it for every reference.
inline constexpr std::string_view kEachKey = "$each ";
// An object with this key alone is what stands below it, as text: "7", or JSON inside a string.
inline constexpr const char* kTextKey = "$text";

std::optional<ReferenceSet> reference_set(std::string_view name);

// Every name a template may use but those captured from answers; with it a mistyped one is found
// when the file is read.
std::vector<std::string> request_value_names(const Descriptor& descriptor);
// "ref.", "character_ref.", "ref_1." ...
const std::vector<std::string>& reference_beginnings();

using ValueTable = std::map<std::string, JsonTemplate>;

// What the answers so far gave.
struct CapturedValues {
  ValueTable session;                     // {session.NAME}: credentials, never written down
  ValueTable got;                         // {got.NAME}
  std::vector<ValueTable> of_references;  // {ref.got.NAME}, by position among all references
  std::string job_id;
};

// One reference as templates see it.
struct NumberedReference {
  const ReferenceImage* image = nullptr;
  std::string role;          // "character", "background"
  int index = 0;             // from 0 in its set
  std::size_t position = 0;  // from 0 among all

  [[nodiscard]] std::string file_name() const;  // "character_1.png"
};

struct RequestValues {
  const Descriptor& descriptor;
  const ProviderRequest& request;
  const CapturedValues& captured;
  std::string model;
  std::optional<SizeChoice> size;
  std::optional<std::int64_t> seed;  // asked for, or drawn
  bool shortened = false;            // for previews: pictures by their size, answers by their name
  std::string secret;                // only where a descriptor may name it and it may be sent
  const nlohmann::json* item = nullptr;  // of {item.KEY}
  bool trusted = true;  // false: it goes where neither secret nor session may; they are not set

  // null: not set.
  [[nodiscard]] nlohmann::json value(const std::string& name,
                                     const NumberedReference* reference) const;
  [[nodiscard]] std::vector<NumberedReference> references(ReferenceSet set) const;
  // nullopt when a name in it is not set.
  [[nodiscard]] std::optional<std::string> fill(std::string_view text,
                                                const NumberedReference* reference) const;
  // The picture that is sent as a body; nullopt: there is none of that kind.
  [[nodiscard]] std::optional<NumberedReference> first_reference(
      ReferenceSet set, const NumberedReference* current) const;
  // A template's JSON with the values in place: keys whose value is not set are left out, and so
  // are objects and lists that lost all they had. null when nothing is left.
  [[nodiscard]] nlohmann::json expand(const nlohmann::json& text,
                                      const NumberedReference* reference) const;

 private:
  [[nodiscard]] nlohmann::json captured_value(const ValueTable& table, const std::string& key,
                                              const std::string& name) const;
  [[nodiscard]] nlohmann::json mapped_value(const std::string& name,
                                            const NumberedReference* reference) const;
  [[nodiscard]] nlohmann::json reference_value(const NumberedReference& reference,
                                               const std::string& name) const;
  [[nodiscard]] nlohmann::json expand_object(const nlohmann::json& text,
                                             const NumberedReference* reference) const;
  [[nodiscard]] nlohmann::json expand_list(const nlohmann::json& text,
                                           const NumberedReference* reference) const;
  [[nodiscard]] nlohmann::json expand_workflow(const nlohmann::json& workflow,
                                               const NumberedReference* reference) const;
};

}  // namespace castboard
