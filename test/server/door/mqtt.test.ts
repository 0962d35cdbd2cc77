import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairedDoor } from '../../../src/doorlink/index.ts';
import { buildAuthority, buildServerCertificate } from '../../../src/server/certificates/build-certificate.ts';
import type { DoorBench } from './bench.ts';
import { doorBench, pulsed, until } from './bench.ts';
import type { Broker, Wire } from './brokers.ts';
import { startBroker, startBroker5, wireTo } from './brokers.ts';

const command = 'relay/front/set';

let broker: Broker;
let wire: Wire;
let bench: DoorBench;
let door: PairedDoor;

beforeEach(async () => {
  broker = await startBroker();
  wire = await wireTo(() => broker.port);
  bench = await doorBench();
});
afterEach(async () => {
  await bench.remove();
  await wire.close();
  await broker.close();
});

/** Serves the door through the broker, and waits for the connection. */
async function served(more: object = {}, port = wire.port): Promise<void> {
  await bench.start({ kind: 'mqtt', url: `mqtt://127.0.0.1:${port}`, commandTopic: command, ...more });
  await connected();
  door = await bench.pair();
}

const state = () => bench.site().door.state();
const connected = () => until(() => state() !== 'offline', 'a connection to the broker');
const commands = () => broker.published.filter(({ topic }) => topic === command);

describe('the broker', () => {
  it('gets a command that it does not keep, with quality of service 1, and its word is all that is said', async () => {
    await served();
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'opened', confirmedBy: 'broker' });
    expect(commands()).toEqual([{ topic: command, payload: 'PRESS', qos: 1, retain: false }]);
  });

  it('is told when the bridge comes, when it goes, and when it is lost', async () => {
    await served();
    const said = () => broker.published.filter(({ topic }) => topic === 'lintel/front/availability').map(({ payload, retain }) => `${payload} ${retain}`);
    await until(() => said().length === 1, 'online');
    wire.hangUp();
    await until(() => said().length >= 3, 'offline by the last will, and online again');
    await bench.stop();
    expect(said()).toEqual(['online true', 'offline true', 'online true', 'offline true']);
  });

  it('shows Home Assistant a button with the command of the relay, and the sensor of the door', async () => {
    await served({ state: { topic: 'relay/front/door' }, homeAssistant: {} });
    const configs = () => broker.published.filter(({ topic }) => topic.startsWith('homeassistant/'));
    await until(() => configs().length === 2, 'both');
    const [button, sensor] = configs().map(({ topic, payload, retain }) => ({ topic, isKept: retain, ...(JSON.parse(payload) as object) }));
    const device = { identifiers: ['lintel_front'], name: 'Front door' };
    expect(button).toMatchObject({ topic: 'homeassistant/button/lintel_front/open/config', isKept: true, retain: false, command_topic: command, payload_press: 'PRESS', device });
    expect(sensor).toMatchObject({ topic: 'homeassistant/binary_sensor/lintel_front/door/config', isKept: true, state_topic: 'relay/front/door', device_class: 'door', payload_on: 'ON', device });
  });

  it('tells the state of the door, kept or new', async () => {
    await broker.publish('relay/front/door', 'OFF', true);
    await served({ state: { topic: 'relay/front/door' } });
    await until(() => state() === 'closed', 'closed');
    await broker.publish('relay/front/door', 'ON');
    await until(() => state() === 'open', 'open');
    wire.hangUp();
    await until(() => state() === 'offline', 'offline');
    await until(() => state() === 'closed', 'what the broker kept');
  });

  it('opens nothing by itself, whoever publishes what', async () => {
    await served({ homeAssistant: {}, state: { topic: 'relay/front/door' }, confirm: { topic: 'relay/front/did', payload: 'done' } });
    for (const topic of [command, 'relay/front/door', 'relay/front/did', 'lintel/front/availability', 'lintel/front/set']) await broker.publish(topic, 'PRESS', true);
    wire.hangUp();
    await until(() => state() === 'offline', 'offline');
    await connected();
    expect(commands()).toEqual([]);
  });
});

