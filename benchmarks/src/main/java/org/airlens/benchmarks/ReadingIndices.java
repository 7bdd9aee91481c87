package org.airlens.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.airlens.aqi.NowCast;
import org.airlens.aqi.ReadingIndex;
import org.airlens.aqi.RunningMean;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The index stored with each reading, and the averages that standards are defined on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class ReadingIndices {

  private static final int READINGS = 4_096;
  private static final int DAY = 24;

  private final double[] pm10 = new double[READINGS];
  private final double[] pm25 = new double[READINGS];

  /** Draws the concentrations. */
  public ReadingIndices() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < READINGS; i++) {
      pm25[i] = Math.round(Math.exp(random.nextDouble(-1, 5)) * 100) / 100.0;
      pm10[i] = Math.round(pm25[i] * random.nextDouble(1.2, 2.5) * 100) / 100.0;
    }
  }

  /** The index of a reading with PM10 and PM2.5. */
  @Benchmark
  @OperationsPerInvocation(READINGS)
  public long readingIndex() {
    long sum = 0;
    for (int i = 0; i < READINGS; i++) {
      sum += ReadingIndex.of(pm10[i], pm25[i], false);
    }
    return sum;
  }

  /** NowCast of the newest of twelve hours. */
  @Benchmark
  public double nowCast() {
    return NowCast.of(pm25);
  }

  /** The mean of the 24 hours that end at one. */
  @Benchmark
  public double runningMean() {
    return RunningMean.OF_24_HOURS.ending(pm25, DAY);
  }
}
