import type { FrameResult } from '../../pipeline/index.ts';
import type { ServiceReason } from '../../kiosk/index.ts';
import type { LiveState } from '../live/live-state.ts';
import type { FaceCamera } from '../people/face-camera.ts';

/** What the kiosk needs of a camera. */
export interface DoorCamera {
  readonly picture: HTMLElement;
  start(): Promise<void>;
  stop(): void;
  /** @returns the call that ends it */
  readonly subscribe: (onFrame: (result: FrameResult) => void) => () => void;
  /** Tells what keeps it from seeing, and when that is over. @returns the call that ends it */
  watch(onFault: (reason: ServiceReason, present: boolean) => void): () => void;
}

/** The camera of faces, as a kiosk sees it. */
export function doorCamera(camera: FaceCamera): DoorCamera {
  return {
    get picture() {
      return camera.session.element;
    },
    start: () => camera.start(),
    stop: () => camera.stop(),
    subscribe: (onFrame) => camera.session.subscribe({ onResult: (result) => result && onFrame(result) }),
    watch(onFault) {
      const tell = ({ phase, engine }: LiveState): void => {
        // From the loss of an engine until another one computes what it should, nothing that was seen counts.
        onFault('no-engine', engine.phase === 'failed' || (engine.phase === 'starting' && engine.after !== null));
        onFault('no-camera', phase === 'failed');
        onFault('camera-ended', phase === 'interrupted');
      };
      tell(camera.session.state);
      return camera.session.subscribe({ onState: tell });
    },
  };
}
