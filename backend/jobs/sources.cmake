target_sources(castboard_backend PRIVATE
  jobs/job_control.cpp
  jobs/job_runner.cpp
  jobs/received_pictures.cpp
  jobs/references.cpp
  jobs/work_queue.cpp)
