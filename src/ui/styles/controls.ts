import { css } from 'lit';

/** Resets and the controls that every element shares: focus ring, buttons, switch, range, select. */
export const controls = css`
  :host {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  svg {
    display: block;
    inline-size: 24px;
    block-size: 24px;
    flex: none;
  }
  a {
    color: var(--accent-text);
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button,
  select,
  label,
  summary {
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--focus-gap);
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-block-size: var(--target);
    padding: 10px 20px;
    border: 1px solid var(--line-strong);
    border-radius: 999px;
    background: transparent;
    color: var(--text-1);
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
    transition:
      background var(--quick) var(--ease),
      transform var(--quick) var(--ease);
  }
  .button:hover {
    background: var(--surface-2);
  }
  .button:active {
    transform: scale(0.98);
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--accent) 86%, white);
  }

  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-4);
    min-block-size: var(--target);
    cursor: pointer;
  }
  .switch input {
    appearance: none;
    flex: none;
    position: relative;
    inline-size: 52px;
    block-size: 32px;
    border: 2px solid var(--line-strong);
    border-radius: 999px;
    background: var(--surface-2);
    cursor: pointer;
    transition: background var(--quick) var(--ease);
  }
  .switch input::after {
    content: '';
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 4px;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
    background: var(--text-2);
    transition: transform var(--quick) var(--ease);
  }
  .switch input:checked {
    border-color: var(--accent);
    background: var(--accent);
  }
  .switch input:checked::after {
    background: var(--on-accent);
    transform: translateX(20px);
  }

  input[type='range'] {
    appearance: none;
    inline-size: 100%;
    min-inline-size: 0;
    block-size: var(--target);
    background: transparent;
    cursor: pointer;
    border-radius: var(--radius-s);
  }
  input[type='range']::-webkit-slider-runnable-track {
    block-size: 6px;
    border-radius: 3px;
    background: var(--range-track, var(--line-strong));
  }
  input[type='range']::-moz-range-track {
    block-size: 6px;
    border-radius: 3px;
    background: var(--range-track, var(--line-strong));
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    inline-size: 28px;
    block-size: 28px;
    margin-block-start: -11px;
    border: 3px solid var(--ink);
    border-radius: 50%;
    background: var(--accent);
  }
  input[type='range']::-moz-range-thumb {
    inline-size: 24px;
    block-size: 24px;
    border: 3px solid var(--ink);
    border-radius: 50%;
    background: var(--accent);
  }

  .select {
    appearance: none;
    min-block-size: var(--target);
    max-inline-size: 100%;
    padding: 8px 40px 8px 14px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background-color: var(--surface-1);
    background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-position:
      right 21px center,
      right 15px center;
    background-size: 6px 6px;
    background-repeat: no-repeat;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  option {
    background: var(--surface-1);
    color: var(--text-1);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }

  @media (forced-colors: active) {
    .button,
    .switch input {
      border: 2px solid ButtonText;
    }
    .button.primary {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .switch input::after {
      background: ButtonText;
      forced-color-adjust: none;
    }
    .switch input:checked {
      background: Highlight;
      forced-color-adjust: none;
    }
    .switch input:checked::after {
      background: HighlightText;
    }
    input[type='range']::-webkit-slider-runnable-track {
      border: 1px solid CanvasText;
    }
    :focus-visible {
      outline-color: Highlight;
    }
  }
`;
