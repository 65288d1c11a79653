#pragma once

#include <string>

#include "app.h"

namespace CLI {
class App;
}

namespace castboard {

// The options of `gui`, `demo` and `preview` that are about the window.
struct WindowArguments {
  std::string size;  // "1440x900"
  WindowOptions options;
};

void add_window_arguments(CLI::App& app, WindowArguments& arguments);

// Reads the size; throws CommandFailure.
WindowOptions window_options(const WindowArguments& arguments);

}  // namespace castboard
