package dev.usher.cli.client;

import dev.usher.api.booking.v1.ListSeatsRequest;
import dev.usher.api.booking.v1.ListSeatsResponse;
import dev.usher.api.booking.v1.Seat;
import java.util.List;

/** Reads the seats of an event, page by page. */
public final class Seats {
  private static final int PAGE_SIZE = 5000;

  private Seats() {}

  /** All seats in the plan's order; {@code stale} reads one node's own copy. */
  public static List<Seat> of(UsherClient client, String event, boolean stale) {
    return Pages.all(
        page ->
            client.call(
                Api.LIST_SEATS,
                ListSeatsRequest.newBuilder()
                    .setParent(event)
                    .setPageSize(PAGE_SIZE)
                    .setPageToken(page)
                    .setAllowStale(stale)
                    .build()),
        ListSeatsResponse::getSeatsList,
        ListSeatsResponse::getNextPageToken);
  }
}
