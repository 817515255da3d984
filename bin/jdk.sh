# Sourced by the scripts beside it: finds a JDK of 21 or newer and builds the jar when it is stale.
# Needs bash and coreutils; Maven only when there is something to build.

# Prints the major version of the java in the JDK directory $1, nothing when there is none.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local line version=
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) version=${line#JAVA_VERSION=} ;; esac
    done < "$1/release"
  else
    version=$("$1/bin/javac" -version 2>&1) && version=${version#javac }
  fi
  version=${version//\"/}
  version=${version%%[.-]*}
  case $version in '' | *[!0-9]*) return 1 ;; esac
  printf '%s\n' "$version"
}

# Sets JAVA_HOME to the first JDK that is new enough: the one asked for, the one on PATH, then the
# usual places, the newest first.
find_jdk() {
  local candidate major best='' best_major=0 found
  if [ -n "${JAVA_HOME:-}" ] && major=$(jdk_major "$JAVA_HOME") && [ "$major" -ge 21 ]; then
    return 0
  fi
  if found=$(command -v javac) && found=$(readlink -f "$found"); then
    candidate=${found%/bin/javac}
    if major=$(jdk_major "$candidate") && [ "$major" -ge 21 ]; then
      JAVA_HOME=$candidate
      return 0
    fi
  fi
  for candidate in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* /opt/java/* /opt/jdk*; do
    if major=$(jdk_major "$candidate") && [ "$major" -ge 21 ] && [ "$major" -gt "$best_major" ]; then
      best=$candidate best_major=$major
    fi
  done
  if [ -z "$best" ]; then
    echo "usher: no JDK of version 21 or newer was found (JAVA_HOME, PATH, /usr/lib/jvm, /Library/Java, ~/.sdkman, ~/.jdks); install one, or set JAVA_HOME to it." >&2
    return 1
  fi
  JAVA_HOME=$best
}

# True when the jar is missing or a source is newer than it; with TESTS_JAR set, when that one is.
jar_is_stale() {
  is_stale "$JAR" "$HOME_DIR/src/main" && return 0
  [ -n "${TESTS_JAR:-}" ] && is_stale "$TESTS_JAR" "$HOME_DIR/src/main" "$HOME_DIR/src/test/java"
}

# True when the jar $1 is missing, or something under the directories that follow is newer.
is_stale() {
  local jar=$1 dir
  [ -f "$jar" ] || return 0
  [ -d "$HOME_DIR/src/main" ] || return 1
  [ "$HOME_DIR/pom.xml" -nt "$jar" ] && return 0
  [ "$HOME_DIR/conf/usher.conf" -nt "$jar" ] && return 0
  shift
  for dir; do
    newer_in "$dir" "$jar" && return 0
  done
  return 1
}

# True when a file (or a directory: something was removed) under $1 is newer than the jar $2.
newer_in() {
  local entry
  [ "$1" -nt "$2" ] && return 0
  for entry in "$1"/*; do
    if [ -d "$entry" ]; then
      newer_in "$entry" "$2" && return 0
    elif [ "$entry" -nt "$2" ]; then
      return 0
    fi
  done
  return 1
}

# Builds the jar when it is stale, and the one of the tests with it when TESTS_JAR is set; two
# scripts at once don't build over each other.
ensure_jar() {
  local lock=$HOME_DIR/target/.build-lock owner rc skip=-Dmaven.test.skip=true
  # -DskipTests compiles them and runs none.
  [ -n "${TESTS_JAR:-}" ] && skip=-DskipTests
  jar_is_stale || return 0
  if ! command -v mvn > /dev/null; then
    echo "usher: $JAR is missing or older than its sources, and there is no mvn to build it; install Maven 3.8 or newer." >&2
    return 1
  fi
  mkdir -p "$HOME_DIR/target" || return 1
  # mkdir is atomic everywhere; the lock of a script that was killed is taken over.
  until mkdir "$lock" 2> /dev/null; do
    owner=$(cat "$lock/pid" 2> /dev/null)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2> /dev/null; then
      rm -rf "$lock"
    else
      echo "usher: another script is building $JAR; waiting for it" >&2
      sleep 2
    fi
  done
  echo $$ > "$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  rc=0
  if jar_is_stale; then
    echo "usher: building $JAR from its sources; this takes a minute or two the first time" >&2
    # The build starts programs of its own with the java on PATH.
    (cd "$HOME_DIR" && PATH=$JAVA_HOME/bin:$PATH JAVA_HOME=$JAVA_HOME mvn -B -q "$skip" package) >&2 || rc=$?
    [ "$rc" -eq 0 ] && touch "$JAR" ${TESTS_JAR:+"$TESTS_JAR"}
  fi
  rm -rf "$lock"
  trap - EXIT
  if [ "$rc" -ne 0 ]; then
    echo "usher: the build failed (mvn $skip package in $HOME_DIR); its messages are above." >&2
    return 1
  fi
}
