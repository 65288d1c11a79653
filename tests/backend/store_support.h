#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "library/store.h"
#include "support/temporary_directory.h"

// The contract tests of the store run against every implementation listed in
// `store_implementations()`; a new one is added there.
namespace castboard {

struct StoreImplementation {
  std::string name;
  // Opens a store that keeps its data in or beside `directory`.
  std::function<std::unique_ptr<Store>(const std::string& directory)> open;
};
std::vector<StoreImplementation> store_implementations();
void PrintTo(const StoreImplementation& implementation, std::ostream* out);

// The error of the Failure that `action` throws; code `internal` with the message "nothing thrown"
// when it throws none.
Error error_of(const std::function<void()>& action);

// A store with one user, one project and one character.
class StoreTest : public ::testing::TestWithParam<StoreImplementation> {
 protected:
  StoreTest();

  StoreReader& reader() { return store_->reader(); }
  StoreWriter& writer() { return store_->writer(); }

  CharacterId add_character(const std::string& name);
  // A picture that is ready to be added; `number` makes its URLs.
  NewVersion picture(const CharacterId& character, int number,
                     ActivatePolicy policy = ActivatePolicy::always);
  // The same as a 3x3 sheet with nine cells.
  NewVersion sheet(const CharacterId& character, int number,
                   ActivatePolicy policy = ActivatePolicy::always);
  Version add(const NewVersion& version, bool push = false);
  Job add_job(const std::string& batch_id = {}, int batch_index = 0);

  Version version(const VersionId& id) { return reader().version(id, user_).value(); }
  Character character(const CharacterId& id) { return reader().characters({id}, user_).at(0); }
  VersionId active_of(const CharacterId& id) { return character(id).active_version_id; }

  testing::TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
  UserId user_ = "00000000-0000-5000-8000-000000000001";
  JobOwner owner_{"host/1/2", 0};
  ProjectId project_;
  CharacterId mira_;
};

}  // namespace castboard
