package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

  @Test
  void aFewConnectionsAreGrantedAsWanted() {
    assertThat(OpenFiles.connections(1)).isEqualTo(1);
  }

  @Test
  void neverMoreThanTheSystemLetsThisProcessOpen() {
    assertThat(OpenFiles.connections(Integer.MAX_VALUE)).isBetween(1, Integer.MAX_VALUE - 1);
  }
}
