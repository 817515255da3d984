package dev.usher.raft;

/** What a node is in its group at the moment (§5.1; pre-candidate: thesis §9.6). */
public enum Role {
  FOLLOWER,
  PRE_CANDIDATE,
  CANDIDATE,
  LEADER
}
