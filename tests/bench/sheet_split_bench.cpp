// Cuts sheets whose true borders are known, and prints what share of the borders was found, by what
// is in the sheets and wrong with them. Sheets without any gutter are counted apart, and so are
// those whose gutter nobody could see.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "imaging/imaging.h"
#include "support/sheet_measure.h"

namespace castboard {

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  int sheets = 600;
  std::uint64_t seed = 1;
  std::string photographs;  // a directory of real ones instead of made ones
  bool list = false;        // every sheet with a miss
};

struct Tally {
  int sheets = 0;
  int whole = 0;  // without a miss
  int borders = 0;
  int missed = 0;
  int outer = 0;
  int far = 0;
};

using Maker = testing::MadeSheet (*)(const testing::CellPictures&, std::uint64_t);
struct NamedMaker {
  const char* name;
  Maker make;
};
constexpr NamedMaker kMakers[] = {{"laid out", testing::make_laid_out_sheet},
                                  {"ruled", testing::make_ruled_sheet},
                                  {"pasted", testing::make_pasted_sheet}};

bool read_options(int count, char** arguments, Options& options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const bool has_value = i + 1 < count;
    if (name == "--list") {
      options.list = true;
    } else if (name == "--sheets" && has_value) {
      options.sheets = std::atoi(arguments[++i]);
    } else if (name == "--seed" && has_value) {
      options.seed = std::strtoull(arguments[++i], nullptr, 10);
    } else if (name == "--photographs" && has_value) {
      options.photographs = arguments[++i];
    } else {
      std::fprintf(stderr,
                   "sheet_split_bench [--sheets N] [--seed N] [--photographs DIR] [--list]\n");
      return false;
    }
  }
  return options.sheets > 0;
}

std::vector<Image> read_pictures(const std::string& directory) {
  std::vector<Image> pictures;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    try {
      const std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
      pictures.push_back(decode_picture(data));
    } catch (const std::exception& failure) {
      std::fprintf(stderr, "%s: %s\n", entry.path().c_str(), failure.what());
    }
  }
  return pictures;
}

void print(const std::string& name, const Tally& tally) {
  std::printf(
      "%-38s %5d sheets  %6.2f %% of borders  %6.2f %% of sheets whole  missed %4d: %4d outer, "
      "%4d by more than 3 %%\n",
      name.c_str(), tally.sheets, 100.0 * (tally.borders - tally.missed) / tally.borders,
      100.0 * tally.whole / tally.sheets, tally.missed, tally.outer, tally.far);
}

int run(const Options& options) {
  testing::CellPictures pictures = testing::make_cell_pictures(12, 40, options.seed);
  if (!options.photographs.empty()) {
    std::vector<Image> real = read_pictures(options.photographs);
    if (!real.empty()) pictures.photographs = std::move(real);
  }
  std::map<std::string, Tally> kinds;
  std::map<std::string, Tally> totals;
  Clock::duration spent{};
  for (int i = 0; i < options.sheets; ++i) {
    const NamedMaker& maker = kMakers[static_cast<std::size_t>(i) % std::size(kMakers)];
    const testing::MadeSheet sheet =
        maker.make(pictures, options.seed * 100'000 + static_cast<std::uint64_t>(i));
    const Clock::time_point begin = Clock::now();
    const SheetSplit split = split_sheet(sheet.image);
    spent += Clock::now() - begin;
    const testing::Misses misses = testing::misses_of(sheet, split);
    const auto count = [&misses](Tally& tally) {
      ++tally.sheets;
      tally.whole += misses.borders == 0 ? 1 : 0;
      tally.borders += testing::kBordersPerSheet;
      tally.missed += misses.borders;
      tally.outer += misses.outer;
      tally.far += misses.far;
    };
    const std::string gutter = sheet.gutterless ? "without any gutter"
                               : sheet.unseen   ? "with a gutter that cannot be seen"
                                                : "with a gutter";
    count(totals[gutter]);
    count(totals[gutter + ", " + maker.name]);
    if (!sheet.gutterless && !sheet.unseen)
      for (const std::string& kind : sheet.kinds) count(kinds[kind]);
    if (!options.list || misses.borders == 0) continue;
    std::printf("%4d missed %2d, worst %.3f, confidence %.2f, %d x %d, %s:", i, misses.borders,
                misses.worst, split.confidence, sheet.image.width, sheet.image.height,
                gutter.c_str());
    for (const std::string& kind : sheet.kinds) std::printf(" [%s]", kind.c_str());
    std::printf("\n");
  }
  for (const auto& [name, tally] : kinds) print(name, tally);
  std::printf("\n");
  for (const auto& [name, tally] : totals) print(name, tally);
  std::printf("\n%.0f ms a sheet\n",
              std::chrono::duration<double, std::milli>(spent).count() / options.sheets);
  return 0;
}

}  // namespace

}  // namespace castboard

int main(int count, char** arguments) {
  castboard::Options options;
  if (!castboard::read_options(count, arguments, options)) return 2;
  return castboard::run(options);
}
