package org.airlens.store.embedded;

import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.std.FilesFacade;
import java.nio.file.Path;
import org.airlens.store.Durability;

/** How QuestDB runs here. */
final class DatabaseSettings extends DefaultCairoConfiguration {

  /** How far column files grow ahead: there are forty of them for each day. */
  private static final long COLUMN_PAGE_BYTES = 1 << 20;

  private final Durability durability;
  private final FilesFacade files;

  DatabaseSettings(Path folder, Durability durability, FilesFacade files) {
    this.durability = durability;
    this.files = files; // Before the superclass, whose constructor asks for it.
    super(folder.toString());
  }

  @Override
  public FilesFacade getFilesFacade() {
    return files;
  }

  /** Forces data to the disk at each commit, or leaves that to the operating system. */
  @Override
  public int getCommitMode() {
    return durability == Durability.POWER ? CommitMode.SYNC : CommitMode.NOSYNC;
  }

  @Override
  public long getDataAppendPageSize() {
    return COLUMN_PAGE_BYTES;
  }

  @Override
  public boolean getWalEnabledDefault() {
    return true;
  }

  @Override
  public long getWalApplyTableTimeQuota() {
    return Long.MAX_VALUE; // One call applies all: nobody else would go on.
  }

  @Override
  public boolean enableTestFactories() {
    return false; // No functions of QuestDB's own tests on the SQL port.
  }

  @Override
  public long getWalPurgeInterval() {
    return 0; // Whenever it is asked to: history is written faster than the disk should fill up.
  }
}
