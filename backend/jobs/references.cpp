#include "jobs/references.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "imaging/imaging.h"
#include "library/lookup.h"
#include "os/files.h"

namespace castboard {

namespace {

constexpr std::chrono::seconds kReferenceDownloadLimit{60};

// Says which reference an error is about.
template <class F>
auto about(std::string_view which, std::string_view words, F read) {
  try {
    return read();
  } catch (const Failure& failure) {
    Error error = failure.error();
    error.message = fmt::format("The {} reference \"{}\": {}", which, words, error.message);
    throw Failure(std::move(error));
  }
}

std::vector<std::uint8_t> download(const std::string& url, const Http& http, Cancellation& cancel) {
  HttpRequest request;
  request.url = url;
  HttpLimits limits;
  limits.total = kReferenceDownloadLimit;
  limits.max_body = kMaxPictureBytes;
  HttpResponse response = http.perform(request, limits, cancel);
  if (response.status != 200)
    throw Failure(ErrorCode::network, fmt::format("the server answered {}", response.status),
                  "Check the address in a browser, or download it and give the file.");
  return std::move(response.body);
}

std::vector<std::uint8_t> read_bytes(const Reference& reference, CopiedReference& copied,
                                     Library& library, const UserId& user, const Http& http,
                                     Cancellation& cancel) {
  switch (reference.kind) {
    case Reference::Kind::file: {
      std::error_code error;
      const std::filesystem::file_status status = std::filesystem::status(reference.text, error);
      if (!std::filesystem::exists(status))
        throw Failure(ErrorCode::not_found, "there is no such file", "Check the path.");
      if (std::filesystem::is_directory(status))
        throw Failure(ErrorCode::invalid_input, "it is a directory, not a picture",
                      "Give one picture file.");
      if (!std::filesystem::is_regular_file(status))
        throw Failure(ErrorCode::invalid_input, "it is not a regular file",
                      "Give one picture file.");
      return read_file(reference.text, kMaxPictureBytes);
    }
    case Reference::Kind::url:
      return download(reference.text, http, cancel);
    case Reference::Kind::version: {
      const Version version = library.read(
          [&](StoreReader& reader) { return find_version(reader, reference.text, {}, user); });
      copied.version_id = version.id;
      return library.files().read(version.image_url, kMaxPictureBytes);
    }
    case Reference::Kind::active:  // settled before
    case Reference::Kind::none:
      break;
  }
  return {};
}

}  // namespace

CopiedReference take_reference(const Reference& reference, std::string_view which, Library& library,
                               const UserId& user, const Http& http, bool copy,
                               Cancellation& cancel) {
  CopiedReference copied;
  copied.words = reference.text;
  // Which version "the active one" is, is settled for each character by itself.
  if (!reference || reference.kind == Reference::Kind::active) return copied;
  if (reference.kind == Reference::Kind::url) {
    copied.image.url = reference.text;
    if (!copy) return copied;
  }
  about(which, reference.text, [&] {
    copied.image.bytes = read_bytes(reference, copied, library, user, http, cancel);
    copied.image.format = read_picture_header(copied.image.bytes).format;
    if (copy) decode_picture(copied.image.bytes);  // a damaged one is refused before it costs
    return true;
  });
  copied.hash = PictureFiles::content_hash(copied.image.bytes);
  if (copy)
    library.files().store_reference(copied.image.bytes, copied.hash,
                                    extension_of(copied.image.format));
  return copied;
}

namespace {

void settle_active(Reference& reference, const VersionId& active, int most) {
  if (reference.kind != Reference::Kind::active) return;
  reference =
      active.empty() || most == 0 ? Reference{} : Reference{Reference::Kind::version, active};
}

}  // namespace

GenerationRequest with_settled_references(GenerationRequest request, const Character& character,
                                          const ProviderInfo& provider) {
  const ModelLimits limits = provider.limits_of(request.model);
  settle_active(request.character_reference, character.active_version_id,
                limits.max_character_references);
  settle_active(request.background_reference, character.active_version_id,
                limits.max_background_references);
  return request;
}

ReferenceImage stored_reference(Library& library, std::string_view hash, const Reference& words) {
  ReferenceImage image;
  if (hash.empty()) return image;
  if (words.kind == Reference::Kind::url) image.url = words.text;
  for (const PictureFormat format :
       {PictureFormat::png, PictureFormat::jpeg, PictureFormat::webp}) {
    const std::string url =
        fmt::format("images/references/{}/{}.{}", hash.substr(0, 2), hash, extension_of(format));
    if (!library.files().exists(url)) continue;
    image.bytes = library.files().read(url, kMaxPictureBytes);
    image.format = format;
    return image;
  }
  throw Failure(
      ErrorCode::library,
      fmt::format("The copy of the reference \"{}\" is gone from the library", words.text),
      "Generate again with the reference.");
}

}  // namespace castboard
