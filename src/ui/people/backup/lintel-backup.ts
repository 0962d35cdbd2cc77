import { localized, msg } from '@lit/localize';
import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { backIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { peopleStyles } from '../people-styles.ts';
import './lintel-make-backup.ts';
import './lintel-restore.ts';

/** Everyone in one encrypted file: made, and brought back. */
@localized()
@customElement('lintel-backup')
export class LintelBackup extends LitElement {
  static override styles = [controls, page, pagePart, peopleStyles];

  override render(): TemplateResult {
    return html`<a class="button back" href="/people">${backIcon}${msg('People')}</a>
      <h1 tabindex="-1">${msg('Backup')}</h1>
      <p class="lead">${msg('The people here live on this device only. A lost or broken device takes them along, unless there is a backup.')}</p>
      <h2>${msg('Make a backup')}</h2>
      <lintel-make-backup></lintel-make-backup>
      <h2>${msg('Restore a backup')}</h2>
      <lintel-restore></lintel-restore>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-backup': LintelBackup;
  }
}
