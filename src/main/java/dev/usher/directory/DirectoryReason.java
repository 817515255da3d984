package dev.usher.directory;

/** Why the state machine refuses: the names are the {@code reason} of a refusal. */
public enum DirectoryReason {
  /** The bytes are no command, or break a rule that needs no state. */
  MALFORMED_COMMAND,
  /** No such account, session or payment method, or not the caller's. */
  RESOURCE_NOT_FOUND,
  /** The e-mail address or the id has an account. */
  USER_EXISTS,
  /** The session id or token is in use. */
  SESSION_EXISTS,
  /** Too many failed logins: not before the lockout ends. */
  LOGIN_THROTTLED,
  /** The payment method id is in use. */
  PAYMENT_METHOD_EXISTS,
  /** The account has as many payment methods as it may. */
  PAYMENT_METHOD_LIMIT,
  /** The directory has as many accounts as it may. */
  DIRECTORY_FULL,
  /** Another copy of the persistent actor has written these sequence numbers. */
  JOURNAL_CONFLICT,
  /** The persistent actor, or the journal, has as much as it may. */
  JOURNAL_FULL
}
