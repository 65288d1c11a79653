// What a host gets from a panel and may do to it: parts, hooks, drag and drop, wrong use.
#include <gmock/gmock.h>
#include <imgui_internal.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "castboard/castboard.h"
#include "panel_support.h"
#include "support/png_writing.h"

namespace castboard {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class EmbeddingTest : public PanelTest {
 protected:
  // A host of its own making: `draw_host` between update() and the end of the frame.
  void open_host(PanelOptions options = {}) {
    panel = std::make_unique<Panel>(*session, gui.textures.host(), std::move(options));
    gui.draw = [this] {
      panel->update();
      draw_host();
    };
    settle();
  }

  // A session with these characters, whose first has a sheet and a portrait.
  void make_cast() {
    open_session_with({"Mira", "Tam"});
    for (const char* name : {"Mira", "Tam"}) {
      cast.push_back(session->wait(session->find_character(name)).value());
    }
    for (const char* key : {"portrait", "expression_sheet"}) {
      GenerationRequest request;
      request.character_id = cast[0].id;
      request.provider = "sketch";
      request.version_name = key;
      request.template_type = key;
      request.shot = key == std::string("portrait") ? "headshot" : "all";
      request.art_style = "anime";
      request.aspect_ratio = "1:1";
      const auto jobs = session->wait(session->generate(request));
      ASSERT_TRUE(jobs) << jobs.error().message;
      ASSERT_EQ(session->wait(session->finish(jobs->front().id)).value().job.state, JobState::done);
    }
  }

  Version version(int number) { return versions()[static_cast<std::size_t>(number - 1)]; }

  std::vector<Character> cast;
  std::function<void()> draw_host = [] {};
};

void host_window(const char* title, ImVec2 at, ImVec2 size, const std::function<void()>& inside) {
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize(size);
  if (ImGui::Begin(title)) inside();
  ImGui::End();
}

TEST_F(EmbeddingTest, draws_each_part_alone_in_windows_tabs_and_children_of_the_host) {
  make_cast();
  draw_host = [this] {
    host_window("Host", {0, 0}, {1400, 880}, [this] {
      ImGui::BeginChild("left", {340, 0});
      panel->draw_part(PanelPart::cast);
      ImGui::EndChild();
      ImGui::SameLine();
      ImGui::BeginChild("right");
      const bool has_tabs = ImGui::BeginTabBar("tabs");
      if (has_tabs && ImGui::BeginTabItem("Pictures")) {
        panel->draw_part(PanelPart::viewer);
        ImGui::EndTabItem();
      }
      if (has_tabs && ImGui::BeginTabItem("All versions")) {
        panel->draw_part(PanelPart::versions);
        ImGui::EndTabItem();
      }
      if (has_tabs && ImGui::BeginTabItem("Make")) {
        panel->draw_part(PanelPart::generate);
        ImGui::EndTabItem();
      }
      if (has_tabs) ImGui::EndTabBar();
      ImGui::EndChild();
    });
    panel->draw_dialogs();
  };
  open_host();
  gui.click("Mira");
  settle();
  EXPECT_EQ(panel->selection().character, cast[0].id);
  EXPECT_FALSE(gui.has("Generate New Version"));
  gui.click("Make");
  settle();
  EXPECT_TRUE(gui.has("Generate New Version"));

  gui.click("All versions");
  settle();
  EXPECT_TRUE(gui.has("v001"));
}

TEST_F(EmbeddingTest, needs_no_scroll_bars_in_windows_of_their_first_size) {
  make_cast();
  draw_host = [this] { panel->draw_windows(); };
  open_host();
  panel->show_character("Mira");
  settle();
  for (const char* title : {Panel::kCastWindow, Panel::kViewerWindow, Panel::kVersionsWindow,
                            Panel::kGenerateWindow, Panel::kJobsWindow}) {
    const ImGuiWindow* window = ImGui::FindWindowByName(title);
    ASSERT_NE(window, nullptr) << title;
    EXPECT_FALSE(window->ScrollbarX || window->ScrollbarY)
        << title << " has " << window->ContentSize.x << " x " << window->ContentSize.y << " in "
        << window->Size.x << " x " << window->Size.y;
  }
}

TEST_F(EmbeddingTest, draws_a_part_in_a_popup_of_the_host_with_its_dialogs_over_it) {
  make_cast();
  bool open_popup = true;
  bool was_open = false;
  draw_host = [&] {
    host_window("Host", {0, 0}, {1400, 880}, [&] {
      if (std::exchange(open_popup, false)) ImGui::OpenPopup("cast");
      ImGui::SetNextWindowSize({400, 700});
      if (!ImGui::BeginPopup("cast")) return;
      was_open = true;
      panel->draw_part(PanelPart::cast);
      panel->draw_dialogs();
      ImGui::EndPopup();
    });
  };
  open_host();
  gui.click("+ Character");
  settle();
  was_open = false;
  gui.frames(3);
  EXPECT_TRUE(was_open) << "the dialog closed the host's popup";
  EXPECT_TRUE(gui.has("Create Character")) << "no dialog";
}

TEST_F(EmbeddingTest, tells_the_host_of_another_active_version_whoever_chose_it) {
  make_cast();
  std::vector<ActiveVersion> told;
  PanelOptions options;
  options.active_version_changed = [&](const ActiveVersion& active) { told.push_back(active); };
  open_host(options);
  EXPECT_TRUE(told.empty()) << "nothing has changed yet";

  const Version first = version(1);
  const Version second = version(2);
  ASSERT_TRUE(session->wait(session->activate(first.id)));
  ASSERT_TRUE(gui.frames_until([&] { return !told.empty(); }));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].character, cast[0].id);
  EXPECT_EQ(told[0].character_name, "Mira");
  EXPECT_EQ(told[0].version, first.id);
  EXPECT_EQ(told[0].version_number, 1);
  EXPECT_TRUE(std::filesystem::path(told[0].path).is_absolute());
  EXPECT_TRUE(std::filesystem::exists(told[0].path)) << told[0].path;

  // A change that has nothing to do with it is none.
  ASSERT_TRUE(session->wait(session->set_star({first.id}, true)));
  CharacterDraft draft;
  draft.name = "Mira Voss";
  ASSERT_TRUE(session->wait(session->edit_character(cast[0].id, draft)));
  settle();
  EXPECT_EQ(told.size(), 1u);

  // None any more, said as none.
  ASSERT_TRUE(session->wait(session->trash_versions({first.id, second.id})));
  ASSERT_TRUE(gui.frames_until([&] { return told.size() > 1; }));
  EXPECT_EQ(told.back().version, "");
  EXPECT_EQ(told.back().path, "");
}

