package dev.usher.auth;

/** What an account may do; the edge has the table of methods and roles. */
public enum Role {
  CUSTOMER,
  BOX_OFFICE,
  GATE,
  ORGANIZER,
  FINANCE,
  OPERATOR,
  AUDITOR
}
