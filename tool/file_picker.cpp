#include "file_picker.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <system_error>

#include "app.h"

namespace castboard {
namespace {

namespace fs = std::filesystem;

const char* title_of(FilePicker::Kind kind) {
  return kind == FilePicker::Kind::folder ? "Choose a folder###file_picker"
                                          : "Choose a picture###file_picker";
}

bool is_picture(const fs::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".webp";
}

fs::path home_directory() {
  const char* home = std::getenv("HOME");
  return home != nullptr && *home != '\0' ? fs::path(home) : fs::path("/");
}

int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    auto* text = static_cast<std::string*>(data->UserData);
    text->resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = text->data();
  }
  return 0;
}

}  // namespace

DirectoryListing list_pictures(const fs::path& directory) {
  DirectoryListing listing;
  std::error_code error;
  listing.directory = fs::is_directory(directory, error) ? directory : directory.parent_path();
  fs::directory_iterator entry(listing.directory, error);
  if (error) {
    listing.problem = "Cannot read " + listing.directory.string() + ": " + error.message();
    return listing;
  }
  for (; entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.')) continue;
    std::error_code unreadable;  // a broken link is no reason to stop
    if (entry->is_directory(unreadable)) {
      listing.folders.push_back(name);
    } else if (is_picture(entry->path())) {
      listing.pictures.push_back(name);
    }
  }
  std::sort(listing.folders.begin(), listing.folders.end());
  std::sort(listing.pictures.begin(), listing.pictures.end());
  return listing;
}

void FilePicker::open(Kind kind, Done done) {
  kind_ = kind;
  done_ = std::move(done);
  opening_ = true;
  go_to(listing_.directory.empty() ? home_directory() : listing_.directory);
}

void FilePicker::go_to(fs::path directory) {
  if (reading_.valid()) {
    next_ = std::move(directory);
    return;
  }
  reading_ = std::async(std::launch::async, [directory = std::move(directory)] {
    DirectoryListing listing = list_pictures(directory);
    wake_window();
    return listing;
  });
}

void FilePicker::take_listing() {
  if (!reading_.valid() ||
      reading_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    return;
  }
  listing_ = reading_.get();
  typed_ = listing_.directory.string();
  chosen_.clear();
  if (!next_.empty()) go_to(std::exchange(next_, {}));
}

void FilePicker::finish(std::string path) {
  ImGui::CloseCurrentPopup();
  const Done done = std::exchange(done_, nullptr);
  if (done) done(std::move(path));
}

void FilePicker::path_row(float scale) {
  const float up = 64 * scale;
  if (ImGui::Button("Up###up", {up, 0})) go_to(listing_.directory.parent_path());
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-FLT_MIN);
  if (ImGui::InputTextWithHint(
          "###path", kind_ == Kind::folder ? "Directory" : "Directory or file", typed_.data(),
          typed_.capacity() + 1,
          ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_EnterReturnsTrue, grow,
          &typed_)) {
    const fs::path path(typed_);
    if (kind_ == Kind::picture && is_picture(path)) {
      finish(path.string());
    } else {
      go_to(path);
    }
  }
}

void FilePicker::entries() {
  if (!listing_.problem.empty()) {
    ImGui::TextWrapped("%s", listing_.problem.c_str());
    return;
  }
  if (listing_.folders.empty() && listing_.pictures.empty() && !reading_.valid()) {
    ImGui::TextDisabled("No folders and no pictures here");
  }
  for (const std::string& folder : listing_.folders) {
    if (ImGui::Selectable((folder + "/").c_str(), false, ImGuiSelectableFlags_NoAutoClosePopups)) {
      go_to(listing_.directory / folder);
    }
  }
  // Among folders the pictures only help to know where one is.
  if (kind_ == Kind::folder) {
    for (const std::string& picture : listing_.pictures) ImGui::TextDisabled("%s", picture.c_str());
    return;
  }
  for (const std::string& picture : listing_.pictures) {
    const auto flags =
        ImGuiSelectableFlags_AllowDoubleClick | ImGuiSelectableFlags_NoAutoClosePopups;
    if (ImGui::Selectable(picture.c_str(), picture == chosen_, flags)) {
      chosen_ = picture;
      if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
        finish((listing_.directory / picture).string());
        return;
      }
    }
  }
}

void FilePicker::buttons(float scale) {
  const ImVec2 size{110 * scale, 0};
  const float both = 2 * size.x + ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - both);
  if (ImGui::Button("Cancel###cancel", size)) {
    finish({});
    return;
  }
  ImGui::SameLine();
  // A folder is chosen by going into it.
  const bool ready =
      kind_ == Kind::folder ? listing_.problem.empty() && !reading_.valid() : !chosen_.empty();
  ImGui::BeginDisabled(!ready);
  if (ImGui::Button("Choose###choose", size)) {
    finish((kind_ == Kind::folder ? listing_.directory : listing_.directory / chosen_).string());
  }
  ImGui::EndDisabled();
}

void FilePicker::draw(ImFont* heading_font, float scale) {
  if (!done_) return;
  take_listing();
  if (std::exchange(opening_, false)) ImGui::OpenPopup(title_of(kind_));
  const ImVec2 screen = ImGui::GetMainViewport()->Size;
  ImGui::SetNextWindowSize(
      {std::min(640 * scale, screen.x - 40 * scale), std::min(480 * scale, screen.y - 40 * scale)},
      ImGuiCond_Appearing);
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::PushFont(heading_font, 0);
  bool stays_open = true;
  const bool visible =
      ImGui::BeginPopupModal(title_of(kind_), &stays_open, ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopFont();
  if (!visible) {
    if (!stays_open) finish({});
    return;
  }
  path_row(scale);
  const float bottom = ImGui::GetFrameHeightWithSpacing();
  if (done_ && ImGui::BeginChild("entries", {0, -bottom}, ImGuiChildFlags_Borders)) entries();
  ImGui::EndChild();
  if (done_) buttons(scale);
  if (done_ && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) finish({});
  ImGui::EndPopup();
}

}  // namespace castboard