TEST_F(EmbeddingTest, tells_the_host_what_another_process_made_active) {
  make_cast();
  std::vector<ActiveVersion> told;
  PanelOptions options;
  options.active_version_changed = [&](const ActiveVersion& active) { told.push_back(active); };
  open_host(options);
  const Version first = version(1);
  SessionOptions elsewhere;
  elsewhere.library = directory.path() / "library";
  elsewhere.assets = CASTBOARD_ASSETS;
  elsewhere.keep_replies = true;
  Session other(elsewhere);
  ASSERT_TRUE(other.wait(other.activate(first.id)));
  ASSERT_TRUE(gui.frames_until([&] { return !told.empty(); }));
  EXPECT_EQ(told[0].version, first.id);
}

TEST_F(EmbeddingTest, tells_the_host_what_is_looked_at_and_shows_what_it_asks_for) {
  make_cast();
  std::vector<PanelSelection> told;
  PanelOptions options;
  options.selection_changed = [&](const PanelSelection& now) { told.push_back(now); };
  draw_host = [this] { panel->draw_windows(); };
  open_host(options);
  panel->show_version("Mira/v001");
  settle();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().character, cast[0].id);
  EXPECT_EQ(told.back().version, version(1).id);
  panel->show_version(version(2).id);
  settle();
  EXPECT_EQ(told.back().version, version(2).id);
  panel->show_character("Tam");
  settle();
  EXPECT_EQ(told.back().character, cast[1].id);
  EXPECT_EQ(told.back().version, "");
  EXPECT_EQ(panel->selection(), told.back());
  const std::size_t so_far = told.size();
  gui.frames(10);
  EXPECT_EQ(told.size(), so_far) << "told again although nothing changed";
}

