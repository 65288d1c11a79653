#include "jobs/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "imaging/imaging.h"
#include "os/files.h"
#include "os/processes.h"
#include "support/loopback_server.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class References : public ::testing::Test {
 protected:
  CopiedReference take(const Reference& reference, bool copy = true) {
    return take_reference(reference, "character", library_, named_uuid("ada"), http_, copy,
                          cancel_);
  }
  Error refusal(const Reference& reference) {
    return testing::failure_of([&] { take(reference); });
  }
  Reference file(const std::string& name, const std::vector<std::uint8_t>& bytes) {
    const fs::path path = directory_.path() / name;
    write_file_atomically(path, bytes, Durability::derived);
    return {Reference::Kind::file, path.string()};
  }

  testing::TemporaryDirectory directory_;
  Library library_{open_sqlite_store({.directory = (directory_.path() / "library").string()}),
                   PictureFiles(directory_.path() / "library"), [] {}};
  Http http_{HttpOptions{}};
  Cancellation cancel_;
  std::vector<std::uint8_t> png_ = encode_png(testing::drawing(12, 8, 1));
};

TEST_F(References, are_copied_by_hash_and_found_again_when_the_file_is_gone) {
  const Reference reference = file("mira.png", png_);
  const CopiedReference copied = take(reference);
  EXPECT_EQ(copied.hash, PictureFiles::content_hash(png_));
  EXPECT_EQ(copied.words, reference.text);
  EXPECT_EQ(copied.image.format, PictureFormat::png);
  fs::remove(reference.text);
  const ReferenceImage stored = stored_reference(library_, copied.hash, reference);
  EXPECT_EQ(stored.bytes, png_);
}

TEST_F(References, are_only_looked_at_for_a_quote) {
  const CopiedReference looked_at = take(file("mira.png", png_), false);
  EXPECT_EQ(looked_at.image.bytes, png_);
  EXPECT_FALSE(fs::exists(directory_.path() / "library" / "images"));
  const CopiedReference address = take({Reference::Kind::url, "http://127.0.0.1:9/x.png"}, false);
  EXPECT_EQ(address.image.url, "http://127.0.0.1:9/x.png");
  EXPECT_TRUE(address.image.bytes.empty());
}

TEST_F(References, that_are_none_are_refused_by_name) {
  EXPECT_EQ(refusal({Reference::Kind::file, "/nowhere/x.png"}).code, ErrorCode::not_found);
  EXPECT_THAT(refusal({Reference::Kind::file, "/nowhere/x.png"}).message,
              HasSubstr("character reference \"/nowhere/x.png\""));
  EXPECT_THAT(refusal({Reference::Kind::file, directory_.path().string()}).message,
              HasSubstr("directory"));
  EXPECT_EQ(refusal(file("notes.png", {'n', 'o'})).code, ErrorCode::bad_picture);
  std::vector<std::uint8_t> cut = png_;
  cut.resize(cut.size() / 2);
  EXPECT_EQ(refusal(file("cut.png", cut)).code, ErrorCode::bad_picture)
      << "a damaged one is refused before it costs";
  EXPECT_FALSE(take(Reference{}).image.bytes.size());
}

TEST_F(References, are_fetched_from_an_address) {
  LoopbackServer server([this](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/mira.png")
      connection.respond(200, "image/png", std::string(png_.begin(), png_.end()));
    else
      connection.respond(404, "text/plain", "no");
  });
  EXPECT_EQ(take({Reference::Kind::url, server.url("/mira.png")}).image.bytes, png_);
  EXPECT_THAT(refusal({Reference::Kind::url, server.url("/other.png")}).message, HasSubstr("404"));
}

TEST_F(References, are_other_versions_and_then_parents) {
  const std::string hash = PictureFiles::content_hash(png_);
  const std::string url = library_.files().store_original(png_, hash, "png");
  const Version made = library_.write([&](StoreWriter& writer) {
    writer.ensure_user(named_uuid("ada"), "ada");
    NewVersion added;
    added.version.character_id =
        writer.add_character({writer.add_project("Demo").id, "Mira", {}, {}}).id;
    added.version.user_id = named_uuid("ada");
    added.version.version_name = "Portrait";
    added.version.image_url = url;
    return writer.add_version(added, {}, false);
  });
  const CopiedReference copied = take({Reference::Kind::version, "Mira/v001"});
  EXPECT_EQ(copied.version_id, made.id);
  EXPECT_EQ(copied.hash, hash);
}

TEST_F(References, whose_copy_is_gone_are_told_by_the_user_s_words) {
  const Reference words{Reference::Kind::file, "mira.png"};
  EXPECT_THAT(testing::failure_of([&] { stored_reference(library_, "ab12", words); }).message,
              HasSubstr("mira.png"));
  EXPECT_TRUE(stored_reference(library_, "", words).bytes.empty());
}

}  // namespace
}  // namespace castboard
