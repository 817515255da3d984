package dev.usher.chat.model;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.Template;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Multinomial logistic regression by stochastic gradient descent with a step per feature (AdaGrad;
 * Duchi, Hazan, Singer 2011). One thread, a fixed order and {@link StrictMath}: the same model on
 * every JDK.
 */
final class Trainer {
  private static final int INTENTS = IntentId.values().length;
  private static final int EPOCHS = 4;
  private static final float STEP = 0.12f;
  private static final int SEEN_MIN = 4;
  private static final int LARGEST = 127;

  private final Language language;
  private final List<Example> examples;
  private final LongIndex features = new LongIndex();
  private final int[][] rows;

  private Trainer(Language language) {
    this.language = language;
    this.examples = new Examples(language).all();
    this.rows = rows();
  }

  /** The model's file. */
  static byte[] train(Language language) {
    return new Trainer(language).file();
  }

  /** The features of each example by number; those too rare to learn from are left out. */
  private int[][] rows() {
    var all = new LongIndex();
    int[][] rows = new int[examples.size()][];
    for (int i = 0; i < rows.length; i++) {
      var example = examples.get(i);
      var row = IntStream.builder();
      Features.of(
          example.items(),
          example.moment(),
          example.requested(),
          (feature, first, count) -> row.add(all.add(feature)));
      rows[i] = row.build().toArray();
    }
    int[] seen = new int[all.size()];
    for (int[] row : rows) {
      for (int feature : row) {
        seen[feature]++;
      }
    }
    long[] keys = all.keys();
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Arrays.stream(rows[i])
              .filter(feature -> seen[feature] >= SEEN_MIN)
              .map(feature -> features.add(keys[feature]))
              .toArray();
    }
    return rows;
  }

  private byte[] file() {
    float[] weights = new float[features.size() * INTENTS];
    float[] squares = new float[features.size()];
    Arrays.fill(squares, 1e-3f);
    int[] order = new int[rows.length];
    Arrays.setAll(order, i -> i);
    var random = new Random(7);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, random);
      for (int i : order) {
        learn(rows[i], Model.column(examples.get(i).intent()), weights, squares);
      }
    }
    return quantised(weights);
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
  }

  private static void learn(int[] row, int intent, float[] weights, float[] squares) {
    float[] slopes = new float[INTENTS];
    for (int feature : row) {
      int at = feature * INTENTS;
      for (int c = 0; c < INTENTS; c++) {
        slopes[c] += weights[at + c];
      }
    }
    softmax(slopes);
    slopes[intent] -= 1;
    float square = 0;
    for (float slope : slopes) {
      square += slope * slope;
    }
    if (square < 1e-6f) {
      return;
    }
    for (int feature : row) {
      squares[feature] += square;
      float step = STEP / (float) StrictMath.sqrt(squares[feature]);
      int at = feature * INTENTS;
      for (int c = 0; c < INTENTS; c++) {
        weights[at + c] -= step * slopes[c];
      }
    }
  }

  /** Turns scores into shares of one. */
  private static void softmax(float[] scores) {
    float top = scores[0];
    for (float score : scores) {
      top = Math.max(top, score);
    }
    float sum = 0;
    for (int c = 0; c < scores.length; c++) {
      scores[c] = (float) StrictMath.exp(scores[c] - top);
      sum += scores[c];
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] /= sum;
    }
  }

  private byte[] quantised(float[] weights) {
    float top = 0;
    for (float weight : weights) {
      top = Math.max(top, Math.abs(weight));
    }
    float unit = top / LARGEST;
    long[] keys = features.keys();
    var kept = new LongIndex();
    byte[] bytes = new byte[weights.length];
    int rowsKept = 0;
    for (int feature = 0; feature < keys.length; feature++) {
      boolean says = false;
      for (int c = 0; c < INTENTS; c++) {
        byte weight = (byte) Math.round(weights[feature * INTENTS + c] / unit);
        bytes[rowsKept * INTENTS + c] = weight;
        says |= Math.abs(weight) > 1;
      }
      if (says) {
        kept.add(keys[feature]);
        rowsKept++;
      }
    }
    var sentences = new LongIndex();
    short[] templates = sentences(sentences);
    return Model.bytes(
        kept.keys(),
        Arrays.copyOf(bytes, rowsKept * INTENTS),
        Math.round(unit * 1_000_000),
        sentences.keys(),
        templates);
  }

  /** Every sentence that is written out, at the moments when it means what its template says. */
  private short[] sentences(LongIndex index) {
    short[] found = new short[1 << 10];
    for (int number = 0; number < language.templates().size(); number++) {
      var template = language.templates().get(number);
      for (var sentence : template.sentences(new Random(template.id().hashCode()))) {
        for (long key : keys(template, sentence)) {
          int before = index.size();
          int at = index.add(key);
          if (at == before) {
            found = at == found.length ? Arrays.copyOf(found, 2 * at) : found;
            found[at] = (short) number;
          }
        }
      }
    }
    return Arrays.copyOf(found, index.size());
  }

  private long[] keys(Template template, List<String> sentence) {
    var items = language.normaliser().items(sentence);
    if (items.isEmpty() || items.contains(Features.UNKNOWN_WORD)) {
      return new long[0];
    }
    return template.moments().isEmpty()
        ? new long[] {Features.sentence(items)}
        : template.moments().stream().mapToLong(m -> Features.sentence(items, m)).toArray();
  }
}
