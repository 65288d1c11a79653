#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "commands/replies.h"

// A small cast to look at, drawn by the built-in provider.
namespace castboard {

struct DemoPicture {
  std::string template_type;
  std::string shot;
  std::string art_style;
  std::string aspect_ratio = "1:1";
  std::string description;
  Status status = Status::none;
  bool starred = false;
  std::vector<std::pair<int, Status>> cells = {};
};

struct DemoCharacter {
  std::string name;
  std::string description;
  std::vector<Trait> traits;
  std::vector<DemoPicture> pictures;  // in the order of their versions
};

inline constexpr const char* kDemoProject = "Northwind";
inline constexpr const char* kDemoLead = "Mira Voss";  // shown first

const std::vector<DemoCharacter>& demo_cast();

// Puts the cast into a library, adding only what was never there: what a user renamed, trashed or
// purged stays so. Used by one thread at a time.
class DemoStage {
 public:
  // `cast` must outlive the stage.
  DemoStage(Session& session, Replies& replies,
            const std::vector<DemoCharacter>& cast = demo_cast())
      : session_(session), replies_(replies), cast_(cast) {}

  // Project and characters, without pictures; quick. True when the project is new.
  bool set_up();
  // Generates the missing pictures, one of each character at a time, through the session. Throws
  // CommandFailure when one fails.
  void draw();

 private:
  struct Member {
    const DemoCharacter* wanted;
    CharacterId id;
    int last_version_number;
  };
  struct Order {
    const Member* member;
    const DemoPicture* picture;
    JobId job;
  };

  void add_member(const DemoCharacter& wanted, const std::vector<Character>& there);
  void resume_left_jobs();
  // Fixed, so that every demo shows the same pictures.
  [[nodiscard]] std::int64_t seed_of(const DemoCharacter& character, std::size_t index) const;
  [[nodiscard]] bool is_there(const Member& member, std::size_t index);
  [[nodiscard]] Order order(const Member& member, std::size_t index);
  void finish(const Order& order);

  Session& session_;
  Replies& replies_;
  const std::vector<DemoCharacter>& cast_;
  ProjectId project_;
  std::vector<Member> members_;
};

}  // namespace castboard
