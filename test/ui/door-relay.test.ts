import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../src/base/index.ts';
import type { DoorPosition } from '../../src/kiosk/index.ts';
import { RelayLines } from '../../src/ui/door/output/relay-lines.ts';
import { lookEveryMs, relayOutput } from '../../src/ui/door/output/relay-output.ts';
import type { BrowserPort } from '../../src/ui/door/output/serial-port.ts';
import { browserSerial } from '../../src/ui/door/output/serial-port.ts';
import { MadeClock } from '../kiosk/made-clock.ts';

const [on, off] = ['a00101a2', 'a00100a1'];
const relay = { usbVendorId: 0x1a86, usbProductId: 0x7523, pulseMs: 200 };

/** Serial ports as a browser has them, without boards: what is written to one is heard. */
class MadeSerial extends EventTarget {
  readonly heard: string[] = [];
  readonly state = { breaks: false };
  ports: BrowserPort[] = [];
  chooses: () => Promise<BrowserPort> = () => Promise.reject(new DOMException('none', 'NotFoundError'));

  requestPort(): Promise<BrowserPort> {
    return this.chooses();
  }

  getPorts(): Promise<readonly BrowserPort[]> {
    return Promise.resolve(this.ports);
  }

  plug(usbProductId = relay.usbProductId): BrowserPort {
    const { heard, state } = this;
    let writable: WritableStream<Bytes> | null = null;
    const port: BrowserPort = {
      get writable() {
        return writable;
      },
      open: () => {
        if (writable) return Promise.reject(new Error('in use'));
        writable = new WritableStream({
          write: (bytes) => {
            if (state.breaks) throw new Error('unplugged');
            heard.push(Buffer.from(bytes).toString('hex'));
          },
        });
        return Promise.resolve();
      },
      close: () => {
        writable = null;
        return Promise.resolve();
      },
      getInfo: () => ({ usbVendorId: relay.usbVendorId, usbProductId }),
      forget: () => {
        this.ports = this.ports.filter((other) => other !== port);
        return Promise.resolve();
      },
    };
    this.ports = [...this.ports, port];
    this.dispatchEvent(new Event('connect'));
    return port;
  }

  unplug(): void {
    this.ports = [];
    this.dispatchEvent(new Event('disconnect'));
  }
}

function begun() {
  const serial = new MadeSerial();
  const page = new EventTarget();
  const clock = new MadeClock();
  const told: DoorPosition[] = [];
  const lines = new RelayLines({ ports: browserSerial({ serial }), page });
  const open = () => relayOutput({ relay, lines, clock, onPosition: (position) => told.push(position) });
  return { serial, page, clock, lines, told, open };
}

const never = new AbortController().signal;

describe('a door behind a relay of this device', () => {
  it('is offline and refuses while the relay is not there, and comes back when it is plugged in, with nothing kept for later', async () => {
    const { serial, told, open } = begun();
    const door = open();
    expect(door.position(), 'not said before it was looked').toBe('unknown');
    expect(await door.pulse('d1', never)).toEqual({ outcome: 'refused', code: 'output-offline' });
    await expect.poll(() => told).toEqual(['offline']);
    expect(door.position()).toBe('offline');
    serial.plug();
    await expect.poll(() => door.position()).toBe('unknown');
    expect(serial.heard).toEqual([off]);
    expect(await door.pulse('d2', never)).toEqual({ outcome: 'opened', code: 'line' });
    await expect.poll(() => serial.heard).toEqual([off, on, off]);
    expect(await door.pulse('d2', never)).toEqual({ outcome: 'refused', code: 'decision-used' });
    serial.unplug();
    await expect.poll(() => door.position()).toBe('offline');
    door.close();
  });

  it('is offline after a fault, and looks again by the clock', async () => {
    const { serial, clock, told, open } = begun();
    serial.plug();
    const door = open();
    await expect.poll(() => told).toEqual(['unknown']);
    serial.state.breaks = true;
    expect(await door.pulse('d1', never)).toMatchObject({ outcome: 'unknown' });
    expect(door.position()).toBe('offline');
    serial.state.breaks = false;
    await clock.pass(lookEveryMs);
    await expect.poll(() => door.position()).toBe('unknown');
    expect(serial.heard).toEqual([off, off]);
    door.close();
  });

  it('is switched off when its screen closes, and the next one takes the line after it', async () => {
    const { serial, told, open } = begun();
    serial.plug();
    const first = open();
    await expect.poll(() => told).toEqual(['unknown']);
    await first.pulse('d1', never);
    first.close();
    const second = open();
    await expect.poll(() => told).toEqual(['unknown', 'unknown']);
    expect(serial.heard).toEqual([off, on, off, off]);
    second.close();
  });

  it('is switched off when the page goes', async () => {
    const { serial, page, told, open } = begun();
    serial.plug();
    const door = open();
    await expect.poll(() => told).toEqual(['unknown']);
    await door.pulse('d1', never);
    page.dispatchEvent(new Event('pagehide'));
    await expect.poll(() => serial.heard).toEqual([off, on, off]);
    expect(await door.pulse('d2', never)).toEqual({ outcome: 'refused', code: 'output-offline' });
    door.close();
  });

  it('is tried once by its owner, and off at the end', async () => {
    const { serial, lines } = begun();
    expect(await lines.pulseOnce(relay, 'd1')).toEqual({ outcome: 'refused', code: 'output-offline' });
    serial.plug();
    expect(await lines.pulseOnce(relay, 'd2')).toEqual({ outcome: 'opened', confirmedBy: 'line' });
    expect(serial.heard.slice(0, 3)).toEqual([off, on, off]);
    expect(serial.heard.at(-1)).toBe(off);
  });
});

describe('the serial ports of the browser', () => {
  it('are none where it has none', () => expect(browserSerial({})).toBeNull());

  it('are chosen by a person, who may choose nothing; the same kind twice is no choice', async () => {
    const serial = new MadeSerial();
    const ports = browserSerial({ serial });
    expect(await ports?.choose()).toMatchObject({ failure: { code: 'nothing-chosen' } });
    serial.chooses = () => Promise.reject(new DOMException('no', 'SecurityError'));
    expect(await ports?.choose()).toMatchObject({ failure: { code: 'not-allowed' } });
    const [first, second] = [serial.plug(), serial.plug()];
    serial.plug(7);
    expect(await ports?.granted(relay)).toBeNull();
    serial.chooses = () => Promise.resolve(second);
    expect(await ports?.choose()).toEqual({ ok: true, value: { usbVendorId: relay.usbVendorId, usbProductId: relay.usbProductId } });
    expect(await ports?.granted(relay)).toBe(second);
    expect(serial.ports).not.toContain(first);
  });
});
