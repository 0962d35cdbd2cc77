import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { formatInteger } from '../../i18n/format.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import type { DoorRisk } from './door-office.ts';
import { costOf, placeOf, rateOf, rateSteps } from './target-rate.ts';

/**
 * How careful the door is, as people count: of how many strangers one may pass, and what that costs the right people.
 *
 * @fires rate-changed - detail: number, the share of strangers
 */
@localized()
@customElement('lintel-target-rate')
export class LintelTargetRate extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    css`
      .said {
        font-size: 1.25rem;
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      .ends {
        display: flex;
        justify-content: space-between;
      }
      label {
        display: grid;
        gap: 4px;
      }
    `,
  ];

  @property({ type: Number }) rate = 1e-4;
  @property({ attribute: false }) risk: DoorRisk | null = null;

  override render(): TemplateResult {
    const many = strangersAt(this.rate);
    return html`<label>
      <span class="name">${msg('How careful the door is')}</span>
      <output class="said">${msg(str`About 1 in ${many} strangers passes the face check`)}</output>
      <input
        type="range"
        min=${rateSteps.min}
        max=${rateSteps.max}
        step=${rateSteps.step}
        aria-valuetext=${msg(str`1 in ${many}`)}
        .value=${live(String(placeOf(this.rate)))}
        @input=${(event: Event) => this.#moved(Number((event.target as HTMLInputElement).value))}
      />
      <span class="ends hint" aria-hidden="true"><span>${msg('Quicker')}</span><span>${msg('Stricter')}</span></span>
      ${this.#cost()}
    </label>`;
  }

  #cost(): TemplateResult | typeof nothing {
    const { risk } = this;
    if (!risk) return nothing;
    const size = msg(str`People at this door: ${formatInteger(risk.people)}, templates: ${formatInteger(risk.templates)}.`);
    const cost = costOf(this.rate, risk);
    if (!cost) return html`<span class="hint" role="status">${size} ${msg('With so many, the network cannot be this strict. Move towards “Quicker”.')}</span>`;
    const basis =
      cost.threshold.basis === 'measured'
        ? msg(str`Measured over ${formatInteger(risk.impostors.comparisons)} comparisons of different people.`)
        : msg(str`Beyond what was measured (${formatInteger(risk.impostors.comparisons)} comparisons of different people): drawn out on the safe side.`);
    const refused =
      cost.falseRejects === null
        ? msg('How often the right people are refused was not measured for this network.')
        : msg(str`Expected to be refused and asked again: about ${formatInteger(Math.round(cost.falseRejects * 1000))} of 1,000 visits of the right people.`);
    return html`<span class="hint" role="status">${size} ${refused} ${basis}</span>`;
  }

  #moved(place: number): void {
    this.dispatchEvent(new CustomEvent<number>('rate-changed', { detail: rateOf(place) }));
  }
}

/** Two digits that count: 1e-3.5 is "3,200". */
export function strangersAt(rate: number): string {
  return formatInteger(Number((1 / rate).toPrecision(2)));
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-target-rate': LintelTargetRate;
  }
}
