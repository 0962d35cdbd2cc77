import { currentLocale } from './localization.ts';

/** Numbers as the person's language writes them. Formatters are costly to make, so each is made once per language. */
const made = new Map<string, Intl.NumberFormat>();

function formatter(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = currentLocale();
  const id = `${locale} ${key}`;
  const known = made.get(id);
  if (known) return known;
  const fresh = new Intl.NumberFormat(locale, options);
  made.set(id, fresh);
  return fresh;
}

/** 0.923 is "92%". */
export function formatPercent(fraction: number): string {
  return formatter('percent', { style: 'percent', maximumFractionDigits: 0 }).format(fraction);
}

/** 29.97 is "30"; below ten one decimal is kept: 4.26 is "4.3". */
export function formatRate(perSecond: number): string {
  const digits = perSecond < 9.95 ? 1 : 0;
  return formatter(`rate${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(perSecond);
}

export function formatInteger(value: number): string {
  return formatter('integer', { maximumFractionDigits: 0 }).format(value);
}

/** 2.5 is "2.5×". */
export function formatZoom(factor: number): string {
  return `${formatter('zoom', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(factor)}×`;
}

/** 4190208 is "4.0 MB"; the unit is the power of 1024 that leaves a number under 1024, from kB to GB. */
export function formatBytes(bytes: number): string {
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes / 1024;
  let unit: (typeof units)[number] = 'kilobyte';
  for (const next of units.slice(1)) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  const digits = unit === 'kilobyte' ? 0 : 1;
  return formatter(`bytes ${unit}`, { style: 'unit', unit, unitDisplay: 'short', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function formatMilliseconds(ms: number): string {
  return formatter('ms', { style: 'unit', unit: 'millisecond', unitDisplay: 'short', maximumFractionDigits: 0 }).format(ms);
}

/** 500 is "0.5 seconds". */
export function formatSeconds(ms: number): string {
  return formatter('s', { style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 1 }).format(ms / 1000);
}

/** 25 is "25°". */
export function formatDegrees(degrees: number): string {
  return formatter('degrees', { style: 'unit', unit: 'degree', unitDisplay: 'narrow', maximumFractionDigits: 0 }).format(degrees);
}
