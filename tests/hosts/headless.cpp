// An editor without a screen: (counting) textures of its own and Castboard's panel drawn until
// nothing is loading any more; woken by the session between frames.
#include <castboard/castboard.h>

#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>

#include "editor.h"

namespace {

// Where the session's threads wake a host that sleeps between frames.
class Bell {
 public:
  void ring() {
    const std::lock_guard lock(mutex_);
    rung_ = true;
    condition_.notify_one();
  }
  void wait(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    condition_.wait_for(lock, longest, [this] { return rung_; });
    rung_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable condition_;
  bool rung_ = false;
};

// A renderer that only counts.
struct Textures {
  std::set<ImTextureID> alive;
  unsigned next = 1;

  castboard::TextureHost host() {
    return {.create = [this](const castboard::Image&) -> std::optional<ImTextureID> {
              const auto texture = (ImTextureID)(std::size_t)(1000 + next++);
              alive.insert(texture);
              return texture;
            },
            .destroy =
                [this](ImTextureID texture) {
                  check(alive.erase(texture) == 1, "a destroyed texture was alive");
                }};
  }
};

void draw_frame(castboard::Panel& panel, bool separate_windows) {
  ImGui::NewFrame();
  panel.update();
  if (separate_windows) {
    panel.draw_windows();
  } else {
    panel.draw_window("Cast###castboard");
  }
  end_frame();
}

void make_cast(castboard::Session& session) {
  const auto project = session.wait(session.create_project("Host"));
  check(project.has_value(), "a project can be created");
  if (!project) return;
  for (const char* name : {"Mira", "Tam"}) {
    const auto character = session.wait(session.create_character(
        {.project_id = project->id, .name = name, .description = {}, .traits = {}}));
    check(character.has_value(), "a character can be created");
  }
}

void draw_until_settled(castboard::Session& session, Bell& bell, Textures& textures) {
  castboard::Panel panel(session, textures.host());
  panel.show_project("Host");
  panel.show_character("Mira");
  for (const bool separate_windows : {false, true}) {
    int frames = 0;
    for (; frames < 3 || !panel.settled(); ++frames) {
      draw_frame(panel, separate_windows);
      if (!panel.settled()) bell.wait(std::chrono::milliseconds(100));
    }
    std::printf("settled after %d frames, %d vertices\n", frames,
                ImGui::GetDrawData()->TotalVtxCount);
    check(ImGui::GetDrawData()->TotalVtxCount > 500, "the panel shows something");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path library = argv[1];
  std::filesystem::remove_all(library);

  make_editor();
  Textures textures;
  {
    Bell bell;
    castboard::Session session(
        {.library = library, .wake = [&bell] { bell.ring(); }, .keep_replies = true});
    make_cast(session);
    draw_until_settled(session, bell, textures);
  }
  check(textures.alive.empty(), "nothing is left after the panel");
  ImGui::DestroyContext();
  std::filesystem::remove_all(library);
  return failures == 0 ? 0 : 1;
}
