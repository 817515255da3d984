package dev.usher.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The arrows between the rooms, as the package-info of each room tells them. */
@Execution(ExecutionMode.CONCURRENT)
class RoomsTest {
  /** Room → the rooms that it may know, besides itself and the generated public API. */
  private static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("raft", List.of()),
          Map.entry("raft.log", List.of("raft")),
          Map.entry("replica", List.of("raft", "raft.log")),
          Map.entry("shards", List.of("raft")),
          Map.entry("seats", List.of("raft", "replica")),
          Map.entry("directory", List.of("raft", "replica")),
          Map.entry("journal", List.of("raft", "replica", "directory")),
          Map.entry("auth", List.of("raft", "replica", "directory")),
          Map.entry("payment", List.of()),
          Map.entry(
              "booking",
              List.of(
                  "raft", "replica", "shards", "seats", "directory", "journal", "auth", "payment")),
          Map.entry(
              "chat",
              List.of(
                  "raft", "replica", "shards", "seats", "directory", "journal", "auth", "booking")),
          Map.entry(
              "grpc",
              List.of(
                  "raft",
                  "replica",
                  "seats",
                  "directory",
                  "backup",
                  "auth",
                  "payment",
                  "booking",
                  "chat")),
          // chat-eval measures the understanding without a node; snapshots are files
          Map.entry("backup", List.of("raft", "raft.log", "replica", "seats", "directory")),
          Map.entry("cli", List.of("chat", "seats", "backup")));

  /** Rooms whose packages below belong to them. {@code raft} has {@code raft.log} beside it. */
  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.usher");
  }

  @TestFactory
  List<DynamicTest> aRoomKnowsOnlyWhatItMay() {
    var tests = new ArrayList<DynamicTest>();
    MAY_KNOW.forEach(
        (room, known) ->
            tests.add(
                DynamicTest.dynamicTest(
                    room + " knows only " + known,
                    () ->
                        classes()
                            .that()
                            .resideInAnyPackage(packagesOf(room))
                            .should()
                            .onlyDependOnClassesThat()
                            .resideInAnyPackage(allowed(room, known))
                            .check(house))));
    return tests;
  }

  @Test
  void theAlgorithmKnowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.usher.raft")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.usher.raft", "java..", "org.jspecify..")
        .check(house);
  }

  @Test
  void theStateMachinesReadNoClockAndDrawNoRandomNumber() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.usher.raft", "dev.usher.seats", "dev.usher.directory")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .check(house);
  }

  @Test
  void nobodyKnowsTheNode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.usher.node..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.usher.node..")
        .check(house);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.usher.(*)..").should().beFreeOfCycles().check(house);
  }

  private static String[] packagesOf(String room) {
    var own = "dev.usher." + room;
    return room.equals("raft") ? new String[] {own} : new String[] {own, own + ".."};
  }

  private static String[] allowed(String room, List<String> known) {
    var allowed = new ArrayList<String>(List.of(packagesOf(room)));
    for (var other : known) {
      allowed.addAll(List.of(packagesOf(other)));
    }
    // every package that is not a room of the house: the JDK, libraries, the generated public API
    allowed.addAll(
        List.of(
            "",
            "java..",
            "javax..",
            "org..",
            "com..",
            "io..",
            "scala..",
            "picocli..",
            "net..",
            "ch..",
            "sun..",
            "jdk..",
            "dev.usher.api.."));
    return allowed.toArray(String[]::new);
  }
}
