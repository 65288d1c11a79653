#include "cast_panel.h"

#include <castboard/castboard.h>

struct CastPanel::Inside {
  explicit Inside(const std::string& library)
      : session({.library = library}),
        panel(session, {.create = [](const castboard::Image&) -> std::optional<ImTextureID> {
                          return std::nullopt;
                        },
                        .destroy = [](ImTextureID) {}}) {}

  castboard::Session session;
  castboard::Panel panel;
};

CastPanel::CastPanel(const std::string& library) : inside_(std::make_unique<Inside>(library)) {}
CastPanel::~CastPanel() = default;

void CastPanel::draw() {
  inside_->panel.update();
  inside_->panel.draw_windows();
}

bool CastPanel::settled() const {
  return inside_->panel.settled();
}
