package dev.usher.chat.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Whether answers are as often right as they say. */
record Calibration(List<Bin> bins, int rows) {
  private static final int BINS = 10;

  /** Answers of about the same confidence. */
  record Bin(int rows, double confidence, double accuracy) {}

  static Calibration of(List<Judged> accepted) {
    var bins = new ArrayList<Bin>();
    for (int i = 0; i < BINS; i++) {
      int bin = i;
      var in =
          accepted.stream()
              .filter(one -> Math.min(BINS - 1, (int) (sure(one) * BINS)) == bin)
              .toList();
      if (!in.isEmpty()) {
        int right = (int) in.stream().filter(Judged::right).count();
        double mean = in.stream().mapToDouble(Calibration::sure).average().orElse(0);
        bins.add(new Bin(in.size(), mean, Scores.share(right, in.size())));
      }
    }
    return new Calibration(bins, accepted.size());
  }

  private static double sure(Judged one) {
    return one.understood().confidence();
  }

  /** Expected calibration error: the mean distance between both, weighted by rows. */
  double error() {
    return bins.stream()
            .mapToDouble(bin -> bin.rows() * Math.abs(bin.confidence() - bin.accuracy()))
            .sum()
        / Math.max(1, rows);
  }
}
