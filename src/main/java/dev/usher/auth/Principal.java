package dev.usher.auth;

import java.util.Set;

/** Who is calling, as a valid session says. */
public record Principal(String userId, String sessionId, Set<Role> roles) {
  public Principal {
    roles = Set.copyOf(roles);
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
