package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.ConfigurationText;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whom a node takes for a member, and where it looks for them. */
class KnownNodesTest {
  private static final GroupId SYSTEM = new GroupId("system");
  private static final GroupId SEATS = new GroupId("seats-0");
  private static final NodeId ONE = new NodeId("node-1");
  private static final NodeId TWO = new NodeId("node-2");
  private static final NodeId FOUR = new NodeId("node-4");
  private static final DirectoryId DISK = new DirectoryId("disk-4");

  private final Map<NodeId, MemberAddress> file =
      Map.of(ONE, address("file-1"), TWO, address("file-2"));

  @Test
  void aFounderKnowsItsFileUntilTheLogSaysOtherwise() {
    KnownNodes nodes = founder();
    assertThat(nodes.belonging()).isEqualTo(Belonging.MEMBER);
    assertThat(nodes.members()).containsExactly(ONE, TWO);

    nodes.changed(SYSTEM, members("v\tnode-1\t\t\n", "v\tnode-4\tdisk-4\tlog-4:7201 log-4:7101\n"));

    assertThat(nodes.members()).containsExactly(ONE, FOUR);
    assertThat(nodes.isKnown(TWO)).isFalse();
    assertThat(nodes.addresses()).containsEntry(FOUR, new PeerAddress("log-4", 7201));
    assertThat(nodes.addresses()).containsEntry(ONE, new PeerAddress("file-1", 7201));
    assertThat(nodes.clientAddress(FOUR)).isEqualTo("log-4:7101");
    assertThat(nodes.wasMember(TWO)).isTrue();
    assertThat(nodes.wasMember(new NodeId("node-9"))).isFalse();
  }

  @Test
  void whoIsInAnyGroupIsAMember() {
    KnownNodes nodes = founder();
    nodes.changed(SYSTEM, members("v\tnode-1\t\t\n"));
    nodes.changed(SEATS, members("v\tnode-1\t\t\n", "l\tnode-4\tdisk-4\t\n"));

    assertThat(nodes.isKnown(FOUR)).isTrue();
  }

  @Test
  void aNodeKnowsBestWhereItIsUnlessItIsAnother() {
    KnownNodes nodes = founder();
    AtomicReference<SortedMap<NodeId, PeerAddress>> told = new AtomicReference<>(new TreeMap<>());
    nodes.follow(told::set);
    nodes.changed(SYSTEM, members("v\tnode-1\t\t\n", "v\tnode-4\tdisk-4\tlog-4:7201\n"));

    nodes.heard(FOUR, new DirectoryId("another"), Optional.of(address("thief")));
    assertThat(told.get()).containsEntry(FOUR, new PeerAddress("log-4", 7201));

    nodes.heard(FOUR, DISK, Optional.of(address("moved-4")));
    assertThat(told.get()).containsEntry(FOUR, new PeerAddress("moved-4", 7201));
    assertThat(nodes.clientAddress(FOUR)).isEqualTo("moved-4:7101");
  }

  @Test
  void whoWaitsLetsCallersInAndAnswersThem() {
    KnownNodes nodes = new KnownNodes(FOUR, new TreeSet<>(), Map.of(FOUR, address("file-4")));
    nodes.changed(SYSTEM, Configuration.NONE);
    assertThat(nodes.belonging()).isEqualTo(Belonging.WAITING);
    assertThat(nodes.isKnown(ONE)).isTrue();

    nodes.heard(ONE, DirectoryId.UNKNOWN, Optional.of(address("called-1")));

    assertThat(nodes.addresses()).containsEntry(ONE, new PeerAddress("called-1", 7201));
  }

  @Test
  void itWasRemovedWhenTheLogSaysSo() {
    KnownNodes nodes = founder();
    nodes.changed(SYSTEM, members("v\tnode-4\tdisk-4\t\n"));
    assertThat(nodes.belonging()).isEqualTo(Belonging.REMOVED);
  }

  @Test
  void itWasRemovedWhenAllPeersThatAnswerSaySo() {
    KnownNodes nodes = founder();
    nodes.linked(TWO, false);
    nodes.unlinked(FOUR, true);
    // A peer that is behind may not know it yet, or know it no more.
    assertThat(nodes.belonging()).isEqualTo(Belonging.MEMBER);

    nodes.unlinked(TWO, false);
    assertThat(nodes.belonging()).isEqualTo(Belonging.REMOVED);
    nodes.unlinked(FOUR, false);
    assertThat(nodes.belonging()).isEqualTo(Belonging.MEMBER);
    nodes.unlinked(TWO, true);
    assertThat(nodes.belonging()).isEqualTo(Belonging.REMOVED);
    nodes.linked(TWO, false);
    assertThat(nodes.belonging()).isEqualTo(Belonging.MEMBER);
  }

  @Test
  void itHasAnotherDiskWhenAMajorityOfTheMembersSaysSo() {
    KnownNodes nodes = founder();
    nodes.changed(SYSTEM, members("v\tnode-1\t\t\n", "v\tnode-2\t\t\n", "v\tnode-4\t\t\n"));
    nodes.linked(TWO, true);
    // A peer that is behind may know an older disk of this node.
    nodes.linked(FOUR, false);
    assertThat(nodes.belonging()).isEqualTo(Belonging.MEMBER);

    nodes.linked(FOUR, true);
    assertThat(nodes.belonging()).isEqualTo(Belonging.OTHER_DISK);
    nodes.unlinked(FOUR, false);
    assertThat(nodes.belonging()).isEqualTo(Belonging.MEMBER);
  }

  @Test
  void aMembersDiskIsTheOneThatTheLogNames() {
    KnownNodes nodes = founder();
    nodes.changed(SYSTEM, members("v\tnode-1\t\t\n", "v\tnode-4\tdisk-4\t\n"));

    assertThat(nodes.hasOtherDisk(FOUR, DISK)).isFalse();
    assertThat(nodes.hasOtherDisk(FOUR, new DirectoryId("another"))).isTrue();
    assertThat(nodes.hasOtherDisk(TWO, DISK)).isFalse();
  }

  private KnownNodes founder() {
    return new KnownNodes(ONE, new TreeSet<>(file.keySet()), file);
  }

  private static MemberAddress address(String host) {
    return new MemberAddress(new PeerAddress(host, 7201), host + ":7101");
  }

  private static Configuration members(String... lines) {
    return ConfigurationText.decode(
        Bytes.wrap(String.join("", lines).getBytes(StandardCharsets.UTF_8)));
  }
}
