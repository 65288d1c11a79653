#include "commands/window_arguments.h"

#include <charconv>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "commands/lookup.h"

namespace castboard {
namespace {

constexpr int kSmallest = 320;
constexpr int kLargest = 16384;

// 1440 and 900 of "1440x900"; zeros when it is not written so.
std::pair<int, int> read_size(const std::string& text) {
  int width = 0;
  int height = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, width);
  if (first.ptr == end || (*first.ptr != 'x' && *first.ptr != 'X')) return {};
  const auto second = std::from_chars(first.ptr + 1, end, height);
  if (second.ptr != end) return {};
  return {width, height};
}

bool is_side(int pixels) {
  return pixels >= kSmallest && pixels <= kLargest;
}

// Of a file that an option names; an empty name asks for none.
void require_directory(const char* option, const std::string& file) {
  if (file.empty()) return;
  const auto directory = std::filesystem::absolute(file).parent_path();
  std::error_code ignored;
  if (std::filesystem::is_directory(directory, ignored)) return;
  throw CommandFailure{
      wrong_usage(fmt::format("{}: there is no directory {}", option, directory.string()))};
}

}  // namespace

void add_window_arguments(CLI::App& app, WindowArguments& arguments) {
  app.add_option("--window", arguments.size, "Its size, such as 1440x900")->type_name("WxH");
  app.add_option("--scale", arguments.options.scale, "Size of text and everything; 0: the screen's")
      ->type_name("F");
  app.add_option("--screenshot", arguments.options.screenshot, "Save a PNG of the window and exit")
      ->type_name("FILE");
  app.add_option("--frames", arguments.options.frames, "Draw at least so many before that")
      ->type_name("N");
  app.add_option("--frame-log", arguments.options.frame_log,
                 "Write the milliseconds that each frame took, without drawing by OpenGL")
      ->type_name("FILE");
}

WindowOptions window_options(const WindowArguments& arguments) {
  WindowOptions options = arguments.options;
  if (!arguments.size.empty()) {
    std::tie(options.width, options.height) = read_size(arguments.size);
    if (!is_side(options.width) || !is_side(options.height)) {
      throw CommandFailure{wrong_usage(
          fmt::format("--window \"{}\" is not a size", arguments.size),
          fmt::format("Such as 1440x900; a side is {} to {} pixels.", kSmallest, kLargest))};
    }
  }
  if (options.scale < 0 || options.scale > 8) {
    throw CommandFailure{
        wrong_usage(fmt::format("--scale {} is not usable", options.scale), "Such as 1.5.")};
  }
  if (options.frames < 1) {
    throw CommandFailure{
        wrong_usage(fmt::format("--frames {} is too few", options.frames), "At least 1.")};
  }
  require_directory("--screenshot", options.screenshot);
  require_directory("--frame-log", options.frame_log);
  return options;
}

}  // namespace castboard
