package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final Pages PAGES = new Pages("ListThings a", 2, 3);
  private final Violations violations = new Violations();

  @Test
  void pagesFollowOneAnotherToTheEnd() {
    var all = List.of("a", "b", "c", "d", "e");
    var seen = new ArrayList<String>();
    var token = "";
    do {
      var page = cut(all, 0, token);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      seen.addAll(page.items());
      token = page.nextToken();
    } while (!token.isEmpty());
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void aPageThatEndsTheListHasNoToken() {
    assertThat(cut(List.of("a", "b"), 2, "").nextToken()).isEmpty();
  }

  @Test
  void aSizeAboveTheMostIsCoerced() {
    assertThat(cut(List.of("a", "b", "c", "d"), 1000, "").items()).hasSize(3);
  }

  @Test
  void anItemThatCameAfterTheTokenWasMadeIsFound() {
    var token = cut(List.of("a", "c", "e"), 2, "").nextToken();
    assertThat(cut(List.of("a", "b", "c", "d", "e"), 3, token).items()).containsExactly("d", "e");
  }

  @Test
  void aFixedListGoesOnAfterItsItem() {
    var token = PAGES.cutFixed(List.of("z", "y", "x"), window(2, ""), item -> item).nextToken();
    assertThat(PAGES.cutFixed(List.of("z", "y", "x"), window(2, token), item -> item).items())
        .containsExactly("x");
  }

  @Test
  void aNegativeSizeIsAViolation() {
    window(-1, "");
    assertThat(Fields.of(violations)).containsExactly("page_size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!", "x", "AAAA", "not a token at all"})
  void aMalformedTokenIsAViolation(String token) {
    window(1, token);
    assertThat(Fields.of(violations)).containsExactly("page_token");
  }

  @Test
  void aTokenOfAnotherRequestIsAViolation() {
    window(1, new Pages("ListThings b", 2, 3).seal("a"));
    assertThat(Fields.of(violations)).containsExactly("page_token");
  }

  private Pages.Page<String> cut(List<String> all, int size, String token) {
    var window = window(size, token);
    return PAGES.cut(all, window, item -> item.compareTo(window.after()) > 0, item -> item);
  }

  private Pages.Window window(int size, String token) {
    return PAGES.window(size, token, violations);
  }
}
