#pragma once

#include <memory>

#include "castboard/session.h"

namespace castboard::sketch {

// The built-in provider's HTTP server: 127.0.0.1, a random port, a random bearer token. Draws on
// the threads of its own pool. Owned by `sketch_provider()`; the destructor ends requests under way
// and joins.
//
//   GET  /health                          without a token
//   POST /api/generate/character-image    JSON, or multipart with `request`, `characterRef`,
//                                         `backgroundRef`; see generation.h and directives.h
//   GET  /pictures/NAME                   a picture answered with reply=url; the name is the secret
class SketchServer {
 public:
  SketchServer();
  ~SketchServer();
  SketchServer(const SketchServer&) = delete;
  SketchServer& operator=(const SketchServer&) = delete;

  [[nodiscard]] LocalEndpoint endpoint() const;

 private:
  class Routes;
  std::unique_ptr<Routes> routes_;
};

}  // namespace castboard::sketch
