import type { Size } from '../../geometry/index.ts';

export const testPictureSize: Size = { width: 640, height: 480 };

/**
 * A street with a stop sign, a ball and a traffic light, drawn plainly: something to look at before a person has given a
 * photo. Detectors trained on COCO know all three, if not always in a drawing.
 */
export function drawTestPicture(canvas: HTMLCanvasElement): void {
  const { width, height } = testPictureSize;
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the test picture');
  drawGround(context);
  drawStopSign(context, 210, 170, 92);
  drawTrafficLight(context, 470, 90);
  drawBall(context, 380, 400, 46);
}

type Context = CanvasRenderingContext2D;

function drawGround(context: Context): void {
  const { width, height } = testPictureSize;
  const sky = context.createLinearGradient(0, 0, 0, 330);
  sky.addColorStop(0, '#7fb2dd');
  sky.addColorStop(1, '#dfeaf2');
  fill(context, sky, () => context.rect(0, 0, width, 330));
  fill(context, '#6f8f5a', () => context.rect(0, 300, width, 60));
  fill(context, '#5b5e63', () => context.rect(0, 345, width, height - 345));
}

function drawStopSign(context: Context, x: number, y: number, radius: number): void {
  fill(context, '#8a8d91', () => context.rect(x - 7, y, 14, 200));
  const octagon = (r: number) => (): void => {
    for (let corner = 0; corner < 8; corner++) {
      const angle = Math.PI / 8 + (corner * Math.PI) / 4;
      context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    context.closePath();
  };
  fill(context, '#ffffff', octagon(radius));
  fill(context, '#b5121b', octagon(radius - 7));
  context.fillStyle = '#ffffff';
  context.font = `800 ${radius * 0.62}px Arial, Helvetica, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText('STOP', x, y + 3, radius * 1.6);
}

function drawTrafficLight(context: Context, x: number, y: number): void {
  fill(context, '#3a3d40', () => context.rect(x + 30, y + 170, 12, 130));
  fill(context, '#1c1d1f', () => context.roundRect(x, y, 72, 180, 14));
  for (const [index, colour] of ['#ff3b30', '#5a4a12', '#123d1c'].entries()) {
    fill(context, colour, () => context.arc(x + 36, y + 34 + index * 56, 22, 0, 2 * Math.PI));
  }
}

function drawBall(context: Context, x: number, y: number, radius: number): void {
  fill(context, 'rgb(0 0 0 / 0.3)', () => context.ellipse(x, y + radius, radius * 0.9, 9, 0, 0, 2 * Math.PI));
  const shade = context.createRadialGradient(x - radius * 0.4, y - radius * 0.5, radius * 0.1, x, y, radius);
  shade.addColorStop(0, '#ffd9a0');
  shade.addColorStop(0.4, '#e8761a');
  shade.addColorStop(1, '#8a3d06');
  fill(context, shade, () => context.arc(x, y, radius, 0, 2 * Math.PI));
  context.strokeStyle = '#3a1a02';
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(x - radius, y);
  context.lineTo(x + radius, y);
  context.moveTo(x, y - radius);
  context.lineTo(x, y + radius);
  context.stroke();
}

function fill(context: Context, style: string | CanvasGradient, trace: () => void): void {
  context.fillStyle = style;
  context.beginPath();
  trace();
  context.fill();
}
