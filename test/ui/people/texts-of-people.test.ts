import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/store/index.ts';
import { fateText, originText, restoredText } from '../../../src/ui/people/backup/restore-texts.ts';
import { consentGiven, consentParagraphs } from '../../../src/ui/people/consent-text.ts';
import { endOfDayMs, fileDate, retentionState, retentionText } from '../../../src/ui/people/date-texts.ts';
import { passphraseStrength } from '../../../src/ui/people/passphrase-strength.ts';
import { oneOf } from '../../../src/ui/people/rate-text.ts';
import { peopleFailureText } from '../../../src/ui/people/vault-texts.ts';
import { person } from './made-people.ts';

describe('how strong a passphrase looks', () => {
  it.each([
    ['', 'short'],
    ['elevenchars', 'short'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['123456789012345', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['lanternlantern', 'fair'],
    ['seven lanterns under a lintel', 'strong'],
    ['马厩里有七盏灯在门楣下面', 'strong'],
  ])('%j is %s', (passphrase, strength) => expect(passphraseStrength(passphrase)).toBe(strength));
});

describe('of how many one passes', () => {
  it.each([
    [1e-4, 10_000],
    [0.000098, 10_000],
    [0.00031, 3200],
    [0.5, 2],
    [1, 1],
    [2, 1],
    [0, Infinity],
    [Number.NaN, Infinity],
  ])('%f is 1 in %d', (rate, many) => expect(oneOf(rate)).toBe(many));
});

describe('the end of a retention', () => {
  const nowMs = Date.UTC(2031, 4, 6, 12);

  it('is told in days once it is near, and is over at its moment', () => {
    expect(retentionState(nowMs, nowMs)).toBe('over');
    expect(retentionText(nowMs + 1, nowMs)).toBe('Is erased within a day');
    expect(retentionText(nowMs + 12.5 * dayMs, nowMs)).toMatch(/^Is erased in 13 days, on /);
    expect(retentionText(nowMs + 31 * dayMs, nowMs)).toMatch(/^Kept until June /);
  });

  it('is the last moment of the chosen day by the clock of this place', () => {
    const untilMs = endOfDayMs('2032-02-29');
    expect(fileDate(untilMs ?? 0)).toBe('2032-02-29');
    expect(fileDate((untilMs ?? 0) + 1)).toBe('2032-03-01');
    for (const day of ['', '2032-2-9', 'tomorrow']) expect(endOfDayMs(day)).toBeNull();
  });
});

describe('the consent', () => {
  it('names the date and says which pictures are kept, and is stored as it stood', () => {
    const [plain, withPhoto] = [false, true].map((photo) => consentParagraphs(Date.UTC(2031, 4, 6, 12), photo));
    expect(plain?.join(' ')).toContain('May 6, 2031');
    expect(plain?.join(' ')).toContain('The pictures themselves are not');
    expect(withPhoto?.join(' ')).toContain('one photo of your face are kept');
    expect(consentGiven(plain ?? [], 5)).toEqual({ version: '1', language: 'en', agreed: plain?.join('\n\n'), givenAtMs: 5 });
  });
});

describe('a backup', () => {
  const receipt = { id: 'r', erasedAtMs: Date.UTC(2031, 0, 2, 12), askedBy: 'owner' as const, erased: { templates: 1, negatives: 0, photos: 0, unreadable: 0 } };

  it('says what becomes of each person', () => {
    const texts = (['add', 'replace', 'keep', 'overdue', 'revoked'] as const).map((fate) => fateText({ fate, person: person('Ana', { retainUntilMs: Date.UTC(2030, 5, 5, 12) }), receipt: fate === 'revoked' ? receipt : null }));
    expect(new Set(texts).size).toBe(5);
    expect(texts[3]).toContain('June 5, 2030');
    expect(texts[4]).toContain('January 2, 2031');
  });

  it('warns of newer ones of this device only', () => {
    expect(originText({ madeAtMs: 1, own: true, newerBackups: 2, people: [] })).toMatch(/^Made on this device, .* Newer backups made since: 2\./);
    expect(originText({ madeAtMs: 1, own: false, newerBackups: 0, people: [] })).toMatch(/^Made on another device, [^.]*\.$/);
  });

  it('counts what was done and leaves out what was not', () => {
    const none = { added: [], replaced: [], kept: [], refused: [], overdue: [] };
    expect(restoredText({ ...none, added: [person('Ana')], refused: [person('Bo')] })).toBe('Restored. People came back: 1, erased before and left out: 1.');
    expect(restoredText(none)).toBe('Restored. Nobody was in it.');
  });
});

describe('a failure', () => {
  it('says what happened and that nothing was half done', () => {
    expect(peopleFailureText({ code: 'quota', detail: '' })).toEqual({ title: 'The device has no room left', text: 'Nothing was stored, and nothing was lost. Free some space, then try again.' });
    expect(peopleFailureText({ code: 'target-out-of-reach', detail: '' }).title).toBe('So few strangers cannot be promised');
  });
});
