#pragma once

#include "catalogue/json_document.h"
#include "providers/descriptor.h"
#include "providers/read_requests.h"

// The part of a descriptor that is about answers. Throws Failure(configuration).
namespace castboard {

ReplyTemplate read_reply_template(const JsonField& root, const RequestReader& requests);
std::vector<ErrorRule> read_error_rules(const JsonField& root);

}  // namespace castboard
