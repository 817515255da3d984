package dev.usher.chat.language;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The closed words that the grammars of values are made of. All in normal spelling; phrases are
 * words with single blanks between.
 *
 * @param ordinals which one, in words: "third"
 * @param days how many days ahead, by phrase
 * @param times minutes since midnight, by phrase
 * @param halfDays for each half of the day the words for it, the morning first
 * @param pastWords minutes after the hour that follows the phrase: "quarter past"
 * @param toWords minutes before it
 */
public record Lexicon(
    Map<String, Integer> numbers,
    Set<String> weakNumbers,
    Set<String> quantityLeads,
    Set<String> ticketWords,
    Map<String, Integer> ordinals,
    Set<String> last,
    Set<String> ordinalTails,
    Set<String> rowWords,
    Set<String> seatWords,
    Set<String> rangeWords,
    Set<String> joiners,
    Set<String> inWords,
    List<List<String>> months,
    List<List<String>> weekdays,
    Map<String, Integer> days,
    Map<String, Integer> ahead,
    Set<String> weekends,
    Set<String> thisWords,
    Set<String> nextWords,
    Set<String> weekWords,
    Set<String> monthWords,
    Set<String> daySuffixes,
    Set<String> articles,
    Map<String, Integer> times,
    List<List<String>> halfDays,
    Map<String, Integer> pastWords,
    Map<String, Integer> toWords,
    Set<String> clockWords,
    Set<String> timeLeads,
    Set<String> kinds,
    Set<String> moneyWords) {

  void addWords(Set<String> words) {
    for (var phrases :
        List.of(
            numbers.keySet(),
            weakNumbers,
            quantityLeads,
            ticketWords,
            ordinals.keySet(),
            last,
            ordinalTails,
            rowWords,
            seatWords,
            rangeWords,
            joiners,
            inWords,
            days.keySet(),
            ahead.keySet(),
            weekends,
            thisWords,
            nextWords,
            weekWords,
            monthWords,
            articles,
            times.keySet(),
            pastWords.keySet(),
            toWords.keySet(),
            clockWords,
            timeLeads,
            kinds,
            moneyWords)) {
      addWords(phrases, words);
    }
    months.forEach(names -> addWords(names, words));
    weekdays.forEach(names -> addWords(names, words));
    halfDays.forEach(names -> addWords(names, words));
  }

  private static void addWords(Collection<String> phrases, Set<String> words) {
    phrases.forEach(phrase -> words.addAll(List.of(phrase.split(" "))));
  }
}
