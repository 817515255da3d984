package dev.usher.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists that come page by page (AIP-158). */
public final class Pages {
  private Pages() {}

  /**
   * Asks for one page after the other.
   *
   * @param page asks for the page of a token; the first one's is empty
   * @param items what is on it
   * @param nextToken the next page's token, empty when it was the last
   */
  public static <R, T> List<T> all(
      Function<String, R> page, Function<R, List<T>> items, Function<R, String> nextToken) {
    return first(Integer.MAX_VALUE, page, items, nextToken);
  }

  /** As many as {@code limit}, and no page more than that takes. */
  public static <R, T> List<T> first(
      int limit,
      Function<String, R> page,
      Function<R, List<T>> items,
      Function<R, String> nextToken) {
    List<T> read = new ArrayList<>();
    String token = "";
    do {
      R answer = page.apply(token);
      read.addAll(items.apply(answer));
      token = nextToken.apply(answer);
    } while (!token.isEmpty() && read.size() < limit);
    return read.subList(0, Math.min(limit, read.size()));
  }
}
