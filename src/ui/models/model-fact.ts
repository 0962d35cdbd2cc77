import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** One line of a model's details, inside of a `dl`. */
export function fact(name: string, value: string): TemplateResult {
  return html`<div class="row"><dt>${name}</dt><dd>${value}</dd></div>`;
}
