package org.airlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BoundingBoxTest {

  @Test
  void edgesBelongToTheBox() {
    BoundingBox box = BoundingBox.parse("-3,56,-2,58");
    assertThat(box.contains(new Position(56, -3))).isTrue();
    assertThat(box.contains(new Position(58, -2))).isTrue();
    assertThat(box.contains(new Position(58.0001, -2))).isFalse();
    assertThat(box.contains(new Position(57, -1.9999))).isFalse();
  }

  @Test
  void westBeyondEastCrossesTheAntimeridian() {
    BoundingBox fiji = BoundingBox.parse("177,-20,-178,-15");
    assertThat(fiji.crossesAntimeridian()).isTrue();
    assertThat(fiji.contains(new Position(-17, 179))).isTrue();
    assertThat(fiji.contains(new Position(-17, -179))).isTrue();
    assertThat(fiji.contains(new Position(-17, 0))).isFalse();
  }

  @Test
  void refusesWhatIsNoBox() {
    assertThatIllegalArgumentException().isThrownBy(() -> BoundingBox.parse("1,2,3"));
    assertThatIllegalArgumentException().isThrownBy(() -> BoundingBox.parse("a,b,c,d"));
    assertThatIllegalArgumentException().isThrownBy(() -> BoundingBox.parse("0,0,NaN,1"));
    assertThatIllegalArgumentException().isThrownBy(() -> BoundingBox.parse("0,0,1,91"));
    assertThatIllegalArgumentException().isThrownBy(() -> BoundingBox.parse("0,5,1,4"));
  }
}
