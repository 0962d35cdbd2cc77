import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { longDate } from '../../people/date-texts.ts';
import type { MadeCard } from './door-office.ts';
import { qrDrawing } from './qr-drawing.ts';

/** A card as it is printed: as large as a bank card is high, on paper alone. The document hides everything else while it is there. */
@localized()
@customElement('lintel-card-sheet')
export class LintelCardSheet extends LitElement {
  static override styles = css`
    :host {
      display: none;
    }
    @media print {
      :host {
        display: block;
      }
      figure {
        display: inline-grid;
        justify-items: center;
        gap: 2mm;
        margin: 0;
        padding: 4mm;
        border: 0.3mm dashed #888888;
        border-radius: 3mm;
        background: #ffffff;
        color: #000000;
        font-family: sans-serif;
        text-align: center;
      }
      .qr {
        inline-size: 76mm;
        block-size: 76mm;
      }
      strong {
        font-size: 5mm;
      }
      span {
        font-size: 3.4mm;
      }
    }
  `;

  @property({ attribute: false }) card: MadeCard | null = null;
  @property() doorName = '';

  override render(): TemplateResult | typeof nothing {
    const { card, doorName } = this;
    if (!card) return nothing;
    return html`<figure>
      ${qrDrawing(card.text)}
      <strong>${card.name}</strong>
      <span>${doorName}</span>
      <span>${msg(str`Good until ${longDate(card.untilMs)}`)}</span>
    </figure>`;
  }
}

/** Puts the card alone on paper. */
export function printCard(card: MadeCard, doorName: string): void {
  const sheet = document.createElement('lintel-card-sheet');
  sheet.card = card;
  sheet.doorName = doorName;
  document.body.append(sheet);
  addEventListener('afterprint', () => sheet.remove(), { once: true });
  void sheet.updateComplete.then(() => print());
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-card-sheet': LintelCardSheet;
  }
}
