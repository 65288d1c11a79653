#include "library/pose_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "library/rows.h"

namespace castboard {

namespace {

// ?1: the characters as a JSON array, ?2: the user. The versions whose poses count, with `rank` by
// which the later one wins: as `face_of` of activation.cpp.
constexpr std::string_view kProductionVersions =
    "SELECT v.*, coalesce(v.activated_at, '') || printf('|%010d', v.version_number) AS rank "
    "FROM character_image_versions v WHERE v.deleted_at IS NULL "
    "AND (v.activated_at IS NOT NULL OR v.is_active) "
    "AND v.character_id IN (SELECT value FROM json_each(?1)) AND ?2 IS NOT NULL";
constexpr std::string_view kViewedVersions =
    "SELECT v.*, '' AS rank FROM character_image_versions v JOIN "
    "(SELECT w.version_id, max(w.viewed_at) FROM user_views w "
    " JOIN character_image_versions seen ON seen.id = w.version_id AND seen.deleted_at IS NULL "
    " WHERE w.user_id = ?2 AND w.character_id IN (SELECT value FROM json_each(?1)) "
    " GROUP BY w.character_id) last ON last.version_id = v.id";

// One row a character and pose: max() takes the other columns from the row it found.
std::string query_of(PoseSource source) {
  return fmt::format(
      "WITH chosen AS ({}), shown AS ("
      "SELECT v.character_id, c.pose, c.image_url AS url, v.id, v.version_number, "
      " coalesce(v.template_type, '') AS template, c.cell, "
      " CASE WHEN v.status = 'omitted' THEN v.status WHEN c.status <> 'none' THEN c.status "
      "      ELSE v.status END AS status, v.rank "
      " FROM chosen v JOIN version_cells c ON c.version_id = v.id "
      " WHERE c.pose <> '' AND c.image_url <> '' "
      "UNION ALL "
      "SELECT v.character_id, v.shot, v.image_url, v.id, v.version_number, v.template_type, 0, "
      " v.status, v.rank FROM chosen v "
      " WHERE v.shot <> '' AND v.shot <> 'all' AND v.template_type <> 'custom' "
      " AND NOT EXISTS (SELECT 1 FROM version_cells c WHERE c.version_id = v.id)) "
      "SELECT character_id, pose, url, id, version_number, template, cell, status, max(rank) "
      "FROM shown GROUP BY character_id, pose",
      source == PoseSource::production ? kProductionVersions : kViewedVersions);
}

}  // namespace

std::vector<CharacterPoses> load_poses(Database& database, const std::vector<CharacterId>& ids,
                                       PoseSource source, const UserId& user) {
  std::vector<CharacterPoses> poses;
  std::map<CharacterId, std::size_t> places;
  for (const CharacterId& id : ids) {
    places.emplace(id, poses.size());
    poses.push_back({id, {}});
  }
  Statement row = database.query(query_of(source), write_texts(ids), user);
  while (row.step()) {
    PosePicture picture;
    picture.pose = row.text(1);
    picture.url = row.text(2);
    picture.version_id = row.text(3);
    picture.version_number = row.small_integer(4);
    picture.template_type = row.text(5);
    picture.cell = row.small_integer(6);
    picture.status = parse_status(row.text(7)).value_or(Status::none);
    poses[places.at(row.text(0))].pictures.push_back(std::move(picture));
  }
  return poses;
}

PoseGaps load_pose_gaps(Database& database, const std::vector<CharacterId>& ids,
                        const std::vector<std::string>& poses, PoseSource source,
                        const UserId& user) {
  PoseGaps gaps;
  gaps.poses = poses;
  if (gaps.poses.size() > kMaxPosesAtOnce) gaps.poses.resize(kMaxPosesAtOnce);
  const std::size_t count = gaps.poses.size();
  const std::uint64_t all =
      count == kMaxPosesAtOnce ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  std::map<CharacterId, std::size_t> places;
  std::map<std::string, std::size_t, std::less<>> bits;
  for (std::size_t i = 0; i < count; ++i) bits.emplace(gaps.poses[i], i);
  gaps.rows.reserve(ids.size());
  for (const CharacterId& id : ids) {
    places.emplace(id, gaps.rows.size());
    gaps.rows.push_back({id, all});
  }
  Statement row = database.query(query_of(source), write_texts(ids), user);
  while (row.step()) {
    const auto bit = bits.find(row.text(1));
    if (bit == bits.end()) continue;
    if (parse_status(row.text(7)) == Status::omitted) continue;
    gaps.rows[places.at(row.text(0))].missing &= ~(std::uint64_t{1} << bit->second);
  }
  for (const PoseGaps::Row& each : gaps.rows)
    for (std::uint64_t left = each.missing; left != 0; left &= left - 1) ++gaps.missing;
  return gaps;
}

}  // namespace castboard
