import { msg } from '@lit/localize';
import type { TaskName } from '../../pipeline/index.ts';

/** The tasks as the views list them: what is in the frame first, then the points in it. */
export const taskOrder = ['objects', 'faces', 'landmarks', 'mesh', 'pose'] as const satisfies readonly TaskName[];

/** A task's name on its switch. */
export function taskName(task: TaskName): string {
  switch (task) {
    case 'objects':
      return msg('Objects');
    case 'faces':
      return msg('Faces');
    case 'landmarks':
      return msg('Face points');
    case 'mesh':
      return msg('Face mesh');
    case 'pose':
      return msg('Pose');
    case 'embed':
      return msg('Recognition');
  }
}

/** A task's name where there is little room. */
export function shortTaskName(task: TaskName): string {
  if (task === 'landmarks') return msg('Points');
  return task === 'mesh' ? msg('Mesh') : taskName(task);
}

/** What a task does, in one line. */
export function taskHint(task: TaskName): string {
  switch (task) {
    case 'objects':
      return msg('80 everyday things, people and animals');
    case 'faces':
      return msg('Where faces are, never whose');
    case 'landmarks':
      return msg('68 points: eyes, brows, nose, mouth, chin');
    case 'mesh':
      return msg('468 points over the whole face');
    case 'pose':
      return msg('17 points: how a body stands and moves');
    case 'embed':
      return msg('Numbers by which enrolled people are recognised');
  }
}
