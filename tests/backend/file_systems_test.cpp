#include "os/file_systems.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "os/files.h"
#include "support/temporary_directory.h"

namespace castboard {

namespace {

constexpr const char* kMounts =
    "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
    "30 21 0:40 / /home rw,relatime shared:1 - nfs4 server:/home rw\n"
    "31 30 0:41 / /home/mira/cloud rw - fuse.sshfs mira@host: rw\n"
    "32 21 0:42 / /mnt/big\\040disk rw shared:5 master:2 - fuseblk /dev/sdb1 rw\n";

std::string type_at(const std::string& path) {
  std::istringstream mounts(kMounts);
  return mount_type_of(path, mounts);
}

}  // namespace

TEST(FileSystems, finds_the_innermost_mount_of_a_path) {
  EXPECT_EQ(type_at("/var/cast"), "ext4");
  EXPECT_EQ(type_at("/home/mira/cast"), "nfs4");
  EXPECT_EQ(type_at("/home/mira/cloud"), "fuse.sshfs");
  EXPECT_EQ(type_at("/home/mira/cloud/cast"), "fuse.sshfs");
  EXPECT_EQ(type_at("/home/mira/cloudy"), "nfs4");
  EXPECT_EQ(type_at("/mnt/big disk/cast"), "fuseblk");
}

TEST(FileSystems, names_those_without_shared_memory_between_hosts) {
  EXPECT_EQ(network_name(0x6969, {}), "nfs");
  EXPECT_EQ(network_name(0xFF534D42, {}), "cifs");
  EXPECT_EQ(network_name(0xEF53, {}), "");      // ext4
  EXPECT_EQ(network_name(0x01021994, {}), "");  // tmpfs
}

TEST(FileSystems, takes_unknown_user_space_file_systems_for_remote_ones) {
  EXPECT_EQ(network_name(0x65735546, "fuse.sshfs"), "fuse.sshfs");
  EXPECT_EQ(network_name(0x65735546, "fuse.something_new"), "fuse.something_new");
  EXPECT_EQ(network_name(0x65735546, ""), "fuse");
  EXPECT_EQ(network_name(0x65735546, "fuseblk"), "");
}

TEST(FileSystems, looks_at_the_nearest_folder_that_exists) {
  const testing::TemporaryDirectory directory;
  EXPECT_EQ(network_file_system(directory.path() / "not" / "yet"),
            network_file_system(directory.path()));
}

TEST(FileSystems, can_be_told_another_answer_for_tests) {
  ::setenv("CASTBOARD_TEST_FILE_SYSTEM", "nfs", 1);
  EXPECT_EQ(network_file_system("/"), "nfs");
  ::unsetenv("CASTBOARD_TEST_FILE_SYSTEM");
}

}  // namespace castboard
