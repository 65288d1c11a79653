target_sources(castboard_backend PRIVATE
  providers/base64.cpp providers/cancellation.cpp providers/condition.cpp
  providers/configuration.cpp providers/continuation.cpp providers/described_provider.cpp
  providers/described_provider_call.cpp providers/descriptor.cpp providers/descriptor_fields.cpp
  providers/error_text.cpp providers/fault_errors.cpp providers/faults.cpp providers/http.cpp
  providers/http_transfer.cpp providers/json_path.cpp providers/multipart.cpp
  providers/progress_watch.cpp providers/provider_call.cpp providers/provider_download.cpp
  providers/provider_poll.cpp providers/provider_trial.cpp providers/read_descriptor.cpp providers/read_replies.cpp
  providers/read_requests.cpp providers/reference_fitting.cpp providers/reply_reader.cpp
  providers/request_builder.cpp providers/request_values.cpp providers/secrets.cpp
  providers/short_line.cpp providers/signed_token.cpp providers/url.cpp providers/workflow.cpp
  providers/written_characters.cpp)
