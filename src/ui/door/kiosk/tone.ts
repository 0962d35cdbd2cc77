import { css } from 'lit';

/** The colour of a state. It never stands alone: every state has a sign, a word and a caption too. */
export type Tone = 'calm' | 'ask' | 'good' | 'again' | 'pin' | 'stop' | 'out';

/** Each tone as a ground for dark text, far apart for eyes that see fewer colours. On `:host([tone])`. */
export const toneStyles = css`
  :host {
    --tone: #2a313c;
    --on-tone: #ffffff;
    --tone-line: #3b4451;
    --wash: transparent;
  }
  :host([tone='ask']) {
    --tone: #f3f1ec;
    --on-tone: #0e1116;
    --tone-line: #f3f1ec;
  }
  :host([tone='good']) {
    --tone: #57d69a;
    --on-tone: #06281a;
    --tone-line: #57d69a;
    --wash: #0d4a30;
  }
  :host([tone='again']) {
    --tone: #f5b83d;
    --on-tone: #1b1406;
    --tone-line: #f5b83d;
    --wash: #3a2a07;
  }
  :host([tone='pin']) {
    --tone: #7cc0ff;
    --on-tone: #041a30;
    --tone-line: #7cc0ff;
    --wash: #0c2740;
  }
  :host([tone='stop']) {
    --tone: #ff9a8f;
    --on-tone: #2b0703;
    --tone-line: #ff9a8f;
    --wash: #40120d;
  }
  :host([tone='out']) {
    --tone: #c8ccd3;
    --on-tone: #14181f;
    --tone-line: #5b6472;
  }
`;
