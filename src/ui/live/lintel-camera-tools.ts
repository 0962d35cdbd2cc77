import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { CameraFacts, Lens } from '../../camera/index.ts';
import { formatZoom } from '../i18n/format.ts';
import { torchIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { glassControls } from './stage-styles.ts';

/**
 * Torch, zoom and lens choice: each only where the camera has it.
 *
 * @fires torch-change - detail: boolean
 * @fires zoom-change - detail: zoom factor of the track
 * @fires lens-change - detail: lens id
 */
@localized()
@customElement('lintel-camera-tools')
export class LintelCameraTools extends LitElement {
  static override styles = [
    controls,
    glassControls,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--gap-2);
      }
      .zoom {
        display: flex;
        flex: 1 1 160px;
        align-items: center;
        gap: var(--gap-2);
        max-inline-size: 260px;
        padding-inline: var(--gap-4) var(--gap-3);
        border: 1px solid var(--glass-line);
        border-radius: 999px;
        background: var(--glass);
        backdrop-filter: blur(14px);
      }
      output {
        min-inline-size: 3.2ch;
        font-size: 0.9375rem;
        font-weight: 600;
        text-align: end;
      }
      .select {
        border-color: var(--glass-line);
        border-radius: 999px;
        background-color: var(--glass);
        max-inline-size: 190px;
      }
    `,
  ];

  @property({ attribute: false }) camera: CameraFacts | null = null;
  @property({ attribute: false }) lenses: readonly Lens[] = [];

  override render(): TemplateResult | typeof nothing {
    const { camera } = this;
    if (!camera) return nothing;
    return html`${this.#torch(camera)}${this.#zoom(camera)}${this.#lens(camera)}`;
  }

  #torch(camera: CameraFacts): TemplateResult | typeof nothing {
    if (!camera.controls.torch) return nothing;
    const on = camera.torchOn;
    return html`<button
      class="round"
      aria-label=${msg('Torch')}
      title=${msg('Torch')}
      aria-pressed=${on ? 'true' : 'false'}
      @click=${() => this.#fire('torch-change', !on)}
    >
      ${torchIcon}
    </button>`;
  }

  #zoom(camera: CameraFacts): TemplateResult | typeof nothing {
    const zoom = camera.controls.zoom;
    if (!zoom) return nothing;
    return html`<label class="zoom">
      <span class="visually-hidden">${msg('Zoom')}</span>
      <input
        type="range"
        min=${zoom.min}
        max=${zoom.max}
        step=${zoom.step > 0 ? zoom.step : (zoom.max - zoom.min) / 100}
        .value=${live(String(zoom.value))}
        aria-valuetext=${formatZoom(zoom.value)}
        @input=${(event: Event) => this.#fire('zoom-change', Number((event.target as HTMLInputElement).value))}
      />
      <output class="tabular" aria-hidden="true">${formatZoom(zoom.value)}</output>
    </label>`;
  }

  #lens(camera: CameraFacts): TemplateResult | typeof nothing {
    if (this.lenses.length < 3) return nothing;
    return html`<select class="select" aria-label=${msg('Lens')} @change=${(event: Event) => this.#fire('lens-change', (event.target as HTMLSelectElement).value)}>
      ${this.lenses.map(
        (lens, index) =>
          html`<option value=${lens.id} .selected=${lens.id === camera.lensId}>${lens.label || `${msg('Camera')} ${index + 1}`}</option>`,
      )}
    </select>`;
  }

  #fire(name: string, detail: boolean | number | string): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-camera-tools': LintelCameraTools;
  }
}
