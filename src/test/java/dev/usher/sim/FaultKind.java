package dev.usher.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can go wrong in a run, and the rare things that are worth going wrong in the middle of. */
enum FaultKind {
  CRASH("a node crashes"),
  CRASH_ALL("all nodes crash at once"),
  PAUSE("a node pauses"),
  ISOLATE("a node is cut off"),
  ISOLATE_LEADER("the leader is cut off"),
  /** Hears late and is then heard no more: answers of long ago keep it in its belief. */
  LATE_LEADER("the leader hears late, then is not heard"),
  SPLIT("a partition in two"),
  ONE_WAY("a link fails one way"),
  HEAL_LINKS("all links are mended"),
  DISK_HANG("a disk hangs"),
  CLOCK_JUMP("a wall clock jumps"),
  TRANSFER("leadership is handed over"),
  SNAPSHOT("a snapshot is taken"),
  DISK_FAIL("a disk fails"),
  MEMBERS("the members change"),
  DAMAGE("a log is damaged"),
  WIPE("a disk is wiped"),

  LOSS("a message is lost"),
  DUPLICATION("a message arrives twice"),
  STRAGGLER("a message takes twenty times its time"),
  DRIFT("a clock runs fast or slow"),
  INSTALL("a snapshot is installed"),
  /** Switched off, the run has a model of the log's promises in the place of its code. */
  TORN("a crash in the middle of a write, real log");

  private final String what;

  FaultKind(String what) {
    this.what = what;
  }

  /** Those that strike now and then, as {@link Faults} draws them. */
  static List<FaultKind> striking() {
    return Arrays.stream(values()).filter(kind -> kind.compareTo(LOSS) < 0).toList();
  }

  /** Those that a run can do without. */
  static Stream<FaultKind> switchable() {
    return Arrays.stream(values()).filter(kind -> kind != HEAL_LINKS && kind != INSTALL);
  }

  /** As it is written on a command line. */
  static Optional<FaultKind> of(String option) {
    return switchable().filter(kind -> kind.option().equals(option)).findFirst();
  }

  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String what() {
    return what;
  }
}
