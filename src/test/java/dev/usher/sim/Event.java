package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;

/** What is due at some time in a {@link Simulation}. */
sealed interface Event {
  record Tick(int node, int life) implements Event {}

  record Deliver(NodeId from, int to, Message message) implements Event {}

  record DiskDone(int node, int life, long sequence) implements Event {}

  /** An input that waited for the end of a pause. */
  record Late(int node, int life, Input input) implements Event {}

  record Restart(int node, int life) implements Event {}

  record Turn(int client) implements Event {}

  record GiveUp(int client, long id) implements Event {}

  record Strike() implements Event {}

  record HealAll() implements Event {}
}
