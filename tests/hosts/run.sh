#!/bin/sh
# run.sh PROGRAM ARGUMENT...: runs a host with LIBRARY among its arguments replaced by a fresh
# directory, an empty home, and nothing of the user's own.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"
export HOME="$work/home" XDG_CONFIG_HOME="$work/home/config" XDG_DATA_HOME="$work/home/data"
unset CASTBOARD_LIBRARY CASTBOARD_PATH 2>/dev/null || true
program=$1
shift
for argument in "$@"; do
  shift
  [ "$argument" != LIBRARY ] || argument="$work/library"
  set -- "$@" "$argument"
done
cd "$work"
"$program" "$@"
