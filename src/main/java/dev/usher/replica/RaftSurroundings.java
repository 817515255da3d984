package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.log.SnapshotStore;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What surrounds a group.
 *
 * @param log takes what the disk is to do, in order
 * @param machine the state machine's thread
 * @param snapshots the group's snapshot files
 * @param blocking runs what blocks on the disk for long
 * @param isDiskFull true while no new entries should come
 * @param members is told who belongs to the group, whenever that changes
 * @param leadership is told who leads, whenever that changes; must be short
 * @param callbacks runs the replies to proposals
 * @param onBroken called when an invariant of the engine does not hold
 */
record RaftSurroundings(
    GroupId group,
    RaftConfig config,
    Clock clock,
    RandomGenerator random,
    Consumer<LogWriter.Command> log,
    PeerTransport transport,
    Machine machine,
    SnapshotStore snapshots,
    Executor blocking,
    BooleanSupplier isDiskFull,
    Consumer<Configuration> members,
    Consumer<Leadership> leadership,
    Executor callbacks,
    Consumer<Throwable> onBroken) {}
