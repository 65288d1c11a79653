// A part of a host that reads libraries and shows nothing.
#include <castboard/session.h>

std::string newest_picture(castboard::Session& session, const std::string& character) {
  const auto found = session.wait(session.find_character(character));
  return found ? session.absolute_path(found->image_url) : found.error().message;
}
