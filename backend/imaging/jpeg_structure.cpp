#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "castboard/result.h"
#include "imaging/decoders.h"
#include "imaging/picture_structure.h"

// ITU-T T.81, annex B. Besides the end of the file this checks what stb_image 2.27 takes for
// granted and reads beyond its tables without: Huffman tables within their 256 values, and every
// table that a scan names defined before it.
namespace castboard {

namespace {

using Bytes = std::span<const std::uint8_t>;

namespace marker {
constexpr std::uint8_t kProgressive = 0xC2;
constexpr std::uint8_t kHuffmanTables = 0xC4;
constexpr std::uint8_t kExtension = 0xC8;
constexpr std::uint8_t kArithmeticConditioning = 0xCC;
constexpr std::uint8_t kStartOfImage = 0xD8;
constexpr std::uint8_t kEndOfImage = 0xD9;
constexpr std::uint8_t kStartOfScan = 0xDA;
constexpr std::uint8_t kQuantisationTables = 0xDB;
}  // namespace marker

struct Component {
  std::uint8_t id = 0;
  std::uint8_t quantisation_table = 0;
  bool scanned = false;
};

// Walks one file once, remembering the tables and components met on the way.
class JpegCheck {
 public:
  explicit JpegCheck(Bytes bytes) : bytes_(bytes) {}

  // Reads on to the frame header and gives the size it says.
  PictureHeader header() {
    while (components_.empty())
      if (!read_next()) damaged("no frame header");
    return {PictureFormat::jpeg, width_, height_};
  }

  void check_all() {
    while (read_next()) continue;
    const bool whole = !components_.empty() &&
                       std::all_of(components_.begin(), components_.end(),
                                   [](const Component& component) { return component.scanned; });
    if (!whole) damaged("a colour component is missing");
  }

 private:
  [[noreturn]] void damaged(std::string_view detail) const {
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("the JPEG picture is damaged near byte {}", at_),
                  "download or save it again", std::string(detail));
  }

  // False at the end of the picture.
  bool read_next() {
    const std::uint8_t found = next_marker();
    if (found == marker::kEndOfImage) return false;
    if (stands_alone(found)) return true;
    read_segment(found, next_segment());
    if (found == marker::kStartOfScan) at_ = end_of_scan(at_);
    return true;
  }

  // Table B.1: markers without a length field.
  static bool stands_alone(std::uint8_t found) {
    return found == 0x01 || (found >= 0xD0 && found <= marker::kStartOfImage);
  }

  std::uint8_t next_marker() {
    if (at_ < bytes_.size() && bytes_[at_] != 0xFF) damaged("a marker is missing");
    // Any number of 0xFF may fill the space before a marker (B.1.1.2).
    while (at_ < bytes_.size() && bytes_[at_] == 0xFF) ++at_;
    if (at_ >= bytes_.size()) throw_cut_off("JPEG", bytes_.size(), "no EOI marker");
    return bytes_[at_++];
  }

  // What a segment holds after its length.
  Bytes next_segment() {
    if (bytes_.size() - at_ < 2) throw_cut_off("JPEG", bytes_.size(), "inside a segment");
    const std::size_t length = (std::size_t{bytes_[at_]} << 8) | bytes_[at_ + 1];
    if (length < 2) damaged("a segment's length is below 2");
    if (length > bytes_.size() - at_) throw_cut_off("JPEG", bytes_.size(), "inside a segment");
    const Bytes segment = bytes_.subspan(at_ + 2, length - 2);
    at_ += length;
    return segment;
  }

