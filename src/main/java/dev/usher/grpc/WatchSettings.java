package dev.usher.grpc;

import java.time.Duration;

/**
 * Limits of WatchSeats.
 *
 * @param keepAlive a silent stream says its revision this often: idle HTTP/1.1 connections would be
 *     closed, and a client that comes back late need not replay what is old
 * @param openingMost how long a stream may wait for a leader, or for this node to catch up
 * @param changesQueued changes waiting for a slow reader one by one; more are merged per seat
 * @param watchesMost open streams of this node
 */
record WatchSettings(Duration keepAlive, Duration openingMost, int changesQueued, int watchesMost) {
  static final WatchSettings DEFAULT =
      new WatchSettings(Duration.ofSeconds(15), Duration.ofSeconds(10), 64, 10_000);
}
