# Sourced by the launchers, which set home to the folder of the project.
jar=$home/target/convoy.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

fail() {
  printf 'convoy: %s\n' "$*" >&2
  exit 2
}

# Java reads the names of files by the locale. One without UTF-8 (LC_ALL=C, or none as in cron and
# systemd) would lose each letter beyond ASCII.
use_utf8() {
  for locale in "" C.UTF-8 C.utf8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\{0,1\}8$'); do
    [ -z "$locale" ] || export LC_ALL="$locale"
    case $(locale charmap 2>/dev/null) in
      UTF-8 | utf-8 | utf8) return ;;
    esac
  done
  fail "there is no UTF-8 locale here, and names beyond ASCII would be lost; install one (C.UTF-8)."
}

check_java() {
  place=${JAVA_HOME:+JAVA_HOME ($JAVA_HOME)}
  place=${place:-the PATH}
  command -v "$java" >/dev/null ||
    fail "Java 17 is wanted, and there is no java in $place; set JAVA_HOME to a JDK 17."
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\(1\.\)*\([0-9]*\).*/\2/p' | head -n 1)
  [ "$version" = 17 ] ||
    fail "Java 17 is wanted, this is ${version:-no Java that runs} in $place; set JAVA_HOME to a JDK 17."
}

check_user() {
  id -un >/dev/null 2>&1 ||
    fail "user $(id -u) has no name on this machine, and Hadoop wants one: add it to /etc/passwd."
}

# The comment at a launcher's head.
usage() {
  sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//p;}' "$self"
}

# What a build ends with is the marker: one that was stopped leaves a jar that is newer, or no marker.
stale() {
  [ ! -f "$jar" ] || [ ! -f "$home/target/convoy.built" ] ||
    [ -n "$(find "$jar" -newer "$home/target/convoy.built")" ] ||
    [ -n "$(find "$home/pom.xml" "$home/src/main" "$home"/conf/*.conf \
      "$home/conf/log4j2.properties" -newer "$jar" | head -n 1)" ]
}

# Makes the jar, where it is missing or older than what it is made of; one build at a time.
build() {
  if stale; then
    command -v mvn >/dev/null ||
      fail "$jar is missing or old, and there is no mvn on the PATH to build it with."
    { mkdir -p "$home/target" && : >>"$home/target/build.lock"; } 2>/dev/null ||
      fail "$jar is missing or old, and $home/target cannot be written as $(id -un): have its owner" \
        "build it (mvn -DskipTests package), or copy the project."
    (
      ! command -v flock >/dev/null || flock 9
      stale || exit 0
      echo "convoy: building $jar" >&2
      mvn -B -q -Dstyle.color=never -f "$home/pom.xml" -DskipTests package >&2 9>&- ||
        fail "$jar could not be built; see above."
    ) 9>"$home/target/build.lock"
  fi
}

# Becomes the spark-submit of a profile: launch PROFILE [options] COMMAND [convoy's options]
#   CONVOY_JAR    the job jar, instead of the one in target, which is then not built
launch() {
  if [ -z "${CONVOY_JAR:-}" ]; then
    build
  elif [ -f "$CONVOY_JAR" ]; then
    jar=$CONVOY_JAR
  else
    fail "CONVOY_JAR is $CONVOY_JAR, and there is no such file."
  fi
  line=$("$java" -Xmx128m -cp "$jar" -Dconvoy.home="$home" io.convoy.launch.Launcher "$@")
  case $line in
    "exec "*) eval "$line" ;;
    *) printf '%s\n' "$line" ;;
  esac
}

case $home in
  *:*) fail "$home: Java's class paths cannot hold a colon; move the project to another folder." ;;
esac
use_utf8
check_java
check_user
