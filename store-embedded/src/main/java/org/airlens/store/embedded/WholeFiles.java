package org.airlens.store.embedded;

import io.questdb.cairo.CairoException;
import io.questdb.std.Files;
import io.questdb.std.FilesFacadeImpl;

/**
 * QuestDB's way to files, which maps a file for reading only as far as it reaches. Reading a
 * mapping beyond the end of its file, as after the file was cut, would end the process with a
 * signal; here it fails before it begins, with the lengths named. Costs one look at the length a
 * mapping.
 */
class WholeFiles extends FilesFacadeImpl {

  /** Stateless. */
  static final WholeFiles INSTANCE = new WholeFiles();

  @Override
  public long mmap(long fd, long len, long offset, int flags, int memoryTag) {
    check(fd, offset, len, flags);
    return super.mmap(fd, len, offset, flags, memoryTag);
  }

  @Override
  public long mmapNoCache(long fd, long len, long offset, int flags, int memoryTag) {
    check(fd, offset, len, flags);
    return super.mmapNoCache(fd, len, offset, flags, memoryTag);
  }

  @Override
  public long mremap(
      long fd, long addr, long previousSize, long newSize, long offset, int mode, int memoryTag) {
    check(fd, offset, newSize, mode);
    return super.mremap(fd, addr, previousSize, newSize, offset, mode, memoryTag);
  }

  @Override
  public long mremapNoCache(
      long fd, long addr, long previousSize, long newSize, long offset, int mode, int memoryTag) {
    check(fd, offset, newSize, mode);
    return super.mremapNoCache(fd, addr, previousSize, newSize, offset, mode, memoryTag);
  }

  private void check(long fd, long offset, long wanted, int flags) {
    if (flags != Files.MAP_RO) {
      return; // A writer makes the room it maps.
    }
    long length = length(fd);
    if (offset < 0 || wanted < 0 || length - offset < wanted) {
      throw CairoException.critical(0)
          .put("a file is cut short or damaged: it has ")
          .put(length)
          .put(" bytes where ")
          .put(wanted)
          .put(" from ")
          .put(offset)
          .put(" are needed");
    }
  }
}
