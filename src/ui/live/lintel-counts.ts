import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatInteger } from '../i18n/format.ts';
import { objectName } from '../i18n/object-names.ts';
import { controls } from '../styles/controls.ts';
import { faceStyle, objectStyle } from './class-style.ts';
import type { ClassCount } from './count-classes.ts';

/** What is seen now, as chips: a swatch of the class colour, the name, how many. */
@localized()
@customElement('lintel-counts')
export class LintelCounts extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        justify-content: inherit;
        gap: 6px;
        max-block-size: 82px;
        overflow: hidden;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        block-size: 38px;
        padding-inline: var(--gap-3);
        border: 1px solid var(--glass-line);
        border-radius: 999px;
        background: var(--glass-solid);
        color: var(--on-glass);
        font-size: 1rem;
        line-height: 1;
        white-space: nowrap;
      }
      .swatch {
        inline-size: 10px;
        block-size: 10px;
        border-radius: 3px;
        box-shadow: 0 0 0 1.5px #ffffff;
        forced-color-adjust: none;
      }
      strong {
        font-weight: 700;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) counts: readonly ClassCount[] = [];

  override render(): TemplateResult {
    return html`<ul aria-label=${msg('Seen now')}>
      ${this.counts.map(({ kind, classId, label, count }) => {
        const { colour } = kind === 'face' ? faceStyle : objectStyle(classId);
        return html`<li data-label=${label}>
          <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="3" fill=${colour} /></svg>
          <span>${kind === 'face' ? msg('face') : objectName(label)}</span><strong>${formatInteger(count)}</strong>
        </li>`;
      })}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-counts': LintelCounts;
  }
}
