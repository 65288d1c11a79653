#!/bin/sh
# drive_stock_example.sh CASTBOARD DIRECTORY [with docking]: uses the example in DIRECTORY like a person:
# generates a portrait, docks the panel where this Dear ImGui can, resizes the window and closes it.
# CASTBOARD is the program, for a look into the library from outside.
set -eu
castboard=$1
directory=$2
docking=${3:-}
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() {
  echo "not so: $*"
  cat "$work/log" 2>/dev/null || true
  exit 1
}
# comes_true COMMAND...: asks until it is so, for at most two minutes.
comes_true() {
  for _ in $(seq 240); do
    ! "$@" || return 0
    kill -0 "$pid" 2>/dev/null || fail "the example goes on while: $*"
    sleep 0.5
  done
  return 1
}
versions() { "$castboard" versions list Mira --json --library cast | grep -c '"version_number"' || true; }
has_version() { [ "$(versions)" -ge 1 ]; }
is_docked() { grep -A6 'castboard_viewer\]' imgui.ini 2>/dev/null | grep -q DockId; }

mkdir "$work/home"
export HOME="$work/home" XDG_CONFIG_HOME="$work/home/config" XDG_DATA_HOME="$work/home/data"
cd "$work"
"$castboard" projects add Northwind --library cast >/dev/null
"$castboard" characters add Mira --project Northwind --library cast >/dev/null

"$directory/stock_example" >"$work/log" 2>&1 &
pid=$!
window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$pid" | head -n 1) ||
  window=$(timeout 60 xdotool search --sync --onlyvisible --name 'Dear ImGui' | head -n 1)
xdotool windowmove "$window" 0 0 windowfocus --sync "$window"

# All windows appear at 60, 60; where the viewer shows below the others a click brings it to the front.
# Ctrl+Enter generates there.
generate() {
  xdotool mousemove 500 560 click 1
  sleep 0.5
  xdotool key ctrl+Return
  sleep 1
  has_version
}
comes_true generate || fail "Ctrl+Enter makes a portrait"

if [ -n "$docking" ]; then
  # The viewer by its title onto the middle of the dockspace.
  eval "$(xdotool getwindowgeometry --shell "$window")"
  dock() {
    xdotool mousemove 300 70 mousedown 1
    for step in 1 2 3 4 5 6 7 8; do
      xdotool mousemove $((300 + (WIDTH / 2 - 300) * step / 8)) $((70 + (HEIGHT / 2 - 70) * step / 8))
      sleep 0.2
    done
    sleep 0.5
    xdotool mouseup 1
    sleep 6 # Dear ImGui writes its file every five seconds
    is_docked
  }
  comes_true dock || fail "the viewer docks where it is dropped"
fi

for size in "900 600" "1500 900" "700 420"; do
  xdotool windowsize --sync "$window" $size
  sleep 0.5
  kill -0 "$pid" || fail "the example lives on at $size"
done
[ -z "${SCREENSHOT:-}" ] || import -window root "$SCREENSHOT"

"$directory/close_window" "$window"
for _ in $(seq 120); do
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.5
done
! kill -0 "$pid" 2>/dev/null || fail "the example ends when its window is closed"
status=0
wait "$pid" || status=$?
pid=
[ "$status" = 0 ] || fail "the example ends well, not with $status"
"$castboard" library verify --library cast >/dev/null || fail "the library verifies"
