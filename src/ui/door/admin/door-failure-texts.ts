import { msg } from '@lit/localize';
import type { Confirmer, PulseOutcome } from '../../../doorlink/index.ts';

export function notKeptText(): string {
  return msg('It could not be kept on this device. Free some space and try again.');
}

export function unchangedText(): string {
  return msg('It could not be kept, and nothing was changed. Try again.');
}

/** Why a pairing came to nothing, and what to do. */
export function pairFailureText(code: string): string {
  switch (code) {
    case 'not-a-code':
      return msg('That is no code: it has eight digits and letters, like K7QF-2M9X.');
    case 'pairing-closed':
      return msg('The bridge shows no code now. Start pairing at the bridge, then type the code here.');
    case 'wrong-code':
      return msg('The code is wrong. Look again: after three wrong ones the bridge makes a new one.');
    case 'code-spent':
      return msg('That was the third wrong one. The bridge shows a new code.');
    case 'too-many-kiosks':
      return msg('The bridge has as many kiosks as it takes. Remove one there first.');
    case 'bridge-unproven':
      return msg('Something answered that does not know the code. Nothing was paired. Check the network.');
    case 'bridge-unreachable':
    case 'bridge-slow':
      return msg('No bridge answers at this address. Start the server with its door, and open the app from there.');
    case 'not-kept':
      return msg('The bridge agreed, but this device could not keep the key. Free some space and pair again.');
    default:
      return msg('It did not work, and nothing was paired. Try again.');
  }
}

/** Why no relay was chosen, and what to do. */
export function relayFailureText(code: string): string {
  switch (code) {
    case 'nothing-chosen':
      return msg('Nothing was chosen. Plug the relay in, then choose it from the browser’s list.');
    case 'not-allowed':
      return msg('The browser did not let this page ask for a port. Allow serial ports for this site in its settings, then try again.');
    default:
      return msg('The choice could not be kept on this device. Free some space and choose again.');
  }
}

/** What became of a pulse: no more than was confirmed. */
export function outcomeText(outcome: PulseOutcome): { readonly good: boolean; readonly text: string } {
  switch (outcome.outcome) {
    case 'opened':
      return { good: true, text: openedText(outcome.confirmedBy) };
    case 'refused':
      return { good: false, text: refusalText(outcome.code) };
    case 'unknown':
      return { good: false, text: msg('The output was asked and gave no answer. Nobody knows whether it opened: look at the door.') };
  }
}

function openedText(confirmedBy: Confirmer): string {
  switch (confirmedBy) {
    case 'broker':
      return msg('The broker took the command. Whether the lock moved, it does not say: look at the door.');
    case 'line':
      return msg('The relay was switched on and off again. Nothing confirms that the lock moved: look at the door.');
    default:
      return msg('The door was opened, and said so.');
  }
}

export function testFailureText(code: string): string {
  switch (code) {
    case 'not-paired':
      return msg('No bridge is paired with this device yet.');
    case 'not-recorded':
      return msg('The test could not be written into the record, so nothing was asked of the door.');
    case 'bridge-slow':
      return msg('The bridge took too long. Nobody knows whether it opened: look at the door.');
    default:
      return msg('The bridge does not answer. Nothing was opened, as far as this device knows.');
  }
}

function refusalText(code: Extract<PulseOutcome, { outcome: 'refused' }>['code']): string {
  switch (code) {
    case 'unknown-kiosk':
      return msg('The bridge does not know this device any more. Pair it again.');
    case 'output-offline':
      return msg('The door’s output is offline. Nothing was opened.');
    case 'output-refused':
      return msg('The door’s output said no. Nothing was opened.');
    case 'too-many':
    case 'busy':
      return msg('The bridge is busy. Nothing was opened; wait a moment.');
    default:
      return msg('The bridge refused. Nothing was opened.');
  }
}
