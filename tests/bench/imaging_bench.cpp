#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <random>

#include "imaging/imaging.h"

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

// What the pictures of a saving job cost. `times_faster` compares within one run, so it means the
// same on every machine.
namespace castboard {

namespace {

constexpr int kSheetSide = 1024;

// Flat areas, soft shading and fine noise, as generated pictures have them.
Image painting(int side) {
  std::mt19937 random(1);
  std::uniform_int_distribution<int> noise(-3, 3);
  Image image{side, side, {}};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double wave = std::sin(x * 0.013) * std::cos(y * 0.017);
      for (int channel = 0; channel < 3; ++channel) {
        const int grain = (x / 128 + y / 128) % 2 == 0 ? noise(random) : 0;
        image.pixels.push_back(
            static_cast<std::uint8_t>(std::lround(128 + 100 * wave * (channel + 1) / 3) + grain));
      }
      image.pixels.push_back(255);
    }
  }
  return image;
}

std::vector<std::uint8_t> encode_png_with_stb(const Image& image) {
  std::vector<std::uint8_t> bytes;
  stbi_write_png_to_func(
      [](void* context, void* data, int size) {
        auto* target = static_cast<std::vector<std::uint8_t>*>(context);
        const auto* begin = static_cast<const std::uint8_t*>(data);
        target->insert(target->end(), begin, begin + size);
      },
      &bytes, image.width, image.height, 4, image.pixels.data(), image.width * 4);
  return bytes;
}

template <class Action>
double seconds_of(Action&& action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void png_against_stb(benchmark::State& state) {
  const Image sheet = painting(kSheetSide);
  double ours = 0;
  double stb = 0;
  std::size_t our_size = 0;
  std::size_t stb_size = 0;
  for (auto iteration : state) {
    ours += seconds_of([&] { our_size = encode_png(sheet).size(); });
    stb += seconds_of([&] { stb_size = encode_png_with_stb(sheet).size(); });
  }
  state.counters["times_faster"] = stb / ours;
  state.counters["size_ratio"] = static_cast<double>(our_size) / static_cast<double>(stb_size);
}
BENCHMARK(png_against_stb)->Unit(benchmark::kMillisecond);

void nine_cells(benchmark::State& state) {
  const Image sheet = painting(kSheetSide);
  for (auto iteration : state)
    for (const PixelRect& box : sheet_thirds(sheet.width, sheet.height))
      benchmark::DoNotOptimize(encode_png(crop_picture(sheet, box)));
}
BENCHMARK(nine_cells)->Unit(benchmark::kMillisecond);

void thumbnail(benchmark::State& state) {
  const Image sheet = painting(kSheetSide);
  for (auto iteration : state)
    benchmark::DoNotOptimize(encode_jpeg(scale_to_fit(sheet, 384, 384), 88));
}
BENCHMARK(thumbnail)->Unit(benchmark::kMillisecond);

void decode_sheet(benchmark::State& state) {
  const std::vector<std::uint8_t> png = encode_png(painting(kSheetSide));
  for (auto iteration : state) benchmark::DoNotOptimize(decode_picture(png));
}
BENCHMARK(decode_sheet)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace castboard

BENCHMARK_MAIN();
