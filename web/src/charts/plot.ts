import uPlot from 'uplot';
import { channels } from '../scales/ramps';
import { DAQI_COLOURS } from '../scales/daqi';
import type { Line } from './align';

export interface PlotSettings {
  lines: readonly Line[];
  /** Whether the colours of the index's bands lie behind. */
  isIndex: boolean;
  /** Epoch seconds. */
  from: number;
  to: number;
  width: number;
  height: number;
  ink: string;
  grid: string;
  zone: 'local' | 'utc';
  dark: boolean;
  /** Charts with the same key share their crosshair. */
  shared: string;
  axisValue: (value: number) => string;
  axisTime: (seconds: number, step: number) => string;
  oncursor: (seconds: number | null) => void;
  onzoom: (from: number, to: number) => void;
}

const FONT = '11px system-ui, sans-serif';

function clear(colour: string, opacity: number): string {
  const [r, g, b] = channels(colour);
  return `rgba(${r},${g},${b},${opacity})`;
}

/** What uPlot is told. */
export function plotOptions(settings: PlotSettings): uPlot.Options {
  const { series, bands } = seriesOf(settings.lines);
  const axis = { stroke: settings.ink, font: FONT, grid: { stroke: settings.grid, width: 1 }, ticks: { show: false } };
  return {
    width: settings.width,
    height: settings.height,
    ...(settings.zone === 'utc'
      ? { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') }
      : {}),
    legend: { show: false },
    series,
    bands,
    scales: {
      x: { time: true, min: settings.from, max: settings.to },
      y: settings.isIndex ? { range: [0.5, 10.5] } : {},
    },
    axes: [
      {
        ...axis,
        size: 30,
        values: (_, splits, __, ___, step) => splits.map((split) => settings.axisTime(split, step)),
      },
      {
        ...axis,
        size: 58,
        ...(settings.isIndex ? { splits: () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } : {}),
        values: (_, splits) => splits.map(settings.axisValue),
      },
    ],
    cursor: {
      sync: { key: settings.shared },
      drag: { x: true, y: false, setScale: false },
      points: { size: 7 },
    },
    hooks: {
      drawClear: settings.isIndex ? [(plot) => drawBands(plot, settings.dark)] : [],
      setCursor: [
        (plot) => {
          const place = plot.cursor.idx;
          settings.oncursor(place === null || place === undefined ? null : (plot.data[0][place] ?? null));
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width > 4) {
            settings.onzoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
          }
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
    },
  };
}

function seriesOf(lines: readonly Line[]): { series: uPlot.Series[]; bands: uPlot.Band[] } {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const line of lines) {
    series.push({ label: line.label, stroke: line.colour, width: 1.6, points: { show: line.points.length < 3 } });
    if (line.low && line.high) {
      const low = series.length;
      // Drawn without a stroke, they are only the edges of the band.
      series.push({ points: { show: false } }, { points: { show: false } });
      bands.push({ series: [low + 1, low], fill: clear(line.colour, lines.length > 2 ? 0.08 : 0.18) });
    }
  }
  return { series, bands };
}

function drawBands(plot: uPlot, dark: boolean): void {
  const { ctx, bbox } = plot;
  ctx.save();
  DAQI_COLOURS.forEach((colour, i) => {
    const top = plot.valToPos(i + 1.5, 'y', true);
    const bottom = plot.valToPos(i + 0.5, 'y', true);
    ctx.fillStyle = clear(colour, dark ? 0.13 : 0.22);
    ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  });
  ctx.restore();
}
