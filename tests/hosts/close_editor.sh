#!/bin/sh
# close_editor.sh CASTBOARD EMBED_HOST CLOSE_WINDOW: opens the editor on a library with one character,
# sees it draw, and closes it by the button of its window.
set -eu
castboard=$1
editor=$2
close_window=$3
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() {
  echo "not so: $*"
  cat "$work/log" 2>/dev/null || true
  exit 1
}
mkdir "$work/home"
export HOME="$work/home" XDG_CONFIG_HOME="$work/home/config" XDG_DATA_HOME="$work/home/data"
cd "$work"
"$castboard" projects add Northwind --library cast >/dev/null
"$castboard" characters add Mira --project Northwind --library cast >/dev/null

"$editor" cast >"$work/log" 2>&1 &
pid=$!
window=$(timeout 60 xdotool search --sync --onlyvisible --name '^Editor$' | head -n 1)
[ -z "${SCREENSHOT:-}" ] || { sleep 5; import -window root "$SCREENSHOT"; }
"$close_window" "$window" || fail "the editor draws"
timeout 60 tail --pid="$pid" -f /dev/null || fail "the editor ends when its window is closed"
status=0
wait "$pid" || status=$?
pid=
[ "$status" = 0 ] || fail "the editor ends well, not with $status"
[ ! -s "$work/log" ] || fail "the editor has nothing to say"
"$castboard" library verify --library cast >/dev/null || fail "the library verifies"
