export { DarknetNetwork } from './tensor/darknet/darknet-network.ts';
export { Detector } from './tensor/detector.ts';
export type { Detection, Detections, DetectRequest } from './tensor/detector.ts';
export { loadDetector } from './tensor/load-detector.ts';
