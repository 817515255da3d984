package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Changes of the members, one group after the other, each by the group's leader wherever it is.
 * Nothing is remembered here: the members in the logs are what was achieved so far, and every step
 * is tried until they are as they should be.
 */
final class MemberChanges implements MemberControl {
  /** One question to a leader; then it may be another one's turn. */
  private static final Duration TRY = Duration.ofSeconds(2);

  private static final Duration INTRODUCTION = Duration.ofSeconds(3);

  private final Replicas replicas;
  private final Introduction.Asking introductions;

  MemberChanges(Replicas replicas, Introduction.Asking introductions) {
    this.replicas = replicas;
    this.introductions = introductions;
  }

  @Override
  public CompletionStage<MemberOutcome> add(NodeId node, PeerAddress at, Duration timeout) {
    Patience patience = Patience.of(timeout);
    return introductions
        .ask(node, at, patience.atMost(INTRODUCTION))
        .handle(
            (introduction, failed) ->
                failed == null ? introduced(introduction, patience) : stranger(node, at, failed))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<MemberOutcome> stranger(
      NodeId node, PeerAddress at, Throwable failed) {
    Throwable cause =
        failed instanceof CompletionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    String why =
        cause instanceof TimeoutException
            ? "nobody answers there"
            : String.valueOf(cause.getMessage());
    return settled(new MemberOutcome.NotYet(node + " is not to be had at " + at + ": " + why));
  }

  private CompletionStage<MemberOutcome> introduced(Introduction introduction, Patience patience) {
    NodeId node = introduction.node();
    if (!introduction.groups().equals(replicas.groupIds())) {
      return settled(
          new MemberOutcome.Refused(
              node
                  + " was started with the groups "
                  + introduction.groups()
                  + ", this cluster has "
                  + replicas.groupIds()
                  + "; usher.groups.seats must be the same"));
    }
    MembershipChange add =
        new MembershipChange.AddLearner(
            node,
            new Configuration.Identity(
                introduction.directory(), introduction.address().toString()));
    return inAllGroups(
        add,
        group -> group.recognizes(node, introduction.directory()),
        node + " is a member already, with another disk; remove it first",
        patience);
  }

  @Override
  public CompletionStage<MemberOutcome> promote(NodeId node, Duration timeout) {
    Patience patience = Patience.of(timeout);
    return patience.until(
        () ->
            view(
                view -> {
                  if (!view.isMember(node)) {
                    return Patience.done(new MemberOutcome.NoSuchMember());
                  }
                  return standstill(view, voters -> voters.add(node))
                      .map(MemberChanges::impossible)
                      .orElseGet(
                          () ->
                              inAllGroups(
                                      new MembershipChange.Promote(node),
                                      group -> group.voters().contains(node) && !group.isJoint(),
                                      node + " is no learner of every group; add it again",
                                      patience)
                                  .thenApply(Patience.Settled::new));
                }));
  }

  @Override
  public CompletionStage<MemberOutcome> remove(NodeId node, Duration timeout) {
    Patience patience = Patience.of(timeout);
    return patience.until(
        () ->
            view(
                view -> {
                  if (!view.isMember(node)) {
                    return Patience.done(
                        replicas.nodes().wasMember(node)
                            ? new MemberOutcome.Done()
                            : new MemberOutcome.NoSuchMember());
                  }
                  return standstill(view, voters -> voters.remove(node))
                      .map(MemberChanges::impossible)
                      .orElseGet(
                          () ->
                              removeDrained(view, node, patience).thenApply(Patience.Settled::new));
                }));
  }

  /** What it leads and answers goes on elsewhere before it is cut off, if there is time. */
  private CompletionStage<MemberOutcome> removeDrained(
      ClusterView view, NodeId node, Patience patience) {
    CompletionStage<MemberOutcome> drained =
        view.status(node).isPresent()
            ? drain(node, patience.left().dividedBy(3))
            : settled(new MemberOutcome.Done());
    return drained.thenCompose(
        ignored ->
            inAllGroups(
                new MembershipChange.Remove(node),
                group -> !group.isMember(node),
                node + " is the last voter",
                patience));
  }

  @Override
  public CompletionStage<MemberOutcome> drain(NodeId node, Duration timeout) {
    Patience patience = Patience.of(timeout);
    return patience.until(
        () ->
            view(
                view -> {
                  if (!view.isMember(node)) {
                    return Patience.done(new MemberOutcome.NoSuchMember());
                  }
                  return withoutSuccessor(view, node)
                      .map(MemberChanges::impossible)
                      .orElseGet(() -> drainOnce(view, node, patience));
                }));
  }

  private static Optional<String> withoutSuccessor(ClusterView view, NodeId node) {
    return view.configurations().entrySet().stream()
        .filter(group -> group.getValue().voters().contains(node))
        .filter(group -> view.successor(group.getKey(), node).isEmpty())
        .findFirst()
        .map(group -> "no other voter of group " + group.getKey() + " could lead it");
  }

  private CompletionStage<Patience.Step> drainOnce(
      ClusterView view, NodeId node, Patience patience) {
    return replicas
        .drain(node, true, patience.atMost(TRY))
        .thenCompose(
            heard ->
                heard
                    ? view(after -> CompletableFuture.completedFuture(drained(after, node)))
                    : Patience.notYet(
                        node + " does not answer; one that is down needs no draining"));
  }

  private static Patience.Step drained(ClusterView view, NodeId node) {
    Optional<NodeStatus> status = view.status(node).filter(NodeStatus::draining);
    if (status.isEmpty()) {
      return new Patience.Wait(new MemberOutcome.NotYet(node + " does not answer"));
    }
    Optional<GroupId> led =
        status.get().groups().stream()
            .filter(group -> group.leader().filter(node::equals).isPresent())
            .map(GroupStatus::group)
            .findFirst();
    if (led.isPresent()) {
      return new Patience.Wait(new MemberOutcome.NotYet(node + " still leads group " + led.get()));
    }
    long calls = status.get().facts().callsUnderWay();
    return calls == 0
        ? new Patience.Settled(new MemberOutcome.Done())
        : new Patience.Wait(new MemberOutcome.NotYet(node + " still answers " + calls + " calls"));
  }

  @Override
  public CompletionStage<MemberOutcome> undrain(NodeId node, Duration timeout) {
    return view(
        view ->
            view.isMember(node)
                ? replicas
                    .drain(node, false, timeout)
                    .thenApply(
                        heard ->
                            heard
                                ? new MemberOutcome.Done()
                                : new MemberOutcome.NotYet(node + " does not answer"))
                : settled(new MemberOutcome.NoSuchMember()));
  }

  /** Why some group would stand still with other voters. */
  private static Optional<String> standstill(ClusterView view, Consumer<SortedSet<NodeId>> change) {
    return view.configurations().entrySet().stream()
        .flatMap(
            group -> {
              SortedSet<NodeId> voters = new TreeSet<>(group.getValue().voters());
              change.accept(voters);
              return voters.equals(group.getValue().voters())
                  ? Stream.empty()
                  : view.standstill(group.getKey(), voters).stream();
            })
        .findFirst();
  }

  /** One after the other; ends with the first that can't. */
  private CompletionStage<MemberOutcome> inAllGroups(
      MembershipChange change, Predicate<Configuration> isSo, String otherwise, Patience patience) {
    CompletionStage<MemberOutcome> sofar = settled(new MemberOutcome.Done());
    for (GroupId group : replicas.groupIds()) {
      sofar =
          sofar.thenCompose(
              outcome ->
                  outcome instanceof MemberOutcome.Done
                      ? patience.until(() -> once(group, change, isSo, otherwise, patience))
                      : settled(outcome));
    }
    return sofar;
  }

  /** That a change is not possible may mean that it was made before: then nothing is lacking. */
  private CompletionStage<Patience.Step> once(
      GroupId group,
      MembershipChange change,
      Predicate<Configuration> isSo,
      String otherwise,
      Patience patience) {
    return replicas
        .changeMembers(group, change, patience.atMost(TRY))
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case DONE -> Patience.done(new MemberOutcome.Done());
                  case NOT_POSSIBLE ->
                      view(
                          view ->
                              isSo.test(
                                      view.configurations().getOrDefault(group, Configuration.NONE))
                                  ? Patience.done(new MemberOutcome.Done())
                                  : impossible(otherwise));
                  case NOT_CAUGHT_UP ->
                      Patience.notYet(
                          change.node() + " still lacks too much of the log of group " + group);
                  case BUSY -> Patience.notYet("group " + group + " has another change under way");
                  case NOT_READY, NOT_LEADER, UNKNOWN ->
                      Patience.notYet("group " + group + " has no leader that answers");
                });
  }

  private <T> CompletionStage<T> view(Function<ClusterView, CompletionStage<T>> then) {
    return replicas.statusOfAll().thenApply(ClusterView::of).thenCompose(then);
  }

  private static CompletionStage<Patience.Step> impossible(String why) {
    return CompletableFuture.completedFuture(new Patience.Doubt(new MemberOutcome.Refused(why)));
  }

  private static CompletionStage<MemberOutcome> settled(MemberOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
