package io.drey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both-sizes")
class ExistingTest {
  @Test
  void leavesExactlyTwoChoices() {
    assertEquals(List.of(Existing.KEEP, Existing.REPLACE), List.of(Existing.values()));
  }
}
