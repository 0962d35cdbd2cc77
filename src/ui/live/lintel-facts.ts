import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatInteger } from '../i18n/format.ts';
import { controls } from '../styles/controls.ts';
import { faceStyle, leftSideStyle, rightSideStyle } from './class-style.ts';
import type { SeenFacts } from './facts/calm-facts.ts';
import { bodyTexts, faceTexts, headText } from './facts/fact-texts.ts';

/** More faces or bodies than this are counted, not told. */
const toldAtMost = 12;

/** What the points of faces and bodies say, in plain words, under the numbers that they have on the picture. */
@localized()
@customElement('lintel-facts')
export class LintelFacts extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        padding-block-end: var(--gap-4);
        color: var(--text-1);
      }
      h2 {
        padding-block: var(--gap-3) var(--gap-1);
        color: var(--text-2);
        font-size: 0.875rem;
        font-weight: 600;
      }
      .who {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        font-weight: 600;
      }
      .seen {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px var(--gap-3);
        padding-block: 12px;
        border-block-end: 1px solid var(--line);
      }
      .seen p {
        flex-basis: 100%;
        margin: 0;
      }
      .swatch {
        inline-size: 12px;
        block-size: 12px;
        forced-color-adjust: none;
      }
      .said {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      .said li {
        padding: 2px 10px;
        border-radius: 999px;
        background: var(--surface-2);
        font-size: 0.9375rem;
      }
      p {
        margin-block-start: 4px;
        color: var(--text-2);
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
      }
      .sides {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 6px;
        margin-block-start: var(--gap-3);
      }
      .sides .swatch + span {
        margin-inline-end: var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) facts: SeenFacts = { faces: [], bodies: [] };

  override render(): TemplateResult {
    const { faces, bodies } = this.facts;
    if (faces.length + bodies.length === 0) return html`<p>${msg('No face and no body is near enough to tell anything of it.')}</p>`;
    return html`
      ${list(
        msg('Faces'),
        faces.map(({ number, reading }) => item(faceSwatch, msg(str`Face ${formatInteger(number)}`), faceTexts(reading), headText(reading))),
      )}
      ${list(
        msg('Bodies'),
        bodies.map(({ number, reading }) => item(bodySwatch, msg(str`Person ${formatInteger(number)}`), bodyTexts(reading), null)),
      )}
      <p class="sides">
        ${bodies.length > 0
          ? html`${leftSwatch}<span>${msg('left')}</span>${rightSwatch}<span>${msg('right')}</span>`
          : nothing}
        <span>${msg('Left and right are the person’s own.')}</span>
      </p>
    `;
  }
}

const { colour: left } = leftSideStyle;
const { colour: right } = rightSideStyle;
const swatch = (shape: TemplateResult): TemplateResult => html`<span class="swatch" aria-hidden="true">${shape}</span>`;
const faceSwatch = swatch(html`<svg class="swatch" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5" fill=${faceStyle.colour} stroke="#0e1116" /></svg>`);
const leftSwatch = swatch(html`<svg class="swatch" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.6" fill=${left} stroke="#0e1116" /></svg>`);
const rightSwatch = swatch(html`<svg class="swatch" viewBox="0 0 12 12"><rect x="1.5" y="1.5" width="9" height="9" fill=${right} stroke="#0e1116" /></svg>`);
const bodySwatch = swatch(
  html`<svg class="swatch" viewBox="0 0 12 12"><path d="M6 1a5 5 0 0 0 0 10z" fill=${right} stroke="#0e1116" /><path d="M6 1a5 5 0 0 1 0 10z" fill=${left} stroke="#0e1116" /></svg>`,
);

function list(title: string, items: readonly TemplateResult[]): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const more = items.length - toldAtMost;
  return html`<h2>${title}</h2>
    <ul>
      ${items.slice(0, toldAtMost)}
    </ul>
    ${more > 0 ? html`<p>${msg(str`And ${formatInteger(more)} more`)}</p>` : nothing}`;
}

function item(mark: TemplateResult, name: string, texts: readonly string[], detail: string | null): TemplateResult {
  return html`<li class="seen">
    <div class="who">${mark}<span>${name}</span></div>
    <ul class="said">
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ul>
    ${detail ? html`<p>${detail}</p>` : nothing}
  </li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-facts': LintelFacts;
  }
}
