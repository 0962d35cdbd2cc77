import { css } from 'lit';

/** The door's screen: a beam over a frame. Upright the controls stand below the picture, sideways beside it. */
export const kioskStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    gap: 14px;
    block-size: 100%;
    padding: calc(12px + var(--inset-top)) max(20px, var(--inset-right)) calc(12px + var(--inset-bottom)) max(20px, var(--inset-left));
    overflow: hidden;
    overscroll-behavior: none;
    background: radial-gradient(130% 90% at 50% 0%, var(--wash), transparent 75%), var(--ink);
    color: #f3f1ec;
    --focus: #ffffff;
    --focus-gap: #0e1116;
    --scale: 1;
    user-select: none;
    -webkit-user-select: none;
  }
  :host([large]) {
    --scale: 1.25;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-3);
    min-block-size: 36px;
    padding-inline: 8px;
    font-size: calc(1.125rem * var(--scale));
  }
  .name {
    overflow: hidden;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .door {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
    color: #d3d7de;
  }
  .door svg {
    inline-size: 24px;
    block-size: 24px;
  }
  main {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    gap: 14px;
    min-block-size: 0;
  }
  .beam {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: clamp(14px, 2.4vw, 28px);
    min-block-size: 128px;
    padding: 16px clamp(18px, 3vw, 36px);
    border-radius: 28px;
    background: var(--tone);
    color: var(--on-tone);
    transition: background var(--calm) var(--ease);
  }
  .beam .sign svg {
    inline-size: clamp(56px, 9vmin, 84px);
    block-size: clamp(56px, 9vmin, 84px);
  }
  .beam .sign .pictogram {
    inline-size: clamp(88px, 18vmin, 150px);
    block-size: clamp(88px, 18vmin, 150px);
  }
  h1 {
    font-size: calc(clamp(1.875rem, 5.2vmin, 3.25rem) * var(--scale));
    line-height: 1.08;
    letter-spacing: -0.025em;
    font-weight: 750;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  h1:focus-visible {
    outline: none;
    box-shadow: none;
  }
  .caption {
    margin-block-start: 6px;
    font-size: calc(clamp(1.125rem, 2.7vmin, 1.5rem) * var(--scale));
    line-height: 1.3;
    text-wrap: pretty;
  }
  .panel {
    display: grid;
    align-content: end;
    gap: 12px;
    min-block-size: 0;
  }
  .panel:empty {
    display: none;
  }
  lintel-door-frame {
    min-block-size: 0;
  }

  /* Where the controls need the room, the picture is a small window in its own shape. */
  :host([layout='controls']) lintel-door-frame {
    justify-self: center;
    block-size: 100%;
    max-inline-size: 100%;
    aspect-ratio: 4 / 3;
  }

  /* An answer that ends the visit, or a screen that serves nobody now, takes all of it: it is read from the street. */
  :host([layout='answer']) main {
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  :host([layout='answer']) .beam {
    grid-template: auto auto / minmax(0, 1fr);
    align-content: center;
    justify-items: center;
    gap: clamp(16px, 4vmin, 40px);
    text-align: center;
  }
  :host([layout='answer']) .beam .sign svg {
    inline-size: clamp(120px, 28vmin, 240px);
    block-size: clamp(120px, 28vmin, 240px);
  }
  :host([layout='answer']) h1 {
    font-size: calc(clamp(2.5rem, 9vmin, 5rem) * var(--scale));
  }
  :host([layout='answer']) .caption {
    font-size: calc(clamp(1.25rem, 3.4vmin, 1.875rem) * var(--scale));
  }
  .left {
    margin-block-start: 12px;
    font-size: calc(clamp(3rem, 14vmin, 7rem) * var(--scale));
    font-weight: 750;
    line-height: 1;
    letter-spacing: -0.03em;
  }
  .reason {
    margin-block-start: 28px;
    font-size: 1.0625rem;
    line-height: 1.4;
  }
  .reason span {
    font-weight: 650;
  }
  .ask {
    font-size: calc(1.25rem * var(--scale));
    font-weight: 600;
  }
  .ways {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 12px;
  }
  .way {
    min-block-size: 84px;
    padding-inline: 14px;
    justify-content: start;
  }
  .way .pictogram {
    inline-size: 56px;
    block-size: 56px;
  }
  footer {
    display: grid;
    grid-template: auto auto / auto minmax(0, 1fr);
    align-items: center;
    gap: 4px 12px;
  }
  .notice {
    grid-area: 1 / 1 / 2 / 3;
    max-block-size: 4.4em;
    padding: 2px 8px;
    overflow: auto;
    border-radius: 8px;
    color: #c3c8d0;
    font-size: calc(1rem * var(--scale));
    line-height: 1.4;
  }
  .notice p {
    max-inline-size: 80ch;
    white-space: pre-line;
  }
  .tools {
    display: flex;
    align-items: start;
    flex-wrap: wrap;
    justify-content: end;
    gap: 4px;
  }
  .dim {
    position: absolute;
    inset: 0;
    background: #000000;
    opacity: 0;
    pointer-events: none;
    transition: opacity 900ms var(--ease);
  }
  :host([dimmed]) .dim {
    opacity: 0.82;
  }
  @media (orientation: landscape) {
    main {
      grid-template:
        'picture beam' minmax(0, 1fr)
        'picture panel' auto / minmax(0, 1.15fr) minmax(320px, 1fr);
      column-gap: 18px;
    }
    .beam {
      grid-area: beam;
      grid-template: auto auto / minmax(0, 1fr);
      align-content: center;
    }
    .beam .sign svg {
      inline-size: clamp(72px, 15vmin, 120px);
      block-size: clamp(72px, 15vmin, 120px);
    }
    .beam .sign .pictogram {
      inline-size: clamp(88px, 26vmin, 200px);
      block-size: clamp(88px, 26vmin, 200px);
    }
    h1 {
      font-size: calc(clamp(1.75rem, 6vmin, 3.25rem) * var(--scale));
    }
    lintel-door-frame {
      grid-area: picture;
    }
    .panel {
      grid-area: panel;
    }
    :host([layout='answer']) .beam {
      grid-area: auto;
    }
    :host([layout='controls']) .beam {
      grid-template: auto / auto minmax(0, 1fr);
      align-content: stretch;
      align-self: start;
    }
    :host([layout='controls']) .beam .sign svg {
      inline-size: clamp(44px, 8vmin, 64px);
      block-size: clamp(44px, 8vmin, 64px);
    }
    :host([layout='controls']) h1 {
      font-size: calc(clamp(1.5rem, 4.6vmin, 2.5rem) * var(--scale));
    }
    :host([layout='controls']) main {
      grid-template-rows: auto minmax(0, 1fr);
    }
    :host([layout='controls']) lintel-door-frame {
      inline-size: 100%;
      aspect-ratio: auto;
    }
    :host([low]:not([layout='answer'])) main {
      grid-template:
        'picture beam' minmax(0, 1fr)
        'panel panel' auto / minmax(0, 1.15fr) minmax(320px, 1fr);
    }
    :host([low]) .panel {
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      align-items: end;
    }
    :host([low][layout='controls']) .panel {
      grid-auto-flow: row;
    }
    footer {
      grid-template: auto / auto minmax(0, 1fr) auto;
    }
    .notice {
      grid-area: auto;
    }
  }
  @media (max-width: 480px) {
    :host {
      gap: 10px;
      padding-inline: 14px;
    }
    .beam {
      min-block-size: 104px;
      padding: 12px 16px;
      border-radius: 22px;
    }
    .notice {
      max-block-size: 2.9em;
      font-size: calc(0.9375rem * var(--scale));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .dim {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .beam {
      border: 3px solid CanvasText;
    }
    .dim {
      background: Canvas;
    }
  }
`;
