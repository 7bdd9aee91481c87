import { expect, it } from 'vitest';
import type { Line } from './align';
import { svgOf, type Picture } from './svg';

const LINE: Line = {
  key: '1', label: 'A & <B>', colour: '#0072b2',
  points: [[0, 1], [60_000, 2], [7_200_000, 3], [7_260_000, 4]],
};
const PICTURE: Picture = {
  title: 'Title', note: 'note', lines: [LINE], from: 0, to: 7_300_000, interval: 60_000,
  isIndex: false, value: String, time: String,
};

it('draws a gap as a gap', () => {
  const path = /<path d="([^"]*)" fill="none"/.exec(svgOf(PICTURE))?.[1] ?? '';
  expect(path.match(/M/g)).toHaveLength(2);
});

it('writes names safely', () => {
  expect(svgOf(PICTURE)).toContain('A &amp; &lt;B&gt;');
});

it('lays the ten official colours behind the index', () => {
  expect(svgOf({ ...PICTURE, isIndex: true }).match(/fill-opacity="0.22"/g)).toHaveLength(10);
});

it('fills the band between lowest and highest', () => {
  const banded = { ...LINE, low: LINE.points, high: LINE.points };
  expect(svgOf({ ...PICTURE, lines: [banded] })).toContain('fill-opacity="0.18"');
});
