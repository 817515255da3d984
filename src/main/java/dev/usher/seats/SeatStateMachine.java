package dev.usher.seats;

import dev.usher.raft.GroupId;
import dev.usher.replica.GroupSpec;

/**
 * What a seat group replicates: each node runs one {@code StateMachineActor} over a {@link
 * SeatModel} per group, fed with the committed entries of the group's log.
 */
public final class SeatStateMachine {
  private SeatStateMachine() {}

  /** The group with this number, from 0: {@code seats-0} and so on. */
  public static GroupSpec<SeatView> group(int number) {
    return new GroupSpec<>(new GroupId("seats-" + number), SeatModel::new);
  }
}
