#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "os/descriptor_posix.h"
#include "os/file_systems.h"
#include "os/files.h"

namespace castboard {

namespace fs = std::filesystem;

namespace {

struct KnownFileSystem {
  std::uint32_t magic;
  std::string_view name;
};

// statfs(2), linux/magic.h. SQLite's WAL index is shared memory, which none of these shares between
// hosts (sqlite.org/wal.html).
constexpr std::array<KnownFileSystem, 14> kNetworkFileSystems{{{0x6969, "nfs"},
                                                               {0x517B, "smb"},
                                                               {0xFE534D42, "smb2"},
                                                               {0xFF534D42, "cifs"},
                                                               {0x564C, "ncp"},
                                                               {0x5346414F, "afs"},
                                                               {0x6B414653, "kafs"},
                                                               {0x73757245, "coda"},
                                                               {0x00C36400, "ceph"},
                                                               {0x0BD00BD0, "lustre"},
                                                               {0x47504653, "gpfs"},
                                                               {0x7461636F, "ocfs2"},
                                                               {0x01161970, "gfs2"},
                                                               {0x01021997, "9p"}}};
constexpr std::uint32_t kFuse = 0x65735546;

// FUSE tells nothing by itself; anything not known to be on a local disk counts as remote, because
// refusing is repaired by a flag and a corrupt library is not.
constexpr std::array<std::string_view, 12> kLocalFuseTypes{
    "fuseblk",       "fuse.ntfs-3g",   "fuse.ntfs",  "fuse.exfat", "fuse.fuse-overlayfs",
    "fuse.mergerfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs",
    "fuse.bindfs",   "fuse.zfs"};

// mountinfo writes space, tab, newline and backslash as \040 and so on (proc(5)).
std::string unescape_octal(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '3') {
      plain.push_back(static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                        (text[i + 3] - '0')));
      i += 3;
    } else {
      plain.push_back(text[i]);
    }
  }
  return plain;
}

bool is_below(const std::string& path, const std::string& mount_point) {
  if (mount_point == "/") return true;
  return path.starts_with(mount_point) &&
         (path.size() == mount_point.size() || path[mount_point.size()] == '/');
}

// The library may not exist yet: what counts is where it would be.
fs::path nearest_existing(const fs::path& path) {
  std::error_code ignored;
  fs::path existing = fs::absolute(path);
  while (!fs::exists(existing, ignored) && existing.has_relative_path())
    existing = existing.parent_path();
  return existing;
}

}  // namespace

std::string mount_type_of(const std::string& path, std::istream& mountinfo) {
  std::string best_point;
  std::string best_type;
  for (std::string line; std::getline(mountinfo, line);) {
    std::istringstream fields(line);
    std::string skipped;
    std::string point;
    for (int i = 0; i < 4; ++i) fields >> skipped;
    fields >> point;
    while (fields >> skipped && skipped != "-") continue;  // optional fields end with a dash
    std::string type;
    if (!(fields >> type)) continue;
    point = unescape_octal(point);
    if (!is_below(path, point) || point.size() < best_point.size()) continue;
    best_point = point;
    best_type = type;
  }
  return best_type;
}

std::string network_name(std::uint32_t magic, std::string_view mount_type) {
  for (const KnownFileSystem& known : kNetworkFileSystems)
    if (known.magic == magic) return std::string(known.name);
  if (magic != kFuse) return {};
  if (std::find(kLocalFuseTypes.begin(), kLocalFuseTypes.end(), mount_type) !=
      kLocalFuseTypes.end())
    return {};
  return mount_type.empty() ? "fuse" : std::string(mount_type);
}

std::string network_file_system(const fs::path& path) {
  if (const char* said = std::getenv("CASTBOARD_TEST_FILE_SYSTEM")) return said;
  const fs::path existing = nearest_existing(path);
  struct statfs status {};
  if (::statfs(existing.c_str(), &status) != 0)
    posix::throw_file_failure(errno, "find the file system of", existing);
  const auto magic = static_cast<std::uint32_t>(status.f_type);
  if (magic != kFuse) return network_name(magic, {});
  std::ifstream mountinfo("/proc/self/mountinfo");
  return network_name(magic, mount_type_of(fs::canonical(existing).string(), mountinfo));
}

}  // namespace castboard
