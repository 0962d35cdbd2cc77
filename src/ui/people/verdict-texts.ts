import { msg, str } from '@lit/localize';
import type { TrialVerdict } from './door-trial.ts';
import { strangersText } from './rate-text.ts';

export interface VerdictText {
  readonly kind: 'known' | 'doubt' | 'unknown';
  readonly title: string;
  readonly text: string;
}

/** What a door would say of the face alone, and how many others would look the same to it. Never a per cent of certainty. */
export function verdictText({ state, person, judgement }: TrialVerdict): VerdictText {
  const { kind, strangers } = judgement;
  if (state === 'granted' && person)
    return {
      kind: 'known',
      title: msg(str`The door would take you for ${person.name}`),
      text: strangers ? strangersText(strangers) : '',
    };
  if (kind === 'recognised' && judgement.person)
    return { kind: 'doubt', title: msg(str`Looks like ${judgement.person.name} so far`), text: msg('A door wants more than one good look. Keep looking into the camera.') };
  if (kind === 'ambiguous' && judgement.person && judgement.second)
    return {
      kind: 'doubt',
      title: msg(str`${judgement.person.name} or ${judgement.second.name}`),
      text: msg('The two are too much alike for the door, so it would ask for a PIN. Enrolling both again from three sides may help.'),
    };
  if (kind === 'known-other' && judgement.person)
    return {
      kind: 'unknown',
      title: msg(str`Near to ${judgement.person.name}, and known not to be them`),
      text: msg('You were noted as somebody else, so the door would ask for a PIN.'),
    };
  return { kind: 'unknown', title: msg('The door would not recognise you'), text: msg('It would ask for a PIN. If you are enrolled, enrol again in the light of this place.') };
}
