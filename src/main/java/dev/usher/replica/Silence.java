package dev.usher.replica;

import java.time.Duration;

/**
 * How long a peer has said nothing on a link, and how long that may last. It is counted in looks,
 * not in time: a word that came while this node stood still lies behind the look that comes late.
 * Who was given up for its silence gets twice as long the next time, up to {@link
 * LinkTiming#firstSilenceMax}: a peer that is slow because it starts is not made faster by new
 * connections.
 */
final class Silence {
  /** Looks after which a link that is up has lasted, ten seconds with the usual timing. */
  private static final int LASTING_LOOKS = 64;

  private final LinkTiming timing;
  private int looks;
  private int looksUp;
  private int patience = 1;

  Silence(LinkTiming timing) {
    this.timing = timing;
  }

  /** A connection is being made. */
  void begin() {
    looks = 0;
    looksUp = 0;
  }

  /** The peer has said something. */
  void end() {
    looks = 0;
  }

  /**
   * One look, every {@link LinkTiming#keepAlive}.
   *
   * @param isUp the peer has said something on this connection
   */
  void look(boolean isUp) {
    looks++;
    if (isUp && ++looksUp == LASTING_LOOKS) {
      patience = 1;
    }
  }

  boolean isTooLong(boolean isUp) {
    return length().compareTo(limit(isUp)) > 0;
  }

  /** The link is given up for it. */
  void giveUp(boolean isUp) {
    patience *= isUp && limit(true).compareTo(timing.firstSilenceMax()) < 0 ? 2 : 1;
  }

  Duration length() {
    return timing.keepAlive().multipliedBy(looks);
  }

  private Duration limit(boolean isUp) {
    Duration longest = timing.firstSilenceMax();
    Duration limit = timing.silenceMax().multipliedBy(patience);
    return isUp && limit.compareTo(longest) < 0 ? limit : longest;
  }
}
