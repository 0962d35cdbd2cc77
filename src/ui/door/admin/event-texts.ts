import { msg, str } from '@lit/localize';
import type { LoggedEvent } from '../../../audit/index.ts';

/** A line of the record in plain words; codes stand as they are, for whoever searches for them. */
export function eventText(event: LoggedEvent): string {
  switch (event.kind) {
    case 'decision':
      return event.outcome === 'granted' ? msg('Let in') : msg(str`Not let in: ${event.reasons.join(', ')}`);
    case 'pulse':
      return pulseText(event.stage, event.code ?? '');
    case 'admin':
      return msg(str`Owner: ${[event.action, ...event.subjects].join(', ')}`);
    case 'update':
      return msg(str`Update from ${event.from} to ${event.to}`);
    case 'fault':
      return msg(str`Fault: ${event.part}, ${event.code}`);
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
