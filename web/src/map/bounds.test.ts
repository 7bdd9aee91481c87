import { describe, expect, it } from 'vitest';
import type { LatestFeature } from '../api/types';
import { boxOf, boxOfView, firstBoxOf, isSameBox, unwrapped } from './bounds';
import { latest, sensorAt } from './testSensors';

describe('the first view', () => {
  it('shows all of few sensors', () => {
    const few = latest(sensorAt(1, -2, 57), sensorAt(2, 10, 48));
    expect(firstBoxOf(few)).toEqual([-2, 48, 10, 57]);
  });

  it('gives a single place some of its surroundings', () => {
    const [west, south, east, north] = firstBoxOf(latest(sensorAt(1, -2, 57))) ?? [0, 0, 0, 0];
    expect(east - west).toBeCloseTo(0.05);
    expect(north - south).toBeCloseTo(0.05);
  });

  it('shows where most of many sensors are', () => {
    const many = Array.from({ length: 95 }, (_, i) => sensorAt(i, 9 + i / 1000, 48));
    const far = Array.from({ length: 5 }, (_, i) => sensorAt(200 + i, 150, -33));
    const [west, , east] = firstBoxOf(latest(...many, ...far)) ?? [0, 0, 0, 0];
    expect(west).toBeGreaterThan(8.9);
    expect(east).toBeLessThan(9.2);
    expect(boxOf(latest(...many, ...far), 0)?.[2]).toBe(150);
  });

  it('is none without a sensor that has a place', () => {
    const placeless = { ...sensorAt(1, 0, 0), geometry: null } as unknown as LatestFeature;
    expect(firstBoxOf(latest())).toBeNull();
    expect(firstBoxOf(latest(placeless))).toBeNull();
  });
});

describe('a view', () => {
  it('is told as the API takes it', () => {
    expect(boxOfView(8.12345678, 47, 9.5, 48)).toEqual([8.1235, 47, 9.5, 48]);
  });

  it('of more than the world is the world', () => {
    expect(boxOfView(-250, -85, 230, 85)).toEqual([-180, -85, 180, 85]);
  });

  it('over the antimeridian has its west beyond its east, and is fitted whole', () => {
    const box = boxOfView(170, -10, 195, 10);
    expect(box).toEqual([170, -10, -165, 10]);
    expect(unwrapped(box)).toEqual([170, -10, 195, 10]);
  });

  it('is compared by its numbers', () => {
    expect(isSameBox([1, 2, 3, 4], [1, 2, 3, 4])).toBe(true);
    expect(isSameBox([1, 2, 3, 4], null)).toBe(false);
    expect(isSameBox(null, null)).toBe(true);
  });
});
