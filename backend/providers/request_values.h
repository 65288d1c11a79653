#pragma once

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

std::optional<ReferenceSet> reference_set(std::string_view name);

// Every name a template may use; with it a mistyped one is found when the file is read.
std::vector<std::string> request_value_names(const std::map<std::string, JsonTemplate>& options);

// One reference as templates see it.
struct NumberedReference {
  const ReferenceImage* image = nullptr;
  std::string role;  // "character", "background"
  int index = 0;     // from 0 in its set

  [[nodiscard]] std::string file_name() const;  // "character_1.png"
};

struct RequestValues {
  const Descriptor& descriptor;
  const ProviderRequest& request;
  std::string model;
  std::optional<SizeChoice> size;
  bool shortened = false;  // for previews: pictures by their size only

  // null: not set.
  [[nodiscard]] nlohmann::json value(const std::string& name,
                                     const NumberedReference* reference) const;
  [[nodiscard]] std::vector<NumberedReference> references(ReferenceSet set) const;
  // nullopt when a name in it is not set.
  [[nodiscard]] std::optional<std::string> fill(std::string_view text,
                                                const NumberedReference* reference) const;
  // A template's JSON with the values in place: keys whose value is not set are left out, and so
  // are objects and lists that lost all they had. null when nothing is left.
  [[nodiscard]] nlohmann::json expand(const nlohmann::json& text,
                                      const NumberedReference* reference) const;
};

}  // namespace castboard
