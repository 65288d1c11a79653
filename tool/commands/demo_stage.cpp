#include <algorithm>

#include "castboard/request_rules.h"
#include "commands/demo_cast.h"

namespace castboard {
std::int64_t DemoStage::seed_of(const DemoCharacter& character, std::size_t index) const {
  const auto place = &character - cast_.data();
  return 100 * (place + 1) + static_cast<std::int64_t>(index);
}

bool DemoStage::set_up() {
  const Result<Project> found = replies_.wait(session_.find_project(kDemoProject));
  if (!found && found.error().code != ErrorCode::not_found) throw CommandFailure{found.error()};
  project_ = found ? found->id : replies_.get(session_.create_project(kDemoProject)).id;

  std::vector<Character> there;
  for (const bool trashed : {false, true}) {
    const CastPtr cast =
        replies_.get(session_.query_cast({.project_id = project_, .text = {}, .trashed = trashed}));
    const auto characters = replies_.get(session_.load_characters(cast->ids));
    there.insert(there.end(), characters.begin(), characters.end());
  }
  members_.clear();
  for (const DemoCharacter& wanted : cast_) add_member(wanted, there);
  return !found;
}

void DemoStage::add_member(const DemoCharacter& wanted, const std::vector<Character>& there) {
  const auto found = std::find_if(there.begin(), there.end(), [&wanted](const Character& other) {
    return other.name == wanted.name;
  });
  if (found != there.end()) {
    if (found->deleted_at.empty()) {
      members_.push_back({&wanted, found->id, found->last_version_number});
    }
    return;
  }
  if (there.size() >= cast_.size()) return;  // it goes by another name now
  const Character made = replies_.get(
      session_.create_character({project_, wanted.name, wanted.description, wanted.traits}));
  members_.push_back({&wanted, made.id, 0});
}

void DemoStage::draw() {
  resume_left_jobs();
  std::size_t most = 0;
  for (const Member& member : members_) most = std::max(most, member.wanted->pictures.size());
  for (std::size_t index = 0; index < most; ++index) {
    std::vector<Order> orders;
    for (const Member& member : members_) {
      if (!is_there(member, index)) orders.push_back(order(member, index));
    }
    for (const Order& placed : orders) finish(placed);
  }
}

// An earlier demo may have been stopped with jobs in its queue.
void DemoStage::resume_left_jobs() {
  for (const Job& job : replies_.get(session_.list_jobs(false))) {
    if (job.project_id != project_ || job.state != JobState::queued) continue;
    if (!replies_.wait(session_.resume(job.id))) continue;  // another process has it
    (void)replies_.wait(session_.finish(job.id));
  }
}

bool DemoStage::is_there(const Member& member, std::size_t index) {
  const auto planned = static_cast<int>(member.wanted->pictures.size());
  if (index >= member.wanted->pictures.size() || member.last_version_number >= planned) return true;
  const std::int64_t seed = seed_of(*member.wanted, index);
  for (const bool trashed : {false, true}) {
    const VersionListPtr list = replies_.get(session_.list_versions(member.id, trashed));
    const bool found = std::any_of(list->versions.begin(), list->versions.end(),
                                   [seed](const Version& version) { return version.seed == seed; });
    if (found) return true;
  }
  return false;
}

DemoStage::Order DemoStage::order(const Member& member, std::size_t index) {
  const DemoPicture& picture = member.wanted->pictures[index];
  GenerationRequest request;
  request.character_id = member.id;
  request.template_type = picture.template_type;
  request.shot = picture.shot;
  request.art_style = picture.art_style;
  request.aspect_ratio = picture.aspect_ratio;
  request.additional_description = picture.description;
  request.provider = "sketch";
  request.seed = seed_of(*member.wanted, index);
  request.version_name = suggested_version_name(*session_.catalogue(), request);
  const std::vector<Job> jobs = replies_.get(session_.generate(request));
  return {&member, &picture, jobs.front().id};
}

void DemoStage::finish(const Order& order) {
  const JobOutcome outcome = replies_.get(session_.finish(order.job));
  if (outcome.versions.empty()) {
    throw CommandFailure{{ErrorCode::provider, outcome.job.message, outcome.job.hint, {}}};
  }
  const VersionId id = outcome.versions.front().id;
  const DemoPicture& picture = *order.picture;
  if (picture.status != Status::none) replies_.get(session_.set_status({id}, picture.status));
  if (picture.starred) replies_.get(session_.set_star({id}, true));
  for (const auto& cell : picture.cells) {
    replies_.get(session_.set_cell_status(id, cell.first, cell.second));
  }
}

}  // namespace castboard
