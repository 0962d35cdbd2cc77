import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/audit/index.ts';
import type { Result } from '../../src/base/index.ts';
import { readBoundedJsonBytes } from '../../src/base/index.ts';
import { newSigningKeys, parseJson, readEnvelope, writeSigned } from '../../src/doorlink/index.ts';
import { readCoco, readCocoPoses, readDlibXml, readPairs, readPredictions, readPts, readYoloTxt } from '../../src/evaluation/index.ts';
import { newCardKeys, readCard, writeCard } from '../../src/kiosk/index.ts';
import { parseDoorConfig } from '../../src/server/door/config.ts';
import { createDatabase } from '../../src/store/database.ts';
import { createDoorSettings } from '../../src/store/door/door-settings-store.ts';
import { defaultDoorSettings } from '../../src/store/door/door-settings.ts';
import { begun, bytesOf, madeAudit, visit } from '../audit/made-audit.ts';
import type { Format } from './fuzz.ts';
import { casesEach, fuzz, hostileJson, utf8 } from './fuzz.ts';

const nowMs = Date.UTC(2031, 4, 6);
const told = (result: Result<unknown>): string => (result.ok ? 'read' : result.failure.code);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const ofText = (read: (text: string) => Result<unknown>) => (bytes: Uint8Array): string => told(read(textOf(bytes)));

async function cardFormat(): Promise<Format> {
  const keys = await newCardKeys();
  const card = await writeCard({ personId: '0123456789abcdef', cardId: 'card-1', name: 'Ana', template: null, fromMs: nowMs - 1000, untilMs: nowMs + 1000 }, keys);
  if (!card.ok) throw new Error(card.failure.detail);
  return { corpus: [utf8(card.value)], hostile: ['LINTEL-CARD1..', 'LINTEL-CARD999.a.a', 'LINTEL-CARD1.'.repeat(1000), 'x'.repeat(100_000)].map(utf8), read: async (bytes) => told(await readCard(textOf(bytes), keys, nowMs)) };
}

async function messageFormat(): Promise<Format> {
  const { privateKey } = await newSigningKeys();
  const wire = await writeSigned('kiosk', privateKey, { kind: 'challenge', kioskId: 'k', doorId: 'd', nonce: 'n' });
  return {
    corpus: [utf8(wire)],
    hostile: hostileJson,
    isJson: true,
    read: (bytes) => {
      const envelope = readEnvelope(textOf(bytes));
      return envelope === null ? 'no envelope' : parseJson(envelope.message) === undefined ? 'no message' : 'read';
    },
  };
}

async function auditFormat(): Promise<Format> {
  const audit = bytesOf(await madeAudit([begun, ...(await visit(1))]));
  return { corpus: [audit], hostile: [...hostileJson, utf8('\n'.repeat(100_000))], read: async (bytes) => told(await verifyAudit(bytes)) };
}

function settingsFormat(): Format {
  const database = createDatabase({ name: 'fuzz-door-settings' });
  const settings = createDoorSettings(database);
  return {
    corpus: [utf8(JSON.stringify({ v: 1, settings: defaultDoorSettings }))],
    isJson: true,
    read: async (bytes) => {
      const record = readBoundedJsonBytes(bytes, 64 * 1024);
      if (!record.ok) return record.failure.code;
      await database.use((db) => db.put('door-state', record.value, 'settings'));
      return told(await settings.read());
    },
  };
}

const coco = { images: [{ id: 1, file_name: 'a.jpg', width: 64, height: 48 }], categories: [{ id: 1, name: 'cup' }], annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 10, 12], area: 120, iscrowd: 0 }] };
const cocoPoses = { ...coco, annotations: [{ ...coco.annotations[0], keypoints: Array.from({ length: 51 }, (_, i) => (i % 3 === 2 ? 2 : i % 40)), num_keypoints: 17 }] };
const points = Array.from({ length: 68 }, (_, i) => `${i}.5 ${i + 1}`).join('\n');
const parts = Array.from({ length: 68 }, (_, i) => `<part name='${String(i).padStart(2, '0')}' x='${i}' y='${i + 1}'/>`).join('');

const formats: Readonly<Record<string, () => Format | Promise<Format>>> = {
  'a QR card': cardFormat,
  'a message between kiosk and bridge': messageFormat,
  'an export of the door\'s log': auditFormat,
  'the door\'s settings': settingsFormat,
  'the file of a bridge': () => ({ corpus: [utf8('{"doorId":"front","name":"Front door","output":{"kind":"simulator","recordFile":"pulses.jsonl"}}')], hostile: hostileJson, isJson: true, read: ofText(parseDoorConfig) }),
  'COCO labels': () => ({ corpus: [utf8(JSON.stringify(coco))], hostile: hostileJson, isJson: true, read: ofText(readCoco) }),
  'COCO poses': () => ({ corpus: [utf8(JSON.stringify(cocoPoses))], hostile: hostileJson, isJson: true, read: ofText(readCocoPoses) }),
  predictions: () => ({ corpus: [utf8(JSON.stringify({ task: 'objects', images: [{ file: 'a.jpg', width: 64, height: 48, objects: [{ classId: 0, label: 'cup', score: 0.5, box: [1, 2, 10, 12] }] }] }))], hostile: hostileJson, isJson: true, read: ofText(readPredictions) }),
  'YOLO labels': () => ({ corpus: [utf8('0 0.5 0.5 0.25 0.25\n1 0.1 0.1 0.05 0.05\n')], hostile: [utf8('9'.repeat(100_000)), utf8('0 1e999 NaN -0 0x7\n')], read: ofText((text) => readYoloTxt(text, { width: 64, height: 48 }, 'a.txt')) }),
  'points of a face': () => ({ corpus: [utf8(`version: 1\nn_points: 68\n{\n${points}\n}\n`)], hostile: [utf8('{'.repeat(100_000)), utf8('n_points: 999999999\n{\n}')], read: ofText((text) => readPts(text, 'a.pts')) }),
  'pairs of faces': () => ({ corpus: [utf8('a,b,same,fold\na.jpg,b.jpg,1,0\n"c, d.jpg",e.jpg,0,1\n')], hostile: [utf8(','.repeat(100_000))], read: ofText(readPairs) }),
  'XML of dlib': () => ({
    corpus: [utf8(`<?xml version='1.0'?><dataset><images><image file='a.jpg' width='64' height='48'><box top='1' left='1' width='20' height='20'>${parts}</box></image></images></dataset>`)],
    hostile: ['<a>'.repeat(50_000), '<!DOCTYPE a [<!ENTITY b "&b;&b;">]><a>&b;</a>', '<'.repeat(100_000), `<a ${'b="c" '.repeat(20_000)}/>`].map(utf8),
    read: ofText(readDlibXml),
  }),
};

describe.each(Object.entries(formats))('spoiled texts: %s', (_name, make) => {
  it(`${casesEach} of them are read or refused with a code, in time and within the memory`, async () => {
    const answers = await fuzz(await make());
    expect(answers.size).toBeGreaterThan(1);
    expect('polluted' in {}).toBe(false);
  }, 120_000);
});
