import type { BoxXyxy, Region, Size } from '../../geometry/index.ts';
import { clipToUnit } from '../../geometry/index.ts';
import type { FaceFacts } from '../../landmarks/index.ts';
import { faceFacts, poseFacts, regionOfFaceBox, regionOfPersonBox } from '../../landmarks/index.ts';
import type { FoundPoints } from '../../landmarks/tf.ts';
import type { PointsCard } from '../../runtime/index.ts';
import { mergeDoubles } from '../../tracking/index.ts';
import type { LookCare } from '../../yolo/tf.ts';
import type { DetectedFace, DetectedPose, GivenBoxes, PointsTask } from '../protocol.ts';
import { faceDoubles } from './face-watch.ts';
import type { FrameLook } from './frame-look.ts';
import type { Seen } from './live-look.ts';
import { personLabel } from './loaded-models.ts';

interface Candidate {
  readonly box: BoxXyxy;
  readonly score: number;
}

/**
 * Looks at one picture by itself, with all the care there is: every task runs, nothing is smoothed and nobody is
 * followed. Boxes that are given take the place of a detector's.
 */
export async function lookAtStill(look: FrameLook, given: GivenBoxes): Promise<Seen> {
  const { tasks } = look.config;
  const posesAsked = tasks.includes('pose');
  const { personsJob } = look.models;
  const wantsObjects = tasks.includes('objects') || (posesAsked && personsJob === 'objects' && !given.persons);
  const objects = wantsObjects ? ((await look.detect('objects')) ?? []) : [];
  const faces = await lookAtFaces(look, given.faces);
  let poses: readonly DetectedPose[] = [];
  if (posesAsked) {
    const found = given.persons || personsJob === 'objects' ? objects : ((await look.detect(personsJob)) ?? []);
    poses = await lookAtPersons(look, given.persons ? asCandidates(given.persons) : found.filter(({ label }) => label === personLabel));
  }
  return { objects: tasks.includes('objects') ? objects.map((object) => ({ ...object, trackId: null })) : [], faces, poses };
}

async function lookAtFaces(look: FrameLook, given: readonly BoxXyxy[] | undefined): Promise<readonly DetectedFace[]> {
  const { tasks } = look.config;
  const [asked, wantsMesh, wantsLandmarks, wantsEvidence] = (['faces', 'mesh', 'landmarks', 'embed'] as const).map((task) => tasks.includes(task));
  if (!asked && !wantsMesh && !wantsLandmarks) return [];
  // Who somebody is shows in faces that are near. Only who asks for all faces waits for the search for small ones.
  const care = wantsEvidence && !asked ? 'quick' : 'still';
  const found = given ? asCandidates(given) : ((await look.detect('faces', care)) ?? []);
  const candidates = !given && (wantsMesh || wantsLandmarks) ? mergeDoubles(found, faceDoubles) : found;
  const faces: DetectedFace[] = [];
  for (const { box, score } of candidates) {
    const mesh = wantsMesh ? await pointsIn(look, 'mesh', box, regionOfFaceBox, care) : null;
    const isNoFace = wantsMesh && !mesh;
    const landmarks = wantsLandmarks && !isNoFace ? await pointsIn(look, 'landmarks', box, regionOfFaceBox, care) : null;
    if (!asked && !mesh && !landmarks) continue;
    const facts = factsOf(mesh, landmarks, look);
    const evidence = wantsEvidence && landmarks && facts ? await look.takeEvidence(landmarks.points, facts, { ...look.config.evidence, descriptor: 'always' }) : null;
    faces.push({ score, box, trackId: null, landmarks: landmarks?.points ?? null, mesh: mesh?.points ?? null, facts, evidence });
  }
  return faces;
}

async function lookAtPersons(look: FrameLook, persons: readonly Candidate[]): Promise<readonly DetectedPose[]> {
  const poses: DetectedPose[] = [];
  for (const { box } of persons) {
    const found = await pointsIn(look, 'pose', box, regionOfPersonBox, 'still');
    if (found) poses.push({ score: found.presence, box: clipToUnit(box), trackId: null, points: found.points, facts: poseFacts(found.points, look.size) });
  }
  return poses;
}

/** The mesh tells more than the landmarks. A still shows no blinks. */
function factsOf(mesh: FoundPoints | null, landmarks: FoundPoints | null, look: FrameLook): FaceFacts | null {
  const [found, kind] = mesh ? ([mesh, 'mesh'] as const) : ([landmarks, 'landmarks'] as const);
  return found && { ...faceFacts(found.points, kind, look.size, look.eyesOf(found.points, kind)), blinks: 0 };
}

/** Points where a detector saw something, if the model agrees. */
async function pointsIn(look: FrameLook, task: PointsTask, box: BoxXyxy, regionOf: (box: BoxXyxy, frame: Size, card: PointsCard) => Region, care: LookCare): Promise<FoundPoints | null> {
  const card = look.cardOf(task);
  const found = card && (await look.findPoints(task, regionOf(box, look.size, card), care));
  return found && found.steady && found.presence >= (card.still.presence ?? card.thresholds.presence) ? found : null;
}

function asCandidates(boxes: readonly BoxXyxy[]): readonly Candidate[] {
  return boxes.map((box) => ({ box, score: 1 }));
}
