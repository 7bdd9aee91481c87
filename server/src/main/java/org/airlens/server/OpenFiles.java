package org.airlens.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections this process can have open beside the files it needs. */
final class OpenFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private OpenFiles() {}

  /**
   * So many connections, or fewer where the system lets this process open few files: the web server
   * stops for good when it can't accept a connection, and the store needs files, too.
   */
  static int connections(int wanted) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long bearable = Math.max(1, system.getMaxFileDescriptorCount() / 2);
      if (bearable < wanted) {
        LOG.warn(
            "at most {} connections at once, for this process may open {} files; raise ulimit -n",
            bearable,
            system.getMaxFileDescriptorCount());
        return (int) bearable;
      }
    }
    return wanted;
  }
}
