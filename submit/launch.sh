# Sourced by the launchers, which set home to the folder of the project.
jar=$home/target/convoy.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

stale() {
  [ ! -d "$home/target/spark/jars" ] || [ ! -f "$jar" ] ||
    [ -n "$(find "$home/pom.xml" "$home/src/main" "$home/conf/convoy.conf" -newer "$jar" | head -n 1)" ]
}

# Makes the jar, where it is missing or older than what it is made of.
build() {
  if stale; then
    if ! command -v mvn >/dev/null; then
      echo "convoy: $jar is missing or old, and there is no mvn on the PATH to build it with." >&2
      exit 2
    fi
    echo "convoy: building $jar" >&2
    mvn -B -q -Dstyle.color=never -f "$home/pom.xml" -DskipTests package >&2
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
    echo "convoy: CONVOY_JAR is $CONVOY_JAR, and there is no such file." >&2
    exit 2
  fi
  line=$("$java" -Xmx128m -cp "$jar" -Dconvoy.home="$home" io.convoy.launch.Launcher "$@")
  case $line in
    "exec "*) eval "$line" ;;
    *) printf '%s\n' "$line" ;;
  esac
}
