// An editor without OpenGL: Castboard drawn into memory by a rasteriser of some hundred lines.
// Draws a portrait with the built-in picture maker and looks for its colours on the canvas.
#include <castboard/castboard.h>
#include <castboard/sketch.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "editor.h"
#include "rasteriser.h"

namespace {

void write_ppm(const Canvas& canvas, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << "P6\n" << canvas.width << ' ' << canvas.height << "\n255\n";
  for (std::size_t i = 0; i < canvas.rgba.size(); i += 4) {
    file.write(reinterpret_cast<const char*>(&canvas.rgba[i]), 3);
  }
}

std::size_t colours_in(const Canvas& canvas) {
  std::set<std::uint32_t> seen;
  for (std::size_t i = 0; i < canvas.rgba.size(); i += 4) {
    seen.insert(static_cast<std::uint32_t>(canvas.rgba[i]) |
                static_cast<std::uint32_t>(canvas.rgba[i + 1]) << 8U |
                static_cast<std::uint32_t>(canvas.rgba[i + 2]) << 16U);
  }
  return seen.size();
}

void make_portrait(castboard::Session& session) {
  const auto project = session.wait(session.create_project("Northwind"));
  check(project.has_value(), "a project can be created");
  if (!project) return;
  const auto mira = session.wait(session.create_character(
      {.project_id = project->id, .name = "Mira", .description = {}, .traits = {}}));
  check(mira.has_value(), "a character can be created");
  if (!mira) return;
  castboard::GenerationRequest request;
  request.character_id = mira->id;
  request.provider = "sketch";
  request.version_name = "First";
  request.template_type = "portrait";
  request.art_style = "anime";
  request.aspect_ratio = "1:1";
  const auto jobs = session.wait(session.generate(request));
  check(jobs.has_value(), "a portrait can be asked for");
  if (!jobs) return;
  const auto outcome = session.wait(session.finish(jobs->front().id));
  check(outcome && outcome->job.state == castboard::JobState::done, "the portrait is drawn");
}

Canvas draw_until_settled(castboard::Panel& panel, Rasteriser& rasteriser) {
  for (int i = 0; i < 3 || !panel.settled(); ++i) {
    ImGui::NewFrame();
    panel.update();
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    panel.draw_window("Cast###castboard");
    ImGui::Render();
    rasteriser.follow_font();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return rasteriser.draw(*ImGui::GetDrawData());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  ImGuiContext* context = make_editor();
  Rasteriser rasteriser;
  {
    castboard::SessionOptions options;
    options.library = argv[1];
    options.keep_replies = true;
    options.local_providers = {castboard::sketch_provider()};
    castboard::Session session(options);
    {
      castboard::Panel panel(session, rasteriser.textures());
      const std::size_t plain = colours_in(draw_until_settled(panel, rasteriser));
      const std::size_t without = rasteriser.texture_count();
      make_portrait(session);
      panel.show_version("Mira/v001");
      const Canvas canvas = draw_until_settled(panel, rasteriser);
      if (argc > 2) write_ppm(canvas, argv[2]);
      std::printf("%zu colours without a picture, %zu with\n", plain, colours_in(canvas));
      check(rasteriser.texture_count() > without, "pictures became textures");
      check(colours_in(canvas) > plain + 200, "the picture's colours are on the canvas");
    }
    check(rasteriser.texture_count() <= 2, "nothing but the font is left after the panel");
  }
  ImGui::DestroyContext(context);
  return failures == 0 ? 0 : 1;
}
