#include "sketch/figure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sketch/skeleton.h"

namespace castboard::sketch {
namespace {

constexpr double kToRadians = std::numbers::pi / 180;
constexpr double kThigh = 190;
constexpr double kShin = 182;
constexpr double kAnkle = 26;
constexpr double kKnee = 28;
constexpr double kHipDepth = 34;
constexpr double kUpperArm = 126;
constexpr double kForearm = 116;

// How far a body turned that way shows of its width.
double breadth(View view) {
  return view == View::side ? 0.34 : view == View::three_quarter ? 0.84 : 1;
}

Joints chain(Point root, const Limb& limb, double upper, double lower) {
  const Point middle = root + polar(limb.upper, upper);
  return {root, middle, middle + polar(limb.lower, lower)};
}

void with_head_frame(Brush& brush, const Skeleton& bones, const Pose& pose,
                     const std::function<void()>& draw) {
  brush.scoped([&] {
    cairo_translate(brush.cairo(), bones.neck.x, bones.neck.y);
    cairo_rotate(brush.cairo(), pose.lean * kToRadians);
    cairo_scale(brush.cairo(), kHeadScale * bones.head, kHeadScale * bones.head);
    cairo_translate(brush.cairo(), 0, kHeadDrop - kNeckInHead);
    cairo_translate(brush.cairo(), 0, 130);
    cairo_rotate(brush.cairo(), (pose.nod - pose.lean * 0.6) * kToRadians);
    cairo_translate(brush.cairo(), 0, -130);
    draw();
  });
}

void draw_crate(Brush& brush, const CharacterLook& look, const Skeleton& bones) {
  const Point p = bones.pelvis;
  const Colour wood = mix(rgb(0x9a7146), look.backdrop, 0.15);
  brush.box(p.x - 112, p.y + 30, 176, -p.y - 26, 8);
  brush.body(wood, Material::cloth);
  for (const double y : {0.3, 0.62}) {
    brush.move({p.x - 110, p.y + 26 + (-p.y - 26) * y});
    brush.line({p.x + 62, p.y + 26 + (-p.y - 26) * y});
    brush.crease(0.6, 0.5);
  }
}

}  // namespace

Skeleton make_skeleton(const CharacterLook& look, const Pose& pose) {
  Skeleton bones;
  const double broad = look.build;
  bones.shoulder = (look.feminine ? 74 : 90) * broad;
  bones.waist = (look.feminine ? 47 : 61) * (0.4 + 0.6 * broad);
  bones.hip = (look.feminine ? 61 : 60) * (0.5 + 0.5 * broad);
  bones.girth = (look.feminine ? 0.86 : 1.0) * (0.45 + 0.55 * broad);
  if (look.age == Age::child) {
    bones.shoulder *= 0.78;
    bones.waist *= 0.86;
    bones.hip *= 0.8;
    bones.girth *= 0.86;
  }
  const double stature = look.height;
  const double k = breadth(pose.view);
  bones.torso *= stature;
  bones.head = look.age == Age::child ? 1.08 : 1;
  // Whatever of hips, knees and ankles is lowest carries the weight.
  double support = kHipDepth;
  for (const Limb* leg : {&pose.leg_left, &pose.leg_right}) {
    const Joints reach = chain({0, 0}, *leg, kThigh * stature, kShin * stature);
    support = std::max({support, reach.middle.y + kKnee, reach.end.y + kAnkle});
  }
  bones.pelvis = {0, -support - pose.lift};
  bones.neck = bones.pelvis + polar(180 - pose.lean, bones.torso);
  const double radians = pose.lean * kToRadians;
  const auto across = [&](double x) { return Point{std::cos(radians) * x, std::sin(radians) * x}; };
  const Point shoulders = blend(bones.neck, bones.pelvis, 0.15);
  const double reach = (bones.shoulder - 9) * k;
  bones.arm_left =
      chain(shoulders - across(reach), pose.arm_left, kUpperArm * stature, kForearm * stature);
  bones.arm_right =
      chain(shoulders + across(reach), pose.arm_right, kUpperArm * stature, kForearm * stature);
  const double hips = (bones.hip - 27) * k;
  bones.leg_left =
      chain(bones.pelvis - across(hips), pose.leg_left, kThigh * stature, kShin * stature);
  bones.leg_right =
      chain(bones.pelvis + across(hips), pose.leg_right, kThigh * stature, kShin * stature);
  bones.shoulder *= k;
  bones.waist *= pose.view == View::side ? 0.66 : k;
  bones.hip *= pose.view == View::side ? 0.72 : k;
  return bones;
}

FigureFrame fit_figure(const Pose& pose, const CharacterLook& look, int width, int height) {
  const Skeleton bones = make_skeleton(look, pose);
  const Point crown = bones.neck + polar(180 - pose.lean, 190);
  std::vector<Point> reach = {bones.pelvis, bones.neck, crown};
  for (const Joints& j : {bones.arm_left, bones.arm_right, bones.leg_left, bones.leg_right}) {
    for (const Point p : {j.root, j.middle, j.end + (j.end - j.middle) * 0.34}) reach.push_back(p);
  }
  double left = 0;
  double right = 0;
  double top = 0;
  for (Point p : reach) {
    if (pose.spin != 0) {
      const Point from = p - bones.pelvis;
      const double turn = pose.spin * kToRadians;
      p = bones.pelvis + Point{from.x * std::cos(turn) - from.y * std::sin(turn),
                               from.x * std::sin(turn) + from.y * std::cos(turn)};
    }
    left = std::min(left, p.x - 50);
    right = std::max(right, p.x + 50);
    top = std::min(top, p.y - 12);
  }
  FigureFrame frame;
  // Crouching figures come closer, but not so much that sizes jump from shot to shot.
  const double tall = std::max(-top + 40, kStandingHeight * 0.74);
  frame.scale = std::min(height * 0.89 / tall, width * 0.92 / (right - left));
  frame.ground = {width * 0.5 - (left + right) * 0.5 * frame.scale,
                  std::min(height * 0.94, height * 0.5 + tall * frame.scale * 0.5)};
  return frame;
}

void draw_figure(Brush& brush, const CharacterLook& look, const Pose& pose,
                 const Expression& expression, const FigureFrame& frame, Dice dice) {
  const Skeleton bones = make_skeleton(look, pose);
  Expression face = expression;
  face.roll = 0;
  const HeadPose head{
      .view = pose.head_view, .yaw = pose.yaw, .pitch = pose.pitch + expression.pitch * 0.4};
  brush.scoped([&] {
    cairo_translate(brush.cairo(), frame.ground.x, frame.ground.y);
    cairo_scale(brush.cairo(), frame.scale, frame.scale);
    const double feet_left = std::min(bones.leg_left.end.x, bones.leg_right.end.x);
    const double feet_right = std::max(bones.leg_left.end.x, bones.leg_right.end.x);
    brush.soft(frame.scale * 14, pose.lift > 60 ? 0.28 : 0.5, [&](Brush& soft) {
      soft.ellipse({(feet_left + feet_right) * 0.5, 4}, (feet_right - feet_left) * 0.5 + 95, 20);
      soft.raw_fill(rgb(0x0c0f16));
    });
    if (pose.seated) draw_crate(brush, look, bones);
    if (pose.spin != 0) {
      cairo_translate(brush.cairo(), bones.pelvis.x, bones.pelvis.y);
      cairo_rotate(brush.cairo(), pose.spin * kToRadians);
      cairo_translate(brush.cairo(), -bones.pelvis.x, -bones.pelvis.y);
    }
    const bool from_behind = pose.view == View::back;
    if (!from_behind) draw_cape(brush, look, bones, pose);
    with_head_frame(brush, bones, pose, [&] { draw_head_back(brush, look, head); });
    const auto arm = [&](bool left, bool shaded) {
      draw_arm(brush, look, bones, left ? bones.arm_left : bones.arm_right,
               left ? pose.hand_left : pose.hand_right, left ? -1 : 1, shaded);
    };
    const auto leg = [&](bool left, bool shaded) {
      draw_leg(brush, look, bones, left ? bones.leg_left : bones.leg_right,
               left ? pose.toe_left : pose.toe_right, shaded);
    };
    const auto arms = [&](Depth depth) {
      if (pose.arm_left.depth == depth) arm(true, depth == Depth::behind);
      if (pose.arm_right.depth == depth) arm(false, depth == Depth::behind);
    };
    arms(Depth::behind);
    const bool right_first = pose.leg_right.depth == Depth::behind;
    const bool deep = right_first || pose.leg_left.depth == Depth::behind;
    leg(!right_first, deep);
    leg(right_first, false);
    draw_hips(brush, look, bones, pose);
    draw_skirt(brush, look, bones, pose);
    arms(Depth::beside);
    draw_torso(brush, look, bones, pose);
    // Hands that hide a face come after it.
    const bool hands_at_face = pose.key == "emotional_breakdown";
    if (!hands_at_face) arms(Depth::before);
    if (from_behind) draw_cape(brush, look, bones, pose);
    with_head_frame(brush, bones, pose, [&] { draw_head_front(brush, look, face, head, dice); });
    if (hands_at_face) arms(Depth::before);
  });
}

}  // namespace castboard::sketch
