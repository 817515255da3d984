package dev.usher.chat.dialogue;

import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to say.
 *
 * @param id of the last sentence, which says what kind of answer this is
 * @param missing what is still needed
 * @param suggestions what could come next
 * @param bookingName of the booking made or cancelled, or empty
 */
public record Answer(
    ReplyId id,
    String text,
    List<SlotId> missing,
    List<Suggestion> suggestions,
    String bookingName) {
  public Answer {
    missing = List.copyOf(missing);
    suggestions = List.copyOf(suggestions);
  }

  Answer after(String sentence) {
    return sentence.isEmpty()
        ? this
        : new Answer(id, sentence + " " + text, missing, suggestions, bookingName);
  }

  /** This answer, and then another that says how to go on. */
  Answer then(String link, Answer next) {
    return new Answer(
        next.id,
        text + "\n" + (link + " " + next.text).strip(),
        next.missing,
        next.suggestions,
        bookingName);
  }

  Answer missing(SlotId slot) {
    return new Answer(id, text, List.of(slot), suggestions, bookingName);
  }

  Answer suggesting(List<Suggestion> messages) {
    return new Answer(id, text, missing, messages, bookingName);
  }

  /** The call that does what the first suggestion says. */
  Answer calling(String rpc, Map<String, String> arguments) {
    if (suggestions.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(suggestions);
    all.set(0, all.getFirst().calling(rpc, arguments));
    return suggesting(all);
  }

  Answer about(String booking) {
    return new Answer(id, text, missing, suggestions, booking);
  }
}
