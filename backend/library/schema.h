#pragma once

#include "library/database.h"

namespace castboard {

// The schema this program writes.
int newest_schema_version();

// Brings a writable connection to the newest schema: refuses what is newer or somebody else's
// before anything is written, then sets the journal mode and migrates, one transaction a step.
// Safe when several processes open the library at once. Throws Failure (`library`, `read_only`,
// `disk_full`).
void prepare_schema(Database& database, bool in_memory, bool rollback_journal);

// For a connection that does not write: refuses every schema but the newest.
void require_newest_schema(Database& database);

}  // namespace castboard
