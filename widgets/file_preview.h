#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castboard/session.h"
#include "compare_view.h"
#include "keymap.h"
#include "sheet_view.h"
#include "texture_cache.h"
#include "theme.h"

namespace castboard {

// A picture file, as far as it is known.
struct PreviewFile {
  std::string path;
  int width = 0;  // known once it has been decoded
  int height = 0;
};

struct FilePreviewOptions {
  bool can_use_as_reference = false;  // offers it
  bool can_close = false;             // offers it; Esc does too
};

struct FilePreviewResult {
  std::string use_as_reference;  // this file
  bool close = false;
  double next_frame_in = -1;  // seconds until something moves by itself
};

// Any picture files as 3x3 sheets: the sheet view, a comparison of two files or two cells, saving
// the cells, a strip of the files. What the preview window and the panel show of files that belong
// to no library. Owned by either, drawing thread only; session and textures outlive it.
class FilePreview {
 public:
  FilePreview(Session& session, TextureCache& textures) : session_(session), textures_(textures) {}

  // These instead; the chosen cell, the zoom and the mode stay.
  void show(std::vector<std::string> paths);
  // These too, and looks at the first of them; one that is there already is looked at only.
  void add(const std::vector<std::string>& paths);
  // True when the reply was asked for here.
  bool apply(const Reply& reply);
  // `keyboard_navigates`: Dear ImGui's mark is showing, so Enter and Space are its own. True when
  // an arrow key was used, which moves that mark too.
  bool take_keys(const Keymap& keymap, bool keyboard_navigates);
  FilePreviewResult draw(const Look& look, const Keymap& keymap, const FilePreviewOptions& options);

  [[nodiscard]] const std::vector<PreviewFile>& files() const { return files_; }
  [[nodiscard]] int shown() const { return shown_; }
  [[nodiscard]] int cell() const { return single_ ? cell_ : 0; }  // that fills the view
  [[nodiscard]] bool compares() const { return compares_; }
  [[nodiscard]] bool waiting() const { return bool(saving_); }
  // What saving the cells came to: where they are, or what went wrong. Empty: nothing to say.
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  void show_file(int number);
  void show_cell(int number);
  void compare();
  void step_compared(int by);
  void swap_compared();
  void go_back();
  void save_cells();
  [[nodiscard]] const PreviewFile& file() const { return files_[static_cast<std::size_t>(shown_)]; }
  [[nodiscard]] std::vector<SheetCell> cells_of(const PreviewFile& file) const;
  [[nodiscard]] ComparedPicture compared_picture(int number, int cell) const;
  Thumbnail picture(const PictureRequest& request);
  void draw_header(const Look& look, const Keymap& keymap, const FilePreviewOptions& options,
                   FilePreviewResult& result);
  void draw_compare_header(const Look& look, const Keymap& keymap);
  void draw_sheet(const Look& look, const Keymap& keymap, float height, FilePreviewResult& result);
  void draw_comparison(const Look& look, const Keymap& keymap, float height);
  void draw_strip(const Look& look);
  void draw_file(const Look& look, int number, ImVec2 at, float side);

  Session& session_;
  TextureCache& textures_;
  std::vector<PreviewFile> files_;
  int shown_ = 0;
  int cell_ = 0;
  bool single_ = false;
  bool compares_ = false;
  int compared_ = 0;       // file B
  int compared_cell_ = 0;  // of B; 0: the same as A's
  bool flashing_ = false;
  bool leaves_ = false;  // asked for by key
  int scrolled_to_ = -1;
  SheetViewState view_;
  CompareViewState compare_;
  Ticket<SavedCells> saving_;
  std::string message_;
  bool is_mistake_ = false;
};

}  // namespace castboard
