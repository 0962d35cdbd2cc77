import { describe, expect, it } from 'vitest';
import { openCamera } from '../../src/camera/index.ts';
import type { CameraPlatform, CameraSession } from '../../src/camera/index.ts';
import { phone } from './phone.ts';

async function open(platform: CameraPlatform): Promise<CameraSession> {
  const opened = await openCamera({ facing: 'environment' }, platform);
  if (!opened.ok) throw new Error(opened.failure.detail);
  return opened.value;
}

describe('CameraSession', () => {
  it('sets torch and zoom together, without any other wish, and tells the new facts', async () => {
    const { platform, tracks } = phone();
    const session = await open(platform);
    const told: unknown[] = [];
    session.subscribe((event) => told.push(event.type));
    expect(await session.setTorch(true)).toMatchObject({ ok: true, value: { torchOn: true } });
    expect(await session.setZoom(2.7)).toMatchObject({ ok: true, value: { controls: { zoom: { value: 2.5 } } } });
    expect(tracks[0]?.applied).toEqual([{ advanced: [{ torch: true }] }, { advanced: [{ torch: true }, { zoom: 2.5 }] }]);
    expect(told).toEqual(['facts', 'facts']);
  });

  it('tells a torch that does not light, and does not try it again by itself', async () => {
    const { platform, tracks } = phone();
    const session = await open(platform);
    tracks[0]!.obeys = false;
    expect(await session.setTorch(true)).toMatchObject({ ok: false, failure: { code: 'refused' } });
    await session.restoreControls();
    expect(tracks[0]?.applied).toHaveLength(1);
  });

  it('lights the torch again on the track that a restart brings', async () => {
    const { platform, tracks } = phone();
    const session = await open(platform);
    await session.setTorch(true);
    tracks[0]!.readyState = 'ended';
    expect(await session.reopen()).toMatchObject({ ok: true, value: { lensId: 'back', torchOn: true } });
    expect(session.streamsOpened).toBe(2);
  });

  it('stops one lens before it starts the other, and leaves its torch behind', async () => {
    const { platform, tracks } = phone();
    const session = await open(platform);
    await session.setTorch(true);
    expect(await session.switchLens({ facing: 'user' })).toMatchObject({ ok: true, value: { facing: 'user', mirrored: true, torchOn: false } });
    expect(tracks.map((track) => track.readyState)).toEqual(['ended', 'live']);
    expect(await session.setTorch(true)).toMatchObject({ ok: false, failure: { code: 'not-offered' } });
  });

  it('goes back to the old lens with its torch when the other one does not start', async () => {
    const { platform, broken } = phone();
    const session = await open(platform);
    await session.setTorch(true);
    broken.add('front');
    expect(await session.switchLens({ facing: 'user' })).toMatchObject({ ok: false, failure: { code: 'busy' } });
    expect(session.facts).toMatchObject({ lensId: 'back', torchOn: true });
  });

  it('tells when neither lens starts, and can be reopened later', async () => {
    const { platform, broken } = phone();
    const session = await open(platform);
    const told: string[] = [];
    session.subscribe((event) => told.push(event.type));
    broken.add('front').add('back');
    await session.switchLens({ facing: 'user' });
    expect(told).toEqual(['replacing', 'replacing', 'lost']);
    broken.clear();
    expect(await session.reopen()).toMatchObject({ ok: true, value: { lensId: 'back' } });
  });

  it('restarts on another lens only when its own is gone', async () => {
    const { platform, broken, attached } = phone();
    const session = await open(platform);
    broken.add('back');
    expect(await session.reopen()).toMatchObject({ ok: false, failure: { code: 'busy' } });
    attached.shift();
    expect(await session.reopen()).toMatchObject({ ok: true, value: { lensId: 'front' } });
  });

  it('does its changes one after the other', async () => {
    const { platform, tracks } = phone();
    const session = await open(platform);
    const outcomes = await Promise.all([session.switchLens({ facing: 'user' }), session.switchLens({ lensId: 'back' }), session.switchLens({ lensId: 'front' })]);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.lensId)).toEqual(['front', 'back', 'front']);
    expect(tracks.filter((track) => track.readyState === 'live')).toHaveLength(1);
  });

  it('is over when it is closed', async () => {
    const { platform, tracks } = phone();
    const session = await open(platform);
    const told: string[] = [];
    session.subscribe((event) => told.push(event.type));
    const late = session.switchLens({ facing: 'user' });
    session.close();
    session.close();
    expect(await late).toMatchObject({ ok: false, failure: { code: 'aborted' } });
    expect(await session.setZoom(3)).toMatchObject({ ok: false, failure: { code: 'closed' } });
    expect(told).toEqual(['closed']);
    expect(tracks.every((track) => track.readyState === 'ended')).toBe(true);
  });
});
