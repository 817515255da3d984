package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import dev.usher.payment.sandbox.Sandbox;
import dev.usher.payment.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around payments; `sandbox fault` before a sandbox that runs. */
class PaymentCommandsTest {
  private static final String KEY = "sk_test_0123456789abcdef";

  @TempDir private static Path dir;
  private static Sandbox sandbox;
  private static Path keyFile;

  @BeforeAll
  static void open() throws IOException {
    sandbox = Sandbox.start(new SandboxSettings("127.0.0.1", 0, dir.resolve("data"), KEY));
    keyFile = Files.writeString(dir.resolve("key"), KEY + "\n");
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... args) {
    var terminals = Terminals.piped("");
    Map<String, String> environment =
        Map.of("USHER_HOME", dir.toString(), "USHER_NODES", "127.0.0.1:1");
    int code = UsherCli.run(args, new Cli(terminals.terminal(), environment, new JumpingClock()));
    return new Ran(code, terminals.out(), terminals.err());
  }

  private static Ran fault(String... args) {
    var all = new String[args.length + 4];
    all[0] = "sandbox";
    all[1] = "fault";
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "--url=" + sandbox.baseUrl();
    all[args.length + 3] = "--key-file=" + keyFile;
    return run(all);
  }

  @Test
  void faultsAreSwitchedOnListedAndSwitchedOff() {
    var on = fault("timeout-after", "--on", "capture,refund", "--times", "2", "--millis", "500");
    assertThat(on.code()).isEqualTo(ExitCode.OK);
    assertThat(fault().out())
        .contains("\"name\":\"timeout-after\"")
        .contains("[\"capture\",\"refund\"]")
        .contains("\"times\":\"2\"")
        .contains("\"millis\":500");
    assertThat(fault("none").out().strip()).isEqualTo("[]");
  }

  @Test
  void aFaultThatThereIsNotIsWrongUsageAndSaysWhichThereAre() {
    var ran = fault("earthquake");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("timeout-before").contains("webhook-twice");
  }

  @Test
  void aSandboxThatIsNotThereIsNamed() {
    var ran = run("sandbox", "fault", "--url=http://127.0.0.1:1", "--key-file=" + keyFile);

    assertThat(ran.code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ran.err()).contains("http://127.0.0.1:1").doesNotContain(KEY);
  }

  @Test
  void anAmountMustBeOne() {
    var ran = run("payment", "refund", "pi_1", "a lot");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
  }
}
