import type { Library, LibraryName, LibraryReport, LibraryRequest, PeerDoor, Seen } from './peer-door.ts';

/** Each library is loaded only when it is asked for. */
const libraries: Readonly<Record<LibraryName, (request: LibraryRequest) => Promise<Library>>> = {
  human: async (request) => (await import('../peers/human.ts')).startHuman(request),
  'face-api': async (request) => (await import('../peers/face-api.ts')).startFaceApi(request),
};

class PeerFrame implements PeerDoor {
  #library: Library | null = null;

  async start(request: LibraryRequest): Promise<LibraryReport> {
    this.#library = await libraries[request.library](request);
    return this.#library.report;
  }

  async prepare(picture: ImageBitmap, streamMs: number): Promise<void> {
    // Libraries ask the clock how old their last look is. Both sides go through the stream in turn, so the time that
    // passes is not that of the stream: here it stands still at the time of the frame.
    performance.now = () => streamMs;
    await this.#started.prepare(picture);
  }

  look(): Promise<Seen> {
    return this.#started.look();
  }

  savedShare(): number | null {
    return this.#started.savedShare();
  }

  get #started(): Library {
    if (!this.#library) throw new Error('call start first');
    return this.#library;
  }
}

window.lintelPeer = new PeerFrame();
