// What the code on the pages takes for granted: an editor.
#pragma once

#include <GLFW/glfw3.h>
#include <castboard/castboard.h>
#include <castboard/gl_textures.h>
#include <imgui.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

struct Editor {
  ImTextureID upload(int width, int height, const void* rgba);
  void forget_when_gpu_is_done(ImTextureID texture);
  void wake_main_loop();
  void log(std::string_view text);
  std::string vault(std::string_view name);
  std::chrono::system_clock::time_point now();
  std::string settings_directory();
  void pick_file(std::function<void(std::string)> done);
  void pick_folder(std::function<void(std::string)> done);
  void reveal(const std::string& path);
  ImFont* bold_font();
  void set_texture(const std::string& name, const std::string& path);
  void highlight(const std::string& id);
  void load_image(const std::string& path);
};
