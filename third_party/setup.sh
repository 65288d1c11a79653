# Sourced by ./run and ./test, which set `root`: packages, configure, build, a virtual display.
# Everything here talks on stderr only, and what fails ends with one line that says what to do.

say() { echo "castboard: $*" >&2; }
die() {
  say "$*"
  exit 1
}

# need_packages SECTION...: installs what is missing of these sections of apt-packages.txt.
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian machine: if the build misses something, see third_party/README.md"
    return
  fi
  wanted=$(awk -v sections=" $* " '
    /^\[/ { wanted = index(sections, " " substr($1, 2, length($1) - 2) " ") }
    /^[a-z]/ && wanted { print $1 }' "$root/third_party/apt-packages.txt")
  old_ifs=$IFS
  IFS="$IFS|"
  # dpkg-query fails when it does not know a name, which is an answer too.
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
    sed -n 's/^installed //p' | tr '\n' ' ')"
  IFS=$old_ifs
  missing=
  for choice in $wanted; do
    have_one_of "$choice" || missing="$missing ${choice%%|*}"
  done
  [ -z "$missing" ] || install_packages
}

have_one_of() {
  rest=$1
  while :; do
    case $installed in *" ${rest%%|*} "*) return 0 ;; esac
    case $rest in
      *"|"*) rest=${rest#*|} ;;
      *) return 1 ;;
    esac
  done
}

install_packages() {
  install="apt-get update && apt-get install --yes --no-install-recommends$missing"
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    say "packages are missing, and only root may install them. Run this, then start again:"
    if command -v sudo >/dev/null; then
      echo "sudo sh -c '$install'" >&2
    else
      echo "su -c '$install'" >&2
    fi
    exit 1
  fi
  say "installing$missing (this takes a while, once)"
  apt_log=$(mktemp)
  apt_get="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
  # Package lists that cannot be renewed may still do.
  $apt_get update >"$apt_log" 2>&1 || true
  if ! $apt_get install --yes --no-install-recommends $missing >>"$apt_log" 2>&1; then
    tail -n 20 "$apt_log" >&2
    die "apt-get could not install$missing: the lines above say why, $apt_log all; check the network and the package mirror, then start again"
  fi
  rm -f "$apt_log"
}

# build PRESET TARGET [-DNAME=VALUE]: configures when it must and builds, into build/PRESET.
build() {
  build_dir=$root/build/$1
  if command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
  if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
  fi
  if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build_dir/CMakeCache.txt" ||
    ! [ -f "$build_dir/configured" ] || [ "$root/CMakePresets.json" -nt "$build_dir/configured" ]; then
    rm -f "$build_dir/configured"
    (cd "$root" && cmake --preset "$1" --fresh ${CASTBOARD_IMGUI:+-DCASTBOARD_IMGUI="$CASTBOARD_IMGUI"}) >&2 ||
      die "the configure step failed: see its first error above; a fresh start is rm -rf build/$1"
    touch "$build_dir/configured"
  fi
  if [ $# -gt 2 ]; then
    setting=${3#-D}
    kept=$(sed -n "s/^${setting%%=*}:[A-Z]*=//p" "$build_dir/CMakeCache.txt")
    [ "$kept" = "${setting#*=}" ] || cmake "$3" "$build_dir" >&2 ||
      die "the configure step failed: see its first error above"
  fi
  cmake --build "$build_dir" --parallel "$(nproc)" --target "$2" >&2 ||
    die "the build failed: see its first error above; a fresh start is rm -rf build/$1"
}

display_dir=
display_pid=
stop_virtual_display() {
  [ -z "$display_pid" ] || kill "$display_pid" 2>/dev/null || true
  [ -z "$display_dir" ] || rm -rf "$display_dir"
}

# Starts Xvfb on a free number and sets DISPLAY; it ends with the script. Own session, so that a
# Ctrl+C reaches the program and not its screen.
start_virtual_display() {
  display_dir=$(mktemp -d)
  trap stop_virtual_display EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkfifo "$display_dir/number"
  cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  export XAUTHORITY="$display_dir/authority"
  xauth -q -f "$XAUTHORITY" add :0 . "$cookie" 2>/dev/null
  setsid Xvfb -displayfd 3 -screen 0 1920x1200x24 -auth "$XAUTHORITY" -nolisten tcp \
    3>"$display_dir/number" >"$display_dir/log" 2>&1 </dev/null &
  display_pid=$!
  if ! read -r number <"$display_dir/number"; then
    cat "$display_dir/log" >&2
    die "the virtual display (Xvfb) did not start: see its lines above, or set DISPLAY to a screen"
  fi
  xauth -q -f "$XAUTHORITY" add ":$number" . "$cookie"
  export DISPLAY=":$number"
  unset WAYLAND_DISPLAY
}
