package dev.usher.chat.dialogue;

import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import java.util.List;

/**
 * What to say.
 *
 * @param id of the last sentence, which says what kind of answer this is
 * @param missing what is still needed
 * @param suggestions messages that could come next
 * @param bookingName of the booking made or cancelled, or empty
 */
public record Answer(
    ReplyId id, String text, List<SlotId> missing, List<String> suggestions, String bookingName) {
  public Answer {
    missing = List.copyOf(missing);
    suggestions = List.copyOf(suggestions);
  }

  Answer after(String sentence) {
    return new Answer(id, sentence + " " + text, missing, suggestions, bookingName);
  }

  Answer missing(SlotId slot) {
    return new Answer(id, text, List.of(slot), suggestions, bookingName);
  }

  Answer suggesting(List<String> messages) {
    return new Answer(id, text, missing, messages, bookingName);
  }

  Answer about(String booking) {
    return new Answer(id, text, missing, suggestions, booking);
  }
}
