/** A sound for each thing that a door says: none is like another in rhythm, for ears that do not hear all pitches. */
export type DoorSound = 'welcome' | 'again' | 'pin' | 'locked' | 'look';

interface Note {
  readonly hz: number;
  /** From the start of the sound, in seconds. */
  readonly at: number;
  readonly seconds: number;
}

const notes: Readonly<Record<DoorSound, readonly Note[]>> = {
  welcome: [
    { hz: 523, at: 0, seconds: 0.14 },
    { hz: 659, at: 0.13, seconds: 0.14 },
    { hz: 784, at: 0.26, seconds: 0.34 },
  ],
  again: [
    { hz: 392, at: 0, seconds: 0.13 },
    { hz: 392, at: 0.2, seconds: 0.2 },
  ],
  pin: [{ hz: 587, at: 0, seconds: 0.2 }],
  locked: [
    { hz: 330, at: 0, seconds: 0.22 },
    { hz: 262, at: 0.22, seconds: 0.45 },
  ],
  look: [{ hz: 880, at: 0, seconds: 0.06 }],
};

/** Plays short tones. Browsers give sound only after a touch: before the first one nothing is heard, and nothing is queued. */
export class DoorSounds {
  #context: AudioContext | null = null;

  /** To be called in a touch: from now on sounds are heard. */
  unlock(): void {
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  }

  play(sound: DoorSound): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    for (const note of notes[sound]) playNote(context, note);
  }

  close(): void {
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}

/** Swells and fades within the note, so that it does not click. */
function playNote(context: AudioContext, { hz, at, seconds }: Note): void {
  const start = context.currentTime + at;
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.22, start + 0.015);
  gain.gain.linearRampToValueAtTime(0, start + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
}
