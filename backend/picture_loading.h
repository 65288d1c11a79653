#pragma once

#include <cstddef>
#include <filesystem>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "castboard/events.h"

namespace castboard {

// Answers picture requests from files. What is looked at closely is asked for again and again, one
// part after the other: of such files the decoded pictures are kept for a while, within a budget,
// and decoded once however many ask at the same time. Owned by a session; any thread. Throws
// Failure (`bad_picture`, `not_found`).
class PictureLoader {
 public:
  static constexpr std::size_t kKeptBytes = std::size_t{256} * 1024 * 1024;

  explicit PictureLoader(std::size_t kept_bytes = kKeptBytes) : kept_bytes_(kept_bytes) {}

  // `path` and `other_path` are where the request's URLs lie on disk.
  PicturePtr load(const PictureRequest& request, const std::string& path,
                  const std::string& other_path);
  // Decoded pictures that are kept now.
  [[nodiscard]] std::size_t kept() const;

 private:
  using Decoded = std::shared_ptr<const Image>;
  struct Kept {
    std::string path;
    std::filesystem::file_time_type changed;
    std::shared_future<Decoded> image;
    std::size_t bytes = 0;  // 0: not decoded yet
  };

  Decoded decoded(const std::string& path, bool keep);
  void make_room();  // with the mutex held

  const std::size_t kept_bytes_;
  mutable std::mutex mutex_;
  std::list<Kept> files_;  // used last first
};

}  // namespace castboard
