#include "cast_filter.h"

#include "texts.h"

namespace castboard {

namespace {

std::string title_of_pose(const Catalogue* catalogue, const std::string& pose) {
  if (catalogue == nullptr) return pose;
  for (const Template& each : catalogue->templates) {
    for (const Shot& shot : each.shots) {
      if (shot.key == pose) return shot.title;
    }
  }
  return pose;
}

}  // namespace

const char* status_filter_title(Status status) {
  switch (status) {
    case Status::pending:
      return text("cast.status.pending");
    case Status::approved:
      return text("cast.status.approved");
    case Status::omitted:
      return text("cast.status.omitted");
    case Status::none:
      break;
  }
  return text("cast.status.none");
}

std::string filter_title(const CastQuery& query, const Catalogue* catalogue) {
  if (query.trashed) return text("cast.filter.trash");
  if (query.without_picture) return text("cast.filter.no_picture");
  if (!query.lacks_pose.empty())
    return text("cast.filter.lacking", {title_of_pose(catalogue, query.lacks_pose)});
  return query.status ? status_filter_title(*query.status) : text("cast.filter.all");
}

const char* sort_title(CastQuery::Sort sort) {
  switch (sort) {
    case CastQuery::Sort::newest:
      return text("cast.sort.newest");
    case CastQuery::Sort::updated:
      return text("cast.sort.updated");
    case CastQuery::Sort::missing:
      return text("cast.sort.missing");
    case CastQuery::Sort::name:
      break;
  }
  return text("cast.sort.name");
}

CastQuery everybody(const CastQuery& query) {
  CastQuery all;
  all.project_id = query.project_id;
  all.text = query.text;
  all.sort = query.sort;
  return all;
}

CastQuery with_status(const CastQuery& query, Status status) {
  CastQuery only = everybody(query);
  only.status = status;
  return only;
}

CastQuery without_picture(const CastQuery& query) {
  CastQuery only = everybody(query);
  only.without_picture = true;
  return only;
}

CastQuery lacking(const CastQuery& query, const std::string& pose) {
  CastQuery only = everybody(query);
  only.lacks_pose = pose;
  return only;
}

CastQuery in_trash(const CastQuery& query) {
  CastQuery only = everybody(query);
  only.trashed = true;
  return only;
}

bool is_filtered(const CastQuery& query) {
  return !(query == everybody(query));
}

}  // namespace castboard
