package dev.usher.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pagination (AIP-158): a token is opaque, says after which item the next page begins, and is good
 * only for the request (all but page size) that it came from.
 *
 * @param scope of the request: method, parent and filters
 */
record Pages(String scope, int defaultSize, int maxSize) {
  private static final int DIGEST_BYTES = 8;
  private static final int MAX_TOKEN = 1000;

  /**
   * A page.
   *
   * @param nextToken empty on the last one
   */
  record Page<T>(List<T> items, String nextToken) {}

  /**
   * Where a page begins and how long it is.
   *
   * @param after the position of the last item of the page before; empty for the first page
   */
  record Window(String after, int size) {}

  Window window(int pageSize, String pageToken, Violations violations) {
    if (pageSize < 0) {
      violations.add("page_size", "must not be negative");
    }
    int size = pageSize == 0 ? defaultSize : Math.min(pageSize, maxSize);
    return new Window(pageToken.isEmpty() ? "" : open(pageToken, violations), size);
  }

  /**
   * Cuts a page out of a list whose order never changes.
   *
   * @param isAfter whether an item comes after the window's position; asked only when there is one
   * @param position of an item, as later given to {@code isAfter}
   */
  <T> Page<T> cut(List<T> all, Window window, Predicate<T> isAfter, Function<T, String> position) {
    int from = 0;
    if (!window.after().isEmpty()) {
      while (from < all.size() && !isAfter.test(all.get(from))) {
        from++;
      }
    }
    return slice(all, from, window.size(), position);
  }

  /** Cuts a page out of a list that is the same for every page; the item itself is remembered. */
  <T> Page<T> cutFixed(List<T> all, Window window, Function<T, String> position) {
    int from = 0;
    if (!window.after().isEmpty()) {
      while (from < all.size() && !position.apply(all.get(from)).equals(window.after())) {
        from++;
      }
      from++;
    }
    return slice(all, Math.min(from, all.size()), window.size(), position);
  }

  private <T> Page<T> slice(List<T> all, int from, int size, Function<T, String> position) {
    int to = Math.min(all.size(), from + size);
    var items = List.copyOf(all.subList(from, to));
    return new Page<>(items, to == all.size() ? "" : seal(position.apply(all.get(to - 1))));
  }

  String seal(String position) {
    byte[] place = position.getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(digest(), DIGEST_BYTES + place.length);
    System.arraycopy(place, 0, token, DIGEST_BYTES, place.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private String open(String pageToken, Violations violations) {
    byte[] token = decode(pageToken);
    if (token.length <= DIGEST_BYTES) {
      violations.add("page_token", "is not a token of this server; begin again without one");
      return "";
    }
    if (!Arrays.equals(digest(), 0, DIGEST_BYTES, token, 0, DIGEST_BYTES)) {
      violations.add(
          "page_token", "belongs to a request with other parameters; begin again without one");
      return "";
    }
    return new String(token, DIGEST_BYTES, token.length - DIGEST_BYTES, StandardCharsets.UTF_8);
  }

  private static byte[] decode(String pageToken) {
    if (pageToken.length() > MAX_TOKEN) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(pageToken);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] digest() {
    return Digests.sha256(scope);
  }
}
