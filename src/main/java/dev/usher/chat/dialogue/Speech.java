package dev.usher.chat.dialogue;

/**
 * Which language a conversation speaks.
 *
 * @param language its id; empty while nothing was heard that tells
 * @param source how it is known: what weighs more is not overruled by what weighs less
 */
public record Speech(String language, Source source) {
  /** Nothing is known yet. */
  public static final Speech UNKNOWN = new Speech("", Source.HEARD);

  /** What weighs least first. */
  public enum Source {
    /** From the words of a message; another message may tell otherwise. */
    HEARD,
    /** From the client's language code. */
    CHOSEN,
    /** The speaker asked for it. */
    ASKED
  }
}