TEST_F(EmbeddingTest, tells_the_host_of_several_chosen_characters_in_the_grids_order) {
  make_cast();
  draw_host = [this] {
    host_window("Cast", {0, 0}, {400, 880}, [this] { panel->draw_part(PanelPart::cast); });
    panel->draw_dialogs();
  };
  open_host();
  gui.click("Tam");
  settle();
  EXPECT_THAT(panel->selection().characters, ElementsAre(cast[1].id));
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
  gui.click("Mira");
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  settle();
  EXPECT_THAT(panel->selection().characters, ElementsAre(cast[0].id, cast[1].id));
}

TEST_F(EmbeddingTest, shows_a_version_of_another_project) {
  make_cast();
  const Project other = session->wait(session->create_project("Elsewhere")).value();
  draw_host = [this] { panel->draw_windows(); };
  open_host();
  panel->show_project("Elsewhere");
  settle();
  ASSERT_EQ(panel->selection().project, other.id);
  panel->show_version(version(1).id);
  settle();
  EXPECT_EQ(panel->selection().version, version(1).id);
  EXPECT_EQ(panel->selection().project, cast[0].project_id);
}

TEST_F(EmbeddingTest, takes_no_keys_while_the_host_s_part_of_the_same_window_has_them) {
  make_cast();
  draw_host = [this] {
    host_window("Host", {0, 0}, {1400, 880}, [this] {
      ImGui::BeginChild("host's list", {340, 0});
      ImGui::Selectable("an asset");
      ImGui::EndChild();
      ImGui::SameLine();
      ImGui::BeginChild("castboard");
      panel->draw_part(PanelPart::viewer);
      ImGui::EndChild();
    });
    panel->draw_dialogs();
  };
  open_host();
  panel->show_version("Mira/v002");
  settle();
  gui.click("an asset");
  gui.press(ImGuiKey_3);
  settle();
  EXPECT_EQ(panel->selection().cell, 0);
  gui.click("Details");
  gui.press(ImGuiKey_3);
  settle();
  EXPECT_EQ(panel->selection().cell, 3);
}

TEST_F(EmbeddingTest, drags_a_version_into_the_host_with_its_file) {
  make_cast();
  std::optional<DroppedVersion> dropped;
  draw_host = [&] {
    host_window("Strip", {0, 0}, {900, 300}, [&] { panel->draw_part(PanelPart::versions); });
    host_window("Scene", {0, 400}, {300, 300}, [&] {
      ImGui::Button("Here", {200, 200});
      if (!ImGui::BeginDragDropTarget()) return;
      if (auto version = accept_version()) dropped = version;
      ImGui::EndDragDropTarget();
    });
    panel->draw_dialogs();
  };
  open_host();
  panel->show_version("Mira/v001");
  settle();
  ImGuiIO& io = ImGui::GetIO();
  gui.move_to(gui.item("v001").centre());
  io.AddMouseButtonEvent(0, true);
  gui.frame();
  const ImVec2 there = gui.item("Here").centre();
  gui.move_to({there.x, there.y - 20});
  gui.move_to(there);
  gui.frames(2);
  io.AddMouseButtonEvent(0, false);
  gui.frames(2);
  ASSERT_TRUE(dropped);
  EXPECT_EQ(dropped->version, version(1).id);
  EXPECT_EQ(dropped->character, cast[0].id);
  EXPECT_TRUE(std::filesystem::exists(dropped->path)) << dropped->path;
}

TEST_F(EmbeddingTest, takes_the_hosts_own_drags_of_a_file) {
  make_cast();
  const std::string file = session->absolute_path(version(1).image_url);
  draw_host = [&] {
    host_window("Assets", {0, 0}, {300, 100}, [&] {
      ImGui::Button("mira.png");
      if (!ImGui::BeginDragDropSource()) return;
      ImGui::SetDragDropPayload("EDITOR_FILE", file.c_str(), file.size() + 1);
      ImGui::EndDragDropSource();
    });
    host_window("Pictures", {0, 150}, {900, 700}, [&] { panel->draw_part(PanelPart::viewer); });
    panel->draw_dialogs();
  };
  PanelOptions options;
  options.file_payload = "EDITOR_FILE";
  open_host(options);
  panel->show_character("Tam");
  settle();
  EXPECT_FALSE(gui.has("###files"));
  ImGuiIO& io = ImGui::GetIO();
  gui.move_to(gui.item("mira.png").centre());
  io.AddMouseButtonEvent(0, true);
  gui.frame();
  gui.move_to({400, 400});
  gui.move_to({450, 450});
  gui.frames(2);
  io.AddMouseButtonEvent(0, false);
  gui.frames(2);
  settle();
  EXPECT_TRUE(gui.has("Use as reference")) << "the file is not shown";
}

