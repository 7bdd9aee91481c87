package org.airlens.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.aqi.Pollutant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a concentration to an index, in each standard, over its pollutants in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class IndexLookUps {

  /** Enough that no branch predictor learns the sequence by heart, few enough for the cache. */
  private static final int LOOK_UPS = 4_096;

  /** The id of the standard; all are measured, see {@link JmhRuns}. */
  @Param("uk-daqi")
  public String standard = "";

  private AqiStandard index = AqiStandards.all().getFirst();
  private final Pollutant[] pollutants = new Pollutant[LOOK_UPS];
  private final double[] concentrations = new double[LOOK_UPS];

  /** For JMH. */
  public IndexLookUps() {}

  /** Draws the concentrations: mostly clean air, now and then the highest band. */
  @Setup
  public void draw() {
    index = AqiStandards.find(standard).orElseThrow();
    List<Pollutant> defined = index.pollutants();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < LOOK_UPS; i++) {
      pollutants[i] = defined.get(i % defined.size());
      concentrations[i] = Math.round(Math.exp(random.nextDouble(-1, 6.5)) * 100) / 100.0;
    }
  }

  /** One look-up. */
  @Benchmark
  @OperationsPerInvocation(LOOK_UPS)
  public double indexOf() {
    double sum = 0;
    for (int i = 0; i < LOOK_UPS; i++) {
      sum += index.indexOf(pollutants[i], concentrations[i]);
    }
    return sum;
  }
}
