import type { Failure, Result } from '../base/index.ts';
import type { ModelCard } from './card.ts';

export type ModelFailure = Failure<'model-missing' | 'model-corrupt' | 'model-mismatch'>;

/** Where the bytes of a model come from: the app's own origin, or what a person brought. Bytes are already verified. */
export interface ModelSource {
  readonly card: ModelCard;
  /**
   * The bytes of one of the card's files.
   *
   * @param onBytes told about each piece that arrives, in bytes
   */
  read(name: string, onBytes?: (count: number) => void): Promise<Result<Uint8Array<ArrayBuffer>, ModelFailure>>;
}
