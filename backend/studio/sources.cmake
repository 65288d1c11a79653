target_sources(castboard_backend PRIVATE
  studio/push_payload.cpp
  studio/push_sender.cpp)
