package dev.usher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardedChatsTest {
  private static final List<NodeId> NODES =
      List.of(new NodeId("node-1"), new NodeId("node-2"), new NodeId("node-3"));

  @Test
  void aMintedConversationKeepsItsHome() {
    assertThat(ShardedChats.entityId("node-2~c1", NODES)).isEqualTo("node-2~c1");
  }

  @Test
  void anyOtherGetsTheSameHomeOnEveryNode() {
    assertThat(ShardedChats.entityId("my chat", NODES))
        .isEqualTo(ShardedChats.entityId("my chat", List.copyOf(NODES)))
        .matches("node-[123]~my chat");
  }

  @Test
  void nobodyCanMakeUpANode() {
    assertThat(ShardedChats.entityId("node-9~c1", NODES)).matches("node-[123]~node-9~c1");
    assertThat(ShardedChats.entityId("x!y", NODES)).matches("node-[123]~x!y");
  }
}
