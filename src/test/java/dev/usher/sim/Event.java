package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.SnapshotMeta;

/** What is due at some time in a {@link Simulation}. */
sealed interface Event {
  record Tick(int node, int life) implements Event {}

  record Deliver(NodeId from, DirectoryId directory, int to, Message message) implements Event {}

  record DiskDone(int node, int life, long sequence) implements Event {}

  /** A snapshot's file is whole and durable. */
  record FileDone(int node, int life, SnapshotMeta snapshot, byte[] file) implements Event {}

  /** The state machine becomes the snapshot's. */
  record Install(int node, int life, SnapshotMeta snapshot) implements Event {}

  /** An input that took its time, or waited for the end of a pause. */
  record Late(int node, int life, Input input) implements Event {}

  record Crash(int node, int life) implements Event {}

  /** From now on the node is not heard. */
  record Silence(int node) implements Event {}

  record Restart(int node, int life) implements Event {}

  record Turn(int client) implements Event {}

  record GiveUp(int client, long attempt) implements Event {}

  record Strike() implements Event {}

  record Repair() implements Event {}

  record HealAll() implements Event {}
}
