#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "imaging/imaging.h"
#include "library/library.h"
#include "os/processes.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard::testing {

// A library with real files: Mira and what a test gives her.
class CastOnDisk : public ::testing::Test {
 protected:
  CastOnDisk()
      : library_(open_sqlite_store({.directory = root().string()}), PictureFiles(root()), [] {}) {
    library_.write([this](StoreWriter& writer) {
      writer.ensure_user(user_, "ada");
      project_ = writer.add_project("Northwind").id;
    });
    mira_ = add_character("Mira Voss");
  }

  [[nodiscard]] std::filesystem::path root() const { return directory_.path() / "library"; }

  CharacterId add_character(const std::string& name) {
    return library_.write([&](StoreWriter& writer) {
      return writer.add_character({project_, name, {}, {}}).id;
    });
  }

  Version add_picture(const CharacterId& character, const Image& image, const std::string& shot,
                      ActivatePolicy policy = ActivatePolicy::always) {
    return add_bytes(character, encode_png(image), "png", image, "action_pose", shot, policy,
                     false);
  }
  Version add_sheet(const CharacterId& character, const Image& image,
                    ActivatePolicy policy = ActivatePolicy::always) {
    return add_bytes(character, encode_png(image), "png", image, "expression_sheet", "all", policy,
                     true);
  }
  Version add_bytes(const CharacterId& character, const std::vector<std::uint8_t>& bytes,
                    const std::string& extension, const Image& image, const std::string& kind,
                    const std::string& shot, ActivatePolicy policy, bool cells) {
    NewVersion made;
    made.activate = policy;
    Version& version = made.version;
    version.character_id = character;
    version.user_id = user_;
    version.version_name = "Test";
    version.template_type = kind;
    version.shot = shot;
    version.art_style = "anime";
    version.aspect_ratio = "1:1";
    version.provider = "sketch";
    version.width = image.width;
    version.height = image.height;
    version.content_hash = PictureFiles::content_hash(bytes);
    version.image_url = library_.files().store_original(bytes, version.content_hash, extension);
    if (cells) {
      const std::vector<std::string> poses{"happy",   "sad",     "angry", "surprised", "fear",
                                           "disgust", "neutral", "smirk", "laugh"};
      const auto boxes = sheet_thirds(image.width, image.height);
      for (std::size_t i = 0; i < boxes.size(); ++i)
        version.cells.push_back(
            {static_cast<int>(i) + 1, poses[i], boxes[i], {}, Status::none, {}, 0});
      library_.files().store_cells(image, version.content_hash, version.cells);
    }
    return library_.write(
        [&](StoreWriter& writer) { return writer.add_version(made, JobOwner{}, false); });
  }

  Version version(const VersionId& id) {
    return library_.read([&](StoreReader& reader) { return reader.version(id, user_).value(); });
  }
  Image picture(const std::string& url) {
    return decode_picture(library_.files().read(url, kMaxPictureBytes));
  }

  TemporaryDirectory directory_;
  Library library_;
  UserId user_ = "00000000-0000-5000-8000-000000000001";
  ProjectId project_;
  CharacterId mira_;
};

}  // namespace castboard::testing
