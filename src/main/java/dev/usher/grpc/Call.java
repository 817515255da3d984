package dev.usher.grpc;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.Principal;
import dev.usher.auth.Role;
import java.time.Duration;
import java.util.Optional;

/**
 * One call that may go on: who makes it and how long it may take.
 *
 * @param caller empty when nobody is logged in and the method allows that
 * @param token the caller's session, empty as the caller is
 */
record Call(Optional<Principal> caller, Secret token, Deadline deadline) {
  /** The caller of a method that only roles may call. */
  Principal principal() {
    return caller.orElseThrow(
        () -> new IllegalStateException("this method is open to callers without a session"));
  }

  String userId() {
    return principal().userId();
  }

  boolean has(Role role) {
    return caller.isPresent() && caller.get().has(role);
  }

  /** What a step may take now. */
  Duration timeout() {
    return deadline.timeForStep();
  }
}
