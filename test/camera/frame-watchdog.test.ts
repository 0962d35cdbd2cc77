import { describe, expect, it } from 'vitest';
import { FrameWatchdog } from '../../src/camera/index.ts';
import type { WatchdogEvent } from '../../src/camera/index.ts';
import { FakeTime } from './fake-time.ts';

class Track extends EventTarget {
  readyState: MediaStreamTrackState = 'live';
  muted = false;
  listeners = 0;

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listeners++;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners--;
    super.removeEventListener(...args);
  }
}

function setUp() {
  const time = new FakeTime();
  const events: WatchdogEvent[] = [];
  const dog = new FrameWatchdog((event) => events.push(event), { clock: time, timers: time });
  const track = new Track();
  dog.watch(track);
  const flow = (forMs: number): void => {
    for (let t = 0; t < forMs; t += 50) {
      dog.noteFrame();
      time.advance(50);
    }
  };
  return { time, events, dog, track, flow };
}

describe('FrameWatchdog', () => {
  it('tells once that pictures flow, and once that they stopped for 2 s', () => {
    const { time, events, flow } = setUp();
    flow(10_000);
    expect(events).toEqual(['flowing']);
    time.advance(1_900);
    expect(events).toEqual(['flowing']);
    time.advance(100);
    expect(events).toEqual(['flowing', 'frozen']);
    time.advance(60_000);
    expect(events).toEqual(['flowing', 'frozen']);
  });

  it('gives the first picture more time, and only the first', () => {
    const { time, events, dog } = setUp();
    time.advance(5_999);
    expect(events).toEqual([]);
    dog.noteFrame();
    time.advance(2_000);
    expect(events).toEqual(['flowing', 'frozen']);
  });

  it('tells that a track gave no picture at all', () => {
    const { time, events } = setUp();
    time.advance(6_000);
    expect(events).toEqual(['frozen']);
  });

  it('tells that pictures are back after a freeze', () => {
    const { time, events, flow } = setUp();
    flow(500);
    time.advance(3_000);
    flow(500);
    expect(events).toEqual(['flowing', 'frozen', 'flowing']);
    time.advance(2_000);
    expect(events.at(-1)).toBe('frozen');
  });

  it('tells an end at once, and nothing after it', () => {
    const { time, events, dog, track, flow } = setUp();
    flow(500);
    track.dispatchEvent(new Event('ended'));
    dog.noteFrame();
    dog.resume();
    time.advance(60_000);
    expect(events).toEqual(['flowing', 'ended']);
    expect(time.pending).toBe(0);
  });

  it('tells a mute at once, a freeze when it lasts, and that pictures are back', () => {
    const { time, events, track, flow } = setUp();
    flow(500);
    track.dispatchEvent(new Event('mute'));
    expect(events).toEqual(['flowing', 'muted']);
    time.advance(2_000);
    flow(100);
    expect(events).toEqual(['flowing', 'muted', 'frozen', 'flowing']);
  });

  it('knows a track that had ended before', () => {
    const time = new FakeTime();
    const events: WatchdogEvent[] = [];
    const track = new Track();
    track.readyState = 'ended';
    new FrameWatchdog((event) => events.push(event), { clock: time, timers: time }).watch(track);
    expect(events).toEqual(['ended']);
    expect(time.pending).toBe(0);
  });

  it('does not count silence while it is paused', () => {
    const { time, events, dog, flow } = setUp();
    flow(500);
    dog.pause();
    time.advance(60_000);
    dog.resume();
    time.advance(1_999);
    expect(events).toEqual(['flowing']);
    time.advance(1);
    expect(events).toEqual(['flowing', 'frozen']);
  });

  it('counts no silence while the page itself stood still, and from then on as ever', () => {
    const { time, events, flow } = setUp();
    flow(500);
    time.sleep(3_600_000);
    time.advance(0);
    expect(events).toEqual(['flowing']);
    time.advance(1_999);
    expect(events).toEqual(['flowing']);
    time.advance(1);
    expect(events).toEqual(['flowing', 'frozen']);
  });

  it.each([
    ['is seen again', true],
    ['stood still, though nobody told that it does', false],
  ])('finds an end that nobody told of once the page %s', (_, isHidden) => {
    const { time, events, dog, track, flow } = setUp();
    flow(500);
    if (isHidden) dog.pause();
    time.sleep(60_000);
    track.readyState = 'ended';
    if (isHidden) dog.resume();
    time.advance(0);
    expect(events).toEqual(['flowing', 'ended']);
    expect(time.pending).toBe(0);
  });

  it('lets go of timers and listeners', () => {
    const { time, events, dog, track, flow } = setUp();
    flow(500);
    expect(track.listeners).toBe(2);
    dog.stop();
    dog.noteFrame();
    expect([track.listeners, time.pending]).toEqual([0, 0]);
    time.advance(60_000);
    expect(events).toEqual(['flowing']);
  });
});
