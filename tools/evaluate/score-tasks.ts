/** Tasks whose predictions can be put to labels. */
export const scoreTasks = ['objects', 'landmarks', 'pose'] as const;
export type ScoreTask = (typeof scoreTasks)[number];
