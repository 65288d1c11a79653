#include "castboard/drag_drop.h"

#include <imgui.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "drag_drop.h"

namespace castboard {
namespace {

// Leaves `to` empty where `from` does not fit with its zero.
template <std::size_t N>
void copy_text(char (&to)[N], std::string_view from) {
  if (from.size() < N) std::copy(from.begin(), from.end(), to);
}

template <std::size_t N>
std::string text_in(const char (&from)[N]) {
  return {from, strnlen(from, N)};
}

}  // namespace

void drag_version(const VersionId& version, const CharacterId& character, std::string_view path) {
  VersionPayload payload;
  copy_text(payload.version_id, version);
  copy_text(payload.character_id, character);
  copy_text(payload.path, path);
  ImGui::SetDragDropPayload(kVersionPayload, &payload, sizeof payload);
}

std::optional<DroppedVersion> accept_version() {
  const ImGuiPayload* payload = ImGui::AcceptDragDropPayload(kVersionPayload);
  if (payload == nullptr || payload->DataSize != int(sizeof(VersionPayload))) return std::nullopt;
  VersionPayload data;
  std::memcpy(&data, payload->Data, sizeof data);
  return DroppedVersion{text_in(data.version_id), text_in(data.character_id), text_in(data.path)};
}

std::optional<std::string> accept_file(const std::string& payload_type) {
  if (payload_type.empty()) return std::nullopt;
  const ImGuiPayload* payload = ImGui::AcceptDragDropPayload(payload_type.c_str());
  if (payload == nullptr || payload->DataSize <= 0) return std::nullopt;
  const auto* text = static_cast<const char*>(payload->Data);
  std::string path(text, strnlen(text, static_cast<std::size_t>(payload->DataSize)));
  if (path.empty()) return std::nullopt;
  return path;
}

}  // namespace castboard
