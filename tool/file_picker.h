#pragma once

#include <filesystem>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include <imgui.h>

namespace castboard {

// What a directory holds, as the picker lists it: folders first, then pictures, by name.
struct DirectoryListing {
  std::filesystem::path directory;
  std::vector<std::string> folders;
  std::vector<std::string> pictures;
  std::string problem;  // why it cannot be read; empty: it was
};

// Reads `directory`, or the one that holds it when it is a file. Any thread.
[[nodiscard]] DirectoryListing list_pictures(const std::filesystem::path& directory);

// Asks for a picture file, or for a folder to save to, in a modal window. Drawing thread;
// directories are read on a thread of its own, since one on a slow disk must not stop the window.
class FilePicker {
 public:
  using Done = std::function<void(std::string path)>;
  enum class Kind { picture, folder };

  // `done` gets the path, empty when cancelled, during a later `draw`.
  void open(Kind kind, Done done);
  void draw(ImFont* heading_font, float scale);
  [[nodiscard]] bool is_open() const { return static_cast<bool>(done_); }

 private:
  void go_to(std::filesystem::path directory);
  void take_listing();
  void path_row(float scale);
  void entries();
  void buttons(float scale);
  void finish(std::string path);

  Done done_;
  Kind kind_ = Kind::picture;
  bool opening_ = false;
  std::string typed_;
  std::string chosen_;  // file name in the listing
  DirectoryListing listing_;
  std::future<DirectoryListing> reading_;
  std::filesystem::path next_;  // asked for while another is read
};

}  // namespace castboard
