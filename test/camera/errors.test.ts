import { describe, expect, it } from 'vitest';
import { cameraFailureOf, isOfDevice } from '../../src/camera/errors.ts';

describe('cameraFailureOf', () => {
  it.each([
    [new DOMException('Permission denied', 'NotAllowedError'), 'denied', 'denied'],
    [new DOMException('Permission dismissed', 'NotAllowedError'), 'unknown', 'dismissed'],
    [new DOMException('no', 'NotAllowedError'), 'prompt', 'dismissed'],
    [new DOMException('no', 'NotAllowedError'), 'unknown', 'denied'],
    [new DOMException('off by policy', 'SecurityError'), 'unknown', 'denied'],
    [new DOMException('Could not start video source', 'NotReadableError'), 'granted', 'busy'],
    [new DOMException('Starting failed', 'AbortError'), 'granted', 'busy'],
    [new DOMException('Requested device not found', 'NotFoundError'), 'prompt', 'none'],
    [{ name: 'OverconstrainedError', message: '', constraint: 'deviceId' }, 'granted', 'overconstrained'],
    [new TypeError('bad constraints'), 'prompt', 'unsupported'],
    ['what', 'unknown', 'unsupported'],
    [null, 'unknown', 'unsupported'],
  ] as const)('%s with permission %s is %s', (thrown, permission, code) => {
    expect(cameraFailureOf(thrown, permission).code).toBe(code);
  });

  it('keeps the reason for the log', () => {
    expect(cameraFailureOf({ name: 'OverconstrainedError', message: '', constraint: 'width' }, 'granted').detail).toBe('OverconstrainedError:  (constraint width)');
    expect(cameraFailureOf(new TypeError('bad'), 'granted').detail).toBe('TypeError: bad');
  });

  it('calls only failures of the device worth another try', () => {
    const codes = ['denied', 'dismissed', 'busy', 'none', 'insecure', 'overconstrained', 'unsupported', 'aborted'] as const;
    expect(codes.filter(isOfDevice)).toEqual(['busy', 'none', 'overconstrained']);
  });
});
