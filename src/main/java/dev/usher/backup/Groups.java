package dev.usher.backup;

import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.raft.GroupId;
import dev.usher.replica.GroupSpec;
import dev.usher.seats.SeatStateMachine;
import java.util.ArrayList;
import java.util.List;

/** The groups of a cluster and what they replicate. */
public final class Groups {
  public static final GroupId SYSTEM = new GroupId("system");

  private Groups() {}

  static boolean isSeats(GroupId group) {
    return group.value().matches("seats-[0-9]+");
  }

  /** All groups of a cluster with so many seat groups, in the order in which they are saved. */
  static List<GroupSpec<?>> of(int seatGroups) {
    List<GroupSpec<?>> groups = new ArrayList<>();
    for (int number = 0; number < seatGroups; number++) {
      groups.add(SeatStateMachine.group(number));
    }
    groups.add(new GroupSpec<DirectoryView>(SYSTEM, DirectoryModel::new));
    return groups;
  }
}
