#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "castboard/session.h"
#include "castboard/texture_host.h"
#include "thumbnail.h"

namespace castboard {

// Bytes handed to the host's renderer per frame; more would be felt as a hitch.
inline constexpr std::size_t kUploadBudgetPerFrame = std::size_t{16} * 1024 * 1024;
// Bytes of textures kept while they are not painted.
inline constexpr std::size_t kResidentBudget = std::size_t{384} * 1024 * 1024;

struct TextureBudgets {
  std::size_t upload_per_frame = kUploadBudgetPerFrame;
  std::size_t resident = kResidentBudget;
};

// Pictures as textures: asked of the session when they are painted, uploaded within a budget,
// forgotten when they are painted no more, given back at the start of a later frame. Failures are
// remembered with their reason. Owned by a panel, drawing thread only.
class TextureCache {
 public:
  TextureCache(Session& session, TextureHost host, TextureBudgets budgets = {});
  ~TextureCache();
  TextureCache(const TextureCache&) = delete;
  TextureCache& operator=(const TextureCache&) = delete;

  // True when the reply was a picture asked for here.
  bool apply(const Reply& reply);
  // Once a frame before drawing, after the replies: gives back what was retired the frame before,
  // lets go what was not painted, uploads what has arrived.
  void update();

  // What is resident now; remembers the wish. While the wanted size is loading, another size of the
  // same part of the same picture stands in.
  Thumbnail get(const PictureRequest& request);
  Thumbnail get(const std::string& url, int longest_side);

  // A wish of the last frame is not answered yet.
  [[nodiscard]] bool loading() const;
  [[nodiscard]] std::size_t resident_bytes() const { return resident_bytes_; }
  // The session is gone, by wrong use: what was asked of it is not taken back when this is
  // destroyed.
  void forget_session() { asked_.clear(); }
  // A changed library may have what was missing: failed pictures are tried again.
  void forget_failures();
  // Files may have changed under their names: everything is read again. What is resident stands in
  // until it comes.
  void forget_all();

 private:
  // Sizes of one part of one picture lie side by side.
  struct InOrder {
    bool operator()(const PictureRequest& a, const PictureRequest& b) const;
  };
  struct Entry {
    Ticket<PicturePtr> ticket;
    PicturePtr picture;  // arrived, waits for its upload
    std::optional<ImTextureID> texture;
    int width = 0;
    int height = 0;
    int full_width = 0;
    int full_height = 0;
    bool opaque = true;
    float differing = 0;
    std::string failure;
    bool stale = false;          // resident, but the file may have changed: to be asked for again
    std::uint64_t painted = 0;   // frame in which it was last asked for
    std::uint64_t retry_at = 0;  // frame, after the renderer refused it
    [[nodiscard]] std::size_t bytes() const;
  };
  using Entries = std::map<PictureRequest, Entry, InOrder>;

  void let_go_unpainted();
  void upload();
  void make_room();
  void retire(Entry& entry);
  // Of the same part of the same picture, the resident one that is largest.
  Entry* stand_in(const PictureRequest& wanted);

  Session& session_;
  TextureHost host_;
  TextureBudgets budgets_;
  Entries entries_;
  std::map<std::uint64_t, PictureRequest> asked_;  // by ticket
  std::vector<ImTextureID> retired_;
  std::size_t resident_bytes_ = 0;
  std::uint64_t frame_ = 1;
};

}  // namespace castboard
