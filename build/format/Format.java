import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks or applies google-java-format on every Java source of the project: {@code Format check|apply ROOT}. */
class Format {
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    for (Path source : sources(root)) {
      String text = Files.readString(source);
      String imports = ImportOrderer.reorderImports(
          RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
      String formatted = formatter.formatSource(imports);
      if (!formatted.equals(text)) {
        unformatted.add(root.relativize(source));
        if (apply) {
          Files.writeString(source, formatted);
        }
      }
    }
    if (apply) {
      System.out.println("formatted " + unformatted.size() + " files");
    } else if (!unformatted.isEmpty()) {
      System.err.println("Not in google-java-format: " + unformatted);
      System.err.println("Mend with: mvn -N validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws Exception {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> root.relativize(file).toString().contains("src/"))
          .filter(file -> !file.toString().contains("/target/") && !file.toString().contains("/node_modules/"))
          .sorted()
          .toList();
    }
  }
}
