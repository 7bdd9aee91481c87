package org.airlens.collect.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.airlens.collect.EntrySink;
import org.airlens.collect.GunzipInputStream;

/**
 * Reads a file of the archive: CSV, gzip of it, which is told by its bytes and not by its name, or
 * a zip of several. Not thread-safe; use it again for the next file.
 */
public final class ArchiveReader {

  private final CsvParser parser;

  /**
   * A reader.
   *
   * @param clock no reading is from this clock's future
   * @param countries the country's code of a location's id, empty when it is not known
   */
  public ArchiveReader(InstantSource clock, LongFunction<String> countries) {
    parser = new CsvParser(clock, countries);
  }

  /**
   * Reads a file to its end.
   *
   * @param bytes the file as it is stored; not closed, and read to where the archive's part ends
   * @param sink takes the readings, not indexed yet, and the rejections, in the file's order
   * @throws IOException when the file can't be read further, with a message for people; what came
   *     before was handed over
   */
  public ParsedCsv read(ArchiveFile file, MeasuredInputStream bytes, EntrySink sink)
      throws IOException {
    try {
      return file.isZip() ? zip(file, bytes, sink) : single(file, bytes, sink);
    } catch (ZipException e) {
      throw new IOException("its compression is broken: " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new IOException("it ends too early: " + e.getMessage(), e);
    }
  }

  private ParsedCsv single(ArchiveFile file, MeasuredInputStream bytes, EntrySink sink)
      throws IOException {
    try (InputStream plain = GunzipInputStream.ifGzip(new KeptOpen(bytes))) {
      InputStream bounded =
          plain instanceof GunzipInputStream ? new UnfoldedInputStream(plain, bytes) : plain;
      return parser.parse(file.path(), file.sensorType(), file.indoor(), bounded, sink);
    }
  }

  private ParsedCsv zip(ArchiveFile file, MeasuredInputStream bytes, EntrySink sink)
      throws IOException {
    long length = 0;
    long rows = 0;
    int documents = 0;
    try (ZipInputStream zip = new ZipInputStream(new KeptOpen(bytes))) {
      InputStream bounded = new UnfoldedInputStream(zip, bytes);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
          documents++;
          ParsedCsv parsed =
              parser.parse(
                  file.path() + "!" + name, file.sensorType(), file.indoor(), bounded, sink);
          length += parsed.bytes();
          rows += parsed.rows();
        }
      }
    }
    if (documents == 0) {
      throw new IOException("there is no CSV file in it, or it is no zip");
    }
    return new ParsedCsv(length, rows);
  }

  /** Lets what unfolds it be closed, which frees memory, and stays open itself. */
  private static final class KeptOpen extends FilterInputStream {

    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The one who opened it closes it.
    }
  }
}
