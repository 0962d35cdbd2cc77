import type { Failure, Result } from '../base/index.ts';
import type { ModelCard } from './card.ts';

export type ModelFailure = Failure<'model-missing' | 'model-corrupt' | 'model-mismatch'>;

/** The part of every card that says which files there are. */
export type FilesOfCard = Pick<ModelCard, 'id' | 'files'>;

/** Where the bytes of a model come from: the app's own origin, or what a person brought. Bytes are already verified. */
export interface ModelSource<Card extends FilesOfCard = ModelCard> {
  readonly card: Card;
  /**
   * The bytes of one of the card's files.
   *
   * @param onBytes told about each piece that arrives, in bytes
   */
  read(name: string, onBytes?: (count: number) => void): Promise<Result<Uint8Array<ArrayBuffer>, ModelFailure>>;
}
