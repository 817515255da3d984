package dev.usher.chat.language;

import java.util.List;

/** A language file that can't be used; the message names every fault with file and line. */
public final class LanguageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // List.copyOf is serializable; the interface doesn't say so
  private final List<String> faults;

  public LanguageException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** One line each, {@code file:line: what is wrong}. */
  public List<String> faults() {
    return faults;
  }
}
