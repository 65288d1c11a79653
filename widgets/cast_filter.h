#pragma once

#include <string>

#include "castboard/catalogue.h"
#include "castboard/events.h"

// What a filter or an order of the cast is called on the screen. Pure, no ImGui.
namespace castboard {

// "All", "Approved", "Lacks Surprised", "Trash"; `catalogue` may be null.
[[nodiscard]] std::string filter_title(const CastQuery& query, const Catalogue* catalogue);

// "Approved", ...; of none "No status yet".
[[nodiscard]] const char* status_filter_title(Status status);

// "Name", "Newest", ...
[[nodiscard]] const char* sort_title(CastQuery::Sort sort);

// The query with another filter and the same project, text and order.
[[nodiscard]] CastQuery everybody(const CastQuery& query);
[[nodiscard]] CastQuery with_status(const CastQuery& query, Status status);
[[nodiscard]] CastQuery without_picture(const CastQuery& query);
[[nodiscard]] CastQuery lacking(const CastQuery& query, const std::string& pose);
[[nodiscard]] CastQuery in_trash(const CastQuery& query);

// Something but text restricts the cast.
[[nodiscard]] bool is_filtered(const CastQuery& query);

}  // namespace castboard
