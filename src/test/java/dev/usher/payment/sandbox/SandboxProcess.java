package dev.usher.payment.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A sandbox in a process of its own, to be killed: prints its address and serves until then. */
final class SandboxProcess {
  private SandboxProcess() {}

  public static void main(String[] args) throws InterruptedException {
    var sandbox = Sandbox.start(Till.settings(Path.of(args[0]), 0));
    System.out.println("serving " + sandbox.baseUrl());
    new CountDownLatch(1).await();
  }

  static Process start(Path dir) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            SandboxProcess.class.getName(),
            dir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
