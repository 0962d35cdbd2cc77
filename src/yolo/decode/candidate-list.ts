import type { Candidates } from '../../geometry/index.ts';

/** Candidates that are still being found: typed arrays that grow by doubling, so decoding allocates little. */
export class CandidateList {
  #count = 0;
  #boxes = new Float32Array(256);
  #scores = new Float32Array(64);
  #classIds = new Int32Array(64);

  add(x1: number, y1: number, x2: number, y2: number, score: number, classId: number): void {
    if (this.#count === this.#scores.length) this.#grow();
    const i = this.#count++;
    this.#boxes[i * 4] = x1;
    this.#boxes[i * 4 + 1] = y1;
    this.#boxes[i * 4 + 2] = x2;
    this.#boxes[i * 4 + 3] = y2;
    this.#scores[i] = score;
    this.#classIds[i] = classId;
  }

  /** The candidates so far, without copying: the list must not be added to afterwards. */
  finish(): Candidates {
    return { count: this.#count, boxes: this.#boxes, scores: this.#scores, classIds: this.#classIds };
  }

  #grow(): void {
    const capacity = this.#count * 2;
    const boxes = new Float32Array(capacity * 4);
    const scores = new Float32Array(capacity);
    const classIds = new Int32Array(capacity);
    boxes.set(this.#boxes);
    scores.set(this.#scores);
    classIds.set(this.#classIds);
    this.#boxes = boxes;
    this.#scores = scores;
    this.#classIds = classIds;
  }
}
