package dev.usher.cli;

import dev.usher.cli.term.Terminal;
import java.util.Map;

/**
 * What every command has at hand.
 *
 * @param environment the process's variables: USHER_NODES, USHER_HOME, HOME
 */
record Cli(Terminal terminal, Map<String, String> environment) {
  SessionStore sessions() {
    return new SessionStore(environment);
  }
}
