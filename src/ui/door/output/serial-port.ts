import type { Failure, Result } from '../../../base/index.ts';
import { err, messageOf, ok } from '../../../base/index.ts';
import type { SerialLine } from '../../../doorlink/index.ts';
import type { DoorRelay } from '../../../store/index.ts';

/** How the browser tells boards apart; null where it does not say. */
export type SerialIds = Pick<DoorRelay, 'usbVendorId' | 'usbProductId'>;

/** A port of the browser. Ref: WICG, Web Serial API, SerialPort */
export interface BrowserPort extends SerialLine {
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
  /** Takes the permission back; not every browser can. */
  forget?(): Promise<void>;
}

/** Ref: WICG, Web Serial API, Serial */
export interface BrowserSerial extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  requestPort(): Promise<BrowserPort>;
  getPorts(): Promise<readonly BrowserPort[]>;
}

/** The serial ports of this device, as far as a person has let this page use them. */
export interface SerialPorts {
  /**
   * Lets a person choose one; only right after they have tapped something. `nothing-chosen`: they closed the list, or it was
   * empty. `not-allowed`: the browser does not ask them. Another permission for a board of the same kind ends: the two could
   * not be told apart.
   */
  choose(): Promise<Result<SerialIds, Failure<'nothing-chosen' | 'not-allowed'>>>;
  /** The port of this kind, plugged in now; null without, and where two look the same. */
  granted(ids: SerialIds): Promise<SerialLine | null>;
  /** Takes back that this page may use ports of this kind. */
  forget(ids: SerialIds): Promise<void>;
  /** Told when something is plugged in or out. @returns the call that ends it */
  watch(listener: () => void): () => void;
}

/** null where this browser has no serial ports, as on phones. */
export function browserSerial(browser: object = navigator): SerialPorts | null {
  const { serial } = browser as { readonly serial?: BrowserSerial };
  return serial ? serialPorts(serial) : null;
}

function serialPorts(serial: BrowserSerial): SerialPorts {
  const alike = async (ids: SerialIds): Promise<readonly BrowserPort[]> => {
    try {
      return (await serial.getPorts()).filter((port) => isOf(ids, port));
    } catch {
      // A browser that has switched serial ports off for this page refuses the question.
      return [];
    }
  };
  return {
    async choose() {
      try {
        const port = await serial.requestPort();
        const ids = idsOf(port);
        const others = (await alike(ids)).filter((other) => other !== port);
        await Promise.allSettled(others.map(async (other) => other.forget?.()));
        return ok(ids);
      } catch (thrown) {
        const isClosed = thrown instanceof DOMException && thrown.name === 'NotFoundError';
        return err(isClosed ? 'nothing-chosen' : 'not-allowed', messageOf(thrown));
      }
    },
    async granted(ids) {
      const [port, ...others] = await alike(ids);
      return port && others.length === 0 ? port : null;
    },
    async forget(ids) {
      await Promise.allSettled((await alike(ids)).map(async (port) => port.forget?.()));
    },
    watch(listener) {
      for (const type of ['connect', 'disconnect']) serial.addEventListener(type, listener);
      return () => {
        for (const type of ['connect', 'disconnect']) serial.removeEventListener(type, listener);
      };
    },
  };
}

function idsOf(port: BrowserPort): SerialIds {
  const { usbVendorId = null, usbProductId = null } = port.getInfo();
  return { usbVendorId, usbProductId };
}

function isOf({ usbVendorId, usbProductId }: SerialIds, port: BrowserPort): boolean {
  const ids = idsOf(port);
  return ids.usbVendorId === usbVendorId && ids.usbProductId === usbProductId;
}
