package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
  /** Looks every 150 ms; 500 ms of silence, 2 s on a new connection. */
  private final Silence silence = new Silence(LinkTiming.ofHeartbeat(50));

  /** Looks, with nothing heard meanwhile, until the link is given up. */
  private int looks(boolean isUp) {
    int looks = 0;
    while (!silence.isTooLong(isUp)) {
      silence.look(isUp);
      looks++;
    }
    silence.giveUp(isUp);
    return looks;
  }

  private int looksOfALinkThatWasUp() {
    silence.begin();
    silence.end();
    return looks(true);
  }

  @Test
  void aNewConnectionIsGivenTimeToBeMade() {
    silence.begin();
    assertThat(looks(false)).isEqualTo(14);
    assertThat(silence.length()).isEqualTo(Duration.ofMillis(2100));
  }

  @Test
  void aLinkThatIsUpIsGivenUpSooner() {
    assertThat(looksOfALinkThatWasUp()).isEqualTo(4);
    assertThat(silence.length()).isEqualTo(Duration.ofMillis(600));
  }

  @Test
  void aWordEndsASilence() {
    silence.begin();
    for (int look = 0; look < 100; look++) {
      silence.end();
      silence.look(true);
      assertThat(silence.isTooLong(true)).isFalse();
    }
  }

  /** New connections do not help a peer that is slow. */
  @Test
  void whoWasGivenUpForItsSilenceGetsTwiceAsLongTheNextTime() {
    assertThat(looksOfALinkThatWasUp()).isEqualTo(4);
    assertThat(looksOfALinkThatWasUp()).isEqualTo(7);
    assertThat(looksOfALinkThatWasUp()).isEqualTo(14);
    assertThat(looksOfALinkThatWasUp()).isEqualTo(14);
  }

  @Test
  void aLinkThatLastedIsJudgedAsAtFirst() {
    looksOfALinkThatWasUp();
    silence.begin();
    for (int look = 0; look < 64; look++) {
      silence.end();
      silence.look(true);
    }
    assertThat(looksOfALinkThatWasUp()).isEqualTo(4);
  }
}
