#include "library/export_pictures.h"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <set>

#include "imaging/contact_sheet.h"
#include "imaging/imaging.h"
#include "library/export_names.h"
#include "library/export_selection.h"
#include "os/files.h"

namespace castboard {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSniffedBytes = 32;
constexpr int kMaxAttempts = 10'000;

// "~/Desktop" is what people type.
fs::path directory_of(const std::string& text) {
  fs::path path(text);
  if (text == "~" || text.rfind("~/", 0) == 0)
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
      path = fs::path(home) / text.substr(text.size() > 1 ? 2 : 1);
  return fs::absolute(path).lexically_normal();
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

fs::path checked_directory(const ExportRequest& request, const PictureFiles& files) {
  if (request.directory.empty())
    throw Failure(ErrorCode::invalid_input, "There is no folder to save to.", "Name one.");
  const fs::path directory = directory_of(request.directory);
  std::error_code error;
  if (fs::exists(directory, error) && !fs::is_directory(directory, error))
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("{} is a file, not a folder.", directory.string()),
                  "Name a folder; one that is not there is made.");
  const fs::path library = fs::absolute(files.path_of("images")).parent_path().lexically_normal();
  if (lies_in(directory, library))
    throw Failure(
        ErrorCode::invalid_input,
        fmt::format("{} lies in the library, which looks after its own files.", directory.string()),
        "Choose a folder outside of it.");
  return directory;
}

// The names of one export: those given in it, and those that are there already.
class Names {
 public:
  Names(fs::path directory, bool overwrite)
      : directory_(std::move(directory)), overwrite_(overwrite) {}

  struct Name {
    fs::path path;
    bool taken = false;  // something of the wished name is there
  };

  // The next free name at or after attempt `from`.
  Name next(const std::string& stem, std::string_view extension, int& from) {
    Name name;
    for (; from < kMaxAttempts; ++from) {
      const std::string file = numbered_name(stem, from, extension);
      name.path = directory_ / file;
      std::error_code error;
      const bool there = fs::symlink_status(name.path, error).type() != fs::file_type::not_found;
      name.taken = name.taken || there;
      if (given_.contains(file) || (there && !overwrite_)) continue;
      given_.insert(file);
      return name;
    }
    throw Failure(
        ErrorCode::invalid_input,
        fmt::format("{} has {} files called {} already.", directory_.string(), kMaxAttempts, stem),
        "Choose an empty folder.");
  }

 private:
  fs::path directory_;
  bool overwrite_;
  std::set<std::string> given_;
};

class Export {
 public:
  Export(const ExportContext& context, const ExportRequest& request, fs::path directory)
      : context_(context), request_(request), names_(directory, request.overwrite) {
    report_.directory = directory.string();
  }

  ExportReport run() {
    const ExportSelection selection = choose_pictures(context_, request_);
    report_.notes = selection.notes;
    if (request_.what == ExportWhat::contact_sheet) {
      write_contact_sheet(selection);
    } else {
      for (const ChosenPicture& picture : selection.pictures) {
        try {
          write_picture(picture);
        } catch (const Failure& failure) {
          throw with_count(failure.error(), selection.pictures.size());
        }
      }
    }
    return std::move(report_);
  }

 private:
  static std::string stem_of(const ChosenPicture& picture) {
    const std::string stem = picture_stem(picture.character_name, picture.character_id,
                                          picture.template_type, picture.version_number);
    return picture.cell == 0 ? stem : cell_stem(stem, picture.cell, picture.pose);
  }

  Failure with_count(Error error, std::size_t wanted) const {
    if (!report_.files.empty() && !request_.dry_run)
      error.message += fmt::format(" ({} of {} files were written to {})", report_.files.size(),
                                   wanted, report_.directory);
    return Failure(std::move(error));
  }

