// What a session does with whole pictures: poses of a cast, files elsewhere, sheets put together.
#include <utility>

#include "castboard/session.h"
#include "library/composite.h"
#include "library/export_pictures.h"
#include "session_workers.h"

namespace castboard {

Ticket<std::vector<CharacterPoses>> Session::load_poses(std::vector<CharacterId> ids,
                                                        PoseSource source) {
  return workers_->ask_reader<std::vector<CharacterPoses>>(
      [ids = std::move(ids), source](OpenLibrary& library, StoreReader& reader) {
        return reader.poses(ids, source, library.opened.library.user_id);
      });
}

Ticket<PoseGapsPtr> Session::query_pose_gaps(CastQuery query, std::vector<std::string> poses,
                                             PoseSource source) {
  return workers_->ask_reader<PoseGapsPtr>([query = std::move(query), poses = std::move(poses),
                                            source](OpenLibrary& library, StoreReader& reader) {
    return std::make_shared<const PoseGaps>(
        reader.pose_gaps(query, poses, source, library.opened.library.user_id));
  });
}

Ticket<Version> Session::make_composite(CompositeRequest request) {
  return workers_->ask_worker<Version>(
      workers_->file_pool, [request = std::move(request)](OpenLibrary& library) {
        return castboard::make_composite(*library.library, request, library.opened.library.user_id);
      });
}

Ticket<ExportReport> Session::export_pictures(ExportRequest request) {
  Workers* workers = workers_.get();
  return workers->ask_worker<ExportReport>(
      workers->errands, [workers, request = std::move(request)](OpenLibrary& library) {
        return castboard::export_pictures(
            {*library.library, *library.opened.catalogue, library.opened.library.user_id,
             workers->options.caption_fonts},
            request);
      });
}

Ticket<RedoOffer> Session::offer_redo(VersionId sheet, int cell, bool new_seed) {
  return workers_->ask_worker<RedoOffer>(
      workers_->file_pool, [sheet = std::move(sheet), cell, new_seed](OpenLibrary& library) {
        return library.jobs->offer_redo(sheet, cell, new_seed);
      });
}

}  // namespace castboard
