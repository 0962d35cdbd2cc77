import { describe, expect, it } from 'vitest';
import { openCamera } from '../../src/camera/index.ts';
import type { CameraPlatform } from '../../src/camera/index.ts';

/** What Chromium's fake devices cannot do: be busy, be missing, or be there only for looser wishes. */
function platform(answer: (asked: MediaTrackConstraints) => unknown): { readonly platform: CameraPlatform; readonly asked: MediaTrackConstraints[] } {
  const asked: MediaTrackConstraints[] = [];
  const media = {
    getUserMedia: ({ video }: MediaStreamConstraints) => {
      asked.push(video as MediaTrackConstraints);
      const given = answer(video as MediaTrackConstraints);
      return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
    },
    enumerateDevices: () => Promise.resolve([]),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  return { platform: { isSecure: true, media: media as unknown as NonNullable<CameraPlatform['media']>, permissions: undefined }, asked };
}

const fails = (name: string) => () => new DOMException('no', name);

describe('openCamera', () => {
  it('tells an insecure page from a browser without cameras', async () => {
    const code = async (isSecure: boolean): Promise<string> => {
      const opened = await openCamera({}, { isSecure, media: undefined, permissions: undefined });
      return opened.ok ? 'ok' : opened.failure.code;
    };
    expect([await code(false), await code(true)]).toEqual(['insecure', 'unsupported']);
  });

  it('asks once and no more after a refusal', async () => {
    const { platform: given, asked } = platform(fails('NotAllowedError'));
    expect(await openCamera({ facing: 'user' }, given)).toMatchObject({ ok: false, failure: { code: 'denied' } });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['NotReadableError', 'busy'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'overconstrained'],
  ])('after %s asks for less and less, and ends as %s', async (name, code) => {
    const { platform: given, asked } = platform(fails(name));
    expect(await openCamera({ lensId: 'a', facing: 'user' }, given)).toMatchObject({ ok: false, failure: { code } });
    expect(asked).toHaveLength(4);
  });

  it('takes the first step that is met', async () => {
    const track = { label: 'x', getSettings: () => ({ facingMode: 'user' }) };
    const { platform: given, asked } = platform((wish) => ('deviceId' in wish ? new DOMException('', 'OverconstrainedError') : { getVideoTracks: () => [track], getTracks: () => [track] }));
    const opened = await openCamera({ lensId: 'gone', facing: 'user' }, given);
    expect(opened.ok && opened.value.facts).toMatchObject({ facing: 'user', mirrored: true });
    expect(asked).toEqual([{ deviceId: { exact: 'gone' } }, { facingMode: { exact: 'user' } }]);
  });

  it('asks nothing when it was given up before', async () => {
    const { platform: given, asked } = platform(() => ({ getTracks: () => [] }));
    expect(await openCamera({ signal: AbortSignal.abort() }, given)).toMatchObject({ ok: false, failure: { code: 'aborted' } });
    expect(asked).toHaveLength(0);
  });
});