describe('a device that confirms', () => {
  const confirm = { topic: 'relay/front/did', payload: 'done {decisionId}' };

  it('is waited for, and named', async () => {
    await served({ confirm, payload: '{"press":"{decisionId}","until":{expiresAtMs}}' });
    broker.onPublished = ({ topic, payload }) => {
      if (topic === command) void broker.publish(confirm.topic, `done ${(JSON.parse(payload) as { press: string }).press}`);
    };
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'opened', confirmedBy: 'device' });
    const { until: untilMs } = JSON.parse(commands()[0]?.payload ?? '') as { until: number };
    expect(Math.abs(untilMs - Date.now())).toBeLessThan(10_000);
  });

  it('is not heard in an old word or one for another decision', async () => {
    await broker.publish(confirm.topic, 'done d1', true);
    await served({ confirm });
    broker.onPublished = ({ topic }) => {
      if (topic === command) void broker.publish(confirm.topic, 'done d0');
    };
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'unknown', code: 'output-timeout' });
    expect(commands()).toHaveLength(1);
  });
});

describe('without the broker', () => {
  it('a pulse is refused at once, and never sent when the broker is back', async () => {
    await served();
    const { port } = broker;
    await broker.close();
    await until(() => state() === 'offline', 'offline');
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'output-offline' });
    broker = await startBroker({ port });
    await connected();
    expect(await pulsed(bench, door, 'd2')).toMatchObject({ outcome: 'opened' });
    expect(await pulsed(bench, door, 'd1')).toMatchObject({ outcome: 'opened' });
    expect(commands()).toHaveLength(2);
  });

  it('a pulse that was on its way is unknown, and is not sent again', async () => {
    await served();
    wire.setCut(true);
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'unknown', code: 'output-timeout' });
    wire.setCut(false);
    await connected();
    expect(await pulsed(bench, door, 'd2')).toMatchObject({ outcome: 'opened' });
    wire.setCut(true);
    const lost = pulsed(bench, door, 'd3');
    await new Promise((resolve) => setTimeout(resolve, 500));
    wire.hangUp();
    expect(await lost).toEqual({ outcome: 'unknown', code: 'output-lost' });
    wire.setCut(false);
    await connected();
    expect(await pulsed(bench, door, 'd4')).toMatchObject({ outcome: 'opened' });
    expect(commands()).toHaveLength(2);
  });
});

describe('a broker behind TLS and a password', () => {
  const validity = { notBefore: new Date(0), notAfter: new Date(4e12) };
  const scope = { dnsNames: ['localhost'], addresses: ['127.0.0.0/8'] };
  const login = { username: 'bridge', password: 'a password of the broker' };

  it('is believed only by the authority that the file names, and believes only the right password', async () => {
    const [authority, another] = await Promise.all(['broker', 'another'].map((commonName) => buildAuthority({ commonName, validity, scope })));
    if (!authority || !another) throw new Error('not made');
    const issued = await buildServerCertificate({ commonName: 'broker', validity, scope: { dnsNames: ['localhost'], addresses: ['127.0.0.1'] } }, authority);
    const tls = { cert: issued.certificate.toString(), key: issued.key.export({ type: 'pkcs8', format: 'pem' }).toString() };
    const secure = await startBroker({ tls, login });
    const [right, wrong] = [join(bench.folder, 'right.crt'), join(bench.folder, 'wrong.crt')];
    await writeFile(right, authority.certificate.toString());
    await writeFile(wrong, another.certificate.toString());
    const output = { kind: 'mqtt', url: `mqtts://localhost:${secure.port}`, commandTopic: command, ...login, caFile: 'right.crt' };
    await bench.start(output);
    await connected();
    door = await bench.pair();
    expect(await pulsed(bench, door, 'd1')).toMatchObject({ outcome: 'opened' });
    for (const [at, wrongly] of [{ caFile: 'wrong.crt' }, { caFile: undefined }, { password: 'guessed' }].entries()) {
      await bench.start({ ...output, ...wrongly });
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(state()).toBe('offline');
      expect(await pulsed(bench, door, `w${at}`)).toEqual({ outcome: 'refused', code: 'output-offline' });
    }
    expect(secure.published.filter(({ topic }) => topic === command)).toHaveLength(1);
    await bench.stop();
    await secure.close();
  });
});

describe('a broker that speaks MQTT 5', () => {
  it('is asked to throw a command away after two seconds, and believed when it says that nobody listens', async () => {
    const modern = await startBroker5();
    await served({}, modern.port);
    const sent = () => modern.published.filter(({ topic }) => topic === command);
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'opened', confirmedBy: 'broker' });
    expect(sent()).toEqual([{ topic: command, payload: 'PRESS', qos: 1, retain: false, expiryS: 2 }]);
    for (const reason of [0x10, 0x87]) {
      modern.reason = reason;
      expect(await pulsed(bench, door, `r${reason}`)).toEqual({ outcome: 'refused', code: 'output-refused' });
    }
    await bench.stop();
    await modern.close();
  });
});
