import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Settings, SettingsPatch } from '../../store/index.ts';
import { settingsContext } from '../contexts.ts';
import { formatInteger } from '../i18n/format.ts';
import { warningIcon } from '../icons/icons.ts';
import type { SettingsModel } from '../settings-model.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import './lintel-offline.ts';
import './lintel-runtimes.ts';

interface Choice<T extends string> {
  readonly value: T;
  readonly name: string;
}

const inputSizes = ['320', '384', '448', '512', '640'] as const;

/** The person's choices; each acts at once. */
@localized()
@customElement('lintel-settings')
export class LintelSettings extends LitElement {
  static override styles = [controls, page];

  @consume({ context: settingsContext })
  @property({ attribute: false })
  settings!: SettingsModel;

  @state() private chosen: Settings | null = null;
  #leave: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.chosen = this.settings.value;
    this.#leave = this.settings.subscribe((chosen) => {
      this.chosen = chosen;
    });
  }

  override disconnectedCallback(): void {
    this.#leave?.();
    super.disconnectedCallback();
  }

  override render(): TemplateResult | typeof nothing {
    const { chosen } = this;
    if (!chosen) return nothing;
    return html`<h1 tabindex="-1">${msg('Settings')}</h1>
      ${this.settings.unsaved
        ? html`<p class="badge bad" role="status">${warningIcon}${msg('This browser stores nothing here: your choices end with this page.')}</p>`
        : nothing}
      <h2>${msg('Appearance')}</h2>
      <div class="card">${this.#language(chosen)}${this.#theme(chosen)}${this.#mirror(chosen)}</div>
      <h2>${msg('Detection')}</h2>
      <div class="card">${this.#backend(chosen)}${this.#inputSize(chosen)}${this.#targetFps(chosen)}</div>
      <h2>${msg('Accessibility')}</h2>
      <div class="card">
        ${this.#switch(msg('Spoken summary'), msg('For screen readers: tells what changes, calmly'), chosen.spokenSummary, (spokenSummary) => ({ spokenSummary }))}
      </div>
      <h2>${msg('On this device')}</h2>
      <lintel-offline></lintel-offline>
      <h2>${msg('For models of your own')}</h2>
      <lintel-runtimes></lintel-runtimes>
      <p><a href="/licences">${msg('Licences of the models and the software in this app')}</a></p>`;
  }

  #language(chosen: Settings): TemplateResult {
    const choices: Choice<Settings['language']>[] = [
      { value: 'auto', name: msg('As the browser') },
      { value: 'en', name: 'English' },
      { value: 'zh-Hans', name: '简体中文' },
    ];
    return this.#select(msg('Language'), null, choices, chosen.language, (language) => ({ language }));
  }

  #theme(chosen: Settings): TemplateResult {
    const choices: Choice<Settings['theme']>[] = [
      { value: 'auto', name: msg('As the system') },
      { value: 'light', name: msg('Light') },
      { value: 'dark', name: msg('Dark') },
    ];
    return this.#select(msg('Theme'), null, choices, chosen.theme, (theme) => ({ theme }));
  }

  #mirror(chosen: Settings): TemplateResult {
    return this.#switch(msg('Mirror the front camera'), msg('Only the preview; snapshots are as others see you'), chosen.mirrorFront, (mirrorFront) => ({
      mirrorFront,
    }));
  }

  #backend(chosen: Settings): TemplateResult {
    const choices: Choice<Settings['backend']>[] = [
      { value: 'auto', name: msg('Automatic') },
      { value: 'webgl', name: 'WebGL' },
      { value: 'wasm', name: 'WebAssembly' },
      { value: 'cpu', name: msg('Plain processor (slow)') },
    ];
    return this.#select(msg('Backend'), msg('Automatic measures what is fastest on this device'), choices, chosen.backend, (backend) => ({ backend }));
  }

  #inputSize(chosen: Settings): TemplateResult {
    const choices: Choice<string>[] = [
      { value: 'auto', name: msg('Automatic') },
      ...inputSizes.map((size) => ({ value: size, name: `${size} px` })),
    ];
    const toPatch = (value: string): SettingsPatch => ({ inputSize: value === 'auto' ? 'auto' : Number(value) });
    return this.#select(msg('Input size'), msg('Larger finds smaller things and takes longer'), choices, String(chosen.inputSize), toPatch);
  }

  #targetFps(chosen: Settings): TemplateResult {
    return html`<label class="row">
      <span class="text"><span class="name">${msg('Frame rate to aim for')}</span><span class="hint">${msg('Lower keeps the device cool')}</span></span>
      <output class="value">${formatInteger(chosen.targetFps)} fps</output>
      <input
        type="range"
        name="target-fps"
        min="5"
        max="30"
        step="5"
        .value=${live(String(chosen.targetFps))}
        @input=${(event: Event) => this.settings.change({ targetFps: Number((event.target as HTMLInputElement).value) })}
      />
    </label>`;
  }

  #select<T extends string>(name: string, hint: string | null, choices: readonly Choice<T>[], value: T, patch: (value: T) => SettingsPatch): TemplateResult {
    const picked = (event: Event): void => {
      const choice = choices.find((each) => each.value === (event.target as HTMLSelectElement).value);
      if (choice) this.settings.change(patch(choice.value));
    };
    return html`<label class="row">
      <span class="text ${hint ? '' : 'short'}"><span class="name">${name}</span>${hint ? html`<span class="hint">${hint}</span>` : nothing}</span>
      <select class="select" @change=${picked}>
        ${choices.map((choice) => {
          const choiceValue: string = choice.value;
          return html`<option value=${choiceValue} .selected=${choice.value === value}>${choice.name}</option>`;
        })}
      </select>
    </label>`;
  }

  #switch(name: string, hint: string, on: boolean, patch: (on: boolean) => SettingsPatch): TemplateResult {
    return html`<label class="row switch">
      <span class="text"><span class="name">${name}</span><span class="hint">${hint}</span></span>
      <input
        type="checkbox"
        role="switch"
        aria-checked=${on ? 'true' : 'false'}
        .checked=${live(on)}
        @change=${(event: Event) => this.settings.change(patch((event.target as HTMLInputElement).checked))}
      />
    </label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-settings': LintelSettings;
  }
}
