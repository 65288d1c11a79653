#include "jobs/kept_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/digest.h"
#include "os/files.h"

namespace castboard {

namespace fs = std::filesystem;

namespace {

constexpr const char* kRecord = "job.json";
constexpr const char* kReceived = "received.json";
constexpr const char* kEarly = "-early";
constexpr std::size_t kNumberLength = 4;  // of "001-", which keeps early ones in order
constexpr std::size_t kAddressBytes = 16;
constexpr std::size_t kMaxRecordBytes = std::size_t{4} * 1024 * 1024;

// Ids become directory names; nothing else may.
bool can_name_directory(const JobId& job) {
  return !job.empty() && std::all_of(job.begin(), job.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

bool is_text(const std::vector<std::uint8_t>& bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
    return byte < ' ' && byte != '\n' && byte != '\r' && byte != '\t';
  });
}

// Also of what is no picture here: other programs open a file by its name.
std::string extension_for(const std::vector<std::uint8_t>& bytes) {
  if (const auto format = sniff_format(bytes)) return std::string(extension_of(*format));
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()),
                               std::min<std::size_t>(bytes.size(), 12));
  if (start.substr(0, 4) == "GIF8") return "gif";
  if (start.size() == 12 && start.substr(4, 4) == "ftyp") {
    const std::string_view brand = start.substr(8, 3);
    return brand == "avi" ? "avif" : brand == "hei" || brand == "mif" ? "heic" : "bin";
  }
  return is_text(bytes) ? "txt" : "bin";
}

// Addresses are long, and some have a key in them.
std::string name_of_address(std::string_view address) {
  const auto digest =
      sha256({reinterpret_cast<const std::uint8_t*>(address.data()), address.size()});
  return lower_hex(std::span(digest).first(kAddressBytes));
}

