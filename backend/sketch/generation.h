#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/directives.h"
#include "sketch/sketch_picture.h"

// The contract of POST /api/generate/character-image, without HTTP: JSON in, JSON out.
namespace castboard::sketch {

inline constexpr std::string_view kModel = "sketch-1";

enum class ReplyForm { base64, bytes, url };

struct Generation {
  SketchRequest request;
  Directives directives;
  ReplyForm reply = ReplyForm::base64;
  std::int64_t seed = 0;  // the one asked for, else made from the request: same request, same seed
};

struct Uploads {
  std::string character_reference;  // bytes; empty: none
  std::string background_reference;
};

// Throws Failure (invalid_input) naming the field.
Generation read_generation(std::string_view json, const Uploads& uploads);

struct Drawn {
  std::string png;
  int width = 0;
  int height = 0;
};
Drawn draw(const Generation& generation);

// The answer with `image` (base64) or `imageUrl`, whichever is not empty.
std::string success_json(const Generation& generation, const Drawn& drawn, std::string_view image,
                         std::string_view image_url);
std::string error_json(std::string_view code, std::string_view message);

std::string encode_base64(std::string_view bytes);
// Throws Failure (invalid_input). Takes data: URLs too.
std::string decode_base64(std::string_view text, std::string_view field);

// The same drawing as JPEG; the same PNG with a header that claims 20000 x 20000.
std::string as_jpeg(const Drawn& drawn);
std::string with_huge_header(std::string png);

}  // namespace castboard::sketch