  // The position of the next marker after entropy-coded data: 0xFF00 is a stuffed byte and
  // 0xFFD0..D7 are restarts inside it (B.1.1.5).
  [[nodiscard]] std::size_t end_of_scan(std::size_t at) const {
    for (; at + 1 < bytes_.size(); ++at) {
      if (bytes_[at] != 0xFF) continue;
      const std::uint8_t next = bytes_[at + 1];
      if (next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
    }
    throw_cut_off("JPEG", bytes_.size(), "inside a scan, no EOI marker");
  }

  void read_segment(std::uint8_t found, Bytes segment) {
    if (found == marker::kHuffmanTables) return read_huffman_tables(segment);
    if (found == marker::kQuantisationTables) return read_quantisation_tables(segment);
    if (found == marker::kStartOfScan) return read_scan(segment);
    if (is_frame(found)) return read_frame(segment, found == marker::kProgressive);
  }

  // SOF0 to SOF15, the ones that stb_image refuses (arithmetic, lossless) included.
  static bool is_frame(std::uint8_t found) {
    return found >= 0xC0 && found <= 0xCF && found != marker::kHuffmanTables &&
           found != marker::kExtension && found != marker::kArithmeticConditioning;
  }

  // B.2.2: precision, height (2), width (2), count, then id, sampling and table of each.
  void read_frame(Bytes segment, bool progressive) {
    if (!components_.empty()) damaged("a second frame");
    if (segment.size() < 9 || segment.size() != 6 + std::size_t{segment[5]} * 3)
      damaged("a frame header of a wrong length");
    progressive_ = progressive;
    height_ = (int{segment[1]} << 8) | segment[2];
    width_ = (int{segment[3]} << 8) | segment[4];
    for (std::size_t i = 6; i < segment.size(); i += 3) {
      if (segment[i + 2] >= quantisation_.size()) damaged("a quantisation table above 3");
      components_.push_back({segment[i], segment[i + 2], false});
    }
  }

  // B.2.4.1: precision and number, then 64 values of one or two bytes.
  void read_quantisation_tables(Bytes segment) {
    while (!segment.empty()) {
      const std::size_t precision = segment[0] >> 4;
      const std::size_t number = segment[0] & 15;
      const std::size_t size = 1 + 64 * (precision + 1);
      if (precision > 1 || number >= quantisation_.size() || size > segment.size())
        damaged("a quantisation table is broken");
      quantisation_[number] = true;
      segment = segment.subspan(size);
    }
  }

  // B.2.4.2: class and number, 16 counts, then that many values.
  void read_huffman_tables(Bytes segment) {
    while (!segment.empty()) {
      if (segment.size() < 17) damaged("a Huffman table is broken");
      const std::size_t kind = segment[0] >> 4;
      const std::size_t number = segment[0] & 15;
      std::size_t values = 0;
      for (std::size_t i = 1; i <= 16; ++i) values += segment[i];
      if (kind > 1 || number >= huffman_[0].size() || values > 256 || 17 + values > segment.size())
        damaged("a Huffman table is broken");
      huffman_[kind][number] = values > 0;
      segment = segment.subspan(17 + values);
    }
  }

  // B.2.3: count, id and tables of each component, first and last coefficient, approximation.
  void read_scan(Bytes segment) {
    if (segment.empty() || segment.size() != 4 + std::size_t{segment[0]} * 2)
      damaged("a scan header of a wrong length");
    const std::size_t count = segment[0];
    const std::uint8_t first_coefficient = segment[1 + count * 2];
    const bool refines = (segment[3 + count * 2] >> 4) != 0;
    for (std::size_t i = 0; i < count; ++i)
      read_scan_component(segment[1 + i * 2], segment[2 + i * 2], first_coefficient, refines);
  }

  void read_scan_component(std::uint8_t id, std::uint8_t tables, std::uint8_t first_coefficient,
                           bool refines) {
    const auto component =
        std::find_if(components_.begin(), components_.end(),
                     [id](const Component& candidate) { return candidate.id == id; });
    if (component == components_.end()) damaged("a scan of an unknown component");
    if (!quantisation_[component->quantisation_table]) damaged("a quantisation table is missing");
    // A progressive scan holds either the DC coefficient, refined without a table, or AC ones.
    const bool needs_dc = progressive_ ? first_coefficient == 0 && !refines : true;
    const bool needs_ac = progressive_ ? first_coefficient > 0 : true;
    if ((needs_dc && !has_table(0, tables >> 4)) || (needs_ac && !has_table(1, tables & 15)))
      damaged("a Huffman table is missing");
    component->scanned |= needs_dc;
  }

  [[nodiscard]] bool has_table(std::size_t kind, std::size_t number) const {
    return number < huffman_[kind].size() && huffman_[kind][number];
  }

  Bytes bytes_;
  std::size_t at_ = 2;  // after SOI
  int width_ = 0;
  int height_ = 0;
  bool progressive_ = false;
  std::vector<Component> components_;
  std::array<bool, 4> quantisation_{};
  std::array<std::array<bool, 4>, 2> huffman_{};  // DC, AC
};

}  // namespace

PictureHeader read_jpeg_header(Bytes bytes) {
  return JpegCheck(bytes).header();
}

void check_jpeg_structure(Bytes bytes) {
  JpegCheck(bytes).check_all();
}

}  // namespace castboard
