// A host whose OpenGL loader is a glad of its own, newer than Castboard's and with the same names:
// both work in one program, and an upload leaves the host's state as it was.
#include <castboard/castboard.h>
#include <castboard/gl_textures.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <glad/gl.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

int failures = 0;

void check(bool is_so, const char* what) {
  if (is_so) return;
  std::fprintf(stderr, "not so: %s\n", what);
  ++failures;
}

GLint setting(const GladGLContext& gl, GLenum name) {
  GLint value = 0;
  gl.GetIntegerv(name, &value);
  return value;
}

void upload_between_the_hosts_own(const GladGLContext& gl) {
  GLuint texture = 0;
  GLuint buffer = 0;
  gl.GenTextures(1, &texture);
  gl.BindTexture(GL_TEXTURE_2D, texture);
  gl.GenBuffers(1, &buffer);
  gl.BindBuffer(GL_PIXEL_UNPACK_BUFFER, buffer);
  gl.PixelStorei(GL_UNPACK_ALIGNMENT, 8);
  gl.PixelStorei(GL_UNPACK_ROW_LENGTH, 7);

  const castboard::TextureHost textures = castboard::gl_textures();
  castboard::Image image;
  image.width = 3;  // rows that are no multiple of the host's alignment
  image.height = 2;
  for (int i = 0; i < 3 * 2 * 4; ++i) image.pixels.push_back(static_cast<std::uint8_t>(i * 9));
  const auto made = textures.create(image);
  check(made.has_value(), "a texture is made");
  if (!made) return;

  check(setting(gl, GL_TEXTURE_BINDING_2D) == GLint(texture), "the host's texture is bound");
  check(setting(gl, GL_PIXEL_UNPACK_BUFFER_BINDING) == GLint(buffer), "the host's buffer is bound");
  check(setting(gl, GL_UNPACK_ALIGNMENT) == 8, "the host's alignment stays");
  check(setting(gl, GL_UNPACK_ROW_LENGTH) == 7, "the host's row length stays");

  const auto name = static_cast<GLuint>((std::intptr_t)*made);
  std::vector<std::uint8_t> pixels(image.pixels.size());
  gl.BindTexture(GL_TEXTURE_2D, name);
  gl.GetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  check(pixels == image.pixels, "the texture holds the picture");
  gl.BindTexture(GL_TEXTURE_2D, texture);

  textures.destroy(*made);
  check(gl.IsTexture(name) == GL_FALSE, "the texture is gone after destroy");
  check(gl.GetError() == GL_NO_ERROR, "OpenGL has no error");
}

}  // namespace

int main() {
  if (!glfwInit()) return 2;
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  GLFWwindow* window = glfwCreateWindow(64, 64, "Host", nullptr, nullptr);
  if (window == nullptr) return 2;
  glfwMakeContextCurrent(window);
  GladGLContext gl{};
  check(gladLoadGLContext(&gl, glfwGetProcAddress) != 0, "the host's loader loads");
  if (failures == 0) upload_between_the_hosts_own(gl);
  glfwTerminate();
  return failures == 0 ? 0 : 1;
}
