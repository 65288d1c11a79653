target_sources(castboard_backend PRIVATE
  jobs/batch_intake.cpp
  jobs/call_end.cpp
  jobs/credit_rules.cpp
  jobs/imported_pictures.cpp
  jobs/job_control.cpp
  jobs/job_intake.cpp
  jobs/job_queue.cpp
  jobs/job_recovery.cpp
  jobs/job_runner.cpp
  jobs/job_saving.cpp
  jobs/kept_jobs.cpp
  jobs/provider_traffic.cpp
  jobs/received_pictures.cpp
  jobs/references.cpp
  jobs/timetable.cpp
  jobs/wishes.cpp
  jobs/work_queue.cpp)
