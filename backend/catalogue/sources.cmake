target_sources(castboard_backend PRIVATE
  catalogue/catalogue.cpp catalogue/check_request.cpp catalogue/json_document.cpp
  catalogue/placeholders.cpp catalogue/presets.cpp catalogue/prompt.cpp catalogue/read_catalogue.cpp
  catalogue/request_rules.cpp catalogue/utf8.cpp)
