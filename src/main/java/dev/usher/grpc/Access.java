package dev.usher.grpc;

import dev.usher.auth.Role;
import java.util.EnumSet;
import java.util.Set;

/** Who may call a method, and how surely the edge must know who it is. */
sealed interface Access {
  /** Anybody; a session that comes along is not looked at. */
  record Anybody() implements Access {}

  /**
   * Anybody, but some may see or do more: a session that comes along must be a good one.
   *
   * @param linearizable see {@link Only}
   */
  record AnybodyWithMoreForSome(boolean linearizable) implements Access {}

  /**
   * A session with one of the roles.
   *
   * @param linearizable true: a session that was ended anywhere is refused here at once. False:
   *     this node's own copy is asked, for methods whose saga validates the session itself
   */
  record Only(Set<Role> roles, boolean linearizable) implements Access {
    public Only {
      roles = Set.copyOf(roles);
    }
  }

  static Access only(Role first, Role... more) {
    return new Only(EnumSet.of(first, more), true);
  }

  static Access anyRole() {
    return new Only(EnumSet.allOf(Role.class), true);
  }
}
