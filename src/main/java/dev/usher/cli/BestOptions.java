package dev.usher.cli;

import dev.usher.api.booking.v1.BestAvailable;
import picocli.CommandLine.Option;

/** The options of commands that leave the choice of seats to the cluster. */
final class BestOptions {
  @Option(
      names = "--best",
      required = true,
      paramLabel = "N",
      description = "So many of the best seats that are free, side by side.",
      order = 3)
  int count;

  @Option(names = "--section", paramLabel = "NAME", description = "Only there.", order = 4)
  String section = "";

  @Option(names = "--row", paramLabel = "NAME", description = "Only there.", order = 5)
  String row = "";

  @Option(names = "--category", paramLabel = "NAME", description = "Only at its price.", order = 6)
  String category = "";

  @Option(
      names = "--split",
      description = "Not side by side, if there are no such seats.",
      order = 7)
  boolean split;

  BestAvailable wish() {
    return BestAvailable.newBuilder()
        .setCount(count)
        .setSection(section)
        .setRow(row)
        .setCategory(category)
        .setAllowSplit(split)
        .build();
  }
}
