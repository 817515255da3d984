package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Who belongs to the cluster, for operators. Each call concerns all groups, may be made at any
 * node, and is idempotent. Safe for any thread.
 */
public interface MemberControl {
  /**
   * Makes a node that waits to be added a learner of every group. The identity of its disk is asked
   * of the node itself.
   */
  CompletionStage<MemberOutcome> add(NodeId node, PeerAddress at, Duration timeout);

  /** Makes a learner a voter of every group; waits until it has caught up. */
  CompletionStage<MemberOutcome> promote(NodeId node, Duration timeout);

  /** Takes a node out of every group; drains it before when it runs. */
  CompletionStage<MemberOutcome> remove(NodeId node, Duration timeout);

  /** Makes a node lead nothing and send clients elsewhere; done when its last call is answered. */
  CompletionStage<MemberOutcome> drain(NodeId node, Duration timeout);

  /** Lets it serve again. */
  CompletionStage<MemberOutcome> undrain(NodeId node, Duration timeout);
}
