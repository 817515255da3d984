package dev.usher.node;

/** The configuration can't be used; the message names the setting, the file, and what to do. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConfigurationException(String message) {
    super(message);
  }
}
