import { ok } from '../../base/index.ts';
import type { PersonPins } from '../../store/index.ts';
import type { PinCheck } from '../ports.ts';

/** PINs of the vault. Whose lock holds is not told apart: it is said for a moment, and the next person is served. */
export function personPinCheck(pins: Pick<PersonPins, 'check'>): PinCheck {
  return {
    async check(personId, digits) {
      const checked = await pins.check(personId, digits);
      if (!checked.ok) return checked;
      return ok(checked.value.kind === 'locked' ? { ...checked.value, whose: 'person' as const } : checked.value);
    },
  };
}
