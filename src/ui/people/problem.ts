import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { warningIcon } from '../icons/icons.ts';
import type { PeopleFailure } from './vault-texts.ts';
import { peopleFailureText } from './vault-texts.ts';

/** Why something was not done, where the person looks for it. Styled by `peopleStyles`. */
export function problem(failure: PeopleFailure | null): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const { title, text } = peopleFailureText(failure);
  return html`<div class="problem" role="alert" data-code=${failure.code}>
    ${warningIcon}
    <div><strong>${title}</strong><p>${text}</p></div>
  </div>`;
}
