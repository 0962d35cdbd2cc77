import type { Clock } from '../../../base/index.ts';

/** What the voice needs of the browser. */
export type SpeechPort = Pick<SpeechSynthesis, 'speak' | 'cancel' | 'getVoices'>;

/** The same line is not said again for so long. */
const repeatAfterMs = 10_000;

/**
 * Says what the screen says, by a voice that lives on this device: a voice of the network would send the words away, so
 * where there is no local one for the language, nothing is said and the caption stands alone.
 */
export class DoorVoice {
  readonly #speech: SpeechPort | null;
  readonly #clock: Clock;
  #said: { readonly line: string; readonly atMs: number } | null = null;

  constructor(speech: SpeechPort | null, clock: Clock) {
    this.#speech = speech;
    this.#clock = clock;
  }

  /** Whether a line in this language would be heard. */
  speaks(language: string): boolean {
    return this.#voiceOf(language) !== null;
  }

  /** The newest line counts: what is still being said stops. */
  say(line: string, language: string): void {
    const nowMs = this.#clock.nowMs();
    if (this.#said?.line === line && nowMs - this.#said.atMs < repeatAfterMs) return;
    const voice = this.#voiceOf(language);
    if (!this.#speech || !voice) return;
    this.#said = { line, atMs: nowMs };
    this.#speech.cancel();
    const words = new SpeechSynthesisUtterance(line);
    words.voice = voice;
    words.lang = voice.lang;
    this.#speech.speak(words);
  }

  stop(): void {
    this.#speech?.cancel();
    this.#said = null;
  }

  #voiceOf(language: string): SpeechSynthesisVoice | null {
    const wanted = language.toLowerCase().split('-')[0] ?? '';
    return this.#speech?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(wanted)) ?? null;
  }
}