  // The file's own bytes decide its extension.
  static std::string_view extension_by(std::span<const std::uint8_t> bytes,
                                       const ChosenPicture& picture) {
    const std::optional<PictureFormat> format = sniff_format(bytes);
    if (!format)
      throw Failure(ErrorCode::bad_picture,
                    fmt::format("{} of {} is {} in the library, not a picture",
                                version_label(picture.version_number), picture.character_name,
                                describe_bytes(bytes)),
                    "castboard library verify says more.");
    return extension_of(*format);
  }

  void write_picture(const ChosenPicture& picture) {
    ExportedFile file;
    file.url = picture.url;
    file.character_id = picture.character_id;
    file.version_id = picture.version_id;
    file.cell = picture.cell;
    file.pose = picture.pose;
    PictureFiles& files = context_.library.files();
    if (request_.dry_run) {
      const auto start = read_file_start(files.path_of(picture.url), kSniffedBytes);
      place(stem_of(picture), extension_by(start, picture), {}, file);
      return;
    }
    const std::vector<std::uint8_t> bytes = files.read(picture.url, kMaxPictureBytes);
    place(stem_of(picture), extension_by(bytes, picture), bytes, file);
  }

  // Under the first free name; nothing is written in a dry run.
  void place(const std::string& stem, std::string_view extension,
             std::span<const std::uint8_t> bytes, ExportedFile& file) {
    for (int attempt = 0;; ++attempt) {
      const Names::Name name = names_.next(stem, extension, attempt);
      file.path = name.path.string();
      file.name_taken = file.name_taken || name.taken;
      if (!request_.dry_run) {
        if (request_.overwrite) {
          write_file_atomically(name.path, bytes, Durability::durable);
        } else if (!write_new_file_atomically(name.path, bytes)) {
          file.name_taken = true;
          continue;  // somebody else was faster
        }
        file.bytes = bytes.size();
      }
      report_.files.push_back(file);
      return;
    }
  }

  void write_contact_sheet(const ExportSelection& selection) {
    if (selection.pictures.empty())
      throw Failure(ErrorCode::not_found, "There is no picture to put on the contact sheet.",
                    report_.notes.empty() ? "Choose others." : report_.notes.front());
    ExportedFile file;
    if (request_.dry_run) {
      place(selection.contact_name, "png", {}, file);
      return;
    }
    ContactSheetDrawing drawing;
    drawing.options = request_.contact_sheet;
    for (const CaptionFont& font : context_.fonts) {
      std::error_code missing;
      if (!fs::is_regular_file(font.file, missing)) continue;
      drawing.fonts.push_back({read_file(font.file, kMaxPictureBytes), font.face});
    }
    if (drawing.options.captions && drawing.fonts.empty()) {
      drawing.options.captions = false;
      report_.notes.push_back("There is no font for captions, so they were left out");
    }
    PictureFiles& files = context_.library.files();
    for (const ChosenPicture& picture : selection.pictures) {
      ContactTile tile;
      tile.url = picture.url;
      tile.title = picture.character_name;
      tile.note = version_label(picture.version_number);
      if (const std::string title = pose_title(picture); !title.empty()) tile.note += "  " + title;
      tile.status = picture.status;
      drawing.tiles.push_back(std::move(tile));
    }
    drawing.picture = [&files](const std::string& url) {
      return decode_picture(files.read(url, kMaxPictureBytes));
    };
    place(selection.contact_name, "png", encode_png(draw_contact_sheet(drawing)), file);
  }

  [[nodiscard]] std::string pose_title(const ChosenPicture& picture) const {
    const Shot* shot = context_.catalogue.find_shot(picture.template_type, picture.pose);
    return shot != nullptr ? shot->title : picture.pose;
  }

  const ExportContext& context_;
  const ExportRequest& request_;
  Names names_;
  ExportReport report_;
};

}  // namespace

ExportReport export_pictures(const ExportContext& context, const ExportRequest& request) {
  return Export(context, request, checked_directory(request, context.library.files())).run();
}

}  // namespace castboard
