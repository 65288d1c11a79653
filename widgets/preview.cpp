#include "castboard/preview.h"

#include <optional>
#include <utility>

#include "file_preview.h"
#include "host_contract.h"
#include "imgui_compat.h"
#include "keymap.h"
#include "texture_cache.h"

namespace castboard {
namespace {

constexpr int kQuietUpdates = 3;
constexpr int kFramesToHideHighlight = 2;

}  // namespace

struct PreviewPanel::Parts {
  Parts(Session& session, TextureHost host, std::vector<std::string> paths, PanelOptions wishes)
      : options(std::move(wishes)),
        subscription(session.subscribe()),
        contract(session, subscription),
        textures(session, contract.complete(std::move(host))),
        preview(session, textures) {
    preview.show(std::move(paths));
  }

  ~Parts() {
    if (subscription.closed()) textures.forget_session();
  }

  void update() {
    look = make_look(options);
    const std::vector<Event> events = subscription.take_all();
    for (const Event& event : events) {
      const auto* reply = std::get_if<Reply>(&event);
      if (reply == nullptr || textures.apply(*reply)) continue;
      preview.apply(*reply);
    }
    textures.update();
    const bool quiet = events.empty() && !textures.loading() && !preview.waiting();
    quiet_updates = quiet ? quiet_updates + 1 : 0;
    take_keys();
  }

  void take_keys() {
    const ImGuiIO& io = ImGui::GetIO();
    // Dear ImGui moves its own mark with the arrow keys too; after one that was ours the mark,
    // which shows a frame later, is hidden again.
    if (frames_without_highlight > 0) {
      --frames_without_highlight;
      compat::hide_navigation_highlight();
    }
    const bool popup = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
    if (!std::exchange(has_focus, false) || popup || io.WantTextInput) return;
    if (preview.take_keys(keymap, io.NavVisible)) frames_without_highlight = kFramesToHideHighlight;
  }

  void draw() {
    look = make_look(options);  // the window's own font and scale
    has_focus = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
    next_frame_in = preview.draw(look, keymap, {}).next_frame_in;
  }

  PanelOptions options;
  Subscription subscription;
  HostContract contract;
  TextureCache textures;
  FilePreview preview;
  Keymap keymap;
  Look look;
  bool has_focus = false;
  int frames_without_highlight = 0;  // after an arrow key that was ours
  double next_frame_in = -1;
  int quiet_updates = 0;
};

PreviewPanel::PreviewPanel(Session& session, TextureHost textures, std::vector<std::string> files,
                           PanelOptions options) {
  const bool headers_match = IMGUI_CHECKVERSION();
  parts_ =
      std::make_unique<Parts>(session, std::move(textures), std::move(files), std::move(options));
  if (!headers_match) parts_->contract.refuse_headers();
}

PreviewPanel::~PreviewPanel() = default;

void PreviewPanel::update() {
  if (parts_->contract.may_update()) parts_->update();
}

void PreviewPanel::draw() {
  if (parts_->contract.may_draw()) parts_->draw();
}

void PreviewPanel::show(std::vector<std::string> files) {
  if (!parts_->contract.may_call()) return;
  parts_->textures.forget_all();
  parts_->preview.show(std::move(files));
}

void PreviewPanel::add(std::vector<std::string> files) {
  if (parts_->contract.may_call()) parts_->preview.add(files);
}

int PreviewPanel::cell() const {
  return parts_->preview.cell();
}

int PreviewPanel::shown() const {
  return parts_->preview.shown();
}

bool PreviewPanel::compares() const {
  return parts_->preview.compares();
}

double PreviewPanel::next_frame_in() const {
  return parts_->next_frame_in;
}

bool PreviewPanel::settled() const {
  return parts_->quiet_updates >= kQuietUpdates;
}

}  // namespace castboard