TEST_F(EmbeddingTest, two_panels_share_a_session) {
  make_cast();
  Panel other(*session, gui.textures.host());
  draw_host = [&] {
    other.update();
    host_window("One", {0, 0}, {700, 880}, [&] { panel->draw(); });
    host_window("Two", {710, 0}, {700, 880}, [&] { other.draw(); });
  };
  open_host();
  panel->show_character("Mira");
  other.show_character("Tam");
  ASSERT_TRUE(gui.frames_until([&] { return panel->settled() && other.settled(); }));
  EXPECT_EQ(panel->selection().character, cast[0].id);
  EXPECT_EQ(other.selection().character, cast[1].id);
  panel.reset();
  gui.draw = [] {};
}

TEST_F(EmbeddingTest, two_panels_have_windows_and_dialogs_of_their_own_in_one_context) {
  make_cast();
  PanelOptions options;
  options.window_suffix = "_2";
  Panel other(*session, gui.textures.host(), options);
  draw_host = [&] {
    panel->draw_windows();
    other.update();
    other.draw_windows();
  };
  open_host();
  panel->show_character("Mira");
  other.show_character("Tam");
  ASSERT_TRUE(gui.frames_until([&] { return panel->settled() && other.settled(); }));
  EXPECT_EQ(panel->selection().character, cast[0].id);
  EXPECT_EQ(other.selection().character, cast[1].id);
  EXPECT_NE(ImGui::FindWindowByName(Panel::kCastWindow), nullptr);
  EXPECT_NE(ImGui::FindWindowByName("###castboard_cast_2"), nullptr);

  // Outside of windows the dialogs of both would be one and the same.
  draw_host = [&] {
    host_window("One", {0, 0}, {500, 880}, [&] { panel->draw_part(PanelPart::cast); });
    panel->draw_dialogs();
    other.update();
    host_window("Two", {510, 0}, {500, 880}, [&] { other.draw_part(PanelPart::cast); });
    other.draw_dialogs();
  };
  gui.frames(3);
  gui.click("+ Character");
  gui.frames(3);
  EXPECT_TRUE(gui.has("Create Character"));
  panel.reset();
  gui.draw = [] {};
}

TEST_F(EmbeddingTest, two_contexts_have_a_panel_each) {
  make_cast();
  draw_host = [this] { panel->draw_windows(); };
  open_host();
  ImGuiContext* first = ImGui::GetCurrentContext();
  {
    ImGuiHarness second;
    Panel there(*session, second.textures.host());
    second.draw = [&] {
      there.update();
      there.draw_windows();
    };
    ASSERT_TRUE(second.frames_until([&] { return there.settled(); }));
    EXPECT_TRUE(second.has("Mira"));
    ImGui::SetCurrentContext(first);
    gui.frames(3);
    EXPECT_TRUE(gui.has("Mira"));
    ImGui::SetCurrentContext(nullptr);
  }
  ImGui::SetCurrentContext(first);
}

TEST_F(EmbeddingTest, two_sessions_in_one_process_know_nothing_of_each_other) {
  make_cast();
  SessionOptions options;
  options.library = directory.path() / "other";
  options.assets = CASTBOARD_ASSETS;
  options.wake = gui.wake();
  options.keep_replies = true;
  Session other_session(options);
  ASSERT_TRUE(other_session.wait(other_session.create_project("Elsewhere")));
  Panel other(other_session, gui.textures.host());
  draw_host = [&] {
    other.update();
    host_window("One", {0, 0}, {700, 880}, [&] { panel->draw(); });
    host_window("Two", {710, 0}, {700, 880}, [&] { other.draw(); });
  };
  open_host();
  ASSERT_TRUE(gui.frames_until([&] { return panel->settled() && other.settled(); }));
  EXPECT_NE(panel->selection().project, other.selection().project);
  panel.reset();
  gui.draw = [] {};
}

