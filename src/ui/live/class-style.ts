/** How a class looks on the picture: colour, dash pattern and label text together, never colour alone. */
export interface ClassStyle {
  /** CSS colour of the line and the label's ground. */
  readonly colour: string;
  /** Text colour on `colour`, at least 4.5:1. */
  readonly textColour: string;
  /** Dash lengths in line widths; empty for a solid line. */
  readonly dash: readonly number[];
}

const ink = '#0e1116';
const white = '#ffffff';

/**
 * The seven chromatic colours of the Okabe–Ito set, which stay apart under every common colour blindness.
 * Ref: M. Okabe, K. Ito, "Color Universal Design", 2008.
 */
const colours: readonly { readonly colour: string; readonly textColour: string }[] = [
  { colour: '#56b4e9', textColour: ink },
  { colour: '#e69f00', textColour: ink },
  { colour: '#009e73', textColour: ink },
  { colour: '#cc79a7', textColour: ink },
  { colour: '#d55e00', textColour: ink },
  { colour: '#0072b2', textColour: white },
];
const faceColour = { colour: '#f0e442', textColour: ink };

const dashes: readonly (readonly number[])[] = [[], [4, 2.5], [1, 2.2], [6, 2.2, 1, 2.2], [2.2, 2.2]];

/** The style of an object class: six colours first, then the same colours with the next dash pattern. */
export function objectStyle(classId: number): ClassStyle {
  const colour = colours[classId % colours.length] ?? faceColour;
  const dash = dashes[Math.floor(classId / colours.length) % dashes.length] ?? [];
  return { ...colour, dash };
}

/** The style of faces: yellow is theirs alone. */
export const faceStyle: ClassStyle = { ...faceColour, dash: [] };

/** The sides of a body, the person's own: blue and orange, and round and square joints, never colour alone. */
export const leftSideStyle = { colour: '#56b4e9', joint: 'round' } as const;
export const rightSideStyle = { colour: '#e69f00', joint: 'square' } as const;
