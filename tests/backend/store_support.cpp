#include "store_support.h"

#include "os/processes.h"

namespace castboard {

std::vector<StoreImplementation> store_implementations() {
  return {{"sqlite_file",
           [](const std::string& directory) {
             return open_sqlite_store({.directory = directory + "/library"});
           }},
          {"sqlite_memory",
           [](const std::string&) { return open_sqlite_store({.directory = ":memory:"}); }}};
}

void PrintTo(const StoreImplementation& implementation, std::ostream* out) {
  *out << implementation.name;
}

Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.error();
  }
  return {ErrorCode::internal, "nothing thrown", {}, {}};
}

StoreTest::StoreTest() : store_(GetParam().open(directory_.path().string())) {
  writer().ensure_user(user_, "ada");
  project_ = writer().add_project("Demo").id;
  mira_ = add_character("Mira");
}

CharacterId StoreTest::add_character(const std::string& name) {
  return writer()
      .add_character({.project_id = project_, .name = name, .description = {}, .traits = {}})
      .id;
}

NewVersion StoreTest::picture(const CharacterId& character, int number, ActivatePolicy policy) {
  NewVersion added;
  added.activate = policy;
  Version& version = added.version;
  version.id = random_uuid();
  version.character_id = character;
  version.user_id = user_;
  version.version_name = "Portrait";
  version.image_url = "images/" + std::to_string(number) + ".png";
  version.thumbnail_url = "thumbs/" + std::to_string(number) + ".jpg";
  version.template_type = "portrait";
  version.shot = "headshot";
  return added;
}

NewVersion StoreTest::sheet(const CharacterId& character, int number, ActivatePolicy policy) {
  NewVersion added = picture(character, number, policy);
  added.version.template_type = "expression_sheet";
  added.version.shot = "all";
  const std::vector<std::string> poses{"happy",   "sad",     "angry", "surprised", "fear",
                                       "disgust", "neutral", "smirk", "laugh"};
  for (int i = 0; i < kCellsPerSheet; ++i) {
    Cell cell;
    cell.number = i + 1;
    cell.pose = poses[static_cast<std::size_t>(i)];
    cell.box = {(i % 3) * 100, (i / 3) * 100, 100, 100};
    cell.image_url = "images/cells/" + std::to_string(number) + "_" + cell.pose + ".png";
    added.version.cells.push_back(cell);
  }
  return added;
}

Version StoreTest::add(const NewVersion& version, bool push) {
  return writer().add_version(version, owner_, push);
}

Job StoreTest::add_job(const std::string& batch_id, int batch_index) {
  Job job;
  job.id = random_uuid();
  job.project_id = project_;
  job.character_id = mira_;
  job.user_id = user_;
  job.request.character_id = mira_;
  job.owner = owner_.owner;
  job.epoch = owner_.epoch;
  job.batch_id = batch_id;
  job.batch_index = batch_index;
  writer().add_job(job);
  return reader().job(job.id).value();
}

}  // namespace castboard
