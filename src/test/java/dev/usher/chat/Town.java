package dev.usher.chat;

import com.typesafe.config.ConfigFactory;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.DirectoryView;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.CreateUser;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.journal.JournalSetup;
import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** The real directory without distance: cards, and the journal that conversations are kept in. */
final class Town {
  final LocalReplica<DirectoryView> replica =
      new LocalReplica<>(new GroupId("system"), new DirectoryModel());
  final Directory directory = new Directory(replica);

  Town() {
    user("anna");
    user("mallory");
    card("anna", "pm_visa", "visa", "4242");
    card("anna", "pm_amex", "amex", "0005");
    card("anna", "pm_poor", "mastercard", "9995");
    user("berta");
    card("mallory", "pm_stolen", "visa", "6666");
  }

  /** An actor system of its own, as another node or the next life of this one would be. */
  ActorTestKit node(String name) {
    var config =
        ConfigFactory.parseString(
                """
                pekko.persistence.journal.plugin = usher.journal
                pekko.persistence.snapshot-store.plugin = usher.snapshot-store
                pekko.actor.allow-java-serialization = off
                pekko.actor.serialization-bindings {
                  "dev.usher.shards.CborSerializable" = jackson-cbor
                }
                pekko.serialization.jackson.jackson-modules += "dev.usher.shards.ProtobufModule"
                pekko.loglevel = WARNING
                pekko.logger-startup-timeout = 60s
                usher.journal { timeout = 3s, overload-pause = 1ms }
                usher.snapshot-store { timeout = 3s, overload-pause = 1ms }
                """)
            .withFallback(
                ConfigFactory.parseResources("usher-cluster.conf")
                    .withOnlyPath("pekko.serialization.jackson.migrations"))
            .withFallback(ConfigFactory.load())
            .resolve();
    ActorSystem<Void> system =
        Adapter.toTyped(
            org.apache.pekko.actor.ActorSystem.create(
                name,
                ActorSystemSetup.create(
                    BootstrapSetup.create(config), new JournalSetup(directory))));
    return ActorTestKit.create(system);
  }

  private void user(String userId) {
    var command =
        CreateUser.newBuilder()
            .setUserId(userId)
            .setEmail(userId + "@example.org")
            .setDisplayName(userId)
            .setPasswordHash("$argon2id$none");
    apply(DirectoryCommand.newBuilder().setCreateUser(command).build());
  }

  private void card(String userId, String paymentMethodId, String brand, String last4) {
    var command =
        AddPaymentMethod.newBuilder()
            .setUserId(userId)
            .setPaymentMethodId(paymentMethodId)
            .setBrand(brand)
            .setLast4(last4);
    apply(DirectoryCommand.newBuilder().setAddPaymentMethod(command).build());
  }

  private void apply(DirectoryCommand command) {
    var outcome = directory.propose("", Bytes.EMPTY, command, Theatre.TIMEOUT);
    if (!(outcome.toCompletableFuture().join() instanceof DirectoryOutcome.Applied)) {
      throw new AssertionError("refused: " + command);
    }
  }
}
