#!/bin/sh
# install_test.sh BUILD_DIRECTORY: an installed castboard that was moved, and is read-only, finds its
# own assets from any working directory.
set -eu
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() {
  echo "not so: $*"
  exit 1
}

cmake --install "$1" --prefix "$work/installed" >"$work/log" || { cat "$work/log"; exit 1; }
mkdir "$work/elsewhere" "$work/home"
mv "$work/installed" "$work/elsewhere/castboard 1"
prefix="$work/elsewhere/castboard 1"
# Were the source tree's assets read instead, this one would still be listed.
rm "$prefix/share/castboard/assets/providers/openai.json"
chmod -R a-w "$prefix"

cd /
export HOME="$work/home" XDG_DATA_HOME="$work/home/data" XDG_CONFIG_HOME="$work/home/config"
unset CASTBOARD_LIBRARY CASTBOARD_PATH 2>/dev/null || true
"$prefix/bin/castboard" --version || fail "castboard --version ends well"
providers=$("$prefix/bin/castboard" providers list --json) || fail "castboard providers list ends well"
echo "$providers"
case $providers in *'"sketch"'*) ;; *) fail "the sketch provider is listed" ;; esac
case $providers in *'"openai"'*) fail "the assets are those of the installation" ;; esac
