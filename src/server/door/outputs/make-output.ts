import { readFile } from 'node:fs/promises';
import type { Calendar, Clock, Failure, Result } from '../../../base/index.ts';
import { err, messageOf, ok } from '../../../base/index.ts';
import type { DoorConfig } from '../config.ts';
import type { DoorOutput } from '../door-output.ts';
import { CommandOutput } from './command.ts';
import { SimulatorOutput } from './simulator.ts';
import { WebhookOutput } from './webhook.ts';

/** Builds the way to the lock that a door's file describes. */
export async function makeOutput({ doorId, name, output }: DoorConfig, clock: Clock, calendar: Calendar): Promise<Result<DoorOutput, Failure<'door-config-unreadable'>>> {
  switch (output.kind) {
    case 'webhook':
      return ok(new WebhookOutput(output, clock, calendar));
    case 'command':
      return ok(new CommandOutput(output, clock));
    case 'simulator':
      return ok(new SimulatorOutput(output, clock, calendar));
    case 'mqtt': {
      // Loaded only here: no other output has a use for the library.
      const { MqttOutput } = await import('./mqtt.ts');
      try {
        const authorityPem = output.caFile === undefined ? null : await readFile(output.caFile, 'utf8');
        return ok(new MqttOutput({ doorId, doorName: name, config: output, authorityPem }, clock));
      } catch (thrown) {
        return err('door-config-unreadable', messageOf(thrown));
      }
    }
  }
}
