package dev.usher.cli;

import dev.usher.chat.evaluation.Evaluation;
import dev.usher.chat.evaluation.EvaluationException;
import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "chat-eval",
    header = "Measure what the assistant understands.",
    description = {
      "",
      "Reads a folder of labelled utterances and writes a report: accuracy, what is out of scope,"
          + " values, calibration, errors, latency. Needs no running node. With --predict it says"
          + " what it makes of each row of a file with the columns id, utterance and context.",
    },
    footer = {
      "",
      "Examples:",
      "  usher chat-eval --data ../shared/chat --out target/chat-eval",
      "  usher chat-eval --predict questions.tsv answers.tsv",
    })
final class ChatEvalCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Option(names = "--data", paramLabel = "DIR", description = "the folder with the files")
  @Nullable Path data;

  @Option(names = "--part", paramLabel = "PART", description = "dev (the default) or train")
  String part = "dev";

  @Option(names = "--out", paramLabel = "DIR", description = "where to write report.md and CSV")
  Path out = Path.of("target", "chat-eval");

  @Option(
      names = "--predict",
      arity = "2",
      paramLabel = "FILE",
      description = "the file to read, and the one to write")
  List<Path> predict = List.of();

  private final Cli cli;

  ChatEvalCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    var evaluation = new Evaluation(LanguageReader.shipped("en"), Model.shipped("en"));
    try {
      if (!predict.isEmpty()) {
        int rows = evaluation.predict(predict.get(0), predict.get(1));
        cli.terminal().out().println(rows + " rows written to " + predict.get(1));
      } else if (data == null) {
        throw new CliException(
            ExitCode.USAGE, "say what to measure: --data DIR, or --predict IN OUT");
      } else {
        cli.terminal().out().print(evaluation.report(data, part, out));
      }
      return ExitCode.OK;
    } catch (EvaluationException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot write: " + e.getMessage());
    }
  }
}
