package dev.usher.chat.model;

import dev.usher.chat.language.LanguageException;
import dev.usher.chat.language.LanguageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The step of the build that turns the templates of each language into its model. */
public final class ModelCompiler {
  private ModelCompiler() {}

  /**
   * Writes {@code <id>.model} for every language named.
   *
   * @param args the folder to write to, then the languages' ids
   */
  public static void main(String[] args) throws IOException {
    try {
      for (var id : List.of(args).subList(1, args.length)) {
        var language = LanguageReader.shipped(id);
        refuse(TemplateChecks.claimedByTwo(language));
        byte[] model = Trainer.train(language);
        refuse(TemplateChecks.misunderstood(language, Model.read(model)));
        var file = Path.of(args[0], id + ".model");
        Files.createDirectories(file.getParent());
        Files.write(file, model);
        System.out.printf(
            "%s: %d templates, %d bytes, sha256 %s%n",
            file, language.templates().size(), model.length, Model.read(model).hash());
      }
    } catch (LanguageException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void refuse(List<String> faults) {
    if (!faults.isEmpty()) {
      throw new LanguageException(faults);
    }
  }
}
