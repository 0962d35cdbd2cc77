import { FrameLedger, stillFrame } from '../../../src/camera/index.ts';
import type { BoxXyxy } from '../../../src/geometry/index.ts';
import type { EngineReport } from '../../../src/pipeline/index.ts';
import type { Contender } from '../peers/contender.ts';
import type {
  BenchDoor,
  BenchRequest,
  Comparison,
  LibraryBenchRequest,
  LibraryBenchStart,
  LookPair,
  NmsReport,
  NmsRequest,
  PicturePeerName,
  StillComparison,
  StreamRequest,
  Turn,
} from './bench-door.ts';
import { LibraryBench } from './library-bench.ts';
import { ourDetector } from './ours.ts';

/** Each peer is loaded only when it is asked for. */
const peers: Readonly<Record<PicturePeerName, (minScore: number) => Promise<Contender>>> = {
  graph: async (minScore) => (await import('../peers/graph.ts')).graphPeer(minScore),
};

class BenchPage implements BenchDoor {
  readonly #ledger = new FrameLedger();
  #sides: { readonly ours: Contender; readonly peer: Contender } | null = null;
  #library: LibraryBench | null = null;
  #compared = 0;

  async start(request: BenchRequest): Promise<EngineReport> {
    const { contender, report } = await ourDetector(request);
    this.#sides = { ours: contender, peer: await peers[request.peer](request.minScore) };
    return report;
  }

  async compare(url: string): Promise<Comparison> {
    if (!this.#sides) throw new Error('call start first');
    const { ours, peer } = this.#sides;
    const decoded = await stillFrame(await (await fetch(url)).blob(), this.#ledger);
    if (!decoded.ok) throw new Error(`${decoded.failure.code}: ${decoded.failure.detail}`);
    const frame = decoded.value;
    try {
      const size = frame.info.size;
      const oursFirst = this.#compared++ % 2 === 0;
      if (oursFirst) {
        const ourTurn = await turn(ours, frame.bitmap);
        return { size, ours: ourTurn, peer: await turn(peer, frame.bitmap) };
      }
      const peerTurn = await turn(peer, frame.bitmap);
      return { size, ours: await turn(ours, frame.bitmap), peer: peerTurn };
    } finally {
      frame.close();
    }
  }

  async compareNms(request: NmsRequest): Promise<NmsReport> {
    return (await import('../peers/tfjs-nms.ts')).compareNms(request);
  }

  async startLibrary(request: LibraryBenchRequest): Promise<LibraryBenchStart> {
    this.#library = await LibraryBench.open(request);
    return this.#library.start;
  }

  stream(request: StreamRequest): Promise<readonly LookPair[]> {
    return this.#withLibrary.stream(request);
  }

  still(url: string, personsPx: readonly BoxXyxy[] | null): Promise<StillComparison> {
    return this.#withLibrary.still(url, personsPx);
  }

  savedShare(): Promise<number | null> {
    return Promise.resolve(this.#withLibrary.savedShare());
  }

  get #withLibrary(): LibraryBench {
    if (!this.#library) throw new Error('call startLibrary first');
    return this.#library;
  }
}

/** Both sides get a copy of the pixels, made before the clock starts. */
async function turn(side: Contender, picture: ImageBitmap): Promise<Turn> {
  const copy = await createImageBitmap(picture);
  try {
    const startMs = performance.now();
    const found = await side.detect(copy);
    return { ms: performance.now() - startMs, found };
  } finally {
    copy.close();
  }
}

window.lintelBench = new BenchPage();
