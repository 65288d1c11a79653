// Wrong use with asserts off: said once in the log, nothing drawn, nothing broken.
#include <castboard/castboard.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "editor.h"

namespace {

class Log {
 public:
  void take(std::string_view line) {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(line);
  }
  [[nodiscard]] int count(std::string_view part) const {
    const std::lock_guard lock(mutex_);
    int found = 0;
    for (const std::string& line : lines_) found += line.find(part) != std::string::npos ? 1 : 0;
    return found;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

Log log;

castboard::SessionOptions options(const char* library) {
  return {.library = library,
          .log = [](castboard::LogLevel, std::string_view line) { log.take(line); }};
}

struct Textures {
  std::set<ImTextureID> alive;
  std::size_t last = 0;

  castboard::TextureHost host() {
    return {.create = [this](const castboard::Image&) -> std::optional<ImTextureID> {
              const auto texture = (ImTextureID)(1000 + ++last);
              alive.insert(texture);
              return texture;
            },
            .destroy = [this](ImTextureID texture) { alive.erase(texture); }};
  }
};

template <class Draw>
int vertices_of_frame(Draw draw) {
  ImGui::NewFrame();
  draw();
  end_frame();
  return ImGui::GetDrawData()->TotalVtxCount;
}

void forgets_update(const char* library) {
  castboard::Session session(options(library));
  Textures textures;
  castboard::Panel panel(session, textures.host());
  for (int i = 0; i < 3; ++i) {
    check(vertices_of_frame([&] { panel.draw_windows(); }) == 0, "nothing is drawn");
  }
  check(log.count("without update()") == 1, "a forgotten update() is said, once");
  const int drawn = vertices_of_frame([&] {
    panel.update();
    panel.draw_windows();
  });
  check(drawn > 0, "it draws when it is used well");
  vertices_of_frame([&] { panel.draw_part(castboard::PanelPart::cast); });
  check(log.count("in this frame") == 1, "an update() forgotten later is said");
}

void leaves_out_a_callback(const char* library) {
  castboard::Session session(options(library));
  castboard::Panel panel(session, {});
  check(log.count("needs create and destroy") == 1, "a missing texture callback is said");
  const int drawn = vertices_of_frame([&] {
    panel.update();
    panel.draw_windows();
  });
  check(drawn > 0, "it draws without pictures");
}

void calls_from_another_thread(const char* library) {
  castboard::Session session(options(library));
  Textures textures;
  castboard::Panel panel(session, textures.host());
  vertices_of_frame([&] { panel.update(); });
  std::thread([&] {
    panel.show_character("Mira");
    panel.update();
  }).join();
  check(log.count("another thread") == 1, "another thread is said, once");
}

void draws_in_another_context(const char* library) {
  castboard::Session session(options(library));
  Textures textures;
  castboard::Panel panel(session, textures.host());
  vertices_of_frame([&] { panel.update(); });
  ImGuiContext* first = ImGui::GetCurrentContext();
  ImGuiContext* second = make_editor();
  ImGui::SetCurrentContext(second);
  vertices_of_frame([&] {
    panel.update();
    panel.draw_windows();
  });
  check(log.count("another ImGui context") >= 1, "another context is said");
  ImGui::DestroyContext(second);
  ImGui::SetCurrentContext(first);
}

[[maybe_unused]] void destroys_the_session_first(const char* library) {
  Textures textures;
  std::optional<castboard::Session> session(options(library));
  castboard::Panel panel(*session, textures.host());
  vertices_of_frame([&] {
    panel.update();
    panel.draw_windows();
  });
  session.reset();
  check(log.count("before its Panel") == 1, "a session that goes first is said");
  const int drawn = vertices_of_frame([&] {
    panel.update();
    panel.draw_windows();
    panel.show_character("Mira");
    panel.offer_files({"a.png"});
  });
  check(drawn == 0, "nothing is drawn of a session that is gone");
}

// The context goes while the panel is there.
void destroys_the_context_first(const char* library) {
  Textures textures;
  castboard::Session session(options(library));
  castboard::Panel panel(session, textures.host());
  vertices_of_frame([&] {
    panel.update();
    panel.draw_windows();
  });
  ImGui::DestroyContext();
  panel.update();
  panel.draw_windows();
  check(log.count("current ImGui context") >= 1, "a context that is gone is said");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  make_editor();
  forgets_update(argv[1]);
  leaves_out_a_callback(argv[1]);
  calls_from_another_thread(argv[1]);
  draws_in_another_context(argv[1]);
#ifdef SESSION_WITHOUT_ASSERTS
  destroys_the_session_first(argv[1]);
#endif
  destroys_the_context_first(argv[1]);
  return failures == 0 ? 0 : 1;
}
