#include "texture_cache.h"

#include "texts.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace castboard {
namespace {

constexpr std::uint64_t kRetryAfterFrames = 30;
constexpr int kRefusalsPerFrame = 2;

auto as_tuple(const PixelRect& r) {
  return std::tuple(r.x, r.y, r.width, r.height);
}

// What is seen, whatever its size.
auto part_of(const PictureRequest& r) {
  return std::tuple(std::string_view(r.url), std::string_view(r.other_url), as_tuple(r.region),
                    as_tuple(r.other_region), as_tuple(r.detail), r.gain);
}

auto size_of(const PictureRequest& r) {
  return std::tuple(r.max_width, r.max_height, r.enlarging);
}

}  // namespace

bool TextureCache::InOrder::operator()(const PictureRequest& a, const PictureRequest& b) const {
  const auto part_a = part_of(a);
  const auto part_b = part_of(b);
  return part_a != part_b ? part_a < part_b : size_of(a) < size_of(b);
}

std::size_t TextureCache::Entry::bytes() const {
  return texture
             ? std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height)
             : 0;
}

TextureCache::TextureCache(Session& session, TextureHost host, TextureBudgets budgets)
    : session_(session), host_(std::move(host)), budgets_(budgets) {}

TextureCache::~TextureCache() {
  for (const auto& asked : asked_) session_.forget(Ticket<PicturePtr>{asked.first});
  for (auto& [key, entry] : entries_) retire(entry);
  for (const auto& texture : retired_) host_.destroy(texture);
}

bool TextureCache::apply(const Reply& reply) {
  const auto asked = asked_.find(reply.ticket);
  if (asked == asked_.end()) return false;
  const auto found = entries_.find(asked->second);
  asked_.erase(asked);
  if (found == entries_.end()) return true;
  Entry& entry = found->second;
  if (const auto* result = reply.to(entry.ticket)) {
    if (*result && **result && !(**result)->image.empty()) {
      entry.picture = **result;
    } else {
      entry.failure = *result ? text("picture.empty") : result->error().message;
      retire(entry);
    }
  }
  entry.ticket = {};
  return true;
}

void TextureCache::update() {
  for (const auto& texture : std::exchange(retired_, {})) host_.destroy(texture);
  let_go_unpainted();
  upload();
  make_room();
  ++frame_;
}

void TextureCache::let_go_unpainted() {
  for (auto at = entries_.begin(); at != entries_.end();) {
    Entry& entry = at->second;
    // `frame_` is still the number of the frame drawn before this update.
    const bool painted = entry.painted == frame_;
    if (painted || entry.texture || !entry.failure.empty()) {
      ++at;
      continue;
    }
    if (entry.ticket) {
      session_.forget(entry.ticket);
      asked_.erase(entry.ticket.number);
    }
    at = entries_.erase(at);
  }
}

void TextureCache::upload() {
  std::size_t spent = 0;
  int refused = 0;
  for (auto& [key, entry] : entries_) {
    if (!entry.picture || frame_ < entry.retry_at) continue;
    const Image& image = entry.picture->image;
    // One always goes through, or a picture above the budget would never be seen.
    if (spent > 0 && spent + image.byte_size() > budgets_.upload_per_frame) continue;
    const std::optional<ImTextureID> texture = host_.create(image);
    if (!texture) {
      // It may be this one, too large for the renderer, or any.
      entry.retry_at = frame_ + kRetryAfterFrames;
      if (++refused == kRefusalsPerFrame) return;
      continue;
    }
    spent += image.byte_size();
    retire(entry);  // what stood in while the file was read again
    entry.texture = texture;
    entry.width = image.width;
    entry.height = image.height;
    entry.full_width = entry.picture->full_width;
    entry.full_height = entry.picture->full_height;
    entry.opaque = entry.picture->opaque;
    entry.differing = entry.picture->differing;
    entry.picture.reset();
    resident_bytes_ += entry.bytes();
  }
}

void TextureCache::make_room() {
  if (resident_bytes_ <= budgets_.resident) return;
  std::vector<Entries::iterator> idle;
  for (auto at = entries_.begin(); at != entries_.end(); ++at) {
    if (at->second.texture && at->second.painted != frame_) idle.push_back(at);
  }
  std::sort(idle.begin(), idle.end(),
            [](const auto& a, const auto& b) { return a->second.painted < b->second.painted; });
  for (const auto& at : idle) {
    if (resident_bytes_ <= budgets_.resident) return;
    retire(at->second);
    entries_.erase(at);
  }
}

void TextureCache::retire(Entry& entry) {
  if (!entry.texture) return;
  resident_bytes_ -= entry.bytes();
  retired_.push_back(*entry.texture);
  entry.texture.reset();
}

Thumbnail TextureCache::get(const PictureRequest& request) {
  if (request.url.empty()) return {};
  const auto [at, is_new] = entries_.try_emplace(request);
  Entry& entry = at->second;
  entry.painted = frame_;
  if (is_new || entry.stale) {
    entry.stale = false;
    entry.ticket = session_.load_picture(request);
    asked_[entry.ticket.number] = request;
  }
  const Entry* shown = &entry;
  if (!entry.texture && entry.failure.empty()) {
    if (Entry* other = stand_in(request)) {
      other->painted = frame_;
      shown = other;
    }
  }
  return {.texture = shown->texture,
          .width = shown->width,
          .height = shown->height,
          .full_width = shown->full_width,
          .full_height = shown->full_height,
          .opaque = shown->opaque,
          .differing = shown->differing,
          .exact = shown == &entry && entry.texture.has_value(),
          .failure = entry.failure};
}

Thumbnail TextureCache::get(const std::string& url, int longest_side) {
  PictureRequest request;
  request.url = url;
  request.max_width = request.max_height = longest_side;
  return get(request);
}

TextureCache::Entry* TextureCache::stand_in(const PictureRequest& wanted) {
  Entry* best = nullptr;
  PictureRequest first = wanted;
  first.max_width = first.max_height = 0;
  first.enlarging = Enlarging::never;
  for (auto at = entries_.lower_bound(first); at != entries_.end(); ++at) {
    if (part_of(at->first) != part_of(wanted)) break;
    if (!at->second.texture) continue;
    if (best == nullptr || at->second.width > best->width) best = &at->second;
  }
  return best;
}

bool TextureCache::loading() const {
  return std::any_of(entries_.begin(), entries_.end(), [this](const auto& item) {
    const Entry& entry = item.second;
    if (entry.painted + 1 < frame_) return false;
    return entry.ticket || entry.picture || (!entry.texture && entry.failure.empty());
  });
}

void TextureCache::forget_failures() {
  std::erase_if(entries_, [](const auto& item) { return !item.second.failure.empty(); });
}

void TextureCache::forget_all() {
  for (const auto& asked : asked_) session_.forget(Ticket<PicturePtr>{asked.first});
  asked_.clear();
  for (auto at = entries_.begin(); at != entries_.end();) {
    Entry& entry = at->second;
    entry.picture.reset();
    entry.failure.clear();
    entry.ticket = {};
    entry.stale = entry.texture.has_value();
    at = entry.stale ? std::next(at) : entries_.erase(at);
  }
}

}  // namespace castboard
