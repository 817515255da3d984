package dev.usher.chat.language;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The closed words that the grammars of values are made of. All in normal spelling; phrases are
 * words with single blanks between.
 *
 * @param numbers how many, by phrase; 0 for a phrase that names no number: "a few"
 * @param ordinals which one, in words: "third"
 * @param dateMarks between the figures of a date: "/", "."
 * @param dayLeads after these a bare number is a day of the month: "am 3."
 * @param days how many days ahead, by phrase
 * @param ahead how many days one of these is: "weeks"
 * @param feasts days that have a name, as month times a hundred plus day
 * @param parts of a week, month or year: 1 for its beginning, 2 for its middle, 3 for its end
 * @param comingWords the nearest such day, or the next such week
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
    Set<String> dateMarks,
    Set<String> dayLeads,
    Map<String, Integer> days,
    Map<String, Integer> ahead,
    Map<String, Integer> feasts,
    Map<String, Integer> parts,
    Set<String> weekends,
    Set<String> thisWords,
    Set<String> nextWords,
    Set<String> comingWords,
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
            dayLeads,
            days.keySet(),
            ahead.keySet(),
            feasts.keySet(),
            parts.keySet(),
            weekends,
            thisWords,
            nextWords,
            comingWords,
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
