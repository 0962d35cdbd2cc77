import type { MqttConfig } from '../config.ts';

/** A message for the broker. */
export interface Retained {
  readonly topic: string;
  readonly payload: string;
}

/** Where the bridge says whether it is there: `online`, or `offline` by its last will. */
export function availabilityTopic(doorId: string): string {
  return `lintel/${doorId}/availability`;
}

/**
 * What makes Home Assistant show the door by itself: a sensor of the door where a state topic is given, and a button
 * that sends the relay's own command. The button does not pass by this bridge, and no topic opens the door through it.
 * A command that differs from order to order cannot be on a button.
 * Ref: Home Assistant, MQTT discovery, button and binary sensor
 */
export function discovery(doorId: string, doorName: string, config: MqttConfig): readonly Retained[] {
  if (!config.homeAssistant) return [];
  const { prefix } = config.homeAssistant;
  const node = `lintel_${doorId}`;
  const common = {
    availability_topic: availabilityTopic(doorId),
    qos: 1,
    device: { identifiers: [node], name: doorName, manufacturer: 'Lintel', model: 'Door bridge' },
  };
  const messages: Retained[] = [];
  if (!/\{(?:decisionId|expiresAtMs)\}/.test(config.payload)) {
    const button = { ...common, name: 'Open', unique_id: `${node}_open`, command_topic: config.commandTopic, payload_press: config.payload, retain: false };
    messages.push({ topic: `${prefix}/button/${node}/open/config`, payload: JSON.stringify(button) });
  }
  if (config.state) {
    const { topic, open, closed } = config.state;
    const sensor = { ...common, name: 'Door', unique_id: `${node}_door`, device_class: 'door', state_topic: topic, payload_on: open, payload_off: closed };
    messages.push({ topic: `${prefix}/binary_sensor/${node}/door/config`, payload: JSON.stringify(sensor) });
  }
  return messages;
}
