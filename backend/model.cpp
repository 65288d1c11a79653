#include "castboard/model.h"

#include "castboard/sheet.h"

#include <cstdio>

#include "castboard/export.h"
#include "castboard/poses.h"
#include "castboard/result.h"

namespace castboard {

namespace {

constexpr std::array<std::string_view, 4> kStatusWords{"none", "pending", "approved", "omitted"};
constexpr std::array<std::string_view, 5> kReferenceWords{"none", "file", "url", "version",
                                                          "active"};
constexpr std::array<std::string_view, 3> kPolicyWords{"unless_approved", "always", "never"};
constexpr std::array<std::string_view, 9> kJobStateWords{"queued",      "submitting", "running",
                                                         "downloading", "saving",     "done",
                                                         "failed",      "cancelled",  "uncertain"};
constexpr std::array<std::string_view, 5> kBillingWords{"open", "free", "billed", "not_billed",
                                                        "uncertain"};
constexpr std::array<std::string_view, 5> kExportWords{"active", "poses", "sheet", "cells",
                                                       "contact-sheet"};
constexpr std::array<std::string_view, 4> kContactWords{"active", "poses", "versions", "cells"};
constexpr std::array<std::string_view, 16> kErrorWords{
    "invalid_input", "not_found",     "ambiguous",    "library",  "read_only",     "disk_full",
    "network",       "timed_out",     "rate_limited", "refused",  "out_of_credit", "provider",
    "bad_picture",   "configuration", "uncertain",    "cancelled"};

template <class Enum, std::size_t N>
std::optional<Enum> find_word(const std::array<std::string_view, N>& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == text) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Status status) {
  return kStatusWords[static_cast<std::size_t>(status)];
}

std::optional<Status> parse_status(std::string_view text) {
  return find_word<Status>(kStatusWords, text);
}

std::string_view to_string(Reference::Kind kind) {
  return kReferenceWords[static_cast<std::size_t>(kind)];
}

std::optional<Reference::Kind> parse_reference_kind(std::string_view text) {
  return find_word<Reference::Kind>(kReferenceWords, text);
}

std::string_view to_string(ActivatePolicy policy) {
  return kPolicyWords[static_cast<std::size_t>(policy)];
}

std::optional<ActivatePolicy> parse_activate_policy(std::string_view text) {
  return find_word<ActivatePolicy>(kPolicyWords, text);
}

std::string_view to_string(JobState state) {
  return kJobStateWords[static_cast<std::size_t>(state)];
}

std::optional<JobState> parse_job_state(std::string_view text) {
  return find_word<JobState>(kJobStateWords, text);
}

std::string_view to_string(Billing billing) {
  return kBillingWords[static_cast<std::size_t>(billing)];
}

std::optional<Billing> parse_billing(std::string_view text) {
  return find_word<Billing>(kBillingWords, text);
}

std::string_view to_string(ExportWhat what) {
  return kExportWords[static_cast<std::size_t>(what)];
}

std::optional<ExportWhat> parse_export_what(std::string_view text) {
  return find_word<ExportWhat>(kExportWords, text);
}

std::string_view to_string(ContactOf of) {
  return kContactWords[static_cast<std::size_t>(of)];
}

std::optional<ContactOf> parse_contact_of(std::string_view text) {
  return find_word<ContactOf>(kContactWords, text);
}

int ExportReport::names_taken() const {
  int count = 0;
  for (const ExportedFile& file : files) count += file.name_taken ? 1 : 0;
  return count;
}

const PosePicture* CharacterPoses::find(std::string_view pose) const {
  for (const PosePicture& picture : pictures)
    if (picture.pose == pose) return &picture;
  return nullptr;
}

std::string_view to_string(ErrorCode code) {
  const auto index = static_cast<std::size_t>(code);
  return index < kErrorWords.size() ? kErrorWords[index] : "internal";
}

std::string version_label(int version_number) {
  char text[16];
  std::snprintf(text, sizeof text, "v%03d", version_number);
  return text;
}

std::string_view to_string(SheetFindingKind kind) {
  switch (kind) {
    case SheetFindingKind::seam_elsewhere:
      return "seam_elsewhere";
    case SheetFindingKind::empty_cell:
      return "empty_cell";
    case SheetFindingKind::twins:
      return "twins";
    case SheetFindingKind::odd_size:
      return "odd_size";
    case SheetFindingKind::cut_off:
      return "cut_off";
  }
  return "";
}

}  // namespace castboard