// --- Beside the host's own
// ---------------------------------------------------------------------------

class BesideHostTest : public EmbeddingTest {
 protected:
  std::size_t jobs() { return session->wait(session->list_jobs(true)).value().size(); }

  void press_ctrl_enter() {
    gui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
    gui.frames(5);
  }
};

TEST_F(BesideHostTest, generates_nothing_by_the_key_that_commits_the_hosts_text) {
  make_cast();
  const std::size_t before = jobs();
  char notes[64] = "";
  draw_host = [&] {
    host_window("My tab", {0, 0}, {1400, 880}, [&] {
      ImGui::InputTextMultiline("notes", notes, sizeof notes, {300, 40});
      panel->draw();
    });
  };
  open_host();
  panel->show_character("Mira");
  settle();
  gui.click("notes");
  gui.type("hello");
  press_ctrl_enter();
  EXPECT_EQ(jobs(), before);
  gui.click("picture");
  press_ctrl_enter();
  EXPECT_TRUE(gui.frames_until([&] { return jobs() == before + 1; }, 200))
      << "the key works where the panel has the keyboard";
  settle();
}

TEST_F(BesideHostTest, generates_nothing_under_a_dialog_of_its_own) {
  make_cast();
  const std::size_t before = jobs();
  draw_host = [this] { panel->draw_windows(); };
  open_host();
  panel->show_character("Mira");
  settle();
  gui.click("picture");
  gui.type("?");
  gui.frames(3);
  ASSERT_NE(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0) << "no sheet of keys";
  press_ctrl_enter();
  EXPECT_EQ(jobs(), before);
}

TEST_F(BesideHostTest, hears_keys_in_a_tab_after_a_tile_was_clicked_in_another) {
  make_cast();
  draw_host = [this] {
    host_window("Host", {0, 0}, {1400, 880}, [this] {
      if (!ImGui::BeginTabBar("tabs")) return;
      for (const auto& [name, part] :
           {std::pair("The cast", PanelPart::cast), std::pair("Pictures", PanelPart::viewer)}) {
        if (!ImGui::BeginTabItem(name)) continue;
        panel->draw_part(part);
        ImGui::EndTabItem();
      }
      ImGui::EndTabBar();
    });
    panel->draw_dialogs();
  };
  open_host();
  gui.click("Mira");
  settle();
  gui.click("Pictures");
  settle();
  gui.click("picture");
  ASSERT_EQ(panel->selection().version, version(2).id);
  gui.press(ImGuiKey_LeftArrow);
  settle();
  EXPECT_EQ(panel->selection().version, version(1).id);
}

TEST_F(BesideHostTest, leaves_a_file_picker_drawn_with_dear_imgui_open) {
  make_cast();
  std::function<void(std::string)> chosen;
  bool open_picker = false;
  int frames_seen = 0;
  PanelOptions options;
  options.pick_file = [&](std::function<void(std::string)> done) {
    chosen = std::move(done);
    open_picker = true;
  };
  draw_host = [&] {
    panel->draw_dialogs();
    if (std::exchange(open_picker, false)) ImGui::OpenPopup("Pick a file");
    if (ImGui::BeginPopupModal("Pick a file")) {
      ++frames_seen;
      ImGui::EndPopup();
    }
  };
  open_host(options);
  panel->show_character("Mira");
  panel->open_generate_dialog();
  settle();
  gui.click("###presets");
  gui.frames(3);
  gui.click("Import a file...");
  gui.frames(2);
  ASSERT_TRUE(chosen) << "nothing was to be picked";
  frames_seen = 0;
  gui.frames(20);
  EXPECT_EQ(frames_seen, 20);
  chosen("");
  gui.frames(3);
  EXPECT_TRUE(ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) << "the form comes back";
}

TEST_F(BesideHostTest, opens_its_dialog_over_a_window_that_is_folded_away) {
  make_cast();
  draw_host = [this] {
    ImGui::SetNextWindowCollapsed(true);
    panel->draw_window("Cast###castboard");
  };
  open_host();
  panel->show_character("Mira");
  panel->open_generate_dialog();
  settle();
  EXPECT_TRUE(gui.has("Generate New Version"));
}

