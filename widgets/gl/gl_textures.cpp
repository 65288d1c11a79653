#include "castboard/gl_textures.h"

#include <dlfcn.h>
#include <glad/gl.h>

#include <cstdint>
#include <memory>
#include <type_traits>

namespace castboard {
namespace {

using FindProc = GLADapiproc (*)(const char*);

// ImTextureID is a pointer in older Dear ImGui and a number in newer ones.
template <class Id>
Id as_id(GLuint name) {
  if constexpr (std::is_pointer_v<Id>) {
    return reinterpret_cast<Id>(static_cast<std::uintptr_t>(name));
  } else {
    return static_cast<Id>(name);
  }
}

template <class Id>
GLuint as_name(Id id) {
  if constexpr (std::is_pointer_v<Id>) {
    return static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(id));
  } else {
    return static_cast<GLuint>(id);
  }
}

// A library stays open for good: its functions are used as long as textures live.
void* open_library(const char* const (&names)[2]) {
  for (const char* name : names) {
    if (void* library = dlopen(name, RTLD_LAZY | RTLD_LOCAL)) return library;
  }
  return nullptr;
}

// The look-up function of one window system binding, when its context is the current one.
FindProc binding_of_current_context(const char* const (&libraries)[2], const char* current_context,
                                    const char* get_proc_address) {
  void* library = open_library(libraries);
  if (library == nullptr) return nullptr;
  const auto current = reinterpret_cast<void* (*)()>(dlsym(library, current_context));
  if (current == nullptr || current() == nullptr) return nullptr;
  return reinterpret_cast<FindProc>(dlsym(library, get_proc_address));
}

FindProc find_proc() {
  if (const FindProc glx = binding_of_current_context(
          {"libGLX.so.0", "libGL.so.1"}, "glXGetCurrentContext", "glXGetProcAddressARB")) {
    return glx;
  }
  return binding_of_current_context({"libEGL.so.1", "libEGL.so"}, "eglGetCurrentContext",
                                    "eglGetProcAddress");
}

// The GL functions of the context that was current at the first texture, shared by the two
// callbacks. Drawing thread only.
class GlTextures {
 public:
  std::optional<ImTextureID> create(const Image& image);
  void destroy(ImTextureID texture);

 private:
  bool load();

  GladGLContext gl_{};
  bool loaded_ = false;
};

bool GlTextures::load() {
  if (loaded_) return true;
  const FindProc find = find_proc();
  loaded_ = find != nullptr && gladLoadGLContext(&gl_, find) != 0;
  return loaded_;
}

// Puts back what an upload changes in the host's state.
class UnpackState {
 public:
  explicit UnpackState(const GladGLContext& gl) : gl_(gl) {
    gl_.GetIntegerv(GL_TEXTURE_BINDING_2D, &texture_);
    gl_.GetIntegerv(GL_PIXEL_UNPACK_BUFFER_BINDING, &buffer_);
    for (int i = 0; i < kCount; ++i) gl_.GetIntegerv(kNames[i], &values_[i]);
    gl_.BindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    for (int i = 0; i < kCount; ++i) gl_.PixelStorei(kNames[i], kWanted[i]);
  }
  ~UnpackState() {
    for (int i = 0; i < kCount; ++i) gl_.PixelStorei(kNames[i], values_[i]);
    gl_.BindBuffer(GL_PIXEL_UNPACK_BUFFER, static_cast<GLuint>(buffer_));
    gl_.BindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture_));
  }
  UnpackState(const UnpackState&) = delete;
  UnpackState& operator=(const UnpackState&) = delete;

 private:
  static constexpr int kCount = 5;
  static constexpr GLenum kNames[kCount] = {GL_UNPACK_ALIGNMENT, GL_UNPACK_ROW_LENGTH,
                                            GL_UNPACK_SKIP_ROWS, GL_UNPACK_SKIP_PIXELS,
                                            GL_UNPACK_SWAP_BYTES};
  static constexpr GLint kWanted[kCount] = {1, 0, 0, 0, 0};

  const GladGLContext& gl_;
  GLint texture_ = 0;
  GLint buffer_ = 0;
  GLint values_[kCount] = {};
};

std::optional<ImTextureID> GlTextures::create(const Image& image) {
  if (image.empty() || !load()) return std::nullopt;
  const UnpackState state(gl_);
  while (gl_.GetError() != GL_NO_ERROR) {
    // Errors the host left behind are not about this upload.
  }
  GLuint texture = 0;
  gl_.GenTextures(1, &texture);
  gl_.BindTexture(GL_TEXTURE_2D, texture);
  gl_.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  gl_.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  gl_.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  gl_.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  gl_.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  gl_.TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA,
                 GL_UNSIGNED_BYTE, image.pixels.data());
  if (gl_.GetError() != GL_NO_ERROR) {
    gl_.DeleteTextures(1, &texture);
    return std::nullopt;
  }
  return as_id<ImTextureID>(texture);
}

void GlTextures::destroy(ImTextureID texture) {
  if (!loaded_) return;
  const GLuint name = as_name(texture);
  gl_.DeleteTextures(1, &name);
}

}  // namespace

TextureHost gl_textures() {
  const auto textures = std::make_shared<GlTextures>();
  return {.create = [textures](const Image& image) { return textures->create(image); },
          .destroy = [textures](ImTextureID texture) { textures->destroy(texture); }};
}

}  // namespace castboard
