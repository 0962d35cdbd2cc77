import { msg, str } from '@lit/localize';
import type { LoggedEvent } from '../../../audit/index.ts';
import { serviceReasons } from '../../../kiosk/index.ts';
import { serviceText } from '../kiosk/reason-texts.ts';

/** A line of the record in plain words. A code that this version of the app does not know stands as it is. */
export function eventText(event: LoggedEvent): string {
  switch (event.kind) {
    case 'decision':
      return event.outcome === 'granted' ? msg('Let in') : msg(str`Not let in: ${[...new Set(event.reasons.map(refusalText))].join(', ')}`);
    case 'pulse':
      return pulseText(event.stage, event.code ?? '');
    case 'admin':
      return msg(str`Owner: ${[adminText(event.action), ...event.subjects].join(', ')}`);
    case 'update':
      return msg(str`Update from ${event.from} to ${event.to}`);
    case 'fault':
      return faultText(event.part, event.code);
    case 'begun':
      return msg('The record begins');
    case 'clock':
      return msg('The clock of this device jumped');
    case 'cut':
      return msg(str`Old lines up to number ${event.upToSeq} were removed`);
  }
}

function pulseText(stage: Extract<LoggedEvent, { kind: 'pulse' }>['stage'], code: string): string {
  switch (stage) {
    case 'asked':
      return msg('Door asked to open');
    case 'opened':
      return msg('Door opened');
    case 'refused':
      return msg(str`Door did not open: ${code}`);
    case 'unknown':
      return msg(str`Nobody knows whether the door opened: ${code}`);
  }
}

function faultText(part: string, code: string): string {
  const reason = serviceReasons.find((known) => known === code);
  return part === 'flow' && reason ? msg(str`Out of service: ${serviceText(reason)}`) : msg(str`Fault: ${part}, ${code}`);
}

/** What an owner did, as it follows “Owner:”. */
function adminText(action: string): string {
  switch (action) {
    case 'set-up':
      return msg('became the owner');
    case 'pin-changed':
      return msg('changed the owner’s PIN');
    case 'passphrase-changed':
      return msg('changed the passphrase');
    case 'passphrase-removed':
      return msg('removed the passphrase');
    case 'passkey-added':
      return msg('added the lock of a device');
    case 'passkey-removed':
      return msg('removed the lock of a device');
    case 'entry':
      return msg('came in');
    case 'entry-wrong':
      return msg('somebody was not let in to these pages');
    case 'entry-locked':
      return msg('somebody tried to come in while it was locked');
    case 'settings-changed':
      return msg('changed the rules or the texts');
    case 'door-paused':
      return msg('paused the door');
    case 'door-resumed':
      return msg('ended the pause');
    case 'paired':
      return msg('paired the bridge');
    case 'unpaired':
      return msg('undid the pairing');
    case 'relay-chosen':
      return msg('chose a relay');
    case 'relay-forgotten':
      return msg('took the relay away');
    case 'output-test':
      return msg('opened the door as a test');
    case 'person-pin-set':
      return msg('gave somebody a PIN');
    case 'person-pin-removed':
      return msg('took somebody’s PIN away');
    case 'card-given':
      return msg('made a card');
    case 'card-called-off':
      return msg('called a card off');
    default:
      return action;
  }
}

/** Why somebody was not let in, as it follows “Not let in:”. */
function refusalText(reason: string): string {
  switch (reason) {
    case 'no-frames':
    case 'stale':
    case 'too-few-frames':
    case 'too-short':
    case 'poor-shots':
      return msg('the face was not seen well enough');
    case 'several-faces':
      return msg('more than one face');
    case 'another-face':
      return msg('the face changed');
    case 'liveness-open':
    case 'liveness-failed':
      return msg('nobody showed that they are really there');
    case 'not-recognised':
    case 'ambiguous':
    case 'contradicted':
      return msg('not recognised');
    case 'not-claimed':
      return msg('not who they said');
    case 'pin-wrong':
      return msg('wrong PIN');
    case 'pin-locked':
      return msg('PINs were locked');
    case 'pin-none':
      return msg('they have no PIN');
    case 'card-invalid':
      return msg('not a card of this door');
    case 'too-slow':
    case 'no-decision':
      return msg('they went away, or took too long');
    default:
      return reason;
  }
}
