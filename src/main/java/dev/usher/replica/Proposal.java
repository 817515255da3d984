package dev.usher.replica;

import dev.usher.raft.Bytes;

/**
 * A command on its way into a group's log.
 *
 * @param requestKey the request's identity, at most 256 characters; the same key is applied once
 *     and always gets the same answer. Empty: not deduplicated
 * @param fingerprint of the request's parameters, at most 64 bytes; the same key with another one
 *     is refused
 * @param command at most 4 MiB
 */
public record Proposal(String requestKey, Bytes fingerprint, Bytes command) {
  public static final int REQUEST_KEY_CHARS_MAX = 256;
  public static final int FINGERPRINT_BYTES_MAX = 64;
  public static final int COMMAND_BYTES_MAX = 4 << 20;

  public Proposal {
    if (requestKey.length() > REQUEST_KEY_CHARS_MAX) {
      throw new IllegalArgumentException(
          "a request key has at most "
              + REQUEST_KEY_CHARS_MAX
              + " characters, this one has "
              + requestKey.length());
    }
    if (fingerprint.size() > FINGERPRINT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a fingerprint has at most "
              + FINGERPRINT_BYTES_MAX
              + " bytes, this one has "
              + fingerprint.size());
    }
    if (command.size() > COMMAND_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a command has at most " + COMMAND_BYTES_MAX + " bytes, this one has " + command.size());
    }
  }
}
