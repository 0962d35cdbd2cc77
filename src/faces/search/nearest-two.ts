/** A row and how far it is, in whatever measure the tracker is fed with. */
export interface RowAt {
  readonly row: number;
  readonly person: number;
  readonly far: number;
}

/** Keeps the nearest row, and the nearest one of somebody else. Of equal ones the lower row is nearer. */
export class NearestTwo {
  best: RowAt | null = null;
  second: RowAt | null = null;

  /** What a row must not exceed to matter still. */
  limit(within: number): number {
    return this.second ? Math.min(within, this.second.far) : within;
  }

  offer(row: number, person: number, far: number): void {
    const offered = { row, person, far };
    if (!this.best || isNearer(offered, this.best)) {
      if (this.best && this.best.person !== person) this.second = this.best;
      this.best = offered;
    } else if (person !== this.best.person && (!this.second || isNearer(offered, this.second))) {
      this.second = offered;
    }
  }
}

function isNearer(a: RowAt, b: RowAt): boolean {
  return a.far < b.far || (a.far === b.far && a.row < b.row);
}
