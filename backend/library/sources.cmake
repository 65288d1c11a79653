target_sources(castboard_backend PRIVATE
  library/library.cpp
  library/lookup.cpp
  library/picture_files.cpp)
