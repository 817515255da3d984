package dev.usher.chat.understanding;

import dev.usher.chat.language.Token;
import dev.usher.chat.language.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A card that somebody named to pay with: "my Visa", "the one ending in 4242".
 *
 * @param brand as the provider calls it, or empty
 * @param last4 its last four figures, or empty
 */
public record CardWish(String brand, String last4) {
  /** How the card is written in the language files' sentences. */
  private static final String ITEM = "{card}";

  private static final Pattern FOUR_FIGURES = Pattern.compile("[0-9]{4}");

  /** What people call a brand, in any language. */
  private static final Map<String, String> BRANDS =
      Map.ofEntries(
          Map.entry("visa", "visa"),
          Map.entry("mastercard", "mastercard"),
          Map.entry("master card", "mastercard"),
          Map.entry("amex", "amex"),
          Map.entry("american express", "amex"),
          Map.entry("discover", "discover"),
          Map.entry("diners", "diners"),
          Map.entry("diners club", "diners"),
          Map.entry("jcb", "jcb"),
          Map.entry("unionpay", "unionpay"));

  /**
   * The card of a message that names one, word for word, and says nothing else. Four figures in any
   * other message are a year, a price or a slip, so nothing is guessed.
   *
   * @param sentences that do so, with {@code {card}} for the card
   */
  static Optional<CardWish> in(String message, Set<List<String>> sentences) {
    var words =
        Tokenizer.tokens(message).stream().filter(t -> !t.isMark()).map(Token::text).toList();
    var sentence = new ArrayList<String>();
    String brand = "";
    String last4 = "";
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      String pair = at + 1 < words.size() ? word + " " + words.get(at + 1) : word;
      boolean two = !pair.equals(word) && BRANDS.containsKey(pair);
      if (two || BRANDS.containsKey(word)) {
        brand = BRANDS.getOrDefault(two ? pair : word, "");
        at += two ? 1 : 0;
      } else if (FOUR_FIGURES.matcher(word).matches()) {
        last4 = word;
      } else {
        sentence.add(word);
        continue;
      }
      // "Visa 4242" is one card
      if (sentence.isEmpty() || !sentence.getLast().equals(ITEM)) {
        sentence.add(ITEM);
      }
    }
    return sentences.contains(sentence)
        ? Optional.of(new CardWish(brand, last4))
        : Optional.empty();
  }

  public boolean fits(String cardBrand, String cardLast4) {
    return (brand.isEmpty() || brand.equals(cardBrand))
        && (last4.isEmpty() || last4.equals(cardLast4));
  }
}
