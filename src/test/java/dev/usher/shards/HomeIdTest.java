package dev.usher.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.NodeId;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HomeIdTest {
  private static final NodeId NODE = new NodeId("node-1");

  @Property
  void anyRestComesBackAndItsShardIsAtHome(@ForAll String rest) {
    var id = new HomeId(NODE, rest).entityId();

    assertThat(HomeId.parse(id)).isEqualTo(new HomeId(NODE, rest));
    assertThat(HomeId.isWarmUp(id)).isFalse();
    assertThat(HomeId.homeOfShard(HomeId.shardOf(id))).isEqualTo(NODE);
  }

  @Test
  void warmUpsCoverEveryShardOfTheNode() {
    var warmed =
        IntStream.range(0, HomeId.SHARDS_PER_NODE)
            .mapToObj(k -> HomeId.shardOf(HomeId.warmUp(NODE, k)))
            .toList();

    assertThat(IntStream.range(0, 1000).mapToObj(n -> HomeId.shardOf("node-1~b" + n)).distinct())
        .containsExactlyInAnyOrderElementsOf(warmed);
  }

  @Test
  void theShardOfAnEntityIsTheSameInEveryVersion() {
    assertThat(HomeId.shardOf("node-2~b0123")).isEqualTo("node-2-" + HomeId.hash("b0123") % 8);
    assertThat(HomeId.hash("123456789")).isEqualTo(0xE3069283L);
  }

  @Test
  void anIdWithoutAHomeIsRefused() {
    assertThatThrownBy(() -> HomeId.parse("b0123"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b0123");
  }
}