// "001-" and the digest; what was only half written has another name.
bool is_early_picture(const fs::path& file) {
  const std::string stem = file.stem().string();
  return stem.size() == kNumberLength + 2 * kAddressBytes && stem[kNumberLength - 1] == '-' &&
         std::all_of(stem.begin() + kNumberLength, stem.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void write_text(const fs::path& path, const std::string& text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  write_file_atomically(path, bytes, Durability::durable);
}

KeptJobs::Kept write_kept(const fs::path& place, const Job& job,
                          const std::vector<std::vector<std::uint8_t>>& pictures,
                          const std::string& received, bool unusable) {
  make_private_directory(place);
  KeptJobs::Kept kept;
  kept.job = job.id;
  kept.provider_job_id = job.provider_job_id;
  kept.continuation = job.continuation;
  kept.received = received;
  kept.unusable = unusable;
  kept.directory = place / job.id;
  make_private_directory(kept.directory);
  nlohmann::json names = nlohmann::json::array();
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::string name = fmt::format("{}.{}", i + 1, extension_for(pictures[i]));
    write_file_atomically(kept.directory / name, pictures[i], Durability::durable);
    kept.files.push_back(kept.directory / name);
    names.push_back(name);
  }
  // The record last: with it the files count.
  const nlohmann::json record{{"job", job.id},
                              {"character", job.character_name},
                              {"provider", job.request.provider},
                              {"provider_job_id", job.provider_job_id},
                              {"continuation", job.continuation},
                              {"received", received},
                              {"unusable", unusable},
                              {"files", names}};
  write_text(kept.directory / kRecord,
             record.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  return kept;
}

std::optional<KeptJobs::Kept> read_kept(const fs::path& directory) {
  try {
    const auto record = nlohmann::json::parse(read_text_file(directory / kRecord, kMaxRecordBytes));
    KeptJobs::Kept kept;
    kept.directory = directory;
    kept.job = record.at("job").get<std::string>();
    kept.provider_job_id = record.at("provider_job_id").get<std::string>();
    kept.continuation = record.at("continuation").get<std::string>();
    kept.received = record.at("received").get<std::string>();
    kept.unusable = record.at("unusable").get<bool>();
    for (const auto& name : record.at("files"))
      kept.files.push_back(directory / fs::path(name.get<std::string>()).filename());
    if (kept.job != directory.filename()) return std::nullopt;
    return kept;
  } catch (const std::exception&) {  // not one of ours, or not whole
    return std::nullopt;
  }
}

}  // namespace

KeptJobs::Kept KeptJobs::keep(const Job& job,
                              const std::vector<std::vector<std::uint8_t>>& pictures,
                              const std::string& received, bool unusable) const {
  if (!can_name_directory(job.id))
    throw Failure(ErrorCode::internal, fmt::format("'{}' is no job's id", job.id));
  std::optional<Failure> problem;
  for (const fs::path& place : places_) {
    try {
      return write_kept(place, job, pictures, received, unusable);
    } catch (const Failure& failure) {
      if (!problem) problem = failure;
    }
  }
  if (problem) throw *problem;
  throw Failure(ErrorCode::internal, "there is no place to keep it");
}

fs::path KeptJobs::keep_beside(const JobId& job,
                               const std::vector<std::vector<std::uint8_t>>& bytes) const {
  if (!can_name_directory(job))
    throw Failure(ErrorCode::internal, fmt::format("'{}' is no job's id", job));
  std::optional<Failure> problem;
  for (const fs::path& place : places_) {
    try {
      make_private_directory(place);
      const fs::path directory = place / (job + "-unusable");
      make_private_directory(directory);
      int number = 0;
      for (const auto& one : bytes) {
        fs::path file;
        do file = directory / fmt::format("{}.{}", ++number, extension_for(one));
        while (fs::exists(file));
        write_file_atomically(file, one, Durability::durable);
      }
      return directory;
    } catch (const Failure& failure) {
      if (!problem) problem = failure;
    }
  }
  if (problem) throw *problem;
  throw Failure(ErrorCode::internal, "there is no place to keep it");
}

void KeptJobs::keep_early(const JobId& job, std::string_view address,
                          const std::vector<std::uint8_t>& picture,
                          const std::string& received) const {
  if (!can_name_directory(job))
    throw Failure(ErrorCode::internal, fmt::format("'{}' is no job's id", job));
  const std::optional<Early> before = find_early(job);
  const std::string name = fmt::format("{:03}-{}.{}", before ? before->files.size() + 1 : 1,
                                       name_of_address(address), extension_for(picture));
  std::optional<Failure> problem;
  for (const fs::path& place : places_) {
    try {
      make_private_directory(place);
      const fs::path directory = place / (job + kEarly);
      make_private_directory(directory);
      write_text(directory / kReceived, received);
      write_file_atomically(directory / name, picture, Durability::durable);
      return;
    } catch (const Failure& failure) {
      if (!problem) problem = failure;
    }
  }
  if (problem) throw *problem;
  throw Failure(ErrorCode::internal, "there is no place to keep it");
}

std::optional<KeptJobs::Early> KeptJobs::find_early(const JobId& job) const {
  if (!can_name_directory(job)) return std::nullopt;
  Early early;
  for (const fs::path& place : places_) {
    std::error_code error;
    for (auto entry = fs::directory_iterator(place / (job + kEarly), error);
         !error && entry != fs::directory_iterator(); entry.increment(error))
      if (is_early_picture(entry->path())) early.files.push_back(entry->path());
  }
  if (early.files.empty()) return std::nullopt;
  std::sort(early.files.begin(), early.files.end(),
            [](const fs::path& a, const fs::path& b) { return a.filename() < b.filename(); });
  early.directory = early.files.front().parent_path();
  try {
    early.received = read_text_file(early.directory / kReceived, kMaxRecordBytes);
  } catch (const Failure&) {  // the pictures count without it
  }
  return early;
}

std::optional<std::vector<std::uint8_t>> KeptJobs::early_picture(const JobId& job,
                                                                 std::string_view address) const {
  const std::optional<Early> early = find_early(job);
  if (!early) return std::nullopt;
  const std::string wanted = name_of_address(address);
  for (const fs::path& file : early->files) {
    if (file.stem().string().substr(kNumberLength) != wanted) continue;
    try {
      return read_file(file, kMaxPictureBytes);
    } catch (const Failure&) {  // it has to come once more
    }
  }
  return std::nullopt;
}

void KeptJobs::remove_early(const JobId& job) const {
  if (!can_name_directory(job)) return;
  for (const fs::path& place : places_) {
    std::error_code ignored;
    fs::remove_all(place / (job + kEarly), ignored);
  }
}

std::optional<KeptJobs::Kept> KeptJobs::find(const JobId& job) const {
  if (!can_name_directory(job)) return std::nullopt;
  std::optional<Kept> found;
  for (const fs::path& place : places_) {
    std::optional<Kept> kept = read_kept(place / job);
    // One with pictures says more than one without.
    if (kept && (!found || (found->files.empty() && !kept->files.empty()))) found = std::move(kept);
  }
  return found;
}

std::vector<KeptJobs::Kept> KeptJobs::all() const {
  std::vector<Kept> found;
  for (const fs::path& place : places_) {
    std::error_code error;
    for (auto entry = fs::directory_iterator(place, error);
         !error && entry != fs::directory_iterator(); entry.increment(error))
      if (std::optional<Kept> kept = read_kept(entry->path())) found.push_back(std::move(*kept));
  }
  return found;
}

std::vector<std::vector<std::uint8_t>> KeptJobs::pictures_of(const Kept& kept) {
  std::vector<std::vector<std::uint8_t>> pictures;
  for (const fs::path& file : kept.files) pictures.push_back(read_file(file, kMaxPictureBytes));
  return pictures;
}

void KeptJobs::remove(const JobId& job) const {
  if (!can_name_directory(job)) return;
  for (const fs::path& place : places_) {
    std::error_code ignored;
    fs::remove(place / job / kRecord, ignored);  // first, so that the rest does not count
    fs::remove_all(place / job, ignored);
  }
}

}  // namespace castboard
