package dev.usher.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** The real directory without distance, and actor systems that keep their events in it. */
final class Store {
  static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.persistence.journal.plugin = usher.journal
              pekko.persistence.snapshot-store.plugin = usher.snapshot-store
              pekko.actor.allow-java-serialization = off
              pekko.loglevel = WARNING
              usher.journal { timeout = 3s, overload-pause = 1ms, replay-page-events = 3 }
              usher.snapshot-store { timeout = 3s, overload-pause = 1ms }
              """)
          .withFallback(ConfigFactory.load());

  final LocalReplica<DirectoryView> replica =
      new LocalReplica<>(new GroupId("system"), new DirectoryModel());
  final Directory directory = new Directory(replica);

  /** An actor system of its own, as another node or the next life of this one would be. */
  ActorSystem<Void> system(String name) {
    return system(name, CONFIG, directory);
  }

  /** The same with other settings, and another way to the directory. */
  static ActorSystem<Void> system(String name, Config config, Directory directory) {
    return Adapter.toTyped(
        org.apache.pekko.actor.ActorSystem.create(
            name,
            ActorSystemSetup.create(BootstrapSetup.create(config), new JournalSetup(directory))));
  }
}
