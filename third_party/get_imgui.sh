#!/bin/sh
# Prints the directory that holds Dear ImGui's source, getting it first where needed.
#
#   get_imgui.sh auto|upstream|debian|trixie|DIRECTORY [CACHE]
#
# Two sources: upstream's docking release by git, pinned by its commit, and the source package of
# Debian's `forky` suite (`debian`) or of the older `trixie`, from the mirror this machine uses
# anyway. Any user may run it: nothing outside CACHE is written. What was fetched once is used again
# without the network.
# Progress and errors go to stderr.
set -eu

wish=${1:?usage: get_imgui.sh auto|upstream|debian|trixie|DIRECTORY [CACHE]}
cache=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/castboard}

upstream_url=${CASTBOARD_IMGUI_URL:-https://github.com/ocornut/imgui.git}
upstream_commit=b48d1afbe8ee8b238e2961dc363a949dd7304e23 # v1.92.9b-docking
upstream_dir=$cache/imgui-upstream-$upstream_commit
upstream_no=$cache/imgui-upstream-unreachable # so that `auto` asks an absent network once a week

case $wish in
  trixie) # the oldest version that the widgets support
    debian_suite=trixie
    debian_orig=imgui_1.90.1+ds.orig.tar.xz
    debian_sha256=ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c
    debian_dir=$cache/imgui-debian-trixie
    ;;
  *)
    debian_suite=forky
    debian_orig=imgui_1.92.2b+ds.orig.tar.xz
    debian_sha256=e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
    debian_dir=$cache/imgui-debian
    ;;
esac

advice="get a copy of Dear ImGui 1.92 or later by hand and pass -DCASTBOARD_IMGUI=DIRECTORY"

say() { echo "imgui: $*" >&2; }
die() {
  say "$*"
  exit 1
}
is_imgui() { [ -f "$1/imgui.h" ] && [ -f "$1/imgui_widgets.cpp" ]; }

work=
apt_work=
cleanup() { rm -rf ${work:+"$work"} ${apt_work:+"$apt_work"}; }
trap cleanup EXIT
trap 'exit 130' INT TERM
make_work_dir() {
  mkdir -p "$cache" || die "cannot write $cache: set XDG_CACHE_HOME to a directory you may write"
  cleanup
  work=$(mktemp -d "$cache/imgui-fetch.XXXXXX") && mkdir "$work/source"
}

# The rename makes it appear whole or not at all; another configure may have been first.
keep() {
  is_imgui "$work/source" || return 1
  mv -T "$work/source" "$1" 2>/dev/null || is_imgui "$1"
}

fetch_upstream() {
  command -v git >/dev/null || {
    say "git is not installed"
    return 1
  }
  export GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=/bin/false
  timeout 5 git ls-remote --exit-code "$upstream_url" HEAD >/dev/null 2>&1 || {
    say "$upstream_url does not answer"
    return 1
  }
  say "fetching $upstream_commit from $upstream_url"
  make_work_dir
  git init -q "$work/git"
  timeout 300 git -C "$work/git" -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=10 \
    fetch -q --depth 1 "$upstream_url" "$upstream_commit" || return 1
  git -C "$work/git" archive FETCH_HEAD | tar -x -C "$work/source" || return 1
  keep "$upstream_dir"
}

# The mirror of this machine; without package lists (a fresh image) the origin is not known yet.
debian_site() {
  site=$(apt-get indextargets --format '$(SITE)' 'Origin: Debian' 'Label: Debian' \
    'Created-By: Packages' 2>/dev/null | head -n 1)
  [ -n "$site" ] || site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' \
    2>/dev/null | grep '/debian/*$' | head -n 1)
  echo "$site"
}

# A studio's frozen mirror serves lists that are signed but past their date; the age is of no interest
# for a file that is known by its checksum.
private_apt() {
  apt-get -qq -o Acquire::Check-Valid-Until=false \
    -o Dir::Etc::SourceList="$apt_work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$apt_work/lists" -o Dir::Cache="$apt_work/cache" "$@" >&2
}

fetch_debian() {
  command -v apt-get >/dev/null || {
    say "apt-get is not here"
    return 1
  }
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f $keyring ] || {
    say "$keyring is missing: install the package debian-archive-keyring"
    return 1
  }
  site=$(debian_site)
  if [ -z "$site" ]; then
    say "apt-get knows no mirror of Debian: add one to its sources"
    return 1
  fi
  say "fetching the source package imgui of $debian_suite from $site"
  make_work_dir
  # For root, apt downloads as the user _apt, who may not enter root's home.
  apt_work=$(mktemp -d) && chmod 755 "$apt_work" || return 1
  mkdir -p "$apt_work/lists/partial" "$apt_work/cache/archives/partial" "$apt_work/package"
  [ "$(id -u)" != 0 ] || chown _apt "$apt_work/package" 2>/dev/null || true
  echo "deb-src [signed-by=$keyring] $site $debian_suite main" >"$apt_work/sources.list"
  private_apt update || return 1
  (cd "$apt_work/package" && private_apt --download-only source imgui) || return 1

  orig=$(ls "$apt_work"/package/imgui_*.orig.tar.xz 2>/dev/null | head -n 1)
  case ${orig##*/} in
    "$debian_orig")
      echo "$debian_sha256  $orig" | sha256sum --check --quiet --status ||
        die "$debian_orig from $site is not the known file (sha256 $debian_sha256); try another mirror, or $advice"
      ;;
    imgui_1.9*) say "warning: ${orig##*/} is not the tried $debian_orig; trying it" ;;
    *)
      say "$debian_suite now has '${orig##*/}', which Castboard does not know"
      return 1
      ;;
  esac
  # CMake unpacks it without xz-utils, which a small machine does not have.
  (cd "$work" && mkdir package && cd package && cmake -E tar xf "$orig") || return 1
  rmdir "$work/source" && mv "$work"/package/* "$work/source" || return 1
  keep "$debian_dir"
}

upstream() { is_imgui "$upstream_dir" || fetch_upstream; }
debian() { is_imgui "$debian_dir" || fetch_debian; }
upstream_said_no() { [ -n "$(find "$upstream_no" -mtime -7 2>/dev/null)" ]; }

case $wish in
  upstream)
    upstream || die "could not get Dear ImGui from $upstream_url; use -DCASTBOARD_IMGUI=debian, or $advice"
    rm -f "$upstream_no"
    echo "$upstream_dir"
    ;;
  debian | trixie)
    debian || die "could not get Dear ImGui from the Debian mirror; check the network, or $advice"
    echo "$debian_dir"
    ;;
  auto)
    if is_imgui "$upstream_dir"; then
      echo "$upstream_dir"
    elif ! upstream_said_no && upstream; then
      echo "$upstream_dir"
    else
      if ! upstream_said_no; then
        mkdir -p "$cache" && touch "$upstream_no" || true
      fi
      debian || die "could not get Dear ImGui from upstream or the Debian mirror; check the network, or $advice"
      echo "$debian_dir"
    fi
    ;;
  *)
    is_imgui "$wish" || die "$wish holds no imgui.h; CASTBOARD_IMGUI is auto, upstream, debian, trixie or a directory with it"
    (cd "$wish" && pwd)
    ;;
esac
