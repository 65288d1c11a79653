#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catalogue/json_document.h"
#include "providers/descriptor.h"

namespace castboard {

// Reads the part of a descriptor that is about requests: what depends on the names templates may
// use. Lives while one descriptor is read. Throws Failure(configuration).
class RequestReader {
 public:
  // Options and maps are in the descriptor already.
  RequestReader(const JsonField& root, const Descriptor& descriptor);

  [[nodiscard]] std::vector<PreparingStep> session(const JsonField& root) const;
  [[nodiscard]] GenerationTemplate generation(const JsonField& field,
                                              const GenerationTemplate* text_to_image) const;
  [[nodiscard]] PollRule poll(const JsonField& field) const;
  [[nodiscard]] ProgressRule progress(const JsonField& field) const;
  [[nodiscard]] std::vector<CancelStep> cancel(const JsonField& field) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& common_headers() const {
    return common_headers_;
  }
  // A template that may also name {item.KEY}.
  [[nodiscard]] std::string item_text(const JsonField& field) const;

 private:
  using Names = std::vector<std::string>;

  [[nodiscard]] RequestTemplate request(const JsonField& field, const Names& names,
                                        const GenerationTemplate* text_to_image,
                                        const std::string& usual_method) const;
  void read_body(const JsonField& field, const Names& names,
                 const GenerationTemplate* text_to_image, RequestTemplate& request) const;
  [[nodiscard]] RequestTemplate asking(const JsonField& field) const;
  [[nodiscard]] Question question(const JsonField& field) const;
  [[nodiscard]] std::vector<PreparingStep> steps(const JsonField& field, const Names& names) const;
  [[nodiscard]] std::vector<Capture> captures(const JsonField& field) const;
  [[nodiscard]] PartTemplate part(const JsonField& field, const Names& names,
                                  const GenerationTemplate* text_to_image) const;
  [[nodiscard]] JsonTemplate json_template(const JsonField& field, const Names& names) const;
  [[nodiscard]] nlohmann::json checked_json(const JsonField& field, const Names& names) const;
  [[nodiscard]] nlohmann::json workflow(const JsonField& field, const Names& names) const;
  [[nodiscard]] std::string path_below_base(const JsonField& field, const Names& names) const;
  [[nodiscard]] std::string value_name(const JsonField& field, const Names& names) const;
  [[nodiscard]] JsonTemplate query(const JsonField& field, const Names& names) const;
  [[nodiscard]] std::string filled_text(const JsonField& field, const Names& names) const;

  Names names_;
  Names session_names_;                                              // and the secret
  std::vector<std::pair<std::string, std::string>> common_headers_;  // sent with every request
  nlohmann::json common_query_;  // with every request below the base URL
};

}  // namespace castboard
