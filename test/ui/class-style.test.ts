import { describe, expect, it } from 'vitest';
import { faceStyle, objectStyle } from '../../src/ui/live/class-style.ts';

/** Relative luminance of #rrggbb. Ref: WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * channels[0]! + 0.7152 * channels[1]! + 0.0722 * channels[2]!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

const styles = [...Array.from({ length: 80 }, (_, classId) => objectStyle(classId)), faceStyle];

describe('class styles', () => {
  it('have label text of at least 4.5:1', () => {
    for (const { colour, textColour } of styles) expect(contrast(colour, textColour)).toBeGreaterThanOrEqual(4.5);
  });

  it('have lines of at least 3:1 against the dark outline', () => {
    for (const { colour } of styles) expect(contrast(colour, '#0e1116')).toBeGreaterThanOrEqual(3);
  });

  it('differ by dash where the colour comes back, and keep yellow for faces', () => {
    expect(objectStyle(0).colour).toBe(objectStyle(6).colour);
    expect(objectStyle(0).dash).not.toEqual(objectStyle(6).dash);
    for (const { colour } of styles.slice(0, 80)) expect(colour).not.toBe(faceStyle.colour);
    expect(new Set(styles.slice(0, 30).map((style) => JSON.stringify(style))).size).toBe(30);
  });
});
