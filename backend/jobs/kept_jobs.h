#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/model.h"

namespace castboard {

// What the library could not take: pictures that were received, and perhaps paid, and what a
// provider said to ask for a job by. One directory a job, outside the library, of this user alone;
// a later start finds it and saves it. Blocking; any thread, but one thread a job.
class KeptJobs {
 public:
  struct Kept {
    JobId job;
    std::string provider_job_id;
    std::string continuation;
    std::string received;                      // received_to_json's text
    std::vector<std::filesystem::path> files;  // one a picture, in order; empty: none received yet
    bool unusable = false;  // they are no pictures: kept for the user, not tried again
    std::filesystem::path directory;
  };

  // Tried in this order.
  explicit KeptJobs(std::vector<std::filesystem::path> places) : places_(std::move(places)) {}

  // Over what was kept before; durable when it returns. Throws Failure when no place takes it.
  Kept keep(const Job& job, const std::vector<std::vector<std::uint8_t>>& pictures,
            const std::string& received, bool unusable = false) const;
  // What came with pictures that can be used and is none, in a directory of its own that stays: for
  // the user alone. Answers which one; throws Failure when no place takes it.
  std::filesystem::path keep_beside(const JobId& job,
                                    const std::vector<std::vector<std::uint8_t>>& bytes) const;
  // One of several pictures while others are missing, until all are saved: in a directory of its
  // own, durable when it returns. `address` tells it from the others, `received` is as of `keep`.
  // Throws Failure when no place takes it.
  void keep_early(const JobId& job, std::string_view address,
                  const std::vector<std::uint8_t>& picture, const std::string& received) const;
  struct Early {
    std::vector<std::filesystem::path> files;  // one a picture, in the order they came
    std::string received;
    std::filesystem::path directory;  // of the first of them
  };
  [[nodiscard]] std::optional<Early> find_early(const JobId& job) const;
  // nullopt also where it cannot be read.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> early_picture(
      const JobId& job, std::string_view address) const;
  void remove_early(const JobId& job) const;
  [[nodiscard]] std::optional<Kept> find(const JobId& job) const;
  // All that is there, of any library; what cannot be read is left out.
  [[nodiscard]] std::vector<Kept> all() const;
  // Throws Failure.
  [[nodiscard]] static std::vector<std::vector<std::uint8_t>> pictures_of(const Kept& kept);
  // Once it is saved. What cannot be removed stays.
  void remove(const JobId& job) const;

 private:
  std::vector<std::filesystem::path> places_;
};

}  // namespace castboard
