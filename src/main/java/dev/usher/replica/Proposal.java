package dev.usher.replica;

import dev.usher.raft.Bytes;

/**
 * A command on its way into a group's log.
 *
 * @param requestKey the request's identity, at most 256 characters; the same key is applied once
 *     and always gets the same answer. Empty: not deduplicated
 * @param fingerprint of the request's parameters; the same key with another one is refused
 */
public record Proposal(String requestKey, Bytes fingerprint, Bytes command) {}
