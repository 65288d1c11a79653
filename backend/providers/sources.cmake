target_sources(castboard_backend PRIVATE
  providers/base64.cpp providers/cancellation.cpp providers/configuration.cpp
  providers/continuation.cpp providers/described_provider.cpp
  providers/described_provider_call.cpp providers/descriptor.cpp
  providers/error_text.cpp providers/faults.cpp providers/http.cpp providers/http_transfer.cpp
  providers/json_path.cpp providers/multipart.cpp providers/read_descriptor.cpp
  providers/reply_reader.cpp providers/request_builder.cpp providers/request_values.cpp
  providers/secrets.cpp providers/url.cpp)
