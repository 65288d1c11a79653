#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

// The decisions behind network_file_system(), apart from the system calls.
namespace castboard {

// The type of the mount that holds absolute `path`, from the text of /proc/self/mountinfo.
std::string mount_type_of(const std::string& path, std::istream& mountinfo);

// "nfs" ... for the magic number of statfs(2) when WAL cannot work there, else empty. `mount_type`
// is asked for FUSE only: "fuse.sshfs".
std::string network_name(std::uint32_t magic, std::string_view mount_type);

}  // namespace castboard
