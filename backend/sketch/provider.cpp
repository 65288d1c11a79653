#include <memory>
#include <mutex>

#include "castboard/sketch.h"
#include "sketch/server.h"

namespace castboard {

LocalProvider sketch_provider() {
  struct Lazy {
    std::mutex mutex;
    std::unique_ptr<sketch::SketchServer> server;
  };
  return {.name = "sketch", .start = [lazy = std::make_shared<Lazy>()] {
            const std::lock_guard lock(lazy->mutex);
            if (!lazy->server) lazy->server = std::make_unique<sketch::SketchServer>();
            return lazy->server->endpoint();
          }};
}

}  // namespace castboard
