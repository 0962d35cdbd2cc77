import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { checkIcon, warningIcon } from '../../icons/icons.ts';

/** What became of the last thing that the owner did. */
export interface Said {
  readonly good: boolean;
  readonly text: string;
}

/** Its line. It stands there before there is anything to say, so that screen readers hear what comes. */
export function saidLine(said: Said | null): TemplateResult {
  return html`<p class="badge ${said?.good ? 'good' : 'bad'} said" role="status">${said ? html`${said.good ? checkIcon : warningIcon}${said.text}` : nothing}</p>`;
}
