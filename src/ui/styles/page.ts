import { css } from 'lit';

/** The look of a reading page: settings, models, health. */
export const page = css`
  :host {
    display: block;
    max-inline-size: 720px;
    margin-inline: auto;
    padding: var(--gap-4) max(var(--gap-4), var(--inset-right)) calc(var(--gap-6) + var(--inset-bottom)) max(var(--gap-4), var(--inset-left));
  }
  h1 {
    margin-block: var(--gap-3) var(--gap-4);
    font-size: clamp(1.75rem, 1.4rem + 1.6vw, 2.25rem);
    line-height: 1.15;
    letter-spacing: -0.02em;
  }
  h1:focus-visible {
    outline: none;
    box-shadow: none;
  }
  h2 {
    margin-block: var(--gap-5) var(--gap-2);
    padding-inline: var(--gap-1);
    font-size: 0.9375rem;
    font-weight: 600;
    color: var(--text-2);
  }
  .card {
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface-1);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-1) var(--gap-4);
    min-block-size: 64px;
    padding: var(--gap-2) var(--gap-4);
  }
  .row + .row {
    border-block-start: 1px solid var(--line);
  }
  .row .text {
    flex: 1 1 200px;
    min-inline-size: 0;
  }
  .row .text.short {
    flex-basis: 96px;
  }
  .row.switch {
    flex-wrap: nowrap;
  }
  .row.switch .text {
    flex-basis: auto;
  }
  .row .name {
    display: block;
    font-weight: 500;
  }
  .hint {
    display: block;
    color: var(--text-2);
    font-size: 0.9375rem;
    line-height: 1.4;
    font-weight: 400;
  }
  .value {
    color: var(--text-2);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 0.9375rem;
    color: var(--text-2);
  }
  .badge svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .badge.good {
    color: var(--good);
  }
  .badge.bad {
    color: var(--danger);
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 4px;
    overflow: hidden;
    background: var(--surface-2);
  }
  progress::-webkit-progress-bar {
    background: var(--surface-2);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
  }
`;
