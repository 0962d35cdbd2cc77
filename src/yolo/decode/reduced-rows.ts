/**
 * What is read back from a grid that was reduced on the device: a line of facts, then a line per candidate, row-major.
 * Line 0: how many places passed, 1 when every number of the outputs is finite. Every further line: number of the place
 * (cell * classes + class in a centre head), score, class, and the four numbers that the head makes a box of.
 */
export const reducedRow = { length: 7, passed: 0, finite: 1, place: 0, score: 1, classId: 2, box: 3 } as const;

/** Most bytes to read back. */
const mostBytes = 64 * 1024;

/** As many candidates as 64 KB hold beside the line of facts. */
export const mostReduced = Math.floor(mostBytes / (4 * reducedRow.length)) - 1;
