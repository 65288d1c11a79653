target_sources(castboard_backend PRIVATE
  os/digest.cpp os/file_lock_posix.cpp os/file_systems_posix.cpp os/files_posix.cpp
  os/identifiers_posix.cpp os/places_posix.cpp os/private_directory_posix.cpp
  os/processes_posix.cpp os/run_command_posix.cpp)
target_link_libraries(castboard_backend PRIVATE OpenSSL::Crypto)
