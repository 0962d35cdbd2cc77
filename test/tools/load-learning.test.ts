import { describe, expect, it } from 'vitest';
import type { LabelledDescriptor } from '../../src/faces/index.ts';
import { seededRandom } from '../../src/base/index.ts';
import { loadLearning } from '../../tools/evaluate/load-learning.ts';

/** Where only one number of four tells people apart: the plain distance is misled by the others. */
function shots(): readonly LabelledDescriptor[] {
  const random = seededRandom(7);
  return Array.from({ length: 60 }, (_, i) => ({ personId: `p${i % 15}`, values: Float32Array.of((i % 15) / 15, random(), random(), random()) }));
}

describe('learning from the command line', () => {
  it('runs outside of a browser, and prefers what it learnt where that surely wins', async () => {
    const { chooseComparer, startBackend } = await loadLearning();
    expect((await startBackend('cpu', { wasmPaths: {}, threads: 1, allowSoftwareWebgl: false })).ok).toBe(true);
    const choice = await chooseComparer(shots(), { modelId: 'made', metric: 'euclidean', length: 4 }, 1);
    expect(choice).toMatchObject({ ok: true });
    if (choice.ok) expect(choice.value.comparer.kind).not.toBe('plain');
  });
});
