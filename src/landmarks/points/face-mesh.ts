import type { LevelPoints } from '../crop/point-region.ts';
import type { Part } from './part.ts';

/** The outer corners of the eyes. */
export const levelOfMesh: LevelPoints = [33, 263];

export type MeshPartName = 'outline' | 'right-brow' | 'left-brow' | 'nose-bridge' | 'nose-base' | 'right-eye' | 'left-eye' | 'outer-lips' | 'inner-lips';

/**
 * The lines of the face mesh that a drawing needs.
 * Ref: MediaPipe, `mediapipe/python/solutions/face_mesh_connections.py` (FACEMESH_FACE_OVAL, _LEFT_EYE, _LIPS and so on).
 */
export const faceMeshParts: readonly Part<MeshPartName>[] = [
  {
    name: 'outline',
    indices: [
      10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162,
      21, 54, 103, 67, 109,
    ],
    closed: true,
  },
  { name: 'right-brow', indices: [46, 53, 52, 65, 55, 107, 66, 105, 63, 70], closed: true },
  { name: 'left-brow', indices: [276, 283, 282, 295, 285, 336, 296, 334, 293, 300], closed: true },
  { name: 'nose-bridge', indices: [168, 6, 197, 195, 5, 4, 1], closed: false },
  { name: 'nose-base', indices: [98, 97, 2, 326, 327], closed: false },
  { name: 'right-eye', indices: [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246], closed: true },
  { name: 'left-eye', indices: [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466], closed: true },
  { name: 'outer-lips', indices: [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146], closed: true },
  { name: 'inner-lips', indices: [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95], closed: true },
];

/** For each of the 68 points of 300-W the point of the mesh that stands for it. */
export const face68OfMesh: readonly number[] = [
  ...[162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389],
  ...[71, 63, 105, 66, 107],
  ...[336, 296, 334, 293, 301],
  ...[168, 197, 5, 4],
  ...[75, 97, 2, 326, 305],
  ...[33, 160, 158, 133, 153, 144],
  ...[362, 385, 387, 263, 373, 380],
  ...[61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181],
  ...[78, 82, 13, 312, 308, 317, 14, 87],
];
