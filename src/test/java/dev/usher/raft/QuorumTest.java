package dev.usher.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuorumTest {
  @Test
  void anyTwoQuorumsOverlap() {
    for (int voters = 1; voters <= 9; voters++) {
      assertThat(2 * Quorum.size(voters)).isGreaterThan(voters);
      assertThat(2 * (Quorum.size(voters) - 1)).isLessThanOrEqualTo(voters);
    }
  }

  @Test
  void whatAMajorityHasReachedIsTheGreatestSuchValue() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2000; round++) {
      long[] values = random.longs(random.nextInt(1, 10), 0, 6).toArray();
      long reached = Quorum.reached(values.clone());
      assertThat(haveReached(values, reached)).isGreaterThanOrEqualTo(Quorum.size(values.length));
      assertThat(haveReached(values, reached + 1)).isLessThan(Quorum.size(values.length));
    }
  }

  private static long haveReached(long[] values, long value) {
    return Arrays.stream(values).filter(each -> each >= value).count();
  }
}