TEST_F(BesideHostTest, may_be_destroyed_by_what_it_tells) {
  make_cast();
  int told = 0;
  PanelOptions options;
  options.active_version_changed = [&](const ActiveVersion&) {
    ++told;
    panel.reset();
  };
  panel = std::make_unique<Panel>(*session, gui.textures.host(), options);
  gui.draw = [this] {
    if (panel) panel->update();
    if (panel) panel->draw_windows();
  };
  settle();
  ASSERT_TRUE(session->wait(session->activate(version(1).id)));
  ASSERT_TRUE(gui.frames_until([&] { return told > 0; }));
  EXPECT_EQ(told, 1);
  gui.frames(3);
}

TEST_F(BesideHostTest, needs_few_vertices_behind_a_large_picture_with_holes) {
  make_cast();
  const std::string file = (directory.path() / "holes.png").string();
  constexpr std::uint32_t kWidth = 3600;
  constexpr std::uint32_t kHeight = 1900;
  constexpr std::uint8_t kGreyAndAlpha = 4;
  const testing::Bytes rows(std::size_t{1 + 2 * kWidth} * kHeight, 0);
  const testing::Bytes png = testing::png_claiming(kWidth, kHeight, rows, kGreyAndAlpha);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(png.data()), std::streamsize(png.size()));
  ImGui::GetIO().DisplaySize = {3840, 2160};
  draw_host = [this] {
    host_window("Pictures", {0, 0}, {3840, 2160}, [this] { panel->draw_part(PanelPart::viewer); });
    panel->draw_dialogs();
  };
  open_host();
  panel->offer_files({file});
  const auto has_ground = [] {
    const ImDrawData* data = ImGui::GetDrawData();
    return data != nullptr && data->TotalVtxCount > 10'000;
  };
  ASSERT_TRUE(gui.frames_until(has_ground, 2000)) << "where is the ground of squares?";
  for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
    EXPECT_LT(list->VtxBuffer.Size, 65536) << "16-bit indices cannot count them";
  }
}

#if IMGUI_VERSION_NUM >= 19200
TEST_F(BesideHostTest, is_as_large_as_the_font_it_is_drawn_in) {
  make_cast();
  float scale = 1;
  draw_host = [&] {
    host_window("Cast", {0, 0}, {1000, 880}, [&] {
      ImGui::PushFont(nullptr, ImGui::GetStyle().FontSizeBase * scale);
      panel->draw_part(PanelPart::cast);
      ImGui::PopFont();
    });
    panel->draw_dialogs();
  };
  open_host();
  const auto height = [&] {
    const DrawnItem button = gui.item("+ Character");
    return button.max.y - button.min.y;
  };
  const float before = height();
  scale = 2;
  settle();
  EXPECT_NEAR(height(), before * 2, 2);
}
#endif

// --- Navigation, fonts, clock, read-only ---------------------------------------------------------

TEST_F(EmbeddingTest, is_walked_and_pressed_with_a_gamepad) {
  make_cast();
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableGamepad;
  io.BackendFlags |= ImGuiBackendFlags_HasGamepad;
  draw_host = [this] {
    host_window("Cast", {0, 0}, {330, 880}, [this] { panel->draw_part(PanelPart::cast); });
    panel->draw_dialogs();
  };
  open_host();
  panel->show_character("Tam");
  settle();
  ImGui::SetWindowFocus("Cast");
  const auto tap = [&](ImGuiKey key) {
    io.AddKeyEvent(key, true);
    gui.frame();
    io.AddKeyEvent(key, false);
    gui.frames(2);
  };
  // Down and along the tiles, wherever the highlight begins, until Mira's has it.
  const auto is_on_mira = [&] {
    return ImGui::GetCurrentContext()->NavId == gui.item("Mira###tile").id;
  };
  // As everywhere in Dear ImGui, the button that presses an item steps into a region.
  const auto is_on_region = [] {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return std::any_of(context.Windows.begin(), context.Windows.end(), [&](const ImGuiWindow* at) {
      return at->ChildId != 0 && at->ChildId == context.NavId;
    });
  };
  constexpr ImGuiKey kWay[] = {ImGuiKey_GamepadDpadDown,  ImGuiKey_GamepadDpadDown,
                               ImGuiKey_GamepadDpadDown,  ImGuiKey_GamepadDpadUp,
                               ImGuiKey_GamepadDpadRight, ImGuiKey_GamepadDpadUp,
                               ImGuiKey_GamepadDpadLeft};
  for (int i = 0; i < 40 && !is_on_mira(); ++i) {
    tap(is_on_region() ? ImGuiKey_GamepadFaceDown : kWay[i % std::size(kWay)]);
  }
  ASSERT_TRUE(is_on_mira()) << "the highlight is on " << ImGui::GetCurrentContext()->NavId;
  tap(ImGuiKey_GamepadFaceDown);
  settle();
  EXPECT_EQ(panel->selection().character, cast[0].id);
}

