import { expect, it } from 'vitest';
import { assetCacheName, isOutdatedCacheName, shellCacheName } from '../../src/store/cache-names.ts';

it('calls only its own earlier caches outdated', () => {
  expect([shellCacheName, assetCacheName, 'someone-elses', 'lintel-imported-models'].filter(isOutdatedCacheName)).toEqual([]);
  expect(['lintel-shell-v0', 'lintel-assets-v0'].every(isOutdatedCacheName)).toBe(true);
});
