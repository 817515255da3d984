package dev.usher.journal;

import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.LocalReplica;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A node whose copy of the log stays behind until a linearizable read waits for the rest. */
final class LaggingCopy implements Replica<DirectoryView> {
  private final LocalReplica<DirectoryView> log;
  private volatile LocalReplica<DirectoryView> own;

  LaggingCopy(LocalReplica<DirectoryView> log) {
    this.log = log;
    this.own = log;
  }

  /** What comes from now on is not in the node's copy. */
  void stay() {
    own = log.copy(new DirectoryModel());
  }

  @Override
  public CompletionStage<Outcome> propose(Proposal proposal, Duration timeout) {
    return log.propose(proposal, timeout);
  }

  @Override
  public <R> CompletionStage<R> read(Function<DirectoryView, R> query, Duration timeout) {
    own = log;
    return log.read(query, timeout);
  }

  @Override
  public <R> CompletionStage<R> readStale(Function<DirectoryView, R> query) {
    return own.readStale(query);
  }

  @Override
  public GroupId group() {
    return log.group();
  }

  @Override
  public boolean isLeader() {
    return false;
  }

  @Override
  public Optional<NodeId> leader() {
    return log.leader();
  }
}