TEST_F(EmbeddingTest, says_icons_in_words_where_the_hosts_font_has_none) {
  make_cast();
  draw_host = [this] { panel->draw_windows(); };
  PanelOptions options;
  options.icons = true;  // the font of this host, Dear ImGui's own, has none
  open_host(options);
  panel->show_character("Mira");
  settle();
  EXPECT_EQ(gui.item("###show_trash").label, "Trash###show_trash");
}

TEST_F(EmbeddingTest, keeps_records_by_the_hosts_clock) {
  SessionOptions options;
  options.library = directory.path() / "library";
  options.assets = CASTBOARD_ASSETS;
  options.keep_replies = true;
  options.clock = [] {
    return std::chrono::system_clock::time_point(std::chrono::seconds(4'102'444'800));
  };
  session = std::make_unique<Session>(options);
  project = session->wait(session->create_project("Later")).value().id;
  CharacterDraft draft;
  draft.project_id = project;
  draft.name = "Mira";
  const Character character = session->wait(session->create_character(draft)).value();
  EXPECT_EQ(character.created_at, "2100-01-01T00:00:00.000Z");
}

TEST_F(EmbeddingTest, shows_a_library_that_may_only_be_read) {
  make_cast();
  session.reset();
  SessionOptions options;
  options.library = directory.path() / "library";
  options.assets = CASTBOARD_ASSETS;
  options.read_only = true;
  options.wake = gui.wake();
  options.keep_replies = true;
  session = std::make_unique<Session>(options);
  draw_host = [this] { panel->draw_windows(); };
  open_host();
  panel->show_character("Mira");
  settle();
  EXPECT_TRUE(gui.has("v001"));
}

// --- Coming and going ----------------------------------------------------------------------------

std::size_t entries(const char* directory) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory),
                                                std::filesystem::directory_iterator()));
}

TEST_F(EmbeddingTest, comes_and_goes_a_thousand_times_and_leaves_nothing) {
  const auto come_and_go = [this] {
    SessionOptions options;
    options.library = directory.path() / "library";
    options.assets = CASTBOARD_ASSETS;
    options.wake = gui.wake();
    Session here(options);
    Panel there(here, gui.textures.host());
    gui.draw = [&] {
      there.update();
      there.draw_windows();
    };
    gui.frame();
  };
  come_and_go();
  const std::size_t threads = entries("/proc/self/task");
  const std::size_t files = entries("/proc/self/fd");
  for (int i = 0; i < 1000; ++i) come_and_go();
  gui.draw = [] {};
  EXPECT_EQ(entries("/proc/self/task"), threads);
  EXPECT_EQ(entries("/proc/self/fd"), files);
  EXPECT_EQ(gui.textures.count(), 0u);
}

// --- Wrong use -----------------------------------------------------------------------------------

using EmbeddingDeathTest = EmbeddingTest;

TEST_F(EmbeddingDeathTest, asserts_when_update_is_forgotten) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  make_cast();
  open_host();
  gui.draw = [this] { EXPECT_DEATH(panel->draw_windows(), "wrong use of castboard::Panel"); };
  gui.frame();
}

TEST_F(EmbeddingDeathTest, asserts_on_another_thread) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  make_cast();
  open_host();
  EXPECT_DEATH(std::thread([this] { panel->show_character("Mira"); }).join(),
               "wrong use of castboard::Panel");
}

TEST_F(EmbeddingDeathTest, asserts_when_the_session_goes_first) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  make_cast();
  open_host();
  EXPECT_DEATH(session.reset(), "before their Session");
}

}  // namespace
}  // namespace castboard
