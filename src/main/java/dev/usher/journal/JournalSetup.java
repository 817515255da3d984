package dev.usher.journal;

import dev.usher.directory.Directory;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/**
 * Tells the plugins of an actor system which directory is their store; part of the {@code
 * ActorSystemSetup} that the system is created with. The directory outlives the system.
 */
public final class JournalSetup extends Setup {
  private final Directory directory;

  public JournalSetup(Directory directory) {
    this.directory = directory;
  }

  static Directory directoryOf(ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(JournalSetup.class)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the actor system "
                        + system.name()
                        + " has no JournalSetup; create it with one to use usher.journal"))
        .directory;
  }
}
