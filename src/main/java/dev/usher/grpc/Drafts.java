package dev.usher.grpc;

import dev.usher.auth.Role;

/** An event that is not published yet does not exist, but for those who make events. */
final class Drafts {
  private Drafts() {}

  static boolean visibleTo(Call call) {
    return call.has(Role.ORGANIZER) || call.has(Role.OPERATOR);
  }
}
