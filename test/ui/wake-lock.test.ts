import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WakeLock } from '../../src/ui/live/wake-lock.ts';

class Lock extends EventTarget {
  released = false;

  release(): Promise<void> {
    this.released = true;
    this.dispatchEvent(new Event('release'));
    return Promise.resolve();
  }
}

const settled = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

let page: EventTarget & { visibilityState: DocumentVisibilityState };
let locks: Lock[];
let request: (() => Promise<Lock>) | null;
let told: boolean[];
let wake: WakeLock;

beforeEach(() => {
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
  locks = [];
  told = [];
  request = () => {
    const lock = new Lock();
    locks.push(lock);
    return Promise.resolve(lock);
  };
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', {
    get wakeLock() {
      return request ? { request } : undefined;
    },
  });
  wake = new WakeLock((refused) => told.push(refused));
});

afterEach(() => vi.unstubAllGlobals());

function see(state: DocumentVisibilityState): void {
  page.visibilityState = state;
  page.dispatchEvent(new Event('visibilitychange'));
}

const held = (): number => locks.filter(({ released }) => !released).length;

describe('the lock that keeps the screen on', () => {
  it('is taken when wanted, and given back when not', async () => {
    wake.want(true);
    await settled();
    expect(held()).toBe(1);
    wake.want(false);
    expect(held()).toBe(0);
    expect(told.at(-1)).toBe(false);
  });

  it('is taken again when the page is seen again, and never held twice', async () => {
    wake.want(true);
    await settled();
    see('hidden');
    await locks[0]!.release();
    see('visible');
    see('visible');
    await settled();
    see('visible');
    await settled();
    expect([locks.length, held()]).toEqual([2, 1]);
    expect(told).not.toContain(true);
    wake.want(false);
    expect(held()).toBe(0);
  });

  it('is given back when it comes after nobody wants it any more', async () => {
    wake.want(true);
    wake.want(false);
    await settled();
    expect([locks.length, held()]).toEqual([1, 0]);
    see('visible');
    await settled();
    expect(locks).toHaveLength(1);
  });

  it('is told of when the system takes it from a page that is seen', async () => {
    wake.want(true);
    await settled();
    await locks[0]!.release();
    expect(told.at(-1)).toBe(true);
  });

  it.each([
    ['is not there', null],
    ['refuses', () => Promise.reject(new DOMException('low battery', 'NotAllowedError'))],
  ])('is told of, and nothing else, where the interface %s', async (_, answer) => {
    request = answer;
    wake.want(true);
    await settled();
    expect(told).toEqual([true]);
    wake.want(false);
    expect(told).toEqual([true, false]);
  });
});
