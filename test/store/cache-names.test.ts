import { expect, it } from 'vitest';
import { assetCacheName, isOutdatedCacheName, shellCacheName, shellVersionOf, versionRecordCacheName } from '../../src/store/cache-names.ts';

it('calls only its own earlier caches outdated', () => {
  expect([shellCacheName('0a1b'), assetCacheName, versionRecordCacheName, 'someone-elses', 'lintel-imported-models'].filter(isOutdatedCacheName)).toEqual([]);
  expect(['lintel-shell-v0', 'lintel-shell-v1', 'lintel-assets-v0', 'lintel-versions-v0'].every(isOutdatedCacheName)).toBe(true);
});

it('knows the version of a cache of the app’s files', () => {
  expect(shellVersionOf(shellCacheName('0a1b'))).toBe('0a1b');
  expect(shellVersionOf(assetCacheName)).toBeNull();
});
