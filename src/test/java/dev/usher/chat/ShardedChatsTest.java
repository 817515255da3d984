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
    assertThat(ShardedChats.entityId("node-2~c1", NODES::contains)).isEqualTo("node-2~c1");
  }

  @Test
  void anyOtherIsAtHomeNowhere() {
    assertThat(ShardedChats.entityId("my chat", NODES::contains)).isEqualTo("nowhere~my chat");
  }

  @Test
  void aConversationKeepsItsPastWhenTheNodeThatMintedItIsAMemberNoMore() {
    var elsewhere = ShardedChats.entityId("node-9~c1", NODES::contains);
    assertThat(ChatbotActor.persistenceId(elsewhere))
        .isEqualTo(ChatbotActor.persistenceId("node-9~c1"));
  }

  @Test
  void nobodyCanMakeUpANode() {
    assertThat(ShardedChats.entityId("node-9~c1", NODES::contains)).isEqualTo("nowhere~node-9~c1");
    assertThat(ShardedChats.entityId("x!y", NODES::contains)).isEqualTo("nowhere~x!y");
  }
}
